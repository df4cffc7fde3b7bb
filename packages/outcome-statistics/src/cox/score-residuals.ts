import { numberGroups } from '../groups.ts'
import type { SortedRows } from './cox-rows.ts'
import { type HazardIncrements, hazardIncrements } from './hazard-increments.ts'
import type { TieMethod } from './partial-likelihood.ts'

/** Per position: event minus expected events, and each person's share of the score (n × size, scaled covariates). */
export type RowResiduals = {
  readonly martingale: Float64Array
  readonly score: Float64Array
  readonly increments: HazardIncrements
}

/**
 * Martingale and score residuals at scaled coefficients, unweighted.
 *
 * Source: Therneau, Grambsch & Fleming, Biometrika 1990;77:147. Cost: O(n·size), with delayed entry O(n (size + log n)).
 */
export function rowResiduals(rows: SortedRows, ties: TieMethod, at: Float64Array): RowResiduals {
  const { n, size, x, event, blockStart, blockTime, stratumStart, entry } = rows
  const increments = hazardIncrements(rows, ties, at)
  const { risk, hazard, hazardOfTied, meanHazard, meanHazardOfTied, mean } = increments
  // Sums before each block of its stratum.
  const before = new Float64Array(hazard.length)
  const meanBefore = new Float64Array(meanHazard.length)
  const martingale = new Float64Array(n)
  const score = new Float64Array(n * size)
  for (let stratum = 0; stratum + 1 < stratumStart.length; stratum++) {
    const first = stratumStart[stratum]!
    const last = stratumStart[stratum + 1]! - 1
    for (let block = first + 1; block <= last; block++) {
      before[block] = before[block - 1]! + hazard[block - 1]!
      for (let j = 0; j < size; j++) {
        const at = block * size + j
        meanBefore[at] = meanBefore[at - size]! + meanHazard[at - size]!
      }
    }
    for (let block = first; block <= last; block++) {
      for (let i = blockStart[block]!; i < blockStart[block + 1]!; i++) {
        const had = event[i] === 1
        const entered = entry ? firstBlockAfter(blockTime, first, block, entry.at[i]!) : first
        const felt = before[block]! + (had ? hazardOfTied : hazard)[block]! - before[entered]!
        martingale[i] = (had ? 1 : 0) - risk[i]! * felt
        for (let j = 0; j < size; j++) {
          const at = block * size + j
          const feltMean =
            meanBefore[at]! + (had ? meanHazardOfTied : meanHazard)[at]! - meanBefore[entered * size + j]!
          const value = x[i * size + j]!
          score[i * size + j] = (had ? value - mean[at]! : 0) - risk[i]! * (value * felt - feltMean)
        }
      }
    }
  }
  return { martingale, score, increments }
}

/** The first block from `from` on, at most `to`, whose time is later than `entry`. */
function firstBlockAfter(blockTime: Float64Array, from: number, to: number, entry: number): number {
  let low = from
  let high = to
  while (low < high) {
    const middle = (low + high) >>> 1
    if (blockTime[middle]! <= entry) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * Σ over clusters of U Uᵀ, U the weighted sum of a cluster's score residuals: the middle of the sandwich.
 *
 * @param cluster one label a row of the input; 'row' makes each row its own
 * Source: Lin & Wei, J Am Stat Assoc 1989;84:1074.
 */
export function clusterProducts(
  rows: SortedRows,
  score: Float64Array,
  cluster: ArrayLike<number> | 'row',
): { readonly products: Float64Array; readonly total: Float64Array; readonly clusters: number } {
  const { n, size, order, weight } = rows
  const groups = cluster === 'row' ? null : numberGroups(cluster)
  const clusters = groups ? groups.labels.length : n
  const sums = new Float64Array(clusters * size)
  for (let i = 0; i < n; i++) {
    const c = groups ? groups.code[order[i]!]! : i
    const w = weight ? weight[i]! : 1
    for (let j = 0; j < size; j++) sums[c * size + j]! += w * score[i * size + j]!
  }
  const products = new Float64Array(size * size)
  const total = new Float64Array(size)
  for (let c = 0; c < clusters; c++) {
    for (let j = 0; j < size; j++) {
      const value = sums[c * size + j]!
      total[j]! += value
      for (let k = 0; k < size; k++) products[j * size + k]! += value * sums[c * size + k]!
    }
  }
  return { products, total, clusters }
}
