import type { Sample } from './sample.ts'

/** Numbers in order that are never made, only counted: `at(k)` is the k-th smallest of `count`, from 1 on. */
export type PairOrder = { readonly count: number; at(k: number): number }

/**
 * The order of all differences x − y.
 *
 * @param x ascending
 * @param y ascending
 * Cost: each `at` takes 64 walks along both; nothing of size m × n is kept.
 */
export function pairwiseDifferences(x: Sample, y: Sample): PairOrder {
  // Rounded differences still rise with x and fall with y, so one walk counts exactly.
  const atMost = (v: number) => {
    let count = 0
    let j = 0
    for (let i = 0; i < x.length; i++) {
      while (j < y.length && x[i]! - y[j]! > v) j++
      count += y.length - j
    }
    return count
  }
  return { count: x.length * y.length, at: (k) => smallestWith(atMost, k) }
}

/**
 * The order of all means of two values, each also with itself (Walsh averages).
 *
 * @param x ascending
 */
export function pairwiseMeans(x: Sample): PairOrder {
  const n = x.length
  const atMost = (v: number) => {
    let count = 0
    let j = n - 1
    for (let i = 0; i <= j; i++) {
      while (j >= i && (x[i]! + x[j]!) / 2 > v) j--
      count += j - i + 1
    }
    return count
  }
  return { count: (n * (n + 1)) / 2, at: (k) => smallestWith(atMost, k) }
}

/** The middle one, or the mean of the two in the middle. */
export function medianOf(order: PairOrder): number {
  const half = order.count / 2
  if (order.count % 2 === 1) return order.at(Math.ceil(half))
  const low = order.at(half)
  return low + (order.at(half + 1) - low) / 2
}

/**
 * The smallest v with `atMost(v)` ≥ k. Halves the doubles themselves, whose order is the order of their bits, so the
 * answer is exact.
 */
function smallestWith(atMost: (v: number) => number, k: number): number {
  let low = -(2n ** 63n)
  let high = 2n ** 63n - 1n
  while (low < high) {
    const middle = (low + high) >> 1n
    if (atMost(doubleAt(middle)) >= k) high = middle
    else low = middle + 1n
  }
  // Adding zero turns −0 into 0.
  return doubleAt(low) + 0
}

const double = new Float64Array(1)
const bits = new BigInt64Array(double.buffer)

/** The double at a place in their order; places beyond the finite ones give an infinity. */
function doubleAt(place: bigint): number {
  bits[0] = place >= 0n ? place : -(2n ** 63n) - 1n - place
  const value = double[0]!
  if (Number.isNaN(value)) return place >= 0n ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY
  return value
}
