import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  betaQuantile,
  chiSquareLowerTail,
  chiSquareQuantile,
  chiSquareUpperTail,
  fLowerTail,
  fQuantile,
  fUpperTail,
  normalLogLowerTail,
  normalUpperTail,
  regularizedIncompleteBeta,
  studentTLowerTail,
  studentTQuantile,
  studentTUpperTail,
} from './index.ts'

const relative = (value: number, truth: number) => Math.abs(value / truth - 1)
const p = fc.oneof(
  fc.double({ min: 1e-12, max: 0.5, noNaN: true }),
  fc.double({ min: 0.5, max: 1 - 1e-6, noNaN: true }),
)
const shape = fc.double({ min: 0.2, max: 500, noNaN: true })

/** The tail that is small at this p, both from p and from the quantile. */
function undone(value: number, lower: number, upper: number): number {
  return value <= 0.5 ? relative(lower, value) : relative(upper, 1 - value)
}

describe('quantiles undo their tails', () => {
  it('beta, where the quantile is not squeezed against 1', () => {
    fc.assert(
      fc.property(p, shape, shape, (value, a, b) => {
        const x = betaQuantile(value, a, b)
        fc.pre(x < 0.999 && x > 1e-280)
        const { lower, upper } = regularizedIncompleteBeta(a, b, x)
        expect(undone(value, lower, upper)).toBeLessThan(1e-10)
      }),
    )
  })

  it('chi-square, to 1e-12 also where R 4.2 loses digits', () => {
    fc.assert(
      fc.property(p, shape, (value, df) => {
        const x = chiSquareQuantile(value, df)
        expect(undone(value, chiSquareLowerTail(x, df), chiSquareUpperTail(x, df))).toBeLessThan(1e-12)
      }),
    )
    for (const df of [0.5, 1, 3, 40, 1000]) {
      const far = chiSquareQuantile(0.999999999999, df)
      expect(relative(chiSquareUpperTail(far, df), 1 - 0.999999999999)).toBeLessThan(1e-12)
    }
  })

  it('Student', () => {
    fc.assert(
      fc.property(p, shape, (value, df) => {
        const t = studentTQuantile(value, df)
        expect(undone(value, studentTLowerTail(t, df), studentTUpperTail(t, df))).toBeLessThan(1e-12)
      }),
    )
  })

  it('F, from either side', () => {
    fc.assert(
      fc.property(p, shape, shape, (value, df1, df2) => {
        const x = fQuantile(value, df1, df2)
        fc.pre(x > 0 && Number.isFinite(x))
        expect(undone(value, fLowerTail(x, df1, df2), fUpperTail(x, df1, df2))).toBeLessThan(1e-11)
        const y = fQuantile(value, df1, df2, { tail: 'upper' })
        expect(undone(value, fUpperTail(y, df1, df2), fLowerTail(y, df1, df2))).toBeLessThan(1e-11)
      }),
    )
  })
})

describe('closed forms', () => {
  it('Student with one degree of freedom is Cauchy, with two an algebraic function', () => {
    for (const t of [-1e200, -40, -1, 0, 0.3, 7, 1e8]) {
      const cauchy = t > 0 ? Math.atan(1 / t) / Math.PI : 0.5 + Math.atan(-t) / Math.PI
      expect(relative(studentTUpperTail(t, 1), cauchy)).toBeLessThan(1e-14)
    }
    expect(relative(studentTUpperTail(1e200, 1), 1 / (Math.PI * 1e200))).toBeLessThan(1e-13)
    expect(studentTQuantile(0.75, 1)).toBeCloseTo(1, 14)
    expect(studentTQuantile(0.8, 2)).toBeCloseTo(0.6 / Math.sqrt(2 * 0.8 * 0.2), 14)
    expect(studentTQuantile(0.975, Number.POSITIVE_INFINITY)).toBeCloseTo(1.959963984540054, 14)
  })

  it('chi-square with two degrees of freedom is exponential', () => {
    for (const value of [1e-200, 0.1, 0.5, 0.9, 1 - 1e-15]) {
      expect(relative(chiSquareQuantile(value, 2), -2 * Math.log1p(-value))).toBeLessThan(1e-13)
    }
  })

  it('beta with a = 1 or b = 1 is a power', () => {
    expect(relative(betaQuantile(1e-12, 1, 40), -Math.expm1(Math.log1p(-1e-12) / 40))).toBeLessThan(1e-14)
    expect(relative(betaQuantile(0.3, 40, 1), 0.3 ** (1 / 40))).toBeLessThan(1e-15)
    expect(betaQuantile(1e-30, 0.01, 3)).toBe(0)
  })

  it('beta splits one into two', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 0.99, noNaN: true }), shape, shape, (x, a, b) => {
        const { lower, upper } = regularizedIncompleteBeta(a, b, x)
        expect(lower + upper).toBeCloseTo(1, 14)
        const mirrored = regularizedIncompleteBeta(b, a, 1 - x)
        expect(mirrored.upper).toBeCloseTo(lower, 12)
      }),
    )
  })

  it('the logarithm of a normal tail meets its asymptotic series without a step', () => {
    const below = normalLogLowerTail(-30.000001)
    const above = normalLogLowerTail(-29.999999)
    expect((above - below) / 2e-6).toBeCloseTo(30.0333, 3)
    expect(normalLogLowerTail(-30)).toBeCloseTo(Math.log(normalUpperTail(30)), 11)
    expect(normalLogLowerTail(-100)).toBeCloseTo(-5005.524208694205, 9)
  })
})

describe('ends and refusals', () => {
  it('answers at the ends', () => {
    expect([0, 1].map((end) => betaQuantile(end, 2, 3))).toEqual([0, 1])
    expect([0, 1].map((end) => chiSquareQuantile(end, 3))).toEqual([0, Number.POSITIVE_INFINITY])
    expect([0, 0.5, 1].map((end) => studentTQuantile(end, 3))).toEqual([
      Number.NEGATIVE_INFINITY,
      0,
      Number.POSITIVE_INFINITY,
    ])
    expect(fQuantile(0, 2, 3, { tail: 'upper' })).toBe(Number.POSITIVE_INFINITY)
    expect(fUpperTail(Number.POSITIVE_INFINITY, 2, 3)).toBe(0)
    expect(studentTUpperTail(Number.POSITIVE_INFINITY, 3)).toBe(0)
  })

  it('throws outside', () => {
    for (const call of [
      () => betaQuantile(-0.1, 1, 1),
      () => betaQuantile(0.1, 0, 1),
      () => chiSquareQuantile(Number.NaN, 1),
      () => studentTQuantile(0.1, 0),
      () => studentTUpperTail(Number.NaN, 3),
      () => fQuantile(2, 1, 1),
      () => fUpperTail(-1, 1, 1),
      () => regularizedIncompleteBeta(1, 1, 2),
    ]) {
      expect(call).toThrow(RangeError)
    }
  })
})
