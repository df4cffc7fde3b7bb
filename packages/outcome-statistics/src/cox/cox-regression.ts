import { chiSquareUpperTail, normalQuantile } from '../distributions.ts'
import { factorPositiveDefinite, inverseFactored, quadraticInverse } from '../positive-definite.ts'
import { type Refusal, refuse } from '../refusal.ts'
import {
  type CoxRows,
  type CoxRowsRefusal,
  countEvents,
  refuseCoxRows,
  type SortedRows,
  sortRows,
} from './cox-rows.ts'
import { exactLikelihood } from './exact-likelihood.ts'
import { climb, type Maximum, type MaximumRefusal } from './newton-raphson.ts'
import { eventTotals, partialLikelihood, type TieMethod } from './partial-likelihood.ts'
import { clusterProducts, rowResiduals } from './score-residuals.ts'

export type CoxOptions = {
  /** Events at the same time: 'efron' unless told; 'breslow'; 'exact' for discrete times and few ties. */
  readonly ties?: TieMethod | 'exact'
  /** Confidence level, 0.95 unless told. */
  readonly conf?: number
  /** Robust standard errors: one label a row for rows that belong together, or 'row' when each stands alone. */
  readonly cluster?: ArrayLike<number> | 'row'
}

/** A chi-square test of all covariates together. */
export type OverallTest = { readonly chiSquare: number; readonly df: number; readonly p: number }

/** A fitted Cox model; arrays follow the order of the covariates. */
export type CoxFit = {
  readonly ok: true
  readonly n: number
  readonly events: number
  /** Log hazard ratio for one unit more of the covariate, the others equal. */
  readonly coefficients: Float64Array
  /** Model-based standard errors. */
  readonly se: Float64Array
  /** With `cluster`: from the sandwich; null without. z, p and limits then use these. */
  readonly robustSe: Float64Array | null
  readonly z: Float64Array
  readonly p: Float64Array
  readonly hazardRatio: Float64Array
  readonly lower: Float64Array
  readonly upper: Float64Array
  readonly conf: number
  /** Covariance of the coefficients, row by row: robust with `cluster`. */
  readonly covariance: Float64Array
  /** The model-based one, always. */
  readonly modelCovariance: Float64Array
  readonly logLikelihoodNull: number
  readonly logLikelihood: number
  readonly aic: number
  readonly likelihoodRatioTest: OverallTest
  readonly waldTest: OverallTest
  readonly scoreTest: OverallTest
  /** With `cluster`, where the scores at zero tell the covariates apart. */
  readonly robustScoreTest: OverallTest | null
  readonly ties: TieMethod | 'exact'
  readonly iterations: number
}

export type CoxRefusal = CoxRowsRefusal | MaximumRefusal | Refusal<'too-few-clusters'>

/**
 * Cox's proportional hazards regression: how the rate of the event changes with covariates, whatever its course in time.
 *
 * The hazard of a person is h₀(t)·exp(Σ coefficient × covariate); with strata each stratum has its own h₀; with `entry`
 * a row counts at risk in (entry, time], so that covariates may change from row to row of a person.
 *
 * Source: Cox, J R Stat Soc B 1972;34:187; Therneau & Grambsch, Modeling Survival Data, 2000. Agrees with R's
 * survival::coxph to 1e-9. Check proportionalHazardsTest before a ratio is quoted as one number for all times.
 * Refuses by name: bad rows (with the row), no events, `singular-information` (a covariate is constant or a combination
 * of others) and `separation` (a coefficient goes to infinity), both with the zero-based `covariate`; `too-few-clusters`
 * when their sandwich cannot tell the covariates apart.
 * Throws on broken code: columns of different length, exact ties together with weights or clusters.
 * Cost: a sort and five or six passes of O(n·covariates²); a million rows with five covariates take about half a second.
 * @example
 * const fit = coxRegression({ time, event, covariates: [age, arm] })
 * if (fit.ok) console.log(fit.hazardRatio[1], fit.lower[1], fit.upper[1])
 */
export function coxRegression(rows: CoxRows, options: CoxOptions = {}): CoxFit | CoxRefusal {
  const { ties = 'efron', conf = 0.95, cluster } = options
  if (!(conf > 0 && conf < 1)) throw new RangeError(`confidence level ${conf}: needs 0 < conf < 1`)
  if (ties === 'exact' && (rows.weight || cluster)) {
    throw new RangeError('exact ties are not defined together with weights or clusters')
  }
  if (cluster && cluster !== 'row' && cluster.length !== rows.time.length) {
    throw new RangeError('cluster has another length than time')
  }
  const refusal = refuseCoxRows(rows)
  if (refusal) return refusal
  const sorted = sortRows(rows)
  const totals = eventTotals(sorted)
  const maximum = climb(
    ties === 'exact'
      ? (at) => exactLikelihood(sorted, totals, at)
      : (at) => partialLikelihood(sorted, ties, totals, at),
    sorted.range,
    countEvents(sorted),
  )
  if (!maximum.ok) return maximum
  return fitted(sorted, maximum, ties, conf, cluster)
}

