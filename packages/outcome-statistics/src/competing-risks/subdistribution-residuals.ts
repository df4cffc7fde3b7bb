import { risksAt } from '../cox/risk-sets.ts'
import { type Sets, walkSubdistribution } from './subdistribution-sets.ts'

/**
 * Each row's share of the Fine–Gray score (η in the paper) plus what it adds through the estimated censoring weights (ψ):
 * n × size, scaled covariates. Fine & Gray 1999, section 3. Cost: O(n·size).
 */
export function subdistributionResiduals(sets: Sets, at: Float64Array): Float64Array {
  const { rows, competing, censored, uncensoredBefore } = sets
  const { n, size, x, event, blockStart, blockTime } = rows
  const risk = risksAt(rows, at)
  const blocks = blockTime.length
  const width = 1 + size
  // Steps of the baseline hazard and of it times the mean covariates: [h, h·mean] by block.
  const step = new Float64Array(blocks * width)
  const mean = new Float64Array(blocks * size)
  walkSubdistribution(sets, risk, (block, events, zero, one) => {
    const hazard = events / zero
    step[block * width] = hazard
    for (let j = 0; j < size; j++) {
      mean[block * size + j] = one[j]! / zero
      step[block * width + 1 + j] = hazard * mean[block * size + j]!
    }
  })
  const upTo = running(step, width, null)
  const from = running(step, width, uncensoredBefore)

  const residuals = new Float64Array(n * size)
  // Σ r·[1, x] / G over those who had another event before.
  const gone = new Float64Array(width)
  const censoring = new Float64Array(size)
  const reach = new Float64Array(size)
  for (let block = 0; block < blocks; block++) {
    const first = blockStart[block]!
    const atRisk = n - first
    for (let j = 0; j < size; j++) {
      reach[j] = gone[1 + j]! * from[block * width]! - gone[0]! * from[block * width + 1 + j]!
      censoring[j]! -= (censored[block]! * reach[j]!) / (atRisk * atRisk)
    }
    for (let i = first; i < blockStart[block + 1]!; i++) {
      const isCensored = event[i] === 0 && competing[i] === 0
      for (let j = 0; j < size; j++) {
        const value = x[i * size + j]!
        let felt = value * upTo[block * width]! - upTo[block * width + 1 + j]!
        if (competing[i] === 1) {
          const later = (block + 1) * width
          felt += (value * from[later]! - from[later + 1 + j]!) / uncensoredBefore[block]!
        }
        residuals[i * size + j] =
          (event[i] === 1 ? value - mean[block * size + j]! : 0) -
          risk[i]! * felt +
          censoring[j]! +
          (isCensored ? reach[j]! / atRisk : 0)
      }
    }
    for (let i = first; i < blockStart[block + 1]!; i++) {
      if (competing[i] === 0) continue
      const weight = risk[i]! / uncensoredBefore[block]!
      gone[0]! += weight
      for (let j = 0; j < size; j++) gone[1 + j]! += weight * x[i * size + j]!
    }
  }
  return residuals
}

/**
 * Sums of the steps up to and including each block; or, with `weight`, the weighted sums from each block on, with one
 * more line of zeros at the end.
 */
function running(step: Float64Array, width: number, weight: Float64Array | null): Float64Array {
  const blocks = step.length / width
  const sums = new Float64Array((blocks + 1) * width)
  if (weight) {
    for (let block = blocks - 1; block >= 0; block--) {
      for (let l = 0; l < width; l++) {
        const at = block * width + l
        sums[at] = sums[at + width]! + weight[block]! * step[at]!
      }
    }
    return sums
  }
  for (let at = 0; at < step.length; at++) sums[at] = (at < width ? 0 : sums[at - width]!) + step[at]!
  return sums
}
