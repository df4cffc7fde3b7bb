import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mannWhitneyDistribution, signedRankDistribution } from './rank-distributions.ts'
import { mannWhitney, wilcoxonSignedRank } from './rank-tests.ts'

const values = fc.array(
  fc.integer({ min: -20, max: 20 }).map((v) => v / 4),
  { minLength: 1, maxLength: 25 },
)

const ascending = (list: number[]) => list.sort((a, b) => a - b)
const median = (list: number[]) => {
  const half = list.length / 2
  return list.length % 2 === 1 ? list[Math.floor(half)]! : (list[half - 1]! + list[half]!) / 2
}

describe('mannWhitney', () => {
  it('by hand: all of one above all of the other', () => {
    const test = mannWhitney(Float64Array.of(4, 5, 6), Float64Array.of(1, 2, 3))
    expect(test).toMatchObject({ u: 9, superiority: 1, shift: 3, method: 'exact' })
    if (!test.ok) throw new Error(test.reason)
    // One of 20 orders.
    expect(test.pGreater).toBeCloseTo(1 / 20, 15)
    expect(test.p).toBeCloseTo(1 / 10, 15)
    // Six values cannot give 95 %.
    expect(test).toMatchObject({ lower: null, upper: null })
  })

  it('counts pairs and takes their median, whatever the values', () => {
    fc.assert(
      fc.property(values, values, (x, y) => {
        const test = mannWhitney(Float64Array.from(x), Float64Array.from(y))
        if (!test.ok) {
          expect(new Set([...x, ...y]).size).toBe(1)
          return
        }
        const differences = ascending(x.flatMap((a) => y.map((b) => a - b)))
        const above = differences.filter((d) => d > 0).length + differences.filter((d) => d === 0).length / 2
        expect(test.u).toBeCloseTo(above, 10)
        expect(test.shift).toBeCloseTo(median(differences), 12)
        expect(test.p).toBeGreaterThan(0)
        expect(test.p).toBeLessThanOrEqual(1)
        const turned = mannWhitney(Float64Array.from(y).reverse(), Float64Array.from(x).reverse())
        if (!turned.ok) throw new Error(turned.reason)
        expect(turned.p).toBeCloseTo(test.p, 12)
        expect(turned.shift).toBeCloseTo(-test.shift, 12)
        if (test.lower !== null && test.upper !== null) {
          expect(test.lower).toBeLessThanOrEqual(test.shift)
          expect(test.upper).toBeGreaterThanOrEqual(test.shift)
          expect(differences).toContain(test.lower)
        }
      }),
    )
  })

  it('refuses by name', () => {
    expect(mannWhitney(Float64Array.of(), Float64Array.of(1))).toEqual({ ok: false, reason: 'too-few' })
    expect(mannWhitney(Float64Array.of(2, 2), Float64Array.of(2))).toEqual({
      ok: false,
      reason: 'no-variation',
    })
    expect(mannWhitney(Float64Array.of(2), Float64Array.of(1, Number.NaN))).toEqual({
      ok: false,
      reason: 'not-a-number',
      row: 1,
    })
  })
})

describe('wilcoxonSignedRank', () => {
  it('by hand: five differences, all positive', () => {
    const test = wilcoxonSignedRank(Float64Array.of(1, 2, 3, 4, 5))
    expect(test).toMatchObject({ v: 15, pseudomedian: 3, zeros: 0, method: 'exact' })
    if (test.ok) expect(test.p).toBeCloseTo(2 / 32, 15)
  })

  it('takes the median of the means of pairs, leaves zeros out, turns round with the sign', () => {
    fc.assert(
      fc.property(values, (d) => {
        const test = wilcoxonSignedRank(Float64Array.from(d))
        const moved = d.filter((value) => value !== 0)
        if (!test.ok) {
          expect(moved).toEqual([])
          return
        }
        expect(test.n + test.zeros).toBe(d.length)
        const means = moved.flatMap((a, i) => moved.slice(i).map((b) => (a + b) / 2))
        expect(test.pseudomedian).toBeCloseTo(median(ascending(means)), 12)
        expect(test.v).toBeCloseTo(
          means.filter((m) => m > 0).length + means.filter((m) => m === 0).length / 2,
          10,
        )
        const turned = wilcoxonSignedRank(Float64Array.from(d, (value) => -value))
        if (!turned.ok) throw new Error(turned.reason)
        expect(turned.p).toBeCloseTo(test.p, 12)
      }),
    )
  })

  it('refuses nothing but zeros', () => {
    expect(wilcoxonSignedRank(Float64Array.of(0, 0))).toEqual({ ok: false, reason: 'too-few' })
  })
})

describe('exact distributions of ranks', () => {
  it('count orders', () => {
    // U of 2 and 2 values: 0, 1, 2 (twice), 3, 4 in six orders.
    const u = mannWhitneyDistribution(2, 2)
    expect([0, 1, 2, 3, 4].map((s) => Math.round(6 * u.lowerTail(s)))).toEqual([1, 2, 4, 5, 6])
    expect(u.quantile(1 / 6)).toBe(0)
    expect(u.quantile(0.5)).toBe(2)
    // V of 3: each of 0, 1, 2, 4, 5, 6 once and 3 twice in eight.
    const v = signedRankDistribution(3)
    expect([0, 1, 2, 3, 4, 5, 6].map((s) => Math.round(8 * v.lowerTail(s)))).toEqual([1, 2, 3, 5, 6, 7, 8])
    expect(mannWhitneyDistribution(49, 49).lowerTail(49 * 49)).toBeCloseTo(1, 12)
  })
})
