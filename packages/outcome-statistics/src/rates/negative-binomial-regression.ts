import { normalUpperTail } from '../distributions.ts'
import { digamma, logGamma, trigamma } from '../log-gamma.ts'
import { type Refusal, refuse } from '../refusal.ts'
import {
  type CountRefusal,
  type CountRows,
  coefficientsOf,
  farthest,
  linearPredictor,
  type PreparedCounts,
  prepareCounts,
  reweightedStep,
} from './log-linear-fit.ts'
import { type FittedCounts, fitPoisson } from './poisson-regression.ts'

export type NegativeBinomialRegression = {
  readonly ok: true
  readonly n: number
  readonly names: readonly string[]
  /** Logarithms of rate ratios; that of the intercept is the log rate. */
  readonly coefficients: Float64Array
  /** From the expected information. */
  readonly se: Float64Array
  readonly z: Float64Array
  readonly p: Float64Array
  /** p × p, row by row. */
  readonly covariance: Float64Array
  /** Shape: the variance is mean + mean² / theta. Small: few people have most of the events. */
  readonly theta: number
  /** From the observed information. */
  readonly seTheta: number
  readonly logLikelihood: number
  readonly aic: number
}

/** Beyond this the variance is the mean to the last digit that matters: Poisson. */
const THETA_OF_POISSON = 1e7

/**
 * Negative binomial regression (NB2) of counts, with a logarithmic link: for counts of which few people have many, such
 * as days of use or side effects.
 *
 * Maximum likelihood of coefficients and theta in turn, begun from three thetas, of which the best end counts; R's
 * MASS::glm.nb can stop at a place like Poisson's when theta is small.
 * Source: Lawless, Can J Stat 1987;15:209; Hilbe, Negative Binomial Regression, 2011.
 * @param rows counts, design and exposures
 * @returns or a refusal: those of `poissonRegression`, and `no-overdispersion` when the counts spread no wider than
 *   Poisson's (theta would be infinite: use `poissonRegression`)
 * Cost: O(n p²) a round, some thirty rounds from each start.
 * @example
 * negativeBinomialRegression({ count: daysOfUse, design: { names: ['rate', 'arm'], columns: [ones, arm] } })
 */
export function negativeBinomialRegression(
  rows: CountRows,
): NegativeBinomialRegression | CountRefusal | Refusal<'no-overdispersion'> {
  const prepared = prepareCounts(rows)
  if ('ok' in prepared) return prepared
  const poisson = fitPoisson(prepared)
  if (!poisson) return refuse('separation')
  let best: Fit | null = null
  for (const theta of [0.05, 0.5, 5]) {
    const fit = fitFrom(prepared, poisson.eta, theta)
    if (fit && (!best || fit.logLikelihood > best.logLikelihood)) best = fit
  }
  if (!best || best.logLikelihood <= poissonLogLikelihood(prepared, poisson))
    return refuse('no-overdispersion')
  const found = coefficientsOf(prepared.basis, best.onBasis, best.covariance)
  return {
    ok: true,
    n: prepared.count.length,
    names: rows.design.names,
    ...found,
    p: found.z.map((z) => 2 * normalUpperTail(Math.abs(z))),
    theta: best.theta,
    seTheta: 1 / Math.sqrt(best.information),
    logLikelihood: best.logLikelihood,
    aic: 2 * (found.se.length + 1 - best.logLikelihood),
  }
}

type Fit = FittedCounts & {
  readonly theta: number
  /** Observed information of theta. */
  readonly information: number
  readonly logLikelihood: number
}

function fitFrom(prepared: PreparedCounts, start: Float64Array, startTheta: number): Fit | null {
  let eta = start
  let theta = startTheta
  for (let round = 0; round < 5000; round++) {
    const shape = theta
    const step = reweightedStep(prepared, eta, (mean) => mean / (1 + mean / shape))
    if (!step) return null
    const next = linearPredictor(prepared, step.onBasis)
    const { score, information } = ofTheta(prepared.count, next, theta)
    // Newton on log theta, at most e-fold at a time; where the likelihood is not curved downwards, a step uphill.
    const newton = score / (information * theta)
    const by =
      information > 0 && Number.isFinite(newton) ? Math.max(-1, Math.min(1, newton)) : Math.sign(score) / 2
    const nextTheta = theta * Math.exp(by)
    const moved = Math.max(farthest(eta, next), Math.abs(by))
    eta = next
    theta = nextTheta
    if (theta > THETA_OF_POISSON) return null
    if (moved < 1e-13) break
  }
  const last = reweightedStep(prepared, eta, (mean) => mean / (1 + mean / theta))
  const { information } = ofTheta(prepared.count, eta, theta)
  if (!last || !(information > 0)) return null
  return { ...last, eta, theta, information, logLikelihood: logLikelihood(prepared.count, eta, theta) }
}

/** First derivative of the log likelihood in theta, and minus the second. */
function ofTheta(
  count: Float64Array,
  eta: Float64Array,
  theta: number,
): { score: number; information: number } {
  const digammaTheta = digamma(theta)
  const trigammaTheta = trigamma(theta)
  let score = 0
  let information = 0
  for (let i = 0; i < count.length; i++) {
    const y = count[i]!
    const both = theta + Math.exp(eta[i]!)
    const share = (y + theta) / both
    score += (y === 0 ? 0 : digamma(theta + y) - digammaTheta) + Math.log(theta / both) + 1 - share
    information += (y === 0 ? 0 : trigammaTheta - trigamma(theta + y)) - 1 / theta + (2 - share) / both
  }
  return { score, information }
}

function logLikelihood(count: Float64Array, eta: Float64Array, theta: number): number {
  const logGammaTheta = logGamma(theta)
  let sum = 0
  for (let i = 0; i < count.length; i++) {
    const y = count[i]!
    const mean = Math.exp(eta[i]!)
    sum -= theta * Math.log1p(mean / theta)
    if (y > 0)
      sum += logGamma(theta + y) - logGammaTheta - logGamma(y + 1) + y * Math.log(mean / (theta + mean))
  }
  return sum
}

function poissonLogLikelihood({ count }: PreparedCounts, { eta }: FittedCounts): number {
  let sum = 0
  for (let i = 0; i < count.length; i++)
    sum += count[i]! * eta[i]! - Math.exp(eta[i]!) - logGamma(count[i]! + 1)
  return sum
}
