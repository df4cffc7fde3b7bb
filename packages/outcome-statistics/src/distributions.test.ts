import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chiSquareUpperTail, normalQuantile, normalUpperTail } from './distributions.ts'
import { incompleteGamma } from './incomplete-gamma.ts'

const relative = (value: number, truth: number) => Math.abs(value / truth - 1)

describe('chiSquareUpperTail', () => {
  it('has the closed form exp(−x/2) at two degrees of freedom, far out too', () => {
    for (const x of [0, 1e-9, 0.5, 3, 4, 40, 300, 1200]) {
      expect(relative(chiSquareUpperTail(x, 2), Math.exp(-x / 2))).toBeLessThan(1e-13)
    }
  })

  it('has the closed form of a Poisson sum at even degrees of freedom, also where Stirling takes over', () => {
    for (const df of [4, 10, 38, 40, 42, 200]) {
      for (const x of [0.3 * df, df - 1, df, df + 2, 2 * df]) {
        let term = Math.exp(-x / 2)
        let sum = 0
        for (let k = 0; k < df / 2; k++) {
          sum += term
          term *= x / 2 / (k + 1)
        }
        expect(relative(chiSquareUpperTail(x, df), sum)).toBeLessThan(1e-12)
      }
    }
  })

  it('gives the tabulated 5 % points', () => {
    expect(chiSquareUpperTail(3.841458820694124, 1)).toBeCloseTo(0.05, 14)
    expect(chiSquareUpperTail(7.814727903251179, 3)).toBeCloseTo(0.05, 14)
  })

  it('never rises with x', () => {
    const x = fc.double({ min: 0, max: 500, noNaN: true })
    fc.assert(
      fc.property(x, x, fc.integer({ min: 1, max: 60 }), (a, b, df) => {
        const [small, large] = a < b ? [a, b] : [b, a]
        expect(chiSquareUpperTail(large, df)).toBeLessThanOrEqual(
          chiSquareUpperTail(small, df) * (1 + 1e-13) + Number.MIN_VALUE,
        )
      }),
    )
  })
})

describe('incompleteGamma', () => {
  it('splits one into two', () => {
    const positive = fc.double({ min: 1e-3, max: 300, noNaN: true })
    fc.assert(
      fc.property(positive, positive, (a, x) => {
        const { lower, upper } = incompleteGamma(a, x)
        expect(lower + upper).toBeCloseTo(1, 14)
      }),
    )
  })

  it('holds at the ends and throws outside', () => {
    expect(incompleteGamma(2, 0)).toEqual({ lower: 0, upper: 1 })
    expect(incompleteGamma(2, Number.POSITIVE_INFINITY)).toEqual({ lower: 1, upper: 0 })
    expect(() => incompleteGamma(0, 1)).toThrow(RangeError)
    expect(() => incompleteGamma(1, Number.NaN)).toThrow(RangeError)
  })
})

describe('normalQuantile', () => {
  it('undoes the tail', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-300, max: 0.5, noNaN: true }), (p) => {
        expect(relative(normalUpperTail(-normalQuantile(p)), p)).toBeLessThan(1e-12)
      }),
    )
  })

  it('is odd about one half and throws at the ends', () => {
    expect(normalQuantile(0.5)).toBe(0)
    expect(normalQuantile(0.75)).toBe(-normalQuantile(0.25))
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 14)
    for (const p of [0, 1, -0.1, Number.NaN]) expect(() => normalQuantile(p)).toThrow(RangeError)
  })
})
