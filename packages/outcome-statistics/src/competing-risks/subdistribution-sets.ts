import type { SortedRows } from '../cox/cox-rows.ts'

/** Rows of a Fine–Gray model in order of time; `event` 1 is the cause of interest. */
export type Sets = {
  readonly rows: SortedRows
  /** 1 for those who had another event. */
  readonly competing: Uint8Array
  /** How many are censored in each block. */
  readonly censored: Float64Array
  /** Kaplan–Meier's probability of not having been censored before each block. */
  readonly uncensoredBefore: Float64Array
}

/** Called at each block with events: their number and the weighted sums of r, r·x and r·x·xᵀ (lower triangle, packed). */
type AtEvents = (block: number, events: number, zero: number, one: Float64Array, two: Float64Array) => void

/**
 * Walks from the last block to the first over the risk sets of the subdistribution: those still at risk, and those who
 * had another event before, each with the probability of not having been censored since.
 * @param risk exp(linear predictor) by position
 * Cost: O(n·size²).
 */
export function walkSubdistribution(
  { rows, competing, uncensoredBefore }: Sets,
  risk: Float64Array,
  visit: AtEvents,
): void {
  const { size, x, event, blockStart, blockTime } = rows
  const packed = (size * (size + 1)) / 2
  // One vector each: [Σ r, Σ r·x, Σ r·x·xᵀ].
  const atRisk = new Float64Array(1 + size + packed)
  const gone = new Float64Array(1 + size + packed)
  const one = new Float64Array(size)
  const two = new Float64Array(packed)
  const add = (to: Float64Array, i: number, weight: number) => {
    const base = i * size
    to[0]! += weight
    let at = 1 + size
    for (let j = 0; j < size; j++) {
      const wx = weight * x[base + j]!
      to[1 + j]! += wx
      for (let k = 0; k <= j; k++) to[at++]! += wx * x[base + k]!
    }
  }
  const eachCompeting = (block: number, sign: 1 | -1) => {
    for (let i = blockStart[block]!; i < blockStart[block + 1]!; i++) {
      if (competing[i] === 1) add(gone, i, (sign * risk[i]!) / uncensoredBefore[block]!)
    }
  }
  for (let block = 0; block < blockTime.length; block++) eachCompeting(block, 1)
  for (let block = blockTime.length - 1; block >= 0; block--) {
    eachCompeting(block, -1)
    let events = 0
    for (let i = blockStart[block]!; i < blockStart[block + 1]!; i++) {
      add(atRisk, i, risk[i]!)
      events += event[i]!
    }
    if (events === 0) continue
    const kept = uncensoredBefore[block]!
    for (let j = 0; j < size; j++) one[j] = atRisk[1 + j]! + kept * gone[1 + j]!
    for (let l = 0; l < packed; l++) two[l] = atRisk[1 + size + l]! + kept * gone[1 + size + l]!
    visit(block, events, atRisk[0]! + kept * gone[0]!, one, two)
  }
}
