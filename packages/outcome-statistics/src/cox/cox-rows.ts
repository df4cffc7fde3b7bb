import { ascendingOrder } from '../ascending-order.ts'
import { type Groups, numberGroups, splitByGroup } from '../groups.ts'
import { type Refusal, refuse } from '../refusal.ts'
import { type RowsRefusal, refuseRows, type SurvivalRows } from '../survival-rows.ts'

/**
 * Rows for a Cox model. With `entry` a person may have several rows, each at risk in (entry, time] with the covariate
 * values of that stretch: this is how covariates that change over time are given.
 */
export type CoxRows = SurvivalRows & {
  /** One column a covariate, all as long as `time`; finite numbers. Categories come as 0/1 columns. */
  readonly covariates: readonly Float64Array[]
  /** One baseline hazard for each label. */
  readonly strata?: ArrayLike<number>
}

export type CoxRowsRefusal =
  | RowsRefusal
  | Refusal<'no-events' | 'no-covariates' | 'covariate-not-finite' | 'stratum-not-finite'>

/** The first thing wrong with the rows, or null. Cost: one pass. */
export function refuseCoxRows(rows: CoxRows): CoxRowsRefusal | null {
  const { covariates, strata } = rows
  const n = rows.time.length
  if (covariates.some((column) => column.length !== n) || (strata && strata.length !== n)) {
    throw new RangeError('the columns of the rows have different lengths')
  }
  const refusal = refuseRows(rows)
  if (refusal) return refusal
  if (covariates.length === 0) return refuse('no-covariates')
  for (const column of covariates) {
    // One sum tells whether any is not finite; only then it is worth looking for it.
    let sum = 0
    for (let row = 0; row < n; row++) sum += column[row]!
    if (Number.isFinite(sum)) continue
    const row = column.findIndex((value) => !Number.isFinite(value))
    if (row >= 0) return refuse('covariate-not-finite', row)
  }
  if (strata) {
    for (let row = 0; row < n; row++)
      if (!Number.isFinite(strata[row])) return refuse('stratum-not-finite', row)
  }
  return rows.event.includes(1) ? null : refuse('no-events')
}

/** Rows in order of stratum, time and events first, covariates centred and scaled to standard deviation 1. */
export type SortedRows = {
  readonly n: number
  readonly size: number
  /** The input row at each position. */
  readonly order: Uint32Array
  readonly event: Uint8Array
  /** How many of each block have the event: they stand first in it. */
  readonly eventsIn: Uint32Array
  readonly weight: Float64Array | null
  /** n × size, a person's values side by side. */
  readonly x: Float64Array
  readonly mean: Float64Array
  readonly scale: Float64Array
  /** Largest minus smallest value of each scaled covariate. */
  readonly range: Float64Array
  /** First position of each block of one time in one stratum; one more entry closes the last. */
  readonly blockStart: Uint32Array
  /** Time of each block. */
  readonly blockTime: Float64Array
  /** First block of each stratum; one more entry closes the last. */
  readonly stratumStart: Uint32Array
  readonly strata: readonly number[]
  /** With delayed entry: entry by position, and the positions of each stratum in order of entry. */
  readonly entry: { readonly at: Float64Array; readonly order: Uint32Array } | null
}

/** Sorts rows that refuseCoxRows let pass. Cost: two radix sorts at most and one copy of the covariates. */
export function sortRows(rows: CoxRows): SortedRows {
  const { time, covariates } = rows
  const n = time.length
  const size = covariates.length
  const groups: Groups = rows.strata
    ? numberGroups(rows.strata)
    : { labels: [0], code: new Uint32Array(0), size: Uint32Array.of(n) }
  const byTime = ascendingOrder(time)
  const split = rows.strata ? splitByGroup(byTime, groups) : { rows: byTime, start: Uint32Array.of(0, n) }
  const { blockStart, blockTime, stratumStart } = blocksOf(time, split.rows, split.start)
  const { order, eventsIn } = eventsFirst(split.rows, rows.event, blockStart)
  const position = new Uint32Array(n)
  for (let i = 0; i < n; i++) position[order[i]!] = i
  return {
    n,
    size,
    order,
    event: markedEvents(n, eventsIn, blockStart),
    eventsIn,
    weight: rows.weight ? inPlace(rows.weight, position) : null,
    ...standardised(covariates, position),
    blockStart,
    blockTime,
    stratumStart,
    strata: groups.labels,
    entry: rows.entry ? sortedEntries(rows.entry, position, split.start) : null,
  }
}

