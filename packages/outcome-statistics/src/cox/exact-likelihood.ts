import type { SortedRows } from './cox-rows.ts'
import type { LikelihoodAt } from './newton-raphson.ts'
import { risksAt } from './risk-sets.ts'

/**
 * Cox's exact partial likelihood for times that are truly discrete: at each time with d events, the probability that
 * just these d of those at risk had them, among all choices of d (the conditional logistic likelihood).
 *
 * The sum over all choices and its derivatives by the recursion over people of Gail, Lubin & Rubinstein, Biometrika
 * 1981;68:703. Weights are not defined for it.
 * @param at scaled coefficients
 * Cost: O(Σ at risk × events × size²) over the times with events: for thousands of rows, not for millions.
 */
export function exactLikelihood(rows: SortedRows, totals: Float64Array, at: Float64Array): LikelihoodAt {
  const { size, event, blockStart, blockTime, stratumStart, entry } = rows
  const risk = risksAt(rows, at)
  const score = totals.slice()
  const information = new Float64Array(size * size)
  let logLikelihood = 0
  for (let j = 0; j < size; j++) logLikelihood += at[j]! * totals[j]!
  for (let stratum = 0; stratum + 1 < stratumStart.length; stratum++) {
    const end = blockStart[stratumStart[stratum + 1]!]!
    for (let block = stratumStart[stratum]!; block < stratumStart[stratum + 1]!; block++) {
      let tied = 0
      for (let i = blockStart[block]!; i < blockStart[block + 1]!; i++) tied += event[i]!
      if (tied === 0) continue
      const members: number[] = []
      for (let i = blockStart[block]!; i < end; i++) {
        if (!entry || entry.at[i]! < blockTime[block]!) members.push(i)
      }
      logLikelihood -= addChoices(rows, risk, members, tied, score, information)
    }
  }
  return { logLikelihood, score, information }
}

/** Subtracts a time's mean from `score`, adds its covariance to `information`; answers the log of the sum of choices. */
function addChoices(
  { x, size }: SortedRows,
  risk: Float64Array,
  members: readonly number[],
  tied: number,
  score: Float64Array,
  information: Float64Array,
): number {
  let total = 0
  for (const i of members) total += risk[i]!
  // Scaled so that the largest of the sums stays near e^tied.
  const unit = total / tied
  const sum = new Float64Array(tied + 1)
  const first = new Float64Array((tied + 1) * size)
  const second = new Float64Array((tied + 1) * size * size)
  sum[0] = 1
  members.forEach((i, count) => {
    const r = risk[i]! / unit
    for (let d = Math.min(tied, count + 1); d >= 1; d--) {
      const below = sum[d - 1]!
      for (let j = 0; j < size; j++) {
        const xj = x[i * size + j]!
        const belowJ = first[(d - 1) * size + j]!
        for (let k = 0; k <= j; k++) {
          const xk = x[i * size + k]!
          second[(d * size + j) * size + k]! +=
            r *
            (second[((d - 1) * size + j) * size + k]! +
              xj * first[(d - 1) * size + k]! +
              xk * belowJ +
              xj * xk * below)
        }
      }
      for (let j = 0; j < size; j++) {
        first[d * size + j]! += r * (first[(d - 1) * size + j]! + x[i * size + j]! * below)
      }
      sum[d]! += r * below
    }
  })
  const all = sum[tied]!
  for (let j = 0; j < size; j++) {
    const mean = first[tied * size + j]! / all
    score[j]! -= mean
    for (let k = 0; k <= j; k++) {
      information[j * size + k]! +=
        second[(tied * size + j) * size + k]! / all - mean * (first[tied * size + k]! / all)
    }
  }
  return Math.log(all) + tied * Math.log(unit)
}
