import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  agrestiCoullInterval,
  clopperPearsonInterval,
  jeffreysInterval,
  midPInterval,
  waldInterval,
  wilsonCorrectedInterval,
} from './proportion-intervals.ts'

const inside = [clopperPearsonInterval, jeffreysInterval, midPInterval, wilsonCorrectedInterval]

describe('intervals of a proportion', () => {
  it('give Newcombe’s published limits of 81 of 263 (Stat Med 1998, table I)', () => {
    const published: [(typeof inside)[number], number, number][] = [
      [waldInterval, 0.2522, 0.3638],
      [wilsonCorrectedInterval, 0.2535, 0.3682],
      [clopperPearsonInterval, 0.2527, 0.3676],
      [midPInterval, 0.2544, 0.3658],
    ]
    for (const [interval, lower, upper] of published) {
      const found = interval(81, 263)
      if (!found.ok) throw new Error(found.reason)
      expect(found.lower).toBeCloseTo(lower, 4)
      expect(found.upper).toBeCloseTo(upper, 4)
    }
  })

  it('have the exact limit of none of n by hand: 1 − tail^(1/n)', () => {
    const none = clopperPearsonInterval(0, 20)
    if (!none.ok) throw new Error(none.reason)
    expect(none.lower).toBe(0)
    expect(none.upper).toBeCloseTo(1 - 0.025 ** (1 / 20), 14)
    const mid = midPInterval(0, 20)
    if (!mid.ok) throw new Error(mid.reason)
    expect(mid.upper).toBeCloseTo(1 - 0.05 ** (1 / 20), 14)
  })

  it('refuse by name', () => {
    for (const interval of [...inside, agrestiCoullInterval, waldInterval]) {
      expect(interval(0, 0)).toEqual({ ok: false, reason: 'no-rows' })
      expect(interval(3, 2)).toEqual({ ok: false, reason: 'not-a-count' })
      expect(interval(Number.NaN, 2)).toEqual({ ok: false, reason: 'not-a-count' })
      expect(() => interval(1, 2, 0)).toThrow(RangeError)
    }
  })

  it('contain the proportion, stay inside 0 to 1, mirror; the exact one is the widest', () => {
    fc.assert(
      fc.property(fc.nat(3000), fc.nat(3000), fc.constantFrom(0.5, 0.8, 0.95, 0.999), (a, b, conf) => {
        const n = Math.max(a, b)
        if (n === 0) return
        const count = Math.min(a, b)
        const exact = clopperPearsonInterval(count, n, conf)
        if (!exact.ok) throw new Error(exact.reason)
        for (const interval of inside) {
          const found = interval(count, n, conf)
          const mirrored = interval(n - count, n, conf)
          if (!found.ok || !mirrored.ok) throw new Error('refused')
          expect(found.lower).toBeGreaterThanOrEqual(0)
          expect(found.lower).toBeLessThanOrEqual(found.proportion)
          expect(found.upper).toBeGreaterThanOrEqual(found.proportion)
          expect(found.upper).toBeLessThanOrEqual(1)
          expect(mirrored.lower).toBeCloseTo(1 - found.upper, 11)
          if (interval === midPInterval || interval === jeffreysInterval) {
            expect(exact.lower).toBeLessThanOrEqual(found.lower + 1e-15)
            expect(exact.upper).toBeGreaterThanOrEqual(found.upper - 1e-15)
          }
        }
      }),
      { numRuns: 60 },
    )
  })
})
