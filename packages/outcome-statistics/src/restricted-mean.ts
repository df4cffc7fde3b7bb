import { chiSquareUpperTail, normalQuantile } from './distributions.ts'
import type { SurvivalCurve } from './kaplan-meier.ts'
import { type Refusal, refuse } from './refusal.ts'

export type RestrictedMean = {
  readonly ok: true
  /** The horizon, in the curve's unit. */
  readonly tau: number
  /** Mean time without the event within the first `tau`. */
  readonly mean: number
  readonly se: number
  /** True when nobody was followed to `tau` and the last known level was carried on: say so beside the figure. */
  readonly beyondFollowUp: boolean
}

/**
 * The restricted mean survival time: the area under the curve from 0 to `tau`, i.e. how long a person stays without the
 * event, on average, within the first `tau`.
 *
 * Standard error from Greenwood's terms, without the n/(n − 1) factor, as R's summary(survfit, rmean = tau).
 * Source: Irwin, J Hyg 1949;47:188; Royston & Parmar, BMC Med Res Methodol 2013;13:152.
 * @param tau horizon, > 0, in the curve's unit; refused by name otherwise
 * @example restrictedMean(curve, 365)
 */
export function restrictedMean(
  curve: SurvivalCurve,
  tau: number,
): RestrictedMean | Refusal<'tau-not-positive'> {
  if (!(tau > 0 && tau < Number.POSITIVE_INFINITY)) return refuse('tau-not-positive')
  const { time, atRisk, events, survival } = curve
  let steps = 0
  while (steps < time.length && time[steps]! <= tau) steps++
  let areaToTheRight = 0
  let variance = 0
  let end = tau
  for (let i = steps - 1; i >= 0; i--) {
    areaToTheRight += survival[i]! * (end - time[i]!)
    end = time[i]!
    const remaining = atRisk[i]! - events[i]!
    if (events[i]! > 0 && survival[i]! > 0) {
      variance += (areaToTheRight * areaToTheRight * events[i]!) / (atRisk[i]! * remaining)
    }
  }
  const last = time.length - 1
  return {
    ok: true,
    tau,
    mean: areaToTheRight + end,
    se: Math.sqrt(variance),
    beyondFollowUp: tau > time[last]! && survival[last]! > 0,
  }
}

export type RestrictedMeanDifference = {
  readonly ok: true
  readonly tau: number
  readonly difference: number
  readonly se: number
  readonly lower: number
  readonly upper: number
  readonly z: number
  readonly p: number
  readonly ratio: number
  readonly ratioLower: number
  readonly ratioUpper: number
  readonly beyondFollowUp: boolean
}

/**
 * The difference (first minus second) and the ratio of two independent restricted means to the same horizon, with
 * normal intervals (for the ratio on the log scale) and a two-sided p value of the difference.
 *
 * Refuses `no-events` when neither group had an event before `tau` and `nothing-without-event` when a group's mean is 0.
 * @param conf confidence level, 0.95 unless told
 */
export function restrictedMeanDifference(
  first: SurvivalCurve,
  second: SurvivalCurve,
  tau: number,
  conf = 0.95,
): RestrictedMeanDifference | Refusal<'tau-not-positive' | 'no-events' | 'nothing-without-event'> {
  const a = restrictedMean(first, tau)
  if (!a.ok) return a
  const b = restrictedMean(second, tau)
  if (!b.ok) return b
  const se = Math.hypot(a.se, b.se)
  if (se === 0) return refuse('no-events')
  if (a.mean === 0 || b.mean === 0) return refuse('nothing-without-event')
  const q = -normalQuantile((1 - conf) / 2)
  const difference = a.mean - b.mean
  const z = difference / se
  const ratio = a.mean / b.mean
  const seLogRatio = Math.hypot(a.se / a.mean, b.se / b.mean)
  return {
    ok: true,
    tau,
    difference,
    se,
    lower: difference - q * se,
    upper: difference + q * se,
    z,
    p: chiSquareUpperTail(z * z, 1),
    ratio,
    ratioLower: ratio * Math.exp(-q * seLogRatio),
    ratioUpper: ratio * Math.exp(q * seLogRatio),
    beyondFollowUp: a.beyondFollowUp || b.beyondFollowUp,
  }
}
