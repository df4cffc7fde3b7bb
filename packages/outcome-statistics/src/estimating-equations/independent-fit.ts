import { choleskyInPlace, choleskyInverse, choleskySolve } from '../dense-matrix.ts'
import { type Refusal, refuse } from '../refusal.ts'
import type { Family } from './family.ts'

/** A generalised linear model fitted by maximum likelihood, on given columns. */
export type IndependentFit = {
  readonly ok: true
  readonly coefficients: Float64Array
  /** (XᵀWX)⁻¹, p × p. */
  readonly covariance: Float64Array
  readonly deviance: number
  /** Linear predictor of each row. */
  readonly predictor: Float64Array
  readonly steps: number
}

const MOST_STEPS = 60
/** Predictors that still move this much when the likelihood has settled are on their way to infinity. */
const STILL_MOVING = 1e-3

/**
 * Fits by Newton's steps (with canonical links these are Fisher's scoring, iteratively reweighted least squares).
 *
 * @param columns the covariates, orthonormal or nearly so; may be none when `offset` says everything
 * @param offset a part of the predictor that is not estimated
 * @param precision relative change of predictors at which to stop; steps square the error
 * Refuses `separation` when some coefficient has no finite estimate, because a combination of covariates tells the
 * outcome apart: the likelihood settles but the predictors do not. Refuses `not-converged` otherwise.
 * Source: McCullagh & Nelder, Generalized Linear Models, 2nd ed. 1989. Cost: O(n p²) a step.
 */
export function fitIndependent(
  columns: readonly Float64Array[],
  outcome: Float64Array,
  family: Family,
  { offset, precision = 1e-10 }: { readonly offset?: Float64Array; readonly precision?: number } = {},
): IndependentFit | Refusal<'separation' | 'not-converged'> {
  const n = outcome.length
  const p = columns.length
  let eta = new Float64Array(n)
  for (let i = 0; i < n; i++) eta[i] = family.guess(outcome[i]!)
  let coefficients: Float64Array = new Float64Array(p)
  let deviance = Number.POSITIVE_INFINITY
  for (let steps = 1; steps <= MOST_STEPS; steps++) {
    const { information, score } = working(columns, outcome, family, eta, offset)
    if (!choleskyInPlace(information, p)) return refuse(steps > 8 ? 'separation' : 'not-converged')
    choleskySolve(information, p, score)
    let next = combine(columns, score, offset, n)
    let reached = devianceOf(outcome, next, family)
    for (let halvings = 0; steps > 1 && !(reached <= deviance * (1 + 1e-12) + 1e-12); halvings++) {
      if (halvings === 30) return refuse('not-converged')
      for (let j = 0; j < p; j++) score[j] = (score[j]! + coefficients[j]!) / 2
      next = combine(columns, score, offset, n)
      reached = devianceOf(outcome, next, family)
    }
    let moved = 0
    for (let i = 0; i < n; i++) moved = Math.max(moved, Math.abs(next[i]! - eta[i]!))
    const settled = Math.abs(deviance - reached) <= precision * (Math.abs(reached) + 0.1)
    eta = next
    coefficients = score
    deviance = reached
    if (settled && moved < precision * (1 + largest(eta))) {
      const covariance = new Float64Array(p * p)
      const last = working(columns, outcome, family, eta, offset).information
      if (!choleskyInPlace(last, p)) return refuse('separation')
      choleskyInverse(last, p, covariance)
      return { ok: true, coefficients, covariance, deviance, predictor: eta, steps }
    }
    if (steps > 20 && settled && moved > STILL_MOVING) return refuse('separation')
  }
  return refuse('not-converged')
}

function largest(values: Float64Array): number {
  let most = 0
  for (const value of values) most = Math.max(most, Math.abs(value))
  return most
}

/** XᵀWX and XᵀW z with the working response z = η − offset + (y − μ) / W. */
function working(
  columns: readonly Float64Array[],
  outcome: Float64Array,
  family: Family,
  eta: Float64Array,
  offset: Float64Array | undefined,
) {
  const p = columns.length
  const n = outcome.length
  const information = new Float64Array(p * p)
  const score = new Float64Array(p)
  const weight = new Float64Array(n)
  const response = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    const mu = family.mean(eta[i]!)
    weight[i] = family.variance(mu)
    response[i] = weight[i]! * (eta[i]! - (offset?.[i] ?? 0)) + outcome[i]! - mu
  }
  for (let a = 0; a < p; a++) {
    const one = columns[a]!
    for (let b = 0; b <= a; b++) {
      const other = columns[b]!
      let sum = 0
      for (let i = 0; i < n; i++) sum += weight[i]! * one[i]! * other[i]!
      information[a * p + b] = sum
      information[b * p + a] = sum
    }
    let sum = 0
    for (let i = 0; i < n; i++) sum += one[i]! * response[i]!
    score[a] = sum
  }
  return { information, score }
}

function combine(
  columns: readonly Float64Array[],
  coefficients: Float64Array,
  offset: Float64Array | undefined,
  n: number,
): Float64Array<ArrayBuffer> {
  const out = new Float64Array(n)
  if (offset) out.set(offset)
  columns.forEach((column, j) => {
    const b = coefficients[j]!
    for (let i = 0; i < n; i++) out[i]! += b * column[i]!
  })
  return out
}

/** The deviance at a predictor. */
export function devianceOf(outcome: Float64Array, eta: Float64Array, family: Family): number {
  let sum = 0
  for (let i = 0; i < outcome.length; i++) sum += family.deviance(outcome[i]!, family.mean(eta[i]!))
  return sum
}
