import { ascendingOrder } from './ascending-order.ts'
import type { SurvivalRows } from './survival-rows.ts'

/** What happened at each distinct time of leaving, ascending. Sums of weights when the rows are weighted. */
export type RiskTable = {
  readonly time: Float64Array
  /** At risk just before the time. */
  readonly atRisk: Float64Array
  readonly events: Float64Array
  readonly censored: Float64Array
  /** Event rows counted without weight: how many were tied. */
  readonly eventRows: Float64Array
  /** Delayed entries in ascending order with the sum of weights entered up to and including each; null without. */
  readonly entries: { readonly time: Float64Array; readonly entered: Float64Array } | null
}

/** The rows of one sample, given in ascending order of time, gathered by distinct time. Cost: O(rows). */
export function riskTable(rows: SurvivalRows, order: Uint32Array): RiskTable {
  const { time, event, weight } = rows
  const n = order.length
  const sortedTime = new Float64Array(n)
  let distinct = 0
  for (let i = 0; i < n; i++) {
    const t = time[order[i]!]! + 0
    sortedTime[i] = t
    if (i === 0 || t !== sortedTime[i - 1]) distinct++
  }
  const times = new Float64Array(distinct)
  const events = new Float64Array(distinct)
  const censored = new Float64Array(distinct)
  const eventRows = new Float64Array(distinct)
  const atRisk = new Float64Array(distinct)
  let at = -1
  for (let i = 0; i < n; i++) {
    const t = sortedTime[i]!
    if (i === 0 || t !== sortedTime[i - 1]) times[++at] = t
    const row = order[i]!
    const w = weight ? weight[row]! : 1
    if (event[row] === 1) {
      events[at]! += w
      eventRows[at]!++
    } else {
      censored[at]! += w
    }
  }
  const entries = rows.entry ? enteredBy(rows, order) : null
  // Summed from the end, so that fractional weights leave no remainder in the last, smallest risk sets.
  let leaving = 0
  let pending = entries ? entries.time.length - 1 : -1
  const enteredInAll = pending >= 0 ? entries!.entered[pending]! : 0
  for (let i = distinct - 1; i >= 0; i--) {
    leaving += events[i]! + censored[i]!
    let notYetIn = 0
    if (entries) {
      while (pending >= 0 && entries.time[pending]! >= times[i]!) pending--
      notYetIn = enteredInAll - (pending >= 0 ? entries.entered[pending]! : 0)
    }
    atRisk[i] = leaving - notYetIn
  }
  return { time: times, atRisk, events, censored, eventRows, entries }
}

function enteredBy(rows: SurvivalRows, order: Uint32Array): { time: Float64Array; entered: Float64Array } {
  const n = order.length
  const entry = new Float64Array(n)
  for (let i = 0; i < n; i++) entry[i] = rows.entry![order[i]!]!
  const byEntry = ascendingOrder(entry)
  const time = new Float64Array(n)
  const entered = new Float64Array(n)
  let sum = 0
  for (let i = 0; i < n; i++) {
    const position = byEntry[i]!
    time[i] = entry[position]!
    sum += rows.weight ? rows.weight[order[position]!]! : 1
    entered[i] = sum
  }
  return { time, entered }
}
