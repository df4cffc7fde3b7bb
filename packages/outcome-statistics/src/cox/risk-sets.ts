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
  const { size, eventsIn, weight, blockStart, blockTime, stratumStart, entry } = rows
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
      const tied = eventsIn[block]!
      addRun(rows, risk, second, from, from + tied, now)
      addRun(rows, risk, second, from + tied, to, others)
      within += to - from
      addSums(all, now, 1)
      addSums(all, others, 1)
      if (tied === 0) continue
      if (entry) {
        clear(others)
        let out = 0
        while (pending >= stratumBegin && entry.at[entry.order[pending]!]! >= blockTime[block]!) {
          const i = entry.order[pending]!
          addRun(rows, risk, second, i, i + 1, others)
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
      set.eventWeight = weight ? sumOf(weight, from, from + tied) : tied
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

function sumOf(values: Float64Array, from: number, to: number): number {
  let sum = 0
  for (let i = from; i < to; i++) sum += values[i]!
  return sum
}

/** Adds neighbouring rows to the sums, four at a time so that each sum is fetched and stored a quarter as often. */
function addRun(
  { x, size }: SortedRows,
  risk: Float64Array,
  second: boolean,
  from: number,
  to: number,
  sums: PartialSums,
): void {
  const { one, two } = sums
  let zero = 0
  let i = from
  for (; i + 3 < to; i += 4) {
    const r0 = risk[i]!
    const r1 = risk[i + 1]!
    const r2 = risk[i + 2]!
    const r3 = risk[i + 3]!
    const b0 = i * size
    const b1 = b0 + size
    const b2 = b1 + size
    const b3 = b2 + size
    zero += r0 + r1 + r2 + r3
    let at = 0
    for (let j = 0; j < size; j++) {
      const x0 = r0 * x[b0 + j]!
      const x1 = r1 * x[b1 + j]!
      const x2 = r2 * x[b2 + j]!
      const x3 = r3 * x[b3 + j]!
      one[j]! += x0 + x1 + x2 + x3
      if (!second) continue
      for (let k = 0; k <= j; k++) {
        two[at++]! += x0 * x[b0 + k]! + x1 * x[b1 + k]! + x2 * x[b2 + k]! + x3 * x[b3 + k]!
      }
    }
  }
  for (; i < to; i++) {
    const r = risk[i]!
    const base = i * size
    zero += r
    let at = 0
    for (let j = 0; j < size; j++) {
      const rx = r * x[base + j]!
      one[j]! += rx
      if (!second) continue
      for (let k = 0; k <= j; k++) two[at++]! += rx * x[base + k]!
    }
  }
  sums.zero += zero
}

/** exp(linear predictor), times the weight where there is one, by position. @param at scaled coefficients */
export function risksAt(rows: SortedRows, at: Float64Array, weighted = true): Float64Array {
  const { n, size, x, weight } = rows
  const risk = new Float64Array(n)
  if (at.every((coefficient) => coefficient === 0)) return weight && weighted ? weight : risk.fill(1)
  for (let i = 0; i < n; i++) {
    let eta = 0
    const base = i * size
    for (let j = 0; j < size; j++) eta += at[j]! * x[base + j]!
    risk[i] = Math.exp(eta)
  }
  if (weight && weighted) for (let i = 0; i < n; i++) risk[i]! *= weight[i]!
  return risk
}
