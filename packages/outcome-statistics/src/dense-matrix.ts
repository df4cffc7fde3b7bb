/**
 * Small dense matrices as Float64Array, row by row: just what the regression models of this package need. Nothing here
 * allocates unless it returns something; factors overwrite their input.
 */

/** How small a Cholesky pivot may become beside its diagonal before the matrix counts as singular. */
const SMALLEST_PIVOT = 1e-13

/**
 * Overwrites the lower triangle of the symmetric n × n matrix `a` (lower triangle read) with its Cholesky factor L.
 * Returns false, with `a` half overwritten, when `a` is not positive definite. Cost: n³/3.
 */
export function choleskyInPlace(a: Float64Array, n: number): boolean {
  for (let j = 0; j < n; j++) {
    const diagonal = a[j * n + j]!
    let pivot = diagonal
    for (let l = 0; l < j; l++) pivot -= a[j * n + l]! * a[j * n + l]!
    if (!(pivot > SMALLEST_PIVOT * diagonal)) return false
    const root = Math.sqrt(pivot)
    a[j * n + j] = root
    for (let i = j + 1; i < n; i++) {
      let value = a[i * n + j]!
      for (let l = 0; l < j; l++) value -= a[i * n + l]! * a[j * n + l]!
      a[i * n + j] = value / root
    }
  }
  return true
}

/** log |A| of the matrix whose Cholesky factor is `l`. */
export function logDeterminant(l: Float64Array, n: number): number {
  let sum = 0
  for (let i = 0; i < n; i++) sum += Math.log(l[i * n + i]!)
  return 2 * sum
}

/** Overwrites `b` with the solution of A x = b, A by its Cholesky factor `l`. */
export function choleskySolve(l: Float64Array, n: number, b: Float64Array): void {
  for (let i = 0; i < n; i++) {
    let value = b[i]!
    for (let j = 0; j < i; j++) value -= l[i * n + j]! * b[j]!
    b[i] = value / l[i * n + i]!
  }
  for (let i = n - 1; i >= 0; i--) {
    let value = b[i]!
    for (let j = i + 1; j < n; j++) value -= l[j * n + i]! * b[j]!
    b[i] = value / l[i * n + i]!
  }
}

/** Writes the inverse of A, whose Cholesky factor is `l`, to `out` (both triangles). Cost: n³. */
export function choleskyInverse(l: Float64Array, n: number, out: Float64Array): void {
  const column = new Float64Array(n)
  for (let j = 0; j < n; j++) {
    column.fill(0)
    column[j] = 1
    choleskySolve(l, n, column)
    for (let i = 0; i < n; i++) out[i * n + j] = column[i]!
  }
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const mean = (out[i * n + j]! + out[j * n + i]!) / 2
      out[i * n + j] = mean
      out[j * n + i] = mean
    }
  }
}

/** The inverse of a symmetric positive definite matrix, or null when it is not. */
export function invertPositiveDefinite(a: Float64Array, n: number): Float64Array | null {
  const factor = a.slice()
  if (!choleskyInPlace(factor, n)) return null
  const inverse = new Float64Array(n * n)
  choleskyInverse(factor, n, inverse)
  return inverse
}

/** A B for n × n matrices, into `out`. */
export function multiply(a: Float64Array, b: Float64Array, n: number, out: Float64Array): void {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0
      for (let l = 0; l < n; l++) sum += a[i * n + l]! * b[l * n + j]!
      out[i * n + j] = sum
    }
  }
}

/** tr(A B) for n × n matrices. */
export function traceOfProduct(a: Float64Array, b: Float64Array, n: number): number {
  let sum = 0
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) sum += a[i * n + j]! * b[j * n + i]!
  return sum
}

/** xᵀ A y for an n × n matrix. */
export function bilinear(x: Float64Array, a: Float64Array, y: Float64Array, n: number): number {
  let sum = 0
  for (let i = 0; i < n; i++) {
    let row = 0
    for (let j = 0; j < n; j++) row += a[i * n + j]! * y[j]!
    sum += x[i]! * row
  }
  return sum
}

/** The square roots of the diagonal of an n × n matrix: standard errors from a covariance. */
export function rootDiagonal(a: Float64Array, n: number): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => Math.sqrt(a[i * n + i]!))
}
