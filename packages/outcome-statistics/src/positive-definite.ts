import { choleskyInverse, choleskySolve } from './dense-matrix.ts'

/** The lower triangular L with A = L Lᵀ, row by row; or the first column that is a combination of earlier ones. */
export type Factored =
  | { readonly ok: true; readonly factor: Float64Array }
  | { readonly ok: false; readonly column: number }

/**
 * Cholesky's factor of a symmetric matrix.
 *
 * @param matrix size × size, row by row; only the lower triangle is read
 * @param tolerance a pivot below this share of its diagonal counts as zero: the column depends on earlier ones
 * @param floor a pivot not above this counts as zero too
 * Cost: size³ / 6.
 * @example factorPositiveDefinite(Float64Array.of(4, 0, 0, 9), 2) // factor 2, 0, 0, 3
 */
export function factorPositiveDefinite(
  matrix: Float64Array,
  size: number,
  tolerance = 1e-11,
  floor = 0,
): Factored {
  const factor = new Float64Array(size * size)
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let value = matrix[i * size + j]!
      for (let l = 0; l < j; l++) value -= factor[i * size + l]! * factor[j * size + l]!
      if (i !== j) factor[i * size + j] = value / factor[j * size + j]!
      else if (
        value > Math.max(floor, tolerance * matrix[i * size + i]!) &&
        value < Number.POSITIVE_INFINITY
      ) {
        factor[i * size + i] = Math.sqrt(value)
      } else return { ok: false, column: i }
    }
  }
  return { ok: true, factor }
}

/** A⁻¹ b for A = L Lᵀ, in a new array. Cost: size². */
export function solveFactored(factor: Float64Array, right: Float64Array): Float64Array {
  const solved = right.slice()
  choleskySolve(factor, right.length, solved)
  return solved
}

/** A⁻¹ for A = L Lᵀ, size × size, in a new array. Cost: size³. */
export function inverseFactored(factor: Float64Array, size: number): Float64Array {
  const inverse = new Float64Array(size * size)
  choleskyInverse(factor, size, inverse)
  return inverse
}

/** vᵀ A⁻¹ v, or the column on which A is singular. */
export function quadraticInverse(
  matrix: Float64Array,
  vector: Float64Array,
  tolerance?: number,
): { readonly ok: true; readonly value: number } | { readonly ok: false; readonly column: number } {
  const factored = factorPositiveDefinite(matrix, vector.length, tolerance)
  if (!factored.ok) return factored
  return { ok: true, value: dot(vector, solveFactored(factored.factor, vector)) }
}

/** Σ aᵢ bᵢ. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}
