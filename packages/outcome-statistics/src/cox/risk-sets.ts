import type { SortedRows } from './cox-rows.ts'

/** What the walk knows at one time with events. The arrays are reused: read them, do not keep them. */
export type RiskSet = {
  block: number
  stratum: number
  /** Sums over those at risk of w·r, w·r·x and (lower triangle, packed by row) w·r·x·xᵀ. */
  atRisk0: number
  readonly atRisk1: Float64Array
  readonly atRisk2: Float64Array
  /** The same sums over those with the event now. */
  events0: number
  readonly events1: Float64Array
  readonly events2: Float64Array
  /** Rows with the event now, and the sum of their weights. */
  tied: number
  eventWeight: number
}

/**
 * Walks each stratum from its last time to its first and calls `visit` at every time with events.
 *
 * People come into the sums at the time they leave and, with delayed entry, go out again at the time they entered.
 * @param risk w·exp(linear predictor) by position
 * @param second whether the sums of x·xᵀ are wanted; without, atRisk2 and events2 stay zero
 * Cost: O(n·size²) with `second`, O(n·size) without.
 */
export function walkRiskSets(
  rows: SortedRows,
  risk: Float64Array,
  second: boolean,
  visit: (set: RiskSet) => void,
): void {
  const { size, event, weight, blockStart, blockTime, stratumStart, entry } = rows
  const packed = (size * (size + 1)) / 2
  const all = emptySums(size, packed)
  const now = emptySums(size, packed)
  const others = emptySums(size, packed)
  const set: RiskSet = {
    block: 0,
    stratum: 0,
    atRisk0: 0,
    atRisk1: all.one,
    atRisk2: all.two,
    events0: 0,
    events1: now.one,
    events2: now.two,
    tied: 0,
    eventWeight: 0,
  }
  const add = second ? addSecond : addFirst
  for (let stratum = 0; stratum + 1 < stratumStart.length; stratum++) {
    clear(all)
    let within = 0
    const first = stratumStart[stratum]!
    const stratumBegin = blockStart[first]!
    let pending = blockStart[stratumStart[stratum + 1]!]! - 1
    for (let block = stratumStart[stratum + 1]! - 1; block >= first; block--) {
      clear(now)
      clear(others)
      const from = blockStart[block]!
      const to = blockStart[block + 1]!
      let tied = 0
      let eventWeight = 0
      for (let i = from; i < to; i++) {
        if (event[i] === 1) {
          tied++
          eventWeight += weight ? weight[i]! : 1
          add(rows, risk, i, now)
        } else {
          add(rows, risk, i, others)
        }
      }
      within += to - from
      addSums(all, now, 1)
      addSums(all, others, 1)
      if (tied === 0) continue
      if (entry) {
        clear(others)
        let out = 0
        while (pending >= stratumBegin && entry.at[entry.order[pending]!]! >= blockTime[block]!) {
          add(rows, risk, entry.order[pending]!, others)
          out++
          pending--
        }
        if (out > 0) {
          within -= out
          addSums(all, others, -1)
          // Nobody but those with the event is left: start afresh, so that no rounding remains.
          if (within === tied) {
            clear(all)
            addSums(all, now, 1)
          }
        }
      }
      set.block = block
      set.stratum = stratum
      set.tied = tied
      set.eventWeight = eventWeight
      set.atRisk0 = all.zero
      set.events0 = now.zero
      visit(set)
    }
  }
}

type PartialSums = { zero: number; readonly one: Float64Array; readonly two: Float64Array }

const emptySums = (size: number, packed: number): PartialSums => ({
  zero: 0,
  one: new Float64Array(size),
  two: new Float64Array(packed),
})

function clear(sums: PartialSums): void {
  sums.zero = 0
  sums.one.fill(0)
  sums.two.fill(0)
}

function addSums(to: PartialSums, from: PartialSums, sign: 1 | -1): void {
  to.zero += sign * from.zero
  for (let j = 0; j < to.one.length; j++) to.one[j]! += sign * from.one[j]!
  for (let j = 0; j < to.two.length; j++) to.two[j]! += sign * from.two[j]!
}

function addFirst(rows: SortedRows, risk: Float64Array, i: number, sums: PartialSums): void {
  const { x, size } = rows
  const { one } = sums
  const r = risk[i]!
  const base = i * size
  sums.zero += r
  for (let j = 0; j < size; j++) one[j]! += r * x[base + j]!
}

function addSecond(rows: SortedRows, risk: Float64Array, i: number, sums: PartialSums): void {
  const { x, size } = rows
  const { one, two } = sums
  const r = risk[i]!
  const base = i * size
  sums.zero += r
  let at = 0
  for (let j = 0; j < size; j++) {
    const rx = r * x[base + j]!
    one[j]! += rx
    for (let k = 0; k <= j; k++) two[at++]! += rx * x[base + k]!
  }
}

/** exp(linear predictor), times the weight where there is one, by position. @param at scaled coefficients */
export function risksAt(rows: SortedRows, at: Float64Array, weighted = true): Float64Array {
  const { n, size, x, weight } = rows
  const risk = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    let eta = 0
    const base = i * size
    for (let j = 0; j < size; j++) eta += at[j]! * x[base + j]!
    risk[i] = Math.exp(eta)
  }
  if (weight && weighted) for (let i = 0; i < n; i++) risk[i]! *= weight[i]!
  return risk
}
