import {
  coefficientsFromBasis,
  covarianceFromBasis,
  type Design,
  type DesignRefusal,
  knownRows,
  type Orthonormal,
  orthonormalise,
  requireShape,
} from '../design.ts'
import { factorPositiveDefinite, inverseFactored, solveFactored } from '../positive-definite.ts'
import { type Refusal, refuse } from '../refusal.ts'

export type CountRows = {
  /** Events of each row, whole numbers; NaN = not known, such rows are left out. */
  readonly count: Float64Array
  /** Covariates, an intercept among them as a column of ones. */
  readonly design: Design
  /** Time or other exposure of each row, > 0; 1 unless told. */
  readonly exposure?: Float64Array
}

export type CountRefusal = DesignRefusal | Refusal<'not-a-count' | 'no-exposure' | 'no-events' | 'separation'>

/** The rows that take part, checked, on an orthonormal basis. */
export type PreparedCounts = {
  readonly basis: Orthonormal
  readonly count: Float64Array
  readonly logExposure: Float64Array
}

/** Checks the rows of a regression of counts. The `row` of a refusal counts all rows handed in. */
export function prepareCounts(rows: CountRows): PreparedCounts | CountRefusal {
  const { count, design, exposure } = rows
  requireShape(design, count.length)
  if (exposure && exposure.length !== count.length)
    throw new RangeError('exposure has another length than count')
  const known = knownRows(count, design)
  if ('ok' in known) return known
  let events = 0
  for (const row of known) {
    const value = count[row]!
    if (!Number.isSafeInteger(value) || value < 0) return refuse('not-a-count', row)
    if (exposure && !(exposure[row]! > 0 && exposure[row]! < Number.POSITIVE_INFINITY)) {
      return refuse('no-exposure', row)
    }
    events += value
  }
  const basis = orthonormalise(design, known)
  if ('ok' in basis) return basis
  if (events === 0) return refuse('no-events')
  return {
    basis,
    count: Float64Array.from(known, (row) => count[row]!),
    logExposure: Float64Array.from(known, (row) => (exposure ? Math.log(exposure[row]!) : 0)),
  }
}

/** Logarithms of the fitted means, exposure included. */
export function linearPredictor({ basis, logExposure }: PreparedCounts, onBasis: Float64Array): Float64Array {
  const eta = logExposure.slice()
  for (const [j, column] of basis.q.entries()) {
    const by = onBasis[j]!
    for (let i = 0; i < eta.length; i++) eta[i]! += by * column[i]!
  }
  return eta
}

/**
 * One step of iteratively reweighted least squares with a logarithmic link: the coefficients on the basis after it, and
 * the inverse information at the means it began from. Null when the information is singular.
 */
export function reweightedStep(
  { basis, count, logExposure }: PreparedCounts,
  eta: Float64Array,
  weightOf: (mean: number) => number,
): { onBasis: Float64Array; covariance: Float64Array } | null {
  const p = basis.q.length
  const information = new Float64Array(p * p)
  const right = new Float64Array(p)
  const n = count.length
  const weighted = new Float64Array(n)
  const target = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    const mean = Math.exp(eta[i]!)
    weighted[i] = weightOf(mean)
    target[i] = weighted[i]! * (eta[i]! - logExposure[i]! + (count[i]! - mean) / mean)
  }
  for (let a = 0; a < p; a++) {
    const column = basis.q[a]!
    for (let i = 0; i < n; i++) right[a]! += column[i]! * target[i]!
    for (let b = 0; b <= a; b++) {
      const other = basis.q[b]!
      let sum = 0
      for (let i = 0; i < n; i++) sum += weighted[i]! * column[i]! * other[i]!
      information[a * p + b] = sum
      information[b * p + a] = sum
    }
  }
  const factored = factorPositiveDefinite(information, p)
  if (!factored.ok || right.some((value) => !Number.isFinite(value))) return null
  return { onBasis: solveFactored(factored.factor, right), covariance: inverseFactored(factored.factor, p) }
}

/** How far two vectors are apart at most, in units of 1 + the larger number. */
export function farthest(a: Float64Array, b: Float64Array): number {
  let most = 0
  for (let i = 0; i < a.length; i++) {
    most = Math.max(most, Math.abs(a[i]! - b[i]!) / (1 + Math.max(Math.abs(a[i]!), Math.abs(b[i]!))))
  }
  return most
}

/** Coefficients of the columns as the caller gave them, with their covariance, row by row. */
export function coefficientsOf(basis: Orthonormal, onBasis: Float64Array, covariance: Float64Array) {
  const coefficients = coefficientsFromBasis(basis, onBasis)
  const own = covarianceFromBasis(basis, covariance)
  const p = coefficients.length
  const se = Float64Array.from({ length: p }, (_, j) => Math.sqrt(own[j * p + j]!))
  return { coefficients, covariance: own, se, z: coefficients.map((value, j) => value / se[j]!) }
}
