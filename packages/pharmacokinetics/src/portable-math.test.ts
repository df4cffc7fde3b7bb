import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exp, expMinusOne, log, meanDecay, meanOfMeanDecay, power } from './portable-math.ts'

/** Two units in the last place of a double. */
const TWO_ULP = 4.5e-16

const near = (found: number, wanted: number, tolerance: number) => {
  expect(Math.abs(found - wanted)).toBeLessThanOrEqual(tolerance * Math.abs(wanted))
}

describe('portable exponential and logarithm', () => {
  it('agree with the engine’s to two units in the last place', () => {
    fc.assert(
      fc.property(fc.double({ min: -700, max: 700, noNaN: true }), (x) => near(exp(x), Math.exp(x), TWO_ULP)),
      { numRuns: 5000 },
    )
    fc.assert(
      fc.property(fc.double({ min: 1e-300, max: 1e300, noNaN: true }), (x) => {
        expect(Math.abs(log(x) - Math.log(x))).toBeLessThanOrEqual(
          TWO_ULP * Math.max(Math.abs(Math.log(x)), 1e-2),
        )
      }),
      { numRuns: 5000 },
    )
    fc.assert(
      fc.property(fc.double({ min: -5, max: 5, noNaN: true }), (x) =>
        near(expMinusOne(x), Math.expm1(x), 1e-15),
      ),
    )
  })
  it('keep the ends', () => {
    expect([exp(0), exp(1000), exp(-1000), log(1), log(0), log(-1), log(Number.POSITIVE_INFINITY)]).toEqual([
      1,
      Number.POSITIVE_INFINITY,
      0,
      0,
      Number.NEGATIVE_INFINITY,
      Number.NaN,
      Number.POSITIVE_INFINITY,
    ])
    // Subnormal results keep what digits they have.
    for (const x of [-708.5, -720, -744, -745.1]) {
      expect(Math.abs(exp(x) - Math.exp(x))).toBeLessThanOrEqual(5e-324)
    }
    near(exp(709.5), Math.exp(709.5), 1e-15)
    near(log(5e-324), Math.log(5e-324), TWO_ULP)
    near(power(2, 0.75), 2 ** 0.75, TWO_ULP)
  })
  it('means of decay meet their series and formula where one takes over from the other', () => {
    for (const x of [0.3399, 0.3401, 0.4999, 0.5001, 2]) {
      near(meanDecay(x), (1 - Math.exp(-x)) / x, 1e-14)
      near(meanOfMeanDecay(x), (x - 1 + Math.exp(-x)) / (x * x), 1e-14)
    }
    expect([meanDecay(0), meanOfMeanDecay(0)]).toEqual([1, 0.5])
  })
})
