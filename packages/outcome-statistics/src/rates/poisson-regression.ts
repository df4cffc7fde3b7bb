import { normalUpperTail } from '../distributions.ts'
import { logGamma } from '../log-gamma.ts'
import { refuse } from '../refusal.ts'
import { studentTUpperTail } from '../student-t.ts'
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

export type PoissonRegression = {
  readonly ok: true
  readonly n: number
  readonly names: readonly string[]
  /** Logarithms of rate ratios; that of the intercept is the log rate. */
  readonly coefficients: Float64Array
  readonly se: Float64Array
  readonly z: Float64Array
  /** Two-sided; with `quasi` from Student's t. */
  readonly p: Float64Array
  /** p × p, row by row. */
  readonly covariance: Float64Array
  readonly deviance: number
  /** With one rate for all. */
  readonly nullDeviance: number
  readonly dfResidual: number
  /** Pearson's chi-square by `dfResidual`: about 1 when the counts are as Poisson says, more when they spread wider. */
  readonly dispersion: number
  readonly logLikelihood: number
  readonly aic: number
}

/**
 * Poisson regression of counts, with a logarithmic link: what multiplies a rate.
 *
 * With `spread: 'quasi'` standard errors are widened by the square root of the dispersion, for counts that spread wider
 * than Poisson's; the log likelihood stays Poisson's.
 * Source: McCullagh & Nelder, Generalized Linear Models, 1989. Agrees with R's glm(family = poisson, quasipoisson).
 * @param rows counts, design and exposures
 * @param options.spread 'poisson' unless told
 * @returns or a refusal: rows that are no counts, no exposures or not finite, a column that follows from others, too few
 *   rows, `no-events`, `separation` (some group has no events, its rate ratio has no finite estimate)
 * Cost: O(n p²) a round, about six rounds.
 * @example
 * poissonRegression({ count, design: { names: ['rate', 'arm'], columns: [ones, arm] }, exposure: days })
 */
export function poissonRegression(
  rows: CountRows,
  options: { readonly spread?: 'poisson' | 'quasi' } = {},
): PoissonRegression | CountRefusal {
  const prepared = prepareCounts(rows)
  if ('ok' in prepared) return prepared
  const fitted = fitPoisson(prepared)
  if (!fitted) return refuse('separation')
  const { count, logExposure, basis } = prepared
  const n = count.length
  const dfResidual = n - basis.q.length
  let events = 0
  let exposure = 0
  for (let i = 0; i < n; i++) {
    events += count[i]!
    exposure += Math.exp(logExposure[i]!)
  }
  let deviance = 0
  let nullDeviance = 0
  let pearson = 0
  let logLikelihood = 0
  for (let i = 0; i < n; i++) {
    const y = count[i]!
    const mean = Math.exp(fitted.eta[i]!)
    deviance += unitDeviance(y, mean)
    nullDeviance += unitDeviance(y, (Math.exp(logExposure[i]!) * events) / exposure)
    pearson += (y - mean) ** 2 / mean
    logLikelihood += y * fitted.eta[i]! - mean - logGamma(y + 1)
  }
  const dispersion = pearson / dfResidual
  const quasi = options.spread === 'quasi'
  const covariance = quasi ? fitted.covariance.map((value) => value * dispersion) : fitted.covariance
  const found = coefficientsOf(basis, fitted.onBasis, covariance)
  return {
    ok: true,
    n,
    names: rows.design.names,
    ...found,
    p: found.z.map(
      (z) => 2 * (quasi ? studentTUpperTail(Math.abs(z), dfResidual) : normalUpperTail(Math.abs(z))),
    ),
    deviance,
    nullDeviance,
    dfResidual,
    dispersion,
    logLikelihood,
    aic: 2 * (basis.q.length - logLikelihood),
  }
}

function unitDeviance(y: number, mean: number): number {
  return 2 * ((y === 0 ? 0 : y * Math.log(y / mean)) - (y - mean))
}

export type FittedCounts = {
  readonly onBasis: Float64Array
  readonly covariance: Float64Array
  readonly eta: Float64Array
}

/** Maximum likelihood of Poisson's; null when it has no finite place. */
export function fitPoisson(prepared: PreparedCounts): FittedCounts | null {
  // From half way between each count and the overall mean, which is above 0 for all.
  const overall = prepared.count.reduce((a, b) => a + b, 0) / prepared.count.length
  let eta: Float64Array = prepared.count.map((y) => Math.log((y + overall) / 2))
  // A separated coefficient drifts by about one a round for ever; a sound one settles in ten.
  for (let round = 0; round < 40; round++) {
    const step = reweightedStep(prepared, eta, (mean) => mean)
    if (!step) return null
    const next = linearPredictor(prepared, step.onBasis)
    const moved = farthest(eta, next)
    eta = next
    if (moved < 1e-13 || (moved < 1e-11 && round > 20)) {
      const last = reweightedStep(prepared, eta, (mean) => mean)
      return last && { ...last, eta }
    }
  }
  return null
}
