import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { numberNeededToTreat } from './number-needed-to-treat.ts'
import {
  miettinenNurminenDifference,
  newcombeDifference,
  oddsRatio,
  riskRatio,
  type TwoGroups,
  waldDifference,
} from './two-proportions.ts'

const groupsOf = fc
  .tuple(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 200 }), fc.nat(200), fc.nat(200))
  .map(([n1, n2, a, b]): TwoGroups => ({ count1: Math.min(a, n1), n1, count2: Math.min(b, n2), n2 }))

describe('differences of two proportions', () => {
  it('give Newcombe’s published examples (Stat Med 1998, table II)', () => {
    const published: [TwoGroups, number, number, number, number][] = [
      // counts, method 10 lower and upper, method of Miettinen and Nurminen lower and upper
      [{ count1: 56, n1: 70, count2: 48, n2: 80 }, 0.0524, 0.3339, 0.0528, 0.3382],
      [{ count1: 9, n1: 10, count2: 3, n2: 10 }, 0.1705, 0.809, 0.17, 0.8406],
    ]
    for (const [groups, low10, high10, lowScore, highScore] of published) {
      const newcombe = newcombeDifference(groups)
      const score = miettinenNurminenDifference(groups)
      if (!newcombe.ok || !score.ok) throw new Error('refused')
      expect(newcombe.lower).toBeCloseTo(low10, 4)
      expect(newcombe.upper).toBeCloseTo(high10, 4)
      expect(score.lower).toBeCloseTo(lowScore, 4)
      expect(score.upper).toBeCloseTo(highScore, 4)
    }
  })

  it('contain the difference, stay inside −1 to 1, and turn round with the groups', () => {
    fc.assert(
      fc.property(groupsOf, (groups) => {
        const { count1, n1, count2, n2 } = groups
        const turned = { count1: count2, n1: n2, count2: count1, n2: n1 }
        for (const method of [newcombeDifference, miettinenNurminenDifference]) {
          const found = method(groups)
          const reverse = method(turned)
          if (!found.ok || !reverse.ok) throw new Error('refused')
          expect(found.lower).toBeLessThanOrEqual(found.difference + 1e-15)
          expect(found.upper).toBeGreaterThanOrEqual(found.difference - 1e-15)
          expect(found.lower).toBeGreaterThanOrEqual(-1)
          expect(found.upper).toBeLessThanOrEqual(1)
          expect(reverse.lower).toBeCloseTo(-found.upper, 9)
          expect(reverse.difference).toBe(0 - found.difference)
        }
      }),
    )
  })

  it('mean something at none and all', () => {
    const none = miettinenNurminenDifference({ count1: 0, n1: 10, count2: 0, n2: 10 })
    const all = miettinenNurminenDifference({ count1: 10, n1: 10, count2: 0, n2: 10 })
    if (!none.ok || !all.ok) throw new Error('refused')
    expect(none.lower).toBeCloseTo(-none.upper, 12)
    expect(none.upper).toBeGreaterThan(0.2)
    expect(all.upper).toBe(1)
    expect(all.lower).toBeGreaterThan(0.5)
    expect(waldDifference({ count1: 0, n1: 10, count2: 0, n2: 10 })).toMatchObject({ lower: 0, upper: 0 })
  })

  it('refuse by name', () => {
    for (const method of [
      newcombeDifference,
      miettinenNurminenDifference,
      waldDifference,
      riskRatio,
      oddsRatio,
    ]) {
      expect(method({ count1: 1, n1: 2, count2: 0, n2: 0 })).toEqual({ ok: false, reason: 'no-rows' })
      expect(method({ count1: 3, n1: 2, count2: 0, n2: 4 })).toEqual({ ok: false, reason: 'not-a-count' })
      expect(() => method({ count1: 1, n1: 2, count2: 1, n2: 2 }, 2)).toThrow(RangeError)
    }
  })
})

describe('ratios', () => {
  it('by hand', () => {
    expect(riskRatio({ count1: 56, n1: 70, count2: 48, n2: 80 })).toMatchObject({
      ratio: expect.closeTo(4 / 3, 14),
    })
    expect(oddsRatio({ count1: 56, n1: 70, count2: 48, n2: 80 })).toMatchObject({
      ratio: expect.closeTo((56 * 32) / (48 * 14), 14),
      seLog: expect.closeTo(Math.sqrt(1 / 56 + 1 / 14 + 1 / 48 + 1 / 32), 14),
    })
  })

  it('have no interval with an empty cell and say so', () => {
    expect(riskRatio({ count1: 0, n1: 4, count2: 1, n2: 4 })).toEqual({
      ok: false,
      reason: 'no-events-in-a-group',
    })
    expect(oddsRatio({ count1: 4, n1: 4, count2: 1, n2: 4 })).toEqual({ ok: false, reason: 'empty-cell' })
  })
})

describe('numberNeededToTreat', () => {
  const better = { count1: 56, n1: 70, count2: 48, n2: 80 }
  const unsettled = { count1: 29, n1: 61, count2: 21, n2: 64 }

  it('is a benefit when a wanted event is commoner, a harm when it was unwanted', () => {
    const benefit = numberNeededToTreat(better, { event: 'wanted' })
    expect(benefit).toMatchObject({ kind: 'benefit', number: expect.closeTo(5, 12) })
    const harm = numberNeededToTreat(better, { event: 'unwanted' })
    if (!benefit.ok || !harm.ok || harm.kind === 'through-infinity') throw new Error('unexpected')
    expect(harm).toEqual({ ...benefit, kind: 'harm' })
    expect(harm.lower).toBeLessThan(harm.number)
    expect(harm.upper).toBeGreaterThan(harm.number)
  })

  it('goes through infinity when the interval holds no difference, with no two limits to misread', () => {
    const found = numberNeededToTreat(unsettled, { event: 'wanted' })
    expect(found).toMatchObject({
      kind: 'through-infinity',
      estimate: { side: 'benefit', number: expect.closeTo(6.79, 2) },
      benefitFrom: expect.closeTo(3.25, 2),
      harmFrom: expect.closeTo(41.96, 2),
    })
    expect(found).not.toHaveProperty('lower')
    expect(found).not.toHaveProperty('upper')
    expect(numberNeededToTreat(unsettled, { event: 'unwanted' })).toMatchObject({
      estimate: { side: 'harm' },
      benefitFrom: expect.closeTo(41.96, 2),
    })
  })

  it('has no estimate when the groups are equal', () => {
    const equal = { count1: 5, n1: 10, count2: 5, n2: 10 }
    expect(numberNeededToTreat(equal, { event: 'wanted' })).toMatchObject({
      kind: 'through-infinity',
      estimate: null,
    })
  })

  it('never gives a number that is not finite and above 0', () => {
    fc.assert(
      fc.property(groupsOf, (groups) => {
        const found = numberNeededToTreat(groups, { event: 'wanted' })
        if (!found.ok) throw new Error(found.reason)
        const numbers =
          found.kind === 'through-infinity'
            ? [found.benefitFrom, found.harmFrom, found.estimate?.number ?? 1]
            : [found.number, found.lower, found.upper ?? 1]
        for (const number of numbers) {
          expect(number).toBeGreaterThanOrEqual(1)
          expect(number).toBeLessThan(Number.POSITIVE_INFINITY)
        }
      }),
    )
  })
})
