import { rootDiagonal } from '../dense-matrix.ts'
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
import { familyOf } from './family.ts'
import { devianceOf, fitIndependent } from './independent-fit.ts'

export type LogisticRegression = {
  readonly ok: true
  readonly observations: number
  /** Rows without an outcome, which took no part. */
  readonly withoutOutcome: number
  readonly names: readonly string[]
  /** Log odds ratios. */
  readonly coefficients: Float64Array
  readonly standardErrors: Float64Array
  /** p × p row by row. */
  readonly covariance: Float64Array
  readonly z: Float64Array
  readonly p: Float64Array
  /** Interval by the likelihood (profile), which unlike estimate ± error keeps its level in small samples. */
  readonly lower: Float64Array
  readonly upper: Float64Array
  readonly deviance: number
  /** With an intercept alone. */
  readonly nullDeviance: number
  readonly logLikelihood: number
  readonly steps: number
}

export type LogisticRefusal =
  | DesignRefusal
  | Refusal<'outcome-outside-family' | 'one-outcome' | 'separation' | 'not-converged'>

const binomial = familyOf('binomial')

/**
 * Logistic regression of a yes (1) or no (0) by maximum likelihood, with likelihood intervals.
 *
 * @param rows.outcome 0 or 1; NaN is missing and takes no part
 * @param rows.design covariates with an intercept
 * Refuses by name: a covariate that is not a number, a column that follows from others (with its name), an outcome other
 * than 0 and 1, only one of the two, `separation` (a combination of covariates tells the outcomes apart, so an odds ratio
 * has no finite estimate).
 * Source: Cox, J R Stat Soc B 1958;20:215; intervals: Venzon & Moolgavkar, Appl Stat 1988;37:87. Agrees with R's glm to
 * 1e-8; R's confint interpolates the profile that is solved here and is good to four digits.
 * Cost: O(n p²) a step, some twelve fits more for each coefficient's interval.
 * @example logisticRegression({ outcome, design: { names: ['(Intercept)', 'arm'], columns: [ones, arm] } })
 */
export function logisticRegression(
  rows: { readonly outcome: Float64Array; readonly design: Design },
  conf = 0.95,
): LogisticRegression | LogisticRefusal {
  if (!(conf > 0 && conf < 1)) throw new RangeError(`conf ${conf}: needs 0 < conf < 1`)
  requireShape(rows.design, rows.outcome.length)
  const known = knownRows(rows.outcome, rows.design)
  if ('ok' in known) return known
  const outcome = gathered(rows.outcome, known)
  let yes = 0
  for (let i = 0; i < outcome.length; i++) {
    if (outcome[i] !== 0 && outcome[i] !== 1) return refuse('outcome-outside-family', known[i])
    yes += outcome[i]!
  }
  if (yes === 0 || yes === outcome.length) return refuse('one-outcome')
  const basis = orthonormalise(rows.design, known)
  if ('ok' in basis) return basis
  const fit = fitIndependent(basis.q, outcome, binomial)
  if (!fit.ok) return fit

  const coefficients = coefficientsFromBasis(basis, fit.coefficients)
  const covariance = covarianceFromBasis(basis, fit.covariance)
  const standardErrors = rootDiagonal(covariance, coefficients.length)
  const z = coefficients.map((value, j) => value / standardErrors[j]!)
  const reach = normalQuantile((1 + conf) / 2)
  const limits = [-1, 1].map((side) =>
    coefficients.map((estimate, j) => {
      const root = profileRoot(rows, known, j, { estimate, deviance: fit.deviance })
      return solveProfile(root, estimate, standardErrors[j]!, side * reach)
    }),
  )
  const share = Math.log(yes / (outcome.length - yes))
  return {
    ok: true,
    observations: known.length,
    withoutOutcome: rows.outcome.length - known.length,
    names: rows.design.names,
    coefficients,
    standardErrors,
    covariance,
    z,
    p: z.map((value) => chiSquareUpperTail(value * value, 1)),
    lower: limits[0]!,
    upper: limits[1]!,
    deviance: fit.deviance,
    nullDeviance: devianceOf(outcome, new Float64Array(outcome.length).fill(share), binomial),
    logLikelihood: -fit.deviance / 2,
    steps: fit.steps,
  }
}

/**
 * The signed root of the likelihood ratio of one coefficient: for a value held fixed, the root of how much the deviance
 * grows when the others are fitted again, negative below the estimate. Null where the others then separate.
 */
export function profileRoot(
  rows: { readonly outcome: Float64Array; readonly design: Design },
  known: Uint32Array,
  which: number,
  best: { readonly estimate: number; readonly deviance: number },
): (value: number) => number | null {
  const outcome = gathered(rows.outcome, known)
  const column = gathered(rows.design.columns[which]!, known)
  const others = {
    names: rows.design.names.filter((_, j) => j !== which),
    columns: rows.design.columns.filter((_, j) => j !== which),
  }
  const basis = orthonormalise(others, known)
  if ('ok' in basis) throw new Error('a design of full rank lost it with a column')
  return (value) => {
    const fit = fitIndependent(basis.q, outcome, binomial, { offset: column.map((x) => x * value) })
    if (!fit.ok) return null
    return Math.sign(value - best.estimate) * Math.sqrt(Math.max(0, fit.deviance - best.deviance))
  }
}

/** The value at which the root reaches `target`, by secants that start from the estimate's own error. */
function solveProfile(
  root: (value: number) => number | null,
  estimate: number,
  error: number,
  target: number,
): number {
  let before = { value: estimate, height: 0 }
  let value = estimate + target * error
  for (let step = 0; step < 60; step++) {
    const height = root(value)
    if (height === null) {
      value = (value + before.value) / 2
      continue
    }
    if (Math.abs(height - target) < 1e-11) return value
    const slope = (height - before.height) / (value - before.value)
    before = { value, height }
    const move = (target - height) / slope
    if (!Number.isFinite(move)) break
    value += Math.max(-4 * error, Math.min(4 * error, move))
  }
  return target < 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
}
