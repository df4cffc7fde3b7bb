/** More possible outcomes than this are not weighed one by one: a page would wait for seconds. */
export const MOST_WEIGHED = 1_000_000

/**
 * Probabilities of a discrete variable with one peak, from the ratio of each to the one before.
 *
 * Climbs down from the peak on both sides by multiplication, which keeps some fifteen digits even in far tails, and
 * divides by the sum. Values too small to be numbers are 0.
 * @param low smallest value
 * @param high largest value
 * @param peak a value near the most probable one
 * @param ratio P(k) / P(k − 1) for low < k ≤ high
 * @returns P(low), P(low + 1), …, P(high)
 * Cost: O(high − low).
 */
export function probabilitiesByRatio(
  low: number,
  high: number,
  peak: number,
  ratio: (k: number) => number,
): Float64Array {
  const probability = new Float64Array(high - low + 1)
  const top = Math.max(low, Math.min(high, peak))
  probability[top - low] = 1
  for (let k = top + 1; k <= high; k++) probability[k - low] = probability[k - 1 - low]! * ratio(k)
  for (let k = top; k > low; k--) probability[k - 1 - low] = probability[k - low]! / ratio(k)
  // Smallest first on both sides, so that the tails count in the sum.
  let sum = 0
  for (let k = low; k < top; k++) sum += probability[k - low]!
  let right = 0
  for (let k = high; k >= top; k--) right += probability[k - low]!
  sum += right
  for (let i = 0; i < probability.length; i++) probability[i]! /= sum
  return probability
}

/** The binomial probabilities of 0 to n. */
export function binomialProbabilities(n: number, p: number): Float64Array {
  const odds = p / (1 - p)
  return probabilitiesByRatio(0, n, Math.floor((n + 1) * p), (k) => ((n - k + 1) / k) * odds)
}

/**
 * Two-sided p value: the probability of all values no more probable than the one observed. Values within 1e-7 of it count
 * as equally probable, as in R.
 */
export function noMoreProbable(probability: Float64Array, observed: number): number {
  const limit = probability[observed]! * (1 + 1e-7)
  // From both ends inwards, so that small terms are added first.
  let left = 0
  let i = 0
  while (i < probability.length && probability[i]! <= limit) left += probability[i++]!
  let right = 0
  let j = probability.length - 1
  while (j >= i && probability[j]! <= limit) right += probability[j--]!
  return Math.min(1, left + right)
}
