import { describe, expect, it } from 'vitest'
import { chiSquareTest, trendTest } from './contingency-table.ts'
import { binomialProbabilities, noMoreProbable } from './exact-weights.ts'
import { mantelHaenszel } from './mantel-haenszel.ts'
import { mcNemarTest } from './paired-proportions.ts'
import { oddsRatio } from './two-proportions.ts'

describe('chiSquareTest', () => {
  it('by hand: 20 of 30 against 10 of 30', () => {
    // Every expected count is 15 and every distance 5: 4 × 25 / 15.
    const table = [
      [20, 10],
      [10, 20],
    ]
    expect(chiSquareTest(table)).toMatchObject({ statistic: expect.closeTo(20 / 3, 14), df: 1 })
    expect(chiSquareTest(table, { yates: true })).toMatchObject({
      statistic: expect.closeTo((4 * 4.5 ** 2) / 15, 14),
    })
  })

  it('does not correct past the expected counts', () => {
    const even = [
      [10, 10],
      [10, 10],
    ]
    expect(chiSquareTest(even, { yates: true })).toMatchObject({ statistic: 0, p: 1 })
  })

  it('doubles with doubled counts, keeps Cramér’s V', () => {
    const table = [
      [5, 9, 2],
      [8, 3, 6],
    ]
    const once = chiSquareTest(table)
    const twice = chiSquareTest(table.map((row) => row.map((count) => 2 * count)))
    if (!once.ok || !twice.ok) throw new Error('refused')
    expect(twice.statistic).toBeCloseTo(2 * once.statistic, 12)
    expect(twice.cramersV).toBeCloseTo(once.cramersV, 14)
  })

  it('refuses by name', () => {
    expect(
      chiSquareTest([
        [1, 0],
        [4, 0],
      ]),
    ).toEqual({ ok: false, reason: 'empty-margin' })
    expect(
      chiSquareTest([
        [1, 2],
        [4, -1],
      ]),
    ).toEqual({ ok: false, reason: 'not-a-count', row: 1 })
  })
})

describe('trendTest', () => {
  it('is the plain chi-square with two groups', () => {
    const trend = trendTest([20, 10], [30, 30])
    expect(trend).toMatchObject({ statistic: expect.closeTo(20 / 3, 12) })
  })

  it('does not care where the scale begins, and refuses one that does not move', () => {
    const from = (score: number[]) => trendTest([12, 15, 18, 30], [60, 60, 60, 60], score)
    const plain = from([1, 2, 3, 4])
    const moved = from([1001, 1003, 1005, 1007])
    if (!plain.ok || !moved.ok) throw new Error('refused')
    expect(moved.statistic).toBeCloseTo(plain.statistic, 10)
    expect(from([2, 2, 2, 2])).toEqual({ ok: false, reason: 'one-group' })
    expect(trendTest([0, 0], [5, 5])).toEqual({ ok: false, reason: 'no-variation' })
  })
})

