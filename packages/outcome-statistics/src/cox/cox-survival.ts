import { ascendingOrder } from '../ascending-order.ts'
import { type BandKind, confidenceBand } from '../confidence-band.ts'
import type { SurvivalCurve } from '../kaplan-meier.ts'
import { type Refusal, refuse } from '../refusal.ts'
import { riskTable } from '../risk-table.ts'
import type { CoxFit } from './cox-regression.ts'
import { sortedForFit } from './cox-residuals.ts'
import type { CoxRows, SortedRows } from './cox-rows.ts'
import { hazardIncrements } from './hazard-increments.ts'

/** A person with this many times the average hazard is no person of these data; squares of it stay finite. */
const MOST_FOLD = 1e100

/** Cumulative baseline hazards, one for each stratum: of a person whose covariates are all 0. */
export type BaselineHazard = {
  readonly ok: true
  readonly strata: readonly StratumHazard[]
}

export type StratumHazard = {
  readonly stratum: number
  readonly time: Float64Array
  readonly cumulativeHazard: Float64Array
}

/**
 * The baseline cumulative hazard of each stratum, at every time at which somebody left.
 *
 * For covariates that are never 0 (a dose, an age) nobody has this hazard: ask coxSurvival for a person instead.
 * Source: Breslow 1972 (in the discussion of Cox); Efron 1977 for his ties. Agrees with R's basehaz(centered = FALSE).
 * Refuses `hazard-not-finite` when 0 is so far from the data that no number holds it.
 * Throws for exact ties and for other rows than the model's. Cost: a sort and O(n·covariates).
 */
export function baselineHazard(rows: CoxRows, fit: CoxFit): BaselineHazard | Refusal<'hazard-not-finite'> {
  const { sorted, at, ties } = sortedForFit(rows, fit)
  const { hazard } = hazardIncrements(sorted, ties, at)
  let shift = 0
  for (let j = 0; j < at.length; j++) shift -= fit.coefficients[j]! * sorted.mean[j]!
  const toZero = Math.exp(shift)
  if (!(toZero > 0 && toZero < Number.POSITIVE_INFINITY)) return refuse('hazard-not-finite')
  const strata = sorted.strata.map((stratum, s) => {
    const time = sorted.blockTime.slice(sorted.stratumStart[s]!, sorted.stratumStart[s + 1]!)
    let sum = 0
    const cumulativeHazard = time.map((_, i) => {
      sum += hazard[sorted.stratumStart[s]! + i]!
      return sum * toZero
    })
    return { stratum, time, cumulativeHazard }
  })
  return { ok: true, strata }
}

export type CoxPerson = {
  /** One value a covariate, in the model's order. */
  readonly covariates: readonly number[]
  /** The label of the person's stratum, in a stratified model. */
  readonly stratum?: number
}

/**
 * The survival curve that the model expects for a person with given covariates, with its band.
 *
 * exp(−H₀(t)·exp(Σ coefficient × covariate)); standard errors carry both the baseline's and the coefficients'
 * uncertainty (Tsiatis, Ann Stat 1981;9:93; Link, Biometrics 1984;40:601). Agrees with R's survfit.coxph.
 * It says what people like this did in these data, not what will happen to one person. At risk, events and censored are
 * those of the whole stratum.
 * Refuses `covariate-not-finite`, `unknown-stratum`, and `hazard-not-finite` for a person too far from the data. Throws
 * for exact ties and for other rows than the model's.
 * Cost: a sort and O(n·covariates).
 * @example
 * const curve = coxSurvival(rows, fit, { covariates: [0, 60] })
 * if (curve.ok) survivalAt(curve, [365])
 */
export function coxSurvival(
  rows: CoxRows,
  fit: CoxFit,
  person: CoxPerson,
  options: { readonly conf?: number; readonly band?: BandKind } = {},
): SurvivalCurve | Refusal<'covariate-not-finite' | 'unknown-stratum' | 'hazard-not-finite'> {
  const { conf = 0.95, band = 'log-log' } = options
  const { sorted, at, ties } = sortedForFit(rows, fit)
  const { size, mean, scale, strata, stratumStart } = sorted
  if (person.covariates.length !== size) throw new RangeError('another number of covariates')
  if (!person.covariates.every(Number.isFinite)) return refuse('covariate-not-finite')
  const s = rows.strata ? strata.indexOf(person.stratum ?? Number.NaN) : 0
  if (s < 0) return refuse('unknown-stratum')
  const own = Float64Array.from(person.covariates, (value, j) => (value - mean[j]!) / scale[j]!)
  let eta = 0
  for (let j = 0; j < size; j++) eta += at[j]! * own[j]!
  const ratio = Math.exp(eta)
  if (!(ratio < MOST_FOLD)) return refuse('hazard-not-finite')

  const { hazard, variance, meanHazard } = hazardIncrements(sorted, ties, at)
  const first = stratumStart[s]!
  const blocks = stratumStart[s + 1]! - first
  const survival = new Float64Array(blocks)
  const seLogSurvival = new Float64Array(blocks)
  const distance = new Float64Array(size)
  const covariance = fit.covariance
  let cumulative = 0
  let ownVariance = 0
  for (let i = 0; i < blocks; i++) {
    const block = first + i
    cumulative += hazard[block]!
    ownVariance += variance[block]!
    let fromCoefficients = 0
    for (let j = 0; j < size; j++) {
      distance[j]! += (meanHazard[block * size + j]! - own[j]! * hazard[block]!) * scale[j]!
    }
    for (let j = 0; j < size; j++) {
      for (let k = 0; k < size; k++) {
        fromCoefficients += distance[j]! * covariance[j * size + k]! * distance[k]!
      }
    }
    survival[i] = Math.exp(-cumulative * ratio)
    seLogSurvival[i] = ratio * Math.sqrt(ownVariance + fromCoefficients)
    // Covariates near 1e300 under a coefficient near 0: the hazard is a number, its error is none.
    if (!Number.isFinite(seLogSurvival[i])) return refuse('hazard-not-finite')
  }
  const { time, atRisk, events, censored, entries } = riskTable(rows, inStratum(rows, sorted, s))
  return {
    ok: true,
    n: events.reduce((sum, d) => sum + d, 0) + censored.reduce((sum, c) => sum + c, 0),
    time,
    atRisk,
    events,
    censored,
    survival,
    seSurvival: survival.map((value, i) => value * seLogSurvival[i]!),
    seLogSurvival,
    ...confidenceBand(survival, seLogSurvival, band, conf),
    conf,
    band,
    entries,
  }
}

function inStratum(rows: CoxRows, sorted: SortedRows, s: number): Uint32Array {
  if (!rows.strata) return ascendingOrder(rows.time)
  const { blockStart, stratumStart, order } = sorted
  return order.subarray(blockStart[stratumStart[s]!]!, blockStart[stratumStart[s + 1]!]!)
}
