import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rangeOfValues, sumOfMean } from '../../../tests/linear-attacker.ts'
import {
  CRAVING_POINTS,
  PERCENT_OF_DAYS,
  SHARE_OF_DAYS,
  strictMean,
  strictQuartiles,
} from './strict-values.ts'

const half = (n: number, low: number, high: number) =>
  Array.from({ length: n }, (_, at) => (at % 2 === 0 ? low : high))

describe('a strict mean', () => {
  it.each([
    ['nine people', half(9, 0.1, 0.9)],
    ['nobody with a day of use', Array(60).fill(1)],
    ['all alike', Array(60).fill(0.5)],
    ['nearly all alike: the interval would tell', half(10, 0.45, 0.55)],
    ['one person alone with anything', [1, ...Array(19).fill(0)]],
  ])('is none of %s', (_, values) => expect(strictMean(values, SHARE_OF_DAYS)).toBeUndefined())

  it('is rounded to its step, its interval widened to it', () => {
    expect(strictMean(half(40, 0.12, 0.93), SHARE_OF_DAYS)).toEqual({ mean: 0.55, lower: 0.35, upper: 0.7 })
    expect(strictMean(half(40, 12, 93), PERCENT_OF_DAYS)).toEqual({ mean: 55, lower: 35, upper: 70 })
  })

  const value = fc.integer({ min: 0, max: 90 }).map((days) => days / 90)
  const people = fc.array(value, { minLength: 10, maxLength: 16 })

  it('leaves every one of its people anywhere on the scale, for whoever multiplies it back to a sum', () => {
    let told = 0
    fc.assert(
      fc.property(people, (values) => {
        const shown = strictMean(values, SHARE_OF_DAYS)
        if (!shown) return
        told++
        const everybody = values.map((_, at) => at)
        const sums = [sumOfMean(everybody, shown.mean, SHARE_OF_DAYS.step)]
        const { least, most } = rangeOfValues(values, sums, SHARE_OF_DAYS, [0])
        expect(least).toBeCloseTo(0, 6)
        expect(most).toBeCloseTo(1, 6)
      }),
      { numRuns: 60, seed: 20_261_031 },
    )
    expect(told).toBeGreaterThan(20)
  })

  it('leaves them there beside the mean of all but ten of them', () => {
    let told = 0
    fc.assert(
      fc.property(fc.array(value, { minLength: 22, maxLength: 26 }), (values) => {
        const some = values.slice(10)
        const [all, part] = [strictMean(values, SHARE_OF_DAYS), strictMean(some, SHARE_OF_DAYS)]
        if (!all || !part) return
        told++
        const places = values.map((_, at) => at)
        const sums = [
          sumOfMean(places, all.mean, SHARE_OF_DAYS.step),
          sumOfMean(places.slice(10), part.mean, SHARE_OF_DAYS.step),
        ]
        // One of the ten who are only in the first mean: subtraction tells their sum to (n + m) steps.
        const { least, most } = rangeOfValues(values, sums, SHARE_OF_DAYS, [0])
        expect(most - least).toBeGreaterThan(0.9)
      }),
      { numRuns: 30, seed: 20_261_101 },
    )
    expect(told).toBeGreaterThan(10)
  })

  it('would tell one person if means of all and of all but one stood unrounded: the attacker sees it', () => {
    const values = half(12, 0.2, 0.8)
    const places = values.map((_, at) => at)
    const exact = (of: number[]) => {
      const sum = of.reduce((total, at) => total + values[at]!, 0)
      return { of, least: sum, most: sum }
    }
    const { least, most } = rangeOfValues(values, [exact(places), exact(places.slice(1))], SHARE_OF_DAYS, [0])
    expect([least, most].map((value) => value.toFixed(6))).toEqual(['0.200000', '0.200000'])
  })
})

describe('strict quartiles', () => {
  it('stand from forty people on, ten in each quarter, rounded', () => {
    const values = Array.from({ length: 40 }, (_, at) => at / 4)
    expect(strictQuartiles(values.slice(1), CRAVING_POINTS)).toBeUndefined()
    expect(strictQuartiles(values, CRAVING_POINTS)).toEqual([2, 5, 7])
  })

  it('are the same when one person told something else that leaves the rounding', () => {
    const values = Array.from({ length: 48 }, (_, at) => at % 11)
    for (let at = 0; at < values.length; at++) {
      const other = values.with(at, (values[at]! + 5) % 11)
      const [was, is] = [strictQuartiles(values, CRAVING_POINTS)!, strictQuartiles(other, CRAVING_POINTS)!]
      for (const place of [0, 1, 2] as const) expect(Math.abs(was[place] - is[place])).toBeLessThanOrEqual(1)
    }
  })
})
