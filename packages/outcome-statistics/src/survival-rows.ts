import { type Refusal, refuse } from './refusal.ts'

/**
 * People followed until an event or until they were last seen.
 *
 * All columns have one entry a row and the same length (another length is broken code and throws).
 */
export type SurvivalRows = {
  /** Time from the origin to the event or to the last sight, in any one unit; finite, not negative. */
  readonly time: Float64Array
  /** 1 when the event happened at `time`, 0 when the row is censored there. */
  readonly event: Uint8Array
  /** Delayed entry: the row is at risk in (entry, time]. Left out, everybody is at risk from the origin, zero included. */
  readonly entry?: Float64Array
  /** Positive case weights from 1e-100 to 1e100; a weight of 2 stands for two equal rows in the estimates. */
  readonly weight?: Float64Array
}

export type RowsRefusal = Refusal<
  | 'no-rows'
  | 'time-not-finite'
  | 'time-negative'
  | 'event-not-0-or-1'
  | 'entry-not-before-time'
  | 'weight-not-positive'
  | 'weight-out-of-range'
>

/** Weights beyond this, or as far below 1, have sums or squares that no number holds. */
const LARGEST_WEIGHT = 1e100

/** The first thing wrong with the rows, or null. Cost: one pass. */
export function refuseRows(rows: SurvivalRows): RowsRefusal | null {
  const { time, event, entry, weight } = rows
  const n = time.length
  if (event.length !== n || (entry && entry.length !== n) || (weight && weight.length !== n)) {
    throw new RangeError('the columns of the survival rows have different lengths')
  }
  if (n === 0) return refuse('no-rows')
  for (let row = 0; row < n; row++) {
    const t = time[row]!
    if (!(t >= 0 && t < Number.POSITIVE_INFINITY)) {
      return refuse(t < 0 && t > Number.NEGATIVE_INFINITY ? 'time-negative' : 'time-not-finite', row)
    }
    if (event[row]! > 1) return refuse('event-not-0-or-1', row)
  }
  if (entry) {
    for (let row = 0; row < n; row++) {
      const e = entry[row]!
      if (!(e < time[row]! && e > Number.NEGATIVE_INFINITY)) return refuse('entry-not-before-time', row)
    }
  }
  if (weight) {
    for (let row = 0; row < n; row++) {
      const w = weight[row]!
      if (!(w > 0 && w < Number.POSITIVE_INFINITY)) return refuse('weight-not-positive', row)
      if (w > LARGEST_WEIGHT || w < 1 / LARGEST_WEIGHT) return refuse('weight-out-of-range', row)
    }
  }
  return null
}