/** How many rows have the event. */
export const countEvents = ({ eventsIn }: SortedRows): number => eventsIn.reduce((sum, tied) => sum + tied, 0)

function blocksOf(time: Float64Array, order: Uint32Array, strata: Uint32Array) {
  const n = order.length
  const starts = new Uint32Array(n + 1)
  const times = new Float64Array(n)
  const stratumStart = new Uint32Array(strata.length)
  let blocks = 0
  for (let s = 0; s + 1 < strata.length; s++) {
    stratumStart[s] = blocks
    for (let i = strata[s]!; i < strata[s + 1]!; i++) {
      const t = time[order[i]!]!
      if (i > strata[s]! && t === times[blocks - 1]) continue
      starts[blocks] = i
      times[blocks] = t
      blocks++
    }
  }
  starts[blocks] = n
  stratumStart[strata.length - 1] = blocks
  return {
    blockStart: starts.subarray(0, blocks + 1),
    blockTime: times.subarray(0, blocks),
    stratumStart,
  }
}

/** Within each block those with the event before the others, both in the order they had. */
function eventsFirst(rows: Uint32Array, event: Uint8Array, blockStart: Uint32Array) {
  const blocks = blockStart.length - 1
  const order = new Uint32Array(rows.length)
  const eventsIn = new Uint32Array(blocks)
  for (let block = 0; block < blocks; block++) {
    const from = blockStart[block]!
    const to = blockStart[block + 1]!
    let tied = 0
    for (let i = from; i < to; i++) tied += event[rows[i]!]!
    eventsIn[block] = tied
    let first = from
    let second = from + tied
    for (let i = from; i < to; i++) order[event[rows[i]!] === 1 ? first++ : second++] = rows[i]!
  }
  return { order, eventsIn }
}

function markedEvents(n: number, eventsIn: Uint32Array, blockStart: Uint32Array): Uint8Array {
  const event = new Uint8Array(n)
  for (let block = 0; block < eventsIn.length; block++) {
    event.fill(1, blockStart[block]!, blockStart[block]! + eventsIn[block]!)
  }
  return event
}

function inPlace(values: Float64Array, position: Uint32Array): Float64Array {
  const sorted = new Float64Array(values.length)
  for (let row = 0; row < values.length; row++) sorted[position[row]!] = values[row]!
  return sorted
}

/**
 * Centre and scale only make the arithmetic well-behaved, so one pass about the first value is enough for them. Then, row
 * by row, a person's values are written side by side.
 */
function standardised(covariates: readonly Float64Array[], position: Uint32Array) {
  const n = position.length
  const size = covariates.length
  const mean = new Float64Array(size)
  const scale = new Float64Array(size)
  const range = new Float64Array(size)
  for (let j = 0; j < size; j++) {
    const column = covariates[j]!
    const origin = column[0]!
    let sum = 0
    let squares = 0
    let least = origin
    let most = origin
    for (let row = 0; row < n; row++) {
      const value = column[row]!
      sum += value - origin
      squares += (value - origin) * (value - origin)
      if (value < least) least = value
      if (value > most) most = value
    }
    const deviation = Math.sqrt(Math.max(0, squares / n - (sum / n) ** 2))
    // A constant column stays constant at zero and is refused where the information is factored.
    const varies = least < most
    mean[j] = varies ? origin + sum / n : origin
    scale[j] = varies ? Math.max(deviation, (most - least) / n) : 1
    range[j] = (most - least) / scale[j]!
  }
  const x = new Float64Array(n * size)
  for (let row = 0; row < n; row++) {
    const base = position[row]! * size
    for (let j = 0; j < size; j++) x[base + j] = (covariates[j]![row]! - mean[j]!) / scale[j]!
  }
  return { x, mean, scale, range }
}

function sortedEntries(entry: Float64Array, position: Uint32Array, strata: Uint32Array) {
  const at = inPlace(entry, position)
  const order = new Uint32Array(at.length)
  for (let s = 0; s + 1 < strata.length; s++) {
    const from = strata[s]!
    const within = ascendingOrder(at.subarray(from, strata[s + 1]!))
    for (let i = 0; i < within.length; i++) order[from + i] = from + within[i]!
  }
  return { at, order }
}
