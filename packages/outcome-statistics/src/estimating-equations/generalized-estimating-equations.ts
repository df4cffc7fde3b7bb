import { choleskyInPlace, choleskyInverse, choleskySolve, rootDiagonal } from '../dense-matrix.ts'
import {
  coefficientsFromBasis,
  covarianceFromBasis,
  type Design,
  type DesignRefusal,
  gathered,
  knownRows,
  orthonormalise,
  requireShape,
} from '../design.ts'
import { chiSquareUpperTail, normalQuantile } from '../distributions.ts'
import { type Refusal, refuse } from '../refusal.ts'
import { type Clusters, clustersOf } from './clusters.ts'
import { correlationError } from './correlation-error.ts'
import { type Family, type FamilyName, familyOf } from './family.ts'
import { fitIndependent } from './independent-fit.ts'
import {
  addPerson,
  momentCorrelation,
  pairsOf,
  permitsCorrelation,
  type WorkingCorrelation,
} from './working-correlation.ts'

/** One row a person and visit; a NaN outcome is missing and takes no part. */
export type EstimatingRows = {
  /** Any number for gaussian; 0 or 1 for binomial; a count for poisson. */
  readonly outcome: Float64Array
  /** Who, one number a row; rows need not stand together. */
  readonly person: ArrayLike<number>
  /** Which visit, whole numbers; for `ar1` they say how far apart rows are, gaps and all. Row order where absent. */
  readonly visit?: ArrayLike<number>
  readonly design: Design
}

export type EstimatingOptions = {
  readonly family: FamilyName
  readonly correlation: WorkingCorrelation
  /** Confidence level of the intervals, 0.95 unless told. */
  readonly conf?: number
  /** How the error of the working correlation is found; `exact` unless told. See `correlationError`. */
  readonly correlationErrors?: 'exact' | 'geepack'
}

export type EstimatingEquations = {
  readonly ok: true
  readonly family: FamilyName
  readonly correlation: WorkingCorrelation
  readonly observations: number
  readonly people: number
  /** Rows without an outcome, which took no part. */
  readonly withoutOutcome: number
  readonly names: readonly string[]
  readonly coefficients: Float64Array
  /** Hold whatever the correlation within people truly is, for many people. */
  readonly robustErrors: Float64Array
  /** p × p row by row. */
  readonly robustCovariance: Float64Array
  /** Hold only if the working correlation is right. */
  readonly naiveErrors: Float64Array
  readonly wald: Float64Array
  readonly p: Float64Array
  readonly lower: Float64Array
  readonly upper: Float64Array
  /** α, or null for independence. */
  readonly workingCorrelation: number | null
  readonly workingCorrelationError: number | null
  /** φ: mean square of the Pearson residuals. */
  readonly scale: number
  readonly steps: number
}

export type EstimatingRefusal =
  | DesignRefusal
  | Refusal<
      | 'outcome-outside-family'
      | 'visit-twice'
      | 'visit-not-whole'
      | 'too-few-people'
      | 'no-pairs'
      | 'singular-covariance'
      | 'separation'
      | 'not-converged'
    >

/**
 * Generalised estimating equations: a regression of repeated outcomes whose coefficients speak of the average of the
 * people, with errors that hold whatever the correlation within a person.
 *
 * Families with their canonical links: gaussian (identity), binomial (logit), poisson (log). Working correlations:
 * independence, exchangeable, ar1 by visit. Scale and correlation by moments as in R's geepack (φ over n, not n − p).
 * What is missing must be missing completely at random, or, where it depends on covariates, on those in the model.
 * With fewer than about 40 people the robust errors are too small.
 * Source: Liang & Zeger, Biometrika 1986;73:13. Agrees with geepack::geeglm to 1e-8.
 * Refuses by name: a covariate that is not a number, a column that follows from others (with its name), an outcome that
 * the family cannot have, one person twice at one visit, people no more than coefficients, nobody with two rows, a
 * correlation at its limit or people who do not differ (`singular-covariance`), separation, no convergence.
 * Cost: O(n p²) a step (n × rows a person more for ar1); 10,000 people with 12 visits take about 0.1 s.
 * @example
 * generalizedEstimatingEquations({ outcome, person, visit, design }, { family: 'binomial', correlation: 'exchangeable' })
 */