function fitted(
  sorted: SortedRows,
  maximum: Maximum,
  ties: TieMethod | 'exact',
  conf: number,
  cluster: CoxOptions['cluster'],
): CoxFit | Refusal<'too-few-clusters'> {
  const { size, scale } = sorted
  const scaledCovariance = inverseOf(maximum.end.information, size)
  const modelCovariance = unscaled(scaledCovariance, scale)
  const coefficients = maximum.at.map((value, j) => value / scale[j]!)
  const robust =
    cluster && ties !== 'exact' ? sandwich(sorted, ties, maximum.at, scaledCovariance, cluster) : null
  const covariance = robust ? unscaled(robust.covariance, scale) : modelCovariance
  const se = standardErrors(covariance, size)
  const width = -normalQuantile((1 - conf) / 2)
  const z = coefficients.map((b, j) => b / se[j]!)
  const { logLikelihood } = maximum.end
  const logLikelihoodNull = maximum.start.logLikelihood
  const test = (chiSquare: number): OverallTest => ({
    chiSquare,
    df: size,
    p: chiSquareUpperTail(Math.max(0, chiSquare), size),
  })
  const wald = quadraticInverse(covariance, coefficients)
  if (!wald.ok) return refuse('too-few-clusters')
  return {
    ok: true,
    n: sorted.n,
    events: countEvents(sorted),
    coefficients,
    se: standardErrors(modelCovariance, size),
    robustSe: robust ? se : null,
    z,
    p: z.map((value) => chiSquareUpperTail(value * value, 1)),
    hazardRatio: coefficients.map(Math.exp),
    lower: coefficients.map((b, j) => Math.exp(b - width * se[j]!)),
    upper: coefficients.map((b, j) => Math.exp(b + width * se[j]!)),
    conf,
    covariance,
    modelCovariance,
    logLikelihoodNull,
    logLikelihood,
    aic: 2 * size - 2 * logLikelihood,
    likelihoodRatioTest: test(2 * (logLikelihood - logLikelihoodNull)),
    waldTest: test(wald.value),
    scoreTest: test(maximum.scoreTest),
    robustScoreTest: robust?.scoreTest === undefined ? null : test(robust.scoreTest),
    ties,
    iterations: maximum.iterations,
  }
}

/** The sandwich of the grouped jackknife, and the score test at zero with its middle. */
function sandwich(
  sorted: SortedRows,
  ties: TieMethod,
  at: Float64Array,
  covariance: Float64Array,
  cluster: ArrayLike<number> | 'row',
): { covariance: Float64Array; scoreTest: number | undefined } {
  const { size } = sorted
  const { products } = clusterProducts(sorted, rowResiduals(sorted, ties, at).score, cluster)
  const atZero = rowResiduals(sorted, ties, new Float64Array(size))
  const { products: middle, total } = clusterProducts(sorted, atZero.score, cluster)
  const scoreTest = quadraticInverse(middle, total)
  return {
    covariance: product(product(covariance, products, size), covariance, size),
    scoreTest: scoreTest.ok ? scoreTest.value : undefined,
  }
}

/** Of an information that climb has factored already. */
function inverseOf(information: Float64Array, size: number): Float64Array {
  const factored = factorPositiveDefinite(information, size)
  if (!factored.ok) throw new Error('the information at the maximum is singular')
  return inverseFactored(factored.factor, size)
}

const standardErrors = (covariance: Float64Array, size: number): Float64Array =>
  Float64Array.from({ length: size }, (_, j) => Math.sqrt(covariance[j * size + j]!))

/** From covariates of standard deviation 1 back to their own units. */
const unscaled = (covariance: Float64Array, scale: Float64Array): Float64Array =>
  covariance.map((value, at) => value / (scale[Math.floor(at / scale.length)]! * scale[at % scale.length]!))

/** The product of two square matrices, row by row. */
function product(a: Float64Array, b: Float64Array, size: number): Float64Array {
  const result = new Float64Array(size * size)
  for (let i = 0; i < size; i++) {
    for (let l = 0; l < size; l++) {
      for (let j = 0; j < size; j++) result[i * size + j]! += a[i * size + l]! * b[l * size + j]!
    }
  }
  return result
}

/**
 * Σ coefficient × covariate of each row: larger means the event is expected earlier. Uncentred.
 * @example concordance(rows, linearPredictors(rows.covariates, fit))
 */
export function linearPredictors(
  covariates: readonly Float64Array[],
  fit: { readonly coefficients: Float64Array },
): Float64Array {
  if (covariates.length !== fit.coefficients.length) throw new RangeError('another number of covariates')
  const predictors = new Float64Array(covariates[0]?.length ?? 0)
  covariates.forEach((column, j) => {
    const coefficient = fit.coefficients[j]!
    for (let row = 0; row < predictors.length; row++) predictors[row]! += coefficient * column[row]!
  })
  return predictors
}
