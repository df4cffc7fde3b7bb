import type { SortedRows } from './cox-rows.ts'
import { emptyTieSums, sumTies, type TieMethod } from './partial-likelihood.ts'
import { risksAt, walkRiskSets } from './risk-sets.ts'

/** What a fitted model says of each block of rows (zero where a block has no events); covariates are scaled. */
export type HazardIncrements = {
  /** exp(linear predictor) by position, without weights. */
  readonly risk: Float64Array
  /** Rise of the baseline hazard (of a person with average covariates). */
  readonly hazard: Float64Array
  readonly variance: Float64Array
  /** The same as it is felt by those with the event now: with Efron's ties they leave one after another. */
  readonly hazardOfTied: Float64Array
  /** Mean covariates of those at risk, times hazard, and as felt by the tied; blocks × size. */
  readonly meanHazard: Float64Array
  readonly meanHazardOfTied: Float64Array
  /** Mean covariates of those at risk, averaged over the tied events; blocks × size. */
  readonly mean: Float64Array
}

/**
 * Baseline hazard steps of Breslow (Efron's version for his ties) at scaled coefficients, with what residuals and
 * standard errors need. Cost: O(n·size).
 */
export function hazardIncrements(rows: SortedRows, ties: TieMethod, at: Float64Array): HazardIncrements {
  const { size, blockTime } = rows
  const blocks = blockTime.length
  const hazard = new Float64Array(blocks)
  const variance = new Float64Array(blocks)
  const hazardOfTied = new Float64Array(blocks)
  const meanHazard = new Float64Array(blocks * size)
  const meanHazardOfTied = new Float64Array(blocks * size)
  const mean = new Float64Array(blocks * size)
  const sums = emptyTieSums()
  const risk = risksAt(rows, at, false)
  const weighted = rows.weight ? risksAt(rows, at) : risk
  walkRiskSets(rows, weighted, false, (set) => {
    sumTies(set, ties, sums)
    const { block, tied, atRisk1, events1 } = set
    const weight = set.eventWeight / tied
    hazard[block] = weight * sums.f0d1
    variance[block] = weight * sums.f0d2
    hazardOfTied[block] = weight * (sums.f0d1 - sums.f1d1)
    for (let j = 0; j < size; j++) {
      const a = atRisk1[j]!
      const d = events1[j]!
      meanHazard[block * size + j] = weight * (sums.f0d2 * a - sums.f1d2 * d)
      meanHazardOfTied[block * size + j] =
        weight * ((sums.f0d2 - sums.f1d2) * a - (sums.f1d2 - sums.f2d2) * d)
      mean[block * size + j] = (sums.f0d1 * a - sums.f1d1 * d) / tied
    }
  })
  return { risk, hazard, variance, hazardOfTied, meanHazard, meanHazardOfTied, mean }
}
