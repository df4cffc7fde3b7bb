import fc from 'fast-check'
import { expect, test } from 'vitest'
import { linearScale, logScale, ratioTicks, roundTicks, spreadLabels } from './chart-scale.ts'

test('a straight scale maps ends to ends, also upside down', () => {
  const y = linearScale([0, 1], [200, 0])
  expect([y(0), y(0.25), y(1)]).toEqual([200, 150, 0])
  expect(linearScale([3, 3], [10, 90])(3)).toBe(10)
})

test('a logarithmic scale gives the same room to the same ratio', () => {
  const x = logScale([0.5, 8], [0, 400])
  expect([0.5, 1, 2, 4, 8].map((ratio) => Math.round(x(ratio)))).toEqual([0, 100, 200, 300, 400])
  expect(ratioTicks(0.5, 8, 6)).toEqual([0.5, 1, 2, 4, 8])
  expect(ratioTicks(0.25, 32, 6)).toEqual([0.25, 1, 4, 16])
})

test.each([
  [0, 400, 6, [0, 100, 200, 300, 400]],
  [0, 1055, 6, [0, 500, 1000]],
  [0, 1, 5, [0, 0.5, 1]],
  [85, 100, 5, [85, 90, 95, 100]],
])('ticks from %d to %d', (low, high, most, ticks) => {
  expect(roundTicks(low, high, most)).toEqual(ticks)
})

test('ticks are few, ascending and inside', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -500, max: 500 }),
      fc.integer({ min: 1, max: 5000 }),
      fc.integer({ min: 2, max: 9 }),
      (low, span, most) => {
        const ticks = roundTicks(low, low + span, most)
        expect(ticks.length).toBeLessThanOrEqual(most)
        expect(ticks).toEqual([...new Set(ticks)].sort((a, b) => a - b))
        for (const tick of ticks) expect(tick >= low && tick <= low + span).toBe(true)
      },
    ),
  )
})

test('labels keep their order and their distance', () => {
  expect(spreadLabels([50, 48, 120], 16, [0, 200])).toEqual([64, 48, 120])
  expect(spreadLabels([195, 196], 16, [0, 200])).toEqual([184, 200])
})
