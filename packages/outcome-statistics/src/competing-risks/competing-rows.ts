import { type Refusal, refuse } from '../refusal.ts'
import { type RowsRefusal, refuseRows } from '../survival-rows.ts'

/** People followed until the first of several events, or until they were last seen. */
export type CompetingRows = {
  /** Time from the origin, in any one unit; finite, not negative. */
  readonly time: Float64Array
  /** 0 = censored at `time`; 1, 2, … = which event came first. */
  readonly event: Uint8Array
}

export type CompetingRowsRefusal = RowsRefusal | Refusal<'no-events'>

/** The first thing wrong with the rows, or null. Any cause number is allowed. Cost: one pass. */
export function refuseCompetingRows({ time, event }: CompetingRows): CompetingRowsRefusal | null {
  if (event.length !== time.length) throw new RangeError('the columns have different lengths')
  // Which cause a row has is its own matter; times are judged as in any survival data.
  const refusal = refuseRows({ time, event: new Uint8Array(time.length) })
  if (refusal) return refusal
  return event.some((cause) => cause > 0) ? null : refuse('no-events')
}
