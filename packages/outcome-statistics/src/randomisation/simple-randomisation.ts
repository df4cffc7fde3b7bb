import { binomialLowerTail, binomialProbability } from '../count-distributions.ts'
import { type Refusal, refuse } from '../refusal.ts'

/**
 * How uneven two arms become when each person is allocated by tossing a coin.
 *
 * @param people how many are allocated, ≥ 1
 * @param share the smaller arm's share that would be called uneven, 0.4 unless told, below 0.5
 * @returns `unevenProbability` of a split at least as uneven as share : 1 − share, and the mean difference of the arms
 * Source: binomial distribution, both sides. Cost: one pass of the people.
 * @example coinTossImbalance(100) // 40 : 60 or worse with probability 0.057
 */
export function coinTossImbalance(
  people: number,
  share = 0.4,
):
  | { readonly ok: true; readonly unevenProbability: number; readonly meanDifference: number }
  | Refusal<'not-a-count' | 'out-of-range'> {
  if (!Number.isSafeInteger(people) || people < 1) return refuse('not-a-count')
  if (!(share > 0 && share < 0.5)) return refuse('out-of-range')
  let meanDifference = 0
  for (let one = 0; one <= people; one++) {
    meanDifference += Math.abs(2 * one - people) * binomialProbability(one, people, 0.5)
  }
  // The smallest whole number not below the share: 0.4 · 50 must be 20 and not 21 through rounding.
  const limit = Math.ceil(share * people - 1e-9)
  return { ok: true, unevenProbability: 2 * binomialLowerTail(limit, people, 0.5), meanDifference }
}
