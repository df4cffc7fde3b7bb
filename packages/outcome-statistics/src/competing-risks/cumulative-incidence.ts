import { ascendingOrder } from '../ascending-order.ts'
import { normalQuantile } from '../distributions.ts'
import { numberGroups, splitByGroup } from '../groups.ts'
import { type CompetingRows, type CompetingRowsRefusal, refuseCompetingRows } from './competing-rows.ts'

/** A probability over time with its uncertainty, one entry per time of the curve. */
export type ProbabilityCurve = {
  readonly probability: Float64Array
  /** By the infinitesimal jackknife, as R's survfit. */
  readonly se: Float64Array
  /** Limits on the log scale, upper cut at 1; where `bandKnown` is 0 they repeat the estimate: draw no band there. */
  readonly lower: Float64Array
  readonly upper: Float64Array
  readonly bandKnown: Uint8Array
}

export type CauseCurve = ProbabilityCurve & {
  readonly cause: number
  /** Rows with this event at each time. */
  readonly events: Float64Array
  /** By Aalen's delta method with ties, as R's cmprsk::cuminc. */
  readonly seDelta: Float64Array
}

export type CumulativeIncidence = {
  readonly ok: true
  readonly n: number
  /** Distinct times at which somebody had an event or was censored, ascending. */
  readonly time: Float64Array
  readonly atRisk: Float64Array
  readonly censored: Float64Array
  readonly eventFree: ProbabilityCurve
  /** One curve per cause that occurs, ascending. With eventFree they add up to 1 at every time. */
  readonly causes: readonly CauseCurve[]
  readonly conf: number
}

export type IncidenceOptions = {
  /** Confidence level, 0.95 unless told. */
  readonly conf?: number
}

/**
 * How likely each of several events is to have come first by each time: the Aalen–Johansen estimate.
 *
 * The incidence of a cause rises at each time by S(t−)·d/n, S the probability of none of the events so far. Use it
 * instead of one minus Kaplan–Meier whenever another event (leaving treatment, death) makes the one of interest impossible:
 * Kaplan–Meier would answer for a world without the other event and say too much.
 *
 * Source: Aalen & Johansen, Scand J Stat 1978;5:141; variance by delta method: Aalen 1978, Gray 1988. Agrees with R's
 * survfit and cmprsk::cuminc to 1e-10. Assumes that being lost has nothing to do with the events.
 * Refuses bad rows by name and `no-events`. Cost: O(n + times × causes).
 * @example cumulativeIncidence({ time, event: Uint8Array.of(1, 2, 0) }) // 1 = relapse, 2 = left, 0 = lost
 */
export function cumulativeIncidence(
  rows: CompetingRows,
  options: IncidenceOptions = {},
): CumulativeIncidence | CompetingRowsRefusal {
  const refusal = refuseCompetingRows(rows)
  if (refusal) return refusal
  return curvesOf(rows, ascendingOrder(rows.time), causesIn(rows.event), options)
}

/**
 * One estimate for each value of `group`, in ascending order of the value; every group has a curve for every cause.
 * @example cumulativeIncidenceByGroup({ time, event, group: Uint8Array.of(1, 2, 1) })
 */
export function cumulativeIncidenceByGroup(
  rows: CompetingRows & { readonly group: ArrayLike<number> },
  options: IncidenceOptions = {},
):
  | {
      readonly ok: true
      readonly curves: readonly { readonly group: number; readonly curve: CumulativeIncidence }[]
    }
  | CompetingRowsRefusal {
  if (rows.group.length !== rows.time.length) throw new RangeError('group has another length than time')
  const refusal = refuseCompetingRows(rows)
  if (refusal) return refusal
  const groups = numberGroups(rows.group)
  const split = splitByGroup(ascendingOrder(rows.time), groups)
  const causes = causesIn(rows.event)
  const curves = groups.labels.map((group, g) => ({
    group,
    curve: curvesOf(rows, split.rows.subarray(split.start[g]!, split.start[g + 1]!), causes, options),
  }))
  return { ok: true, curves }
}

/** What each curve says at chosen times: the value at the last time not later (0 events so far before the first). */
export type IncidenceAtTimes = {
  readonly time: Float64Array
  readonly atRisk: Float64Array
  readonly eventFree: ProbabilityCurve
  readonly causes: readonly (ProbabilityCurve & { readonly cause: number; readonly seDelta: Float64Array })[]
  /** 1 where nobody was followed that long: the value is the last one known, not an estimate. */
  readonly beyondFollowUp: Uint8Array
}

