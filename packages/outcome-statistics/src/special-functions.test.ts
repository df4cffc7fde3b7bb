import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  binomialLowerTail,
  binomialProbability,
  binomialUpperTail,
  digamma,
  hypergeometricProbability,
  hypergeometricTails,
  logGamma,
  negativeBinomialProbability,
  negativeBinomialTails,
  noncentralTLowerTail,
  noncentralTUpperTail,
  normalUpperTail,
  poissonLowerTail,
  poissonProbability,
  poissonUpperTail,
  studentizedRangeLowerTail,
  studentTLowerTail,
  trigamma,
} from './index.ts'

const relative = (value: number, truth: number) => Math.abs(value / truth - 1)

describe('gamma and its derivatives', () => {
  it('are factorials, with their zeros exact', () => {
    expect(logGamma(1)).toBe(0)
    expect(logGamma(2)).toBe(0)
    let factorial = 0
    for (let n = 3; n < 60; n++) {
      factorial += Math.log(n - 1)
      expect(relative(logGamma(n), factorial)).toBeLessThan(1e-14)
    }
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 15)
    expect(relative(logGamma(1 + 1e-9), -0.5772156649015329e-9)).toBeLessThan(1e-7)
  })

  it('climb by one as they must', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 200, noNaN: true }), (x) => {
        expect(logGamma(x + 1) - logGamma(x)).toBeCloseTo(Math.log(x), 11)
        expect(digamma(x + 1) - digamma(x)).toBeCloseTo(1 / x, 11)
        expect(relative(trigamma(x), trigamma(x + 1) + 1 / (x * x))).toBeLessThan(1e-13)
      }),
    )
    expect(trigamma(1)).toBeCloseTo(Math.PI ** 2 / 6, 14)
    for (const f of [logGamma, digamma, trigamma]) expect(() => f(0)).toThrow(RangeError)
  })
})

describe('counts', () => {
  it('binomial: four coins by hand, and tails that are sums of their terms', () => {
    expect([0, 1, 2, 3, 4].map((k) => 16 * binomialProbability(k, 4, 0.5))).toEqual(
      [1, 4, 6, 4, 1].map((value) => expect.closeTo(value, 13)),
    )
    fc.assert(
      fc.property(fc.nat(60), fc.nat(60), fc.double({ min: 0.001, max: 0.999, noNaN: true }), (a, b, p) => {
        const [k, n] = a < b ? [a, b] : [b, a]
        let sum = 0
        for (let i = 0; i <= k; i++) sum += binomialProbability(i, n, p)
        expect(binomialLowerTail(k, n, p)).toBeCloseTo(sum, 12)
        expect(binomialLowerTail(k, n, p) + binomialUpperTail(k, n, p)).toBeCloseTo(1, 12)
      }),
    )
    expect([
      binomialProbability(0, 3, 0),
      binomialProbability(3, 3, 1),
      binomialProbability(-1, 3, 0.2),
    ]).toEqual([1, 1, 0])
    expect([
      binomialLowerTail(-1, 3, 0.2),
      binomialUpperTail(-1, 3, 0.2),
      binomialUpperTail(3, 3, 0.2),
    ]).toEqual([0, 1, 0])
    expect(() => binomialProbability(0.5, 3, 0.2)).toThrow(RangeError)
  })

  it('Poisson: small means by hand', () => {
    expect(poissonProbability(2, 1)).toBeCloseTo(Math.exp(-1) / 2, 15)
    expect(poissonLowerTail(1, 2)).toBeCloseTo(3 * Math.exp(-2), 14)
    expect(poissonUpperTail(0, 1e-20)).toBeCloseTo(1e-20, 34)
    expect([
      poissonProbability(0, 0),
      poissonProbability(3, 0),
      poissonLowerTail(-1, 3),
      poissonUpperTail(-1, 3),
    ]).toEqual([1, 0, 0, 1])
    expect(() => poissonProbability(0, -1)).toThrow(RangeError)
  })

  it('hypergeometric: the lady tasting tea', () => {
    const tea = { marked: 4, unmarked: 4, drawn: 4 }
    expect([0, 1, 2, 3, 4].map((k) => 70 * hypergeometricProbability(k, tea))).toEqual(
      [1, 16, 36, 16, 1].map((value) => expect.closeTo(value, 12)),
    )
    expect(hypergeometricTails(2, tea).upper).toBeCloseTo(17 / 70, 14)
    expect(hypergeometricTails(-1, tea)).toEqual({ lower: 0, upper: 1 })
    expect(hypergeometricTails(4, tea)).toEqual({ lower: 1, upper: 0 })
    expect(hypergeometricProbability(5, tea)).toBe(0)
    expect(hypergeometricProbability(0, { marked: 0, unmarked: 0, drawn: 0 })).toBe(1)
    expect(() => hypergeometricProbability(0, { marked: 1, unmarked: 1, drawn: 3 })).toThrow(RangeError)
  })

  it('negative binomial: geometric at size 1, near Poisson at a large size', () => {
    for (const k of [0, 1, 5, 40]) {
      expect(relative(negativeBinomialProbability(k, 1, 3), 0.25 * 0.75 ** k)).toBeLessThan(1e-13)
      expect(relative(negativeBinomialTails(k, 1, 3).upper, 0.75 ** (k + 1))).toBeLessThan(1e-13)
    }
    expect(negativeBinomialProbability(3, 1e9, 2)).toBeCloseTo(poissonProbability(3, 2), 8)
    expect(negativeBinomialTails(-1, 1, 3)).toEqual({ lower: 0, upper: 1 })
  })
})

describe('integrals over a chi variable', () => {
  it('noncentral t without noncentrality is Student', () => {
    for (const df of [1, 5, 40.5, 3000]) {
      for (const t of [-12, -3, -0.2, 0, 1.5, 6]) {
        expect(relative(noncentralTLowerTail(t, df, 0), studentTLowerTail(t, df))).toBeLessThan(1e-12)
      }
    }
  })

  it('noncentral t at 0 is a normal tail, and the tails add up', () => {
    expect(relative(noncentralTLowerTail(0, 7, 9), normalUpperTail(9))).toBeLessThan(1e-12)
    for (const t of [-1, 2, 30]) {
      expect(noncentralTLowerTail(t, 9, 2.5) + noncentralTUpperTail(t, 9, 2.5)).toBeCloseTo(1, 13)
    }
    expect(() => noncentralTLowerTail(1, 0, 1)).toThrow(RangeError)
  })

  it('the studentized range of two means is a two-sided t test', () => {
    for (const q of [0.5, 2, 6]) {
      expect(studentizedRangeLowerTail(q, 2, 12)).toBeCloseTo(
        1 - 2 * studentTLowerTail(-q / Math.SQRT2, 12),
        12,
      )
    }
    expect(studentizedRangeLowerTail(0, 3, 5)).toBe(0)
    expect(() => studentizedRangeLowerTail(1, 1, 5)).toThrow(RangeError)
  })
})
