import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wilsonInterval } from './wilson-interval.ts'

describe('wilsonInterval', () => {
  it('gives Newcombe’s published example 81 of 263', () => {
    const interval = wilsonInterval(81, 263)
    if (!interval.ok) throw new Error(interval.reason)
    expect(interval.lower).toBeCloseTo(0.2553, 4)
    expect(interval.upper).toBeCloseTo(0.3662, 4)
  })

  it('keeps exact ends at none and all', () => {
    expect(wilsonInterval(0, 20)).toMatchObject({ lower: 0, proportion: 0 })
    expect(wilsonInterval(20, 20)).toMatchObject({ upper: 1, proportion: 1 })
  })

  it('refuses by name', () => {
    expect(wilsonInterval(0, 0)).toEqual({ ok: false, reason: 'no-rows' })
    for (const [count, n] of [
      [3, 2],
      [-1, 2],
      [0.5, 2],
      [Number.NaN, 2],
      [1, Number.POSITIVE_INFINITY],
    ]) {
      expect(wilsonInterval(count!, n!)).toEqual({ ok: false, reason: 'not-a-count' })
    }
    expect(() => wilsonInterval(1, 2, 1)).toThrow(RangeError)
  })

  it('contains the proportion, mirrors, and widens with confidence', () => {
    fc.assert(
      fc.property(fc.nat(5000), fc.nat(5000), (a, b) => {
        const n = Math.max(a, b)
        if (n === 0) return
        const count = Math.min(a, b)
        const interval = wilsonInterval(count, n)
        const mirrored = wilsonInterval(n - count, n)
        const wider = wilsonInterval(count, n, 0.99)
        if (!interval.ok || !mirrored.ok || !wider.ok) throw new Error('refused')
        expect(interval.lower).toBeGreaterThanOrEqual(0)
        expect(interval.lower).toBeLessThanOrEqual(interval.proportion)
        expect(interval.upper).toBeGreaterThanOrEqual(interval.proportion)
        expect(interval.upper).toBeLessThanOrEqual(1)
        expect(mirrored.lower).toBeCloseTo(1 - interval.upper, 12)
        expect(wider.lower).toBeLessThanOrEqual(interval.lower)
        expect(wider.upper).toBeGreaterThanOrEqual(interval.upper)
      }),
    )
  })
})