/**
 * Incidences, their standard errors and limits, and the number at risk at chosen times.
 * @example incidenceAt(curve, [4, 12, 24]).causes[0].probability
 */
export function incidenceAt(curve: CumulativeIncidence, times: ArrayLike<number>): IncidenceAtTimes {
  const asked = Float64Array.from(times)
  const steps = Int32Array.from(asked, (t) => countUntil(curve.time, t, true) - 1)
  const pick = (values: Float64Array, before: number) =>
    Float64Array.from(steps, (step) => (step < 0 ? before : values[step]!))
  const at = (c: ProbabilityCurve, before: number): ProbabilityCurve => ({
    probability: pick(c.probability, before),
    se: pick(c.se, 0),
    lower: pick(c.lower, before),
    upper: pick(c.upper, before),
    bandKnown: Uint8Array.from(steps, (step) => (step < 0 ? 0 : c.bandKnown[step]!)),
  })
  const last = curve.time.length - 1
  return {
    time: asked,
    atRisk: asked.map((t) => curve.atRisk[countUntil(curve.time, t, false)] ?? 0),
    eventFree: at(curve.eventFree, 1),
    causes: curve.causes.map((c) => ({ cause: c.cause, ...at(c, 0), seDelta: pick(c.seDelta, 0) })),
    beyondFollowUp: Uint8Array.from(asked, (t) =>
      t > curve.time[last]! && curve.eventFree.probability[last]! > 0 ? 1 : 0,
    ),
  }
}

function countUntil(sorted: Float64Array, value: number, including: boolean): number {
  let from = 0
  let to = sorted.length
  while (from < to) {
    const middle = (from + to) >>> 1
    if (sorted[middle]! < value || (including && sorted[middle] === value)) from = middle + 1
    else to = middle
  }
  return from
}

function causesIn(event: Uint8Array): number[] {
  const present = new Uint8Array(256)
  for (let row = 0; row < event.length; row++) present[event[row]!] = 1
  return [...present.keys()].filter((cause) => cause > 0 && present[cause] === 1)
}

function curvesOf(
  { time, event }: CompetingRows,
  order: Uint32Array,
  causes: readonly number[],
  { conf = 0.95 }: IncidenceOptions,
): CumulativeIncidence {
  if (!(conf > 0 && conf < 1)) throw new RangeError(`confidence level ${conf}: needs 0 < conf < 1`)
  const slot = new Uint8Array(256)
  causes.forEach((cause, k) => {
    slot[cause] = k
  })
  let distinct = 0
  for (let i = 0; i < order.length; i++) {
    if (i === 0 || time[order[i]!] !== time[order[i - 1]!]) distinct++
  }
  const times = new Float64Array(distinct)
  const atRisk = new Float64Array(distinct)
  const censored = new Float64Array(distinct)
  const events = causes.map(() => new Float64Array(distinct))
  let at = -1
  for (let i = 0; i < order.length; i++) {
    const row = order[i]!
    if (i === 0 || time[row] !== time[order[i - 1]!]) {
      times[++at] = time[row]!
      atRisk[at] = order.length - i
    }
    if (event[row] === 0) censored[at]!++
    else events[slot[event[row]!]!]![at]!++
  }
  const free = new Float64Array(distinct)
  const allEvents = times.map((_, i) => events.reduce((sum, own) => sum + own[i]!, 0))
  let s = 1
  for (let i = 0; i < distinct; i++) {
    s *= (atRisk[i]! - allEvents[i]!) / atRisk[i]!
    free[i] = s
  }
  const table: Table = { atRisk, censored, allEvents, free }
  const seFree = new Float64Array(distinct)
  const curves = causes.map((cause, k) => {
    const { incidence, se, seOfFree } = jackknife(table, events[k]!)
    seFree.set(seOfFree)
    return {
      cause,
      events: events[k]!,
      seDelta: deltaError(table, events[k]!, incidence),
      ...logBand(incidence, se, conf),
    }
  })
  return {
    ok: true,
    n: order.length,
    time: times,
    atRisk,
    censored,
    eventFree: logBand(free, seFree, conf),
    causes: curves,
    conf,
  }
}

