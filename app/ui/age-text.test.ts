import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ageText } from './age-text.ts'

test.each([
  [0, 'just now'],
  [40_900, '40 s ago'],
  [59_999, '59 s ago'],
  [60_000, '1 min ago'],
  [185_000, '3 min ago'],
  [3_600_000, '1 h ago'],
  [7_500_000, '2 h 5 min ago'],
  [25 * 3_600_000, '25 h ago'],
  [4 * 86_400_000 + 1, '4 days ago'],
])('%i ms is %s', (ageMs, text) => {
  expect(ageText(ageMs)).toBe(text)
})

test('an unknown age is never shown as fresh', () => {
  expect(ageText(undefined)).toBe('age not known')
  expect(ageText(Number.NaN)).toBe('age not known')
  expect(ageText(-60_000)).toBe('clock differs')
})

test('the text never claims more time than has passed', () => {
  fc.assert(
    fc.property(fc.integer({ min: 5_000, max: 1e11 }), (ageMs) => {
      const unitMs: Record<string, number> = { s: 1e3, min: 6e4, h: 3.6e6, days: 8.64e7 }
      const claimedMs = [...ageText(ageMs).matchAll(/(\d+) (s|min|h|days)/g)].reduce(
        (sum, [, figure, unit]) => sum + Number(figure) * (unitMs[unit ?? ''] ?? Number.NaN),
        0,
      )
      expect(claimedMs).toBeGreaterThan(0)
      expect(claimedMs).toBeLessThanOrEqual(ageMs)
    }),
  )
})
