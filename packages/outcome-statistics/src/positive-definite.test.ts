import { describe, expect, it } from 'vitest'
import {
  factorPositiveDefinite,
  inverseFactored,
  quadraticInverse,
  solveFactored,
} from './positive-definite.ts'

/** [4 2; 2 3]: determinant 8, inverse [3 −2; −2 4] / 8. */
const matrix = Float64Array.of(4, 2, 2, 3)

describe('positive definite matrices', () => {
  it('factors, solves and inverts by hand', () => {
    const factored = factorPositiveDefinite(matrix, 2)
    if (!factored.ok) throw new Error('refused')
    expect([...factored.factor]).toEqual([2, 0, 1, Math.SQRT2])
    const close = (values: Float64Array, expected: readonly number[]) =>
      values.forEach((value, i) => {
        expect(value).toBeCloseTo(expected[i]!, 14)
      })
    close(solveFactored(factored.factor, Float64Array.of(8, 8)), [1, 2])
    close(inverseFactored(factored.factor, 2), [0.375, -0.25, -0.25, 0.5])
    const form = quadraticInverse(matrix, Float64Array.of(8, 8))
    expect(form.ok && form.value).toBeCloseTo(24, 12)
  })

  it('names the column that depends on earlier ones', () => {
    expect(factorPositiveDefinite(Float64Array.of(1, 2, 2, 4), 2)).toEqual({ ok: false, column: 1 })
    expect(factorPositiveDefinite(Float64Array.of(0), 1)).toEqual({ ok: false, column: 0 })
    expect(factorPositiveDefinite(Float64Array.of(Number.NaN), 1)).toEqual({ ok: false, column: 0 })
  })
})