describe('mantelHaenszel', () => {
  const strata = [
    { count1: 9, n1: 48, count2: 3, n2: 33 },
    { count1: 23, n1: 140, count2: 9, n2: 140 },
    { count1: 26, n1: 95, count2: 4, n2: 31 },
  ]

  it('is the plain ratio in one stratum', () => {
    const one = mantelHaenszel([strata[0]!])
    const plain = oddsRatio(strata[0]!)
    if (!one.ok || !plain.ok) throw new Error('refused')
    expect(one.oddsRatio.ratio).toBeCloseTo(plain.ratio, 13)
    expect(one.oddsRatio.lower).toBeCloseTo(plain.lower, 12)
    expect(one.riskDifference).toBeCloseTo(9 / 48 - 3 / 33, 14)
  })

  it('does not care for the order of strata, turns round with the groups, leaves out nothing to compare', () => {
    const found = mantelHaenszel(strata)
    const backwards = mantelHaenszel([...strata].reverse())
    const turned = mantelHaenszel(
      strata.map(({ count1, n1, count2, n2 }) => ({ count1: count2, n1: n2, count2: count1, n2: n1 })),
    )
    const withEmpty = mantelHaenszel([...strata, { count1: 0, n1: 7, count2: 0, n2: 9 }])
    if (!found.ok || !backwards.ok || !turned.ok || !withEmpty.ok) throw new Error('refused')
    expect(backwards.oddsRatio.ratio).toBeCloseTo(found.oddsRatio.ratio, 13)
    expect(turned.oddsRatio.ratio).toBeCloseTo(1 / found.oddsRatio.ratio, 13)
    expect(withEmpty.oddsRatio.ratio).toBeCloseTo(found.oddsRatio.ratio, 14)
    expect(withEmpty.chiSquare).toBeCloseTo(found.chiSquare, 12)
  })

  it('refuses by name', () => {
    expect(mantelHaenszel([])).toEqual({ ok: false, reason: 'no-rows' })
    expect(mantelHaenszel([strata[0]!, { count1: 2, n1: 1, count2: 0, n2: 1 }])).toEqual({
      ok: false,
      reason: 'not-a-count',
      row: 1,
    })
    expect(mantelHaenszel([{ count1: 0, n1: 4, count2: 2, n2: 4 }])).toEqual({
      ok: false,
      reason: 'no-comparison',
    })
  })
})

describe('mcNemarTest', () => {
  it('by hand: five changes, all one way', () => {
    const test = mcNemarTest({ both: 3, onlyFirst: 5, onlySecond: 0, neither: 4 })
    if (!test.ok) throw new Error(test.reason)
    expect(test.chiSquare).toBe(5)
    expect(test.chiSquareCorrected).toBe(16 / 5)
    expect(test.pExact).toBeCloseTo(2 / 32, 15)
    expect(test.pMid).toBeCloseTo(1 / 32, 15)
    expect(test).toMatchObject({ oddsRatio: null, oddsUpper: null, difference: 5 / 12 })
  })

  it('counts what is no more probable, whatever the counts', () => {
    for (const [onlyFirst, onlySecond] of [
      [7, 3],
      [3, 8],
      [21, 20],
    ] as const) {
      const test = mcNemarTest({ both: 1, onlyFirst, onlySecond, neither: 2 })
      if (!test.ok) throw new Error(test.reason)
      const probability = binomialProbabilities(onlyFirst + onlySecond, 0.5)
      expect(test.pExact).toBeCloseTo(noMoreProbable(probability, onlyFirst), 14)
    }
    // A million million people: nothing here may grow with them.
    const many = mcNemarTest({ both: 0, onlyFirst: 1e12, onlySecond: 1e12 + 2e6, neither: 0 })
    if (!many.ok) throw new Error(many.reason)
    expect(many.pMid).toBeCloseTo(many.p, 9)
  })

  it('finds nothing where changes balance', () => {
    const test = mcNemarTest({ both: 0, onlyFirst: 3, onlySecond: 3, neither: 0 })
    if (!test.ok) throw new Error(test.reason)
    expect(test.pExact).toBe(1)
    // Half of what was observed (20 of 64) off 1: Fagerland and others 2013.
    expect(test.pMid).toBeCloseTo(1 - 20 / 64 / 2, 14)
    expect(test.oddsLower * test.oddsUpper!).toBeCloseTo(1, 12)
  })

  it('refuses by name', () => {
    expect(mcNemarTest({ both: 3, onlyFirst: 0, onlySecond: 0, neither: 4 })).toEqual({
      ok: false,
      reason: 'nobody-changed',
    })
    expect(mcNemarTest({ both: 0, onlyFirst: 0, onlySecond: 0, neither: 0 })).toEqual({
      ok: false,
      reason: 'no-rows',
    })
    expect(mcNemarTest({ both: 0.5, onlyFirst: 1, onlySecond: 0, neither: 0 })).toMatchObject({
      reason: 'not-a-count',
    })
  })
})
