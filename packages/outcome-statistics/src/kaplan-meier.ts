import { ascendingOrder } from './ascending-order.ts'
import { type BandKind, confidenceBand } from './confidence-band.ts'
import { numberGroups, splitByGroup } from './groups.ts'
import { type RiskTable, riskTable } from './risk-table.ts'
import { type RowsRefusal, refuseRows, type SurvivalRows } from './survival-rows.ts'

export type KaplanMeierOptions = {
  /** Confidence level of the band, 0.95 unless told. */
  readonly conf?: number
  /** 'log-log' unless told. */
  readonly band?: BandKind
}

/** A Kaplan–Meier curve: one entry per distinct time at which somebody had the event or was censored, ascending. */
export type SurvivalCurve = {
  readonly ok: true
  /** Rows (the sum of weights when weighted). */
  readonly n: number
  readonly time: Float64Array
  /** At risk just before the time. */
  readonly atRisk: Float64Array
  readonly events: Float64Array
  readonly censored: Float64Array
  /** S(t) from this time until the next; 1 before the first. */
  readonly survival: Float64Array
  /** Greenwood's standard error of S(t); 0 where S is 0. */
  readonly seSurvival: Float64Array
  /**
   * Greenwood's standard error of log S(t). Infinity where S is 0, as in R: the one figure of this package that is not
   * finite. A page prints `seSurvival` and the limits instead, and looks at `bandKnown` first.
   */
  readonly seLogSurvival: Float64Array
  readonly lower: Float64Array
  readonly upper: Float64Array
  /** 1 where the limits exist; 0 before the first event and where S is 0 (there the limits repeat S: do not draw a band). */
  readonly bandKnown: Uint8Array
  readonly conf: number
  readonly band: BandKind
  readonly entries: RiskTable['entries']
}

/**
 * The Kaplan–Meier (product-limit) estimate of the probability of not yet having had the event.
 *
 * S(t) is the product over event times u ≤ t of (1 − d/n), d events among n at risk; people censored at u count as at
 * risk there. Variance by Greenwood's formula. Events at time 0 count. Times are tied only when exactly equal.
 *
 * Source: Kaplan & Meier, J Am Stat Assoc 1958;53:457; Greenwood 1926. Agrees with R's survival::survfit to 1e-12.
 * Refuses by name: no rows, and the first row whose time, event, entry or weight makes no sense. Input is not changed.
 * With delayed entry the curve can reach 0 early when the risk set empties, and then stays there.
 * Weights act as case weights: two equal rows or one of weight 2 give one estimate; standard errors suppose the same.
 * Cost: O(n) for whole days (radix sort); a million rows by two arms take well under 0.2 s.
 * @example
 * const curve = kaplanMeier({ time: Float64Array.of(6, 6, 7), event: Uint8Array.of(1, 0, 1) })
 * if (curve.ok) curve.survival // 0.667 from time 6, 0 from time 7
 */
export function kaplanMeier(
  rows: SurvivalRows,
  options: KaplanMeierOptions = {},
): SurvivalCurve | RowsRefusal {
  return refuseRows(rows) ?? curveOf(rows, ascendingOrder(rows.time), options)
}

export type GroupedCurves = {
  readonly ok: true
  readonly curves: readonly { readonly group: number; readonly curve: SurvivalCurve }[]
}

/**
 * One Kaplan–Meier curve for each value of `group`, in ascending order of the value; the rows are sorted once.
 * Refusals and cost as for kaplanMeier.
 * @example kaplanMeierByGroup({ time, event, group: Uint8Array.of(1, 2, 1) })
 */
export function kaplanMeierByGroup(
  rows: SurvivalRows & { readonly group: ArrayLike<number> },
  options: KaplanMeierOptions = {},
): GroupedCurves | RowsRefusal {
  if (rows.group.length !== rows.time.length) throw new RangeError('group has another length than time')
  const refusal = refuseRows(rows)
  if (refusal) return refusal
  const groups = numberGroups(rows.group)
  const split = splitByGroup(ascendingOrder(rows.time), groups)
  const curves = groups.labels.map((group, g) => ({
    group,
    curve: curveOf(rows, split.rows.subarray(split.start[g]!, split.start[g + 1]!), options),
  }))
  return { ok: true, curves }
}

function curveOf(rows: SurvivalRows, order: Uint32Array, options: KaplanMeierOptions): SurvivalCurve {
  const { conf = 0.95, band = 'log-log' } = options
  const { time, atRisk, events, censored, entries } = riskTable(rows, order)
  const survival = new Float64Array(time.length)
  const seSurvival = new Float64Array(time.length)
  const seLogSurvival = new Float64Array(time.length)
  let n = 0
  let s = 1
  let varianceOfLog = 0
  for (let i = 0; i < time.length; i++) {
    n += events[i]! + censored[i]!
    const atRiskNow = atRisk[i]!
    const remaining = atRiskNow - events[i]!
    // Fractional weights with delayed entry can leave a rounding remainder where nobody is left.
    if (remaining <= atRiskNow * 1e-13) s = 0
    else if (events[i]! > 0) {
      s *= remaining / atRiskNow
      varianceOfLog += events[i]! / (atRiskNow * remaining)
    }
    survival[i] = s
    seLogSurvival[i] = s === 0 ? Number.POSITIVE_INFINITY : Math.sqrt(varianceOfLog)
    seSurvival[i] = s === 0 ? 0 : s * seLogSurvival[i]!
  }
  const limits = confidenceBand(survival, seLogSurvival, band, conf)
  return {
    ok: true,
    n,
    time,
    atRisk,
    events,
    censored,
    survival,
    seSurvival,
    seLogSurvival,
    ...limits,
    conf,
    band,
    entries,
  }
}