type Table = {
  readonly atRisk: Float64Array
  readonly censored: Float64Array
  readonly allEvents: Float64Array
  /** Probability of no event up to and including each time. */
  readonly free: Float64Array
}

/**
 * Incidence of one cause and the infinitesimal jackknife's standard errors: the root of the sum over people of the squared
 * derivative of the estimate in a person's weight.
 *
 * All who are still at risk have the same derivatives (of S and of the incidence); those who left keep theirs, changed
 * at each later time by the same linear rule, so their sums of squares and products suffice: one pass instead of people × times.
 */
function jackknife({ atRisk, censored, allEvents, free }: Table, events: Float64Array) {
  const count = events.length
  const incidence = new Float64Array(count)
  const se = new Float64Array(count)
  const seOfFree = new Float64Array(count)
  // Derivatives of those at risk, and sums of products of those who left: S·S, S·F, F·F.
  let stayS = 0
  let stayF = 0
  let goneSS = 0
  let goneSF = 0
  let goneFF = 0
  let before = 1
  let f = 0
  for (let i = 0; i < count; i++) {
    const n = atRisk[i]!
    const d = allEvents[i]!
    const own = events[i]!
    const keep = 1 - d / n
    const rise = own / n
    f += before * rise
    goneFF += rise * (2 * goneSF + rise * goneSS)
    goneSF = keep * (goneSF + rise * goneSS)
    goneSS *= keep * keep
    stayF += stayS * rise - (before * own) / (n * n)
    stayS = stayS * keep + (before * d) / (n * n)
    const jump = before / n
    const leave = (rows: number, s: number, incidenceOf: number) => {
      goneSS += rows * s * s
      goneSF += rows * s * incidenceOf
      goneFF += rows * incidenceOf * incidenceOf
    }
    leave(own, stayS - jump, stayF + jump)
    leave(d - own, stayS - jump, stayF)
    leave(censored[i]!, stayS, stayF)
    const left = n - d - censored[i]!
    incidence[i] = f
    se[i] = Math.sqrt(Math.max(0, goneFF + left * stayF * stayF))
    seOfFree[i] = free[i] === 0 ? 0 : Math.sqrt(Math.max(0, goneSS + left * stayS * stayS))
    before = free[i]!
  }
  return { incidence, se, seOfFree }
}

/**
 * Aalen's variance of the incidence with the finite-sample factor for ties, as Gray uses it: var F(t) as the sum over
 * event times u of (F(t) − F(u) …)² terms, kept as three running sums.
 */
function deltaError({ atRisk, allEvents, free }: Table, events: Float64Array, incidence: Float64Array) {
  const result = new Float64Array(events.length)
  let squares = 0
  let products = 0
  let plain = 0
  let before = 1
  let last = 0
  for (let i = 0; i < events.length; i++) {
    const n = atRisk[i]!
    const after = free[i]!
    const f = incidence[i]!
    const term = (count: number, own: boolean) => {
      if (count === 0 || (!own && after === 0)) return
      const ties = count > 1 ? 1 - (count - 1) / (n - 1) : 1
      const size = (before * before * ties * count) / (n * n)
      const slope = after > 0 ? 1 / after : 0
      const level = (own ? 1 : 0) + f * slope
      squares += level * level * size
      products += slope * level * size
      plain += slope * slope * size
    }
    term(allEvents[i]! - events[i]!, false)
    term(events[i]!, true)
    if (events[i]! > 0) last = Math.sqrt(Math.max(0, squares + f * f * plain - 2 * f * products))
    result[i] = last
    before = after
  }
  return result
}

function logBand(probability: Float64Array, se: Float64Array, conf: number): ProbabilityCurve {
  const z = -normalQuantile((1 - conf) / 2)
  const lower = probability.slice()
  const upper = probability.slice()
  const bandKnown = new Uint8Array(probability.length)
  for (let i = 0; i < probability.length; i++) {
    if (!(probability[i]! > 0 && se[i]! > 0)) continue
    const width = Math.exp((z * se[i]!) / probability[i]!)
    bandKnown[i] = 1
    lower[i] = probability[i]! / width
    upper[i] = Math.min(1, probability[i]! * width)
  }
  return { probability, se, lower, upper, bandKnown }
}