export function generalizedEstimatingEquations(
  rows: EstimatingRows,
  options: EstimatingOptions,
): EstimatingEquations | EstimatingRefusal {
  const { family: name, correlation, conf = 0.95, correlationErrors = 'exact' } = options
  if (!(conf > 0 && conf < 1)) throw new RangeError(`conf ${conf}: needs 0 < conf < 1`)
  const n = rows.outcome.length
  requireShape(rows.design, n)
  if (rows.person.length !== n || (rows.visit && rows.visit.length !== n)) {
    throw new RangeError('person and visit need one entry a row')
  }
  const family = familyOf(name)
  const known = knownRows(rows.outcome, rows.design)
  if ('ok' in known) return known
  for (let i = 0; i < known.length; i++) {
    if (!family.permits(rows.outcome[known[i]!]!)) return refuse('outcome-outside-family', known[i])
  }
  const clusters = clustersOf(known, rows.person, rows.visit)
  if ('ok' in clusters) return clusters
  const ordered = clusters.order.slice()
  for (let i = 0; i < ordered.length; i++) ordered[i] = known[ordered[i]!]!
  const basis = orthonormalise(rows.design, ordered)
  if ('ok' in basis) return basis
  const p = basis.q.length
  if (clusters.people <= p) return refuse('too-few-people')
  if (correlation !== 'independence' && pairsOf(clusters) === 0) return refuse('no-pairs')
  const outcome = gathered(rows.outcome, ordered)
  const first = fitIndependent(basis.q, outcome, family, { precision: 1e-4 })
  if (!first.ok) return first

  const state = stateOf(clusters, family, basis.q, outcome, first.coefficients)
  const steps = solve(state, correlation)
  if (typeof steps !== 'number') return steps
  const { naive, robust, scores } = sandwich(state, correlation)
  const coefficients = coefficientsFromBasis(basis, state.coefficients)
  const robustCovariance = covarianceFromBasis(basis, robust)
  const robustErrors = rootDiagonal(robustCovariance, p)
  const naiveErrors = rootDiagonal(covarianceFromBasis(basis, naive), p)
  if (!robustErrors.every((error, j) => error > LEAST_ERROR * naiveErrors[j]!)) {
    return refuse('singular-covariance')
  }
  const wald = coefficients.map((value, j) => (value / robustErrors[j]!) ** 2)
  const reach = normalQuantile((1 + conf) / 2)
  const { alpha, scale, mean, residual, d } = state
  return {
    ok: true,
    family: name,
    correlation,
    observations: known.length,
    people: clusters.people,
    withoutOutcome: n - known.length,
    names: rows.design.names,
    coefficients,
    robustErrors,
    robustCovariance,
    naiveErrors,
    wald,
    p: wald.map((value) => chiSquareUpperTail(value, 1)),
    lower: coefficients.map((value, j) => value - reach * robustErrors[j]!),
    upper: coefficients.map((value, j) => value + reach * robustErrors[j]!),
    workingCorrelation: correlation === 'independence' ? null : alpha,
    workingCorrelationError:
      correlation === 'independence'
        ? null
        : correlationError(
            { which: correlation, clusters, family, alpha, scale, mean, residual, d, p, naive, scores },
            correlationErrors,
          ),
    scale,
    steps,
  }
}

/** Where the search stands; the arrays are written over at each step. */
type State = {
  readonly clusters: Clusters
  readonly family: Family
  readonly q: readonly Float64Array[]
  readonly outcome: Float64Array
  coefficients: Float64Array
  alpha: number
  scale: number
  readonly mean: Float64Array
  /** (y − μ) / √variance. */
  readonly residual: Float64Array
  /** √variance × basis, n × p: with canonical links the slope of the mean over √variance. */
  readonly d: Float64Array
}

function stateOf(
  clusters: Clusters,
  family: Family,
  q: readonly Float64Array[],
  outcome: Float64Array,
  coefficients: Float64Array,
): State {
  const n = outcome.length
  const state: State = {
    clusters,
    family,
    q,
    outcome,
    coefficients,
    alpha: 0,
    scale: 1,
    mean: new Float64Array(n),
    residual: new Float64Array(n),
    d: new Float64Array(n * q.length),
  }
  refresh(state)
  return state
}

