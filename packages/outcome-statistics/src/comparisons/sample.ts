import { ascendingOrder } from '../ascending-order.ts'
import { type Refusal, refuse } from '../refusal.ts'

/** Measured values, finite. A missing value is left out by the caller, never 0. */
export type Sample = Float64Array

export type SampleRefusal = Refusal<'too-few' | 'not-a-number' | 'out-of-range'>

/** No measurement is larger; the square of a variance still is a number then. */
export const LARGEST_VALUE = 1e60

/**
 * The refusal for fewer than `atLeast` values, for one that is not finite or for one of more than 1e60 either way (its
 * index is `row`), or null.
 */
export function refuseSample(values: Sample, atLeast: number): SampleRefusal | null {
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) return refuse('not-a-number', i)
    if (Math.abs(values[i]!) > LARGEST_VALUE) return refuse('out-of-range', i)
  }
  return values.length < atLeast ? refuse('too-few') : null
}

export function mean(values: Sample): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]!
  return sum / values.length
}

/** Sum of squared distances from the mean. Two passes, with what rounding left of their sum taken off. */
export function sumOfSquares(values: Sample, centre = mean(values)): number {
  let sum = 0
  let remainder = 0
  for (let i = 0; i < values.length; i++) {
    const from = values[i]! - centre
    sum += from * from
    remainder += from
  }
  return sum - (remainder * remainder) / values.length
}

/** Variance with n − 1. */
export function variance(values: Sample): number {
  return sumOfSquares(values) / (values.length - 1)
}

/** Pearson's correlation of values that vary. */
export function correlationOf(x: Sample, y: Sample): number {
  const mx = mean(x)
  const my = mean(y)
  let sum = 0
  for (let i = 0; i < x.length; i++) sum += (x[i]! - mx) * (y[i]! - my)
  return Math.max(-1, Math.min(1, sum / Math.sqrt(sumOfSquares(x, mx) * sumOfSquares(y, my))))
}

/** First minus second, pair by pair. @throws RangeError when the lengths differ */
export function differences(x: Sample, y: Sample): Sample {
  requireSameLength(x, y)
  return x.map((value, i) => value - y[i]!)
}

/** @throws RangeError when the lengths differ */
export function requireSameLength(x: ArrayLike<number>, y: ArrayLike<number>): void {
  if (x.length !== y.length) throw new RangeError(`${x.length} values beside ${y.length}`)
}

/** The values from smallest to largest. */
export function sorted(values: Sample): Sample {
  return Float64Array.from(values).sort()
}

/**
 * Ranks from 1 on; equal values share the mean of their ranks.
 *
 * `ties` is the sum of t³ − t over sets of t equal values, which rank tests take off their variance.
 * Cost: O(n).
 */
export function midRanks(values: Sample): { rank: Float64Array; ties: number } {
  const order = ascendingOrder(values)
  const rank = new Float64Array(values.length)
  let ties = 0
  for (let i = 0; i < order.length; ) {
    let j = i + 1
    while (j < order.length && values[order[j]!] === values[order[i]!]) j++
    for (let k = i; k < j; k++) rank[order[k]!] = (i + 1 + j) / 2
    const t = j - i
    ties += t * t * t - t
    i = j
  }
  return { rank, ties }
}