/** Means, residuals, slopes and scale at the coefficients. */
function refresh(state: State): void {
  const { family, q, outcome, coefficients, mean, residual, d } = state
  const p = q.length
  mean.fill(0)
  q.forEach((column, j) => {
    const b = coefficients[j]!
    for (let i = 0; i < mean.length; i++) mean[i]! += b * column[i]!
  })
  let squares = 0
  for (let i = 0; i < mean.length; i++) {
    const mu = family.mean(mean[i]!)
    const root = Math.sqrt(family.variance(mu))
    const r = (outcome[i]! - mu) / root
    mean[i] = mu
    residual[i] = r
    squares += r * r
    for (let j = 0; j < p; j++) d[i * p + j] = root * q[j]![i]!
  }
  state.scale = squares / mean.length
}

const MOST_STEPS = 100
/** A robust error below this share of the naive one is rounding: people do not differ, so nothing tells how sure it is. */
const LEAST_ERROR = 1e-9

/** Coefficients and correlation in turn until neither moves; the steps taken. */
function solve(
  state: State,
  which: WorkingCorrelation,
): number | Refusal<'singular-covariance' | 'not-converged'> {
  const { clusters } = state
  const p = state.q.length
  const spare = new Float64Array(p)
  for (let steps = 1; steps <= MOST_STEPS; steps++) {
    if (!(state.scale > 0 && Number.isFinite(state.scale))) return refuse('not-converged')
    const before = state.alpha
    if (which !== 'independence') {
      state.alpha = momentCorrelation(which, clusters, state.residual, state.scale, state.alpha)
      if (!permitsCorrelation(which, state.alpha, clusters)) return refuse('singular-covariance')
    }
    const information = new Float64Array(p * p)
    const move = new Float64Array(p)
    const { start, people, visit } = clusters
    for (let g = 0; g < people; g++) {
      addPerson(
        which,
        state.alpha,
        visit,
        state.d,
        state.residual,
        start[g]!,
        start[g + 1]!,
        p,
        information,
        move,
        spare,
      )
    }
    if (!choleskyInPlace(information, p)) return refuse('not-converged')
    choleskySolve(information, p, move)
    let moved = 0
    let size = 1
    for (let j = 0; j < p; j++) {
      moved = Math.max(moved, Math.abs(move[j]!))
      size = Math.max(size, Math.abs(state.coefficients[j]!))
    }
    state.coefficients = state.coefficients.map((value, j) => value + move[j]!)
    refresh(state)
    if (moved <= 1e-12 * size && Math.abs(state.alpha - before) < 1e-12) return steps
  }
  return refuse('not-converged')
}

/** Naive and robust covariance on the basis, and each person's score. */
function sandwich(state: State, which: WorkingCorrelation) {
  const { clusters, scale } = state
  const { start, people, visit } = clusters
  const p = state.q.length
  const spare = new Float64Array(p)
  const information = new Float64Array(p * p)
  const scores = new Float64Array(people * p)
  for (let g = 0; g < people; g++) {
    const score = scores.subarray(g * p, (g + 1) * p)
    addPerson(
      which,
      state.alpha,
      visit,
      state.d,
      state.residual,
      start[g]!,
      start[g + 1]!,
      p,
      information,
      score,
      spare,
    )
  }
  choleskyInPlace(information, p)
  const naive = new Float64Array(p * p)
  choleskyInverse(information, p, naive)
  const robust = new Float64Array(p * p)
  const share = new Float64Array(p)
  for (let g = 0; g < people; g++) {
    for (let a = 0; a < p; a++) {
      let sum = 0
      for (let b = 0; b < p; b++) sum += naive[a * p + b]! * scores[g * p + b]!
      share[a] = sum
    }
    for (let a = 0; a < p; a++) for (let b = 0; b < p; b++) robust[a * p + b]! += share[a]! * share[b]!
  }
  return {
    naive: naive.map((value) => value * scale),
    robust,
    scores: scores.map((value) => value / scale),
  }
}
