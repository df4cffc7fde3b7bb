import { HIGH_WORD, powerOfTwo } from './portable-math.ts'

/**
 * Counts of positive numbers in bins that are read straight from a double's exponent and first seven bits of mantissa:
 * 128 bins for each doubling, from 2^-10 (0.001) to 2^22 (4,194,304 ng/mL: four grams in a litre). A bin is
 * at most 1/128 of its value wide, so a percentile taken from counts errs by less than 0.8 %, and by far less where the
 * counts are many (it is interpolated within its bin). A percentile beyond the last edge is not known and is said to be
 * so. Memory depends on the number of times, never on the number of people.
 */
const PER_DOUBLING_BITS = 7
const SHIFT = 20 - PER_DOUBLING_BITS
const LEAST_EXPONENT = -10
const DOUBLINGS = 32
const FIRST = (LEAST_EXPONENT + 1023) << PER_DOUBLING_BITS
/** One bin at each end for what lies beyond. */
export const BINS = (DOUBLINGS << PER_DOUBLING_BITS) + 2

/** Where counting ends: what lies at or above is only known to do so. */
export const MOST_COUNTED = powerOfTwo(LEAST_EXPONENT + DOUBLINGS)

/** Relative width of the widest bin: the bound of the error. */
export const BIN_WIDTH = 1 / (1 << PER_DOUBLING_BITS)

/**
 * Adds a block of rows, one value for each time in each, to the counts of those times. Time by time, so that the counts
 * in use stay in the fastest memory. What rounding leaves below 0 counts with the smallest: the shift keeps the sign.
 *
 * @param words the doubles of the rows, read as 32-bit words
 */
export function countRows(words: Uint32Array, rows: number, times: number, counts: Uint32Array): void {
  const stride = times * 2
  for (let i = 0; i < times; i += 1) {
    const base = i * BINS - (FIRST - 1)
    const least = i * BINS
    const most = least + BINS - 1
    for (let row = 0, at = 2 * i + HIGH_WORD; row < rows; row += 1, at += stride) {
      let bin = base + (words[at]! >> SHIFT)
      if (bin < least) bin = least
      else if (bin > most) bin = most
      counts[bin]! += 1
    }
  }
}

/** Lower edge of a bin; the first begins at 0. */
function edge(bin: number): number {
  if (bin <= 0) return 0
  const place = bin - 1
  const doubling = place >> PER_DOUBLING_BITS
  const part = place & ((1 << PER_DOUBLING_BITS) - 1)
  return (1 + part / (1 << PER_DOUBLING_BITS)) * powerOfTwo(LEAST_EXPONENT + doubling)
}

/**
 * Percentiles of one time from its counts, ascending `shares`. Values below the first edge count as 0; a percentile at or
 * above the last edge is `Infinity`, never a level.
 *
 * @param offset where the counts of that time begin
 */
export function percentilesOf(
  counts: Uint32Array,
  offset: number,
  total: number,
  shares: readonly number[],
  take: (place: number, value: number) => void,
): void {
  let bin = 0
  let below = 0
  for (let k = 0; k < shares.length; k += 1) {
    // Type 7, as for sorted values: the place between the first (0) and the last (total − 1), centred in its count.
    const place = shares[k]! * (total - 1) + 0.5
    while (bin < BINS - 1 && below + counts[offset + bin]! < place) {
      below += counts[offset + bin]!
      bin += 1
    }
    const inside = counts[offset + bin]!
    const low = edge(bin)
    const value =
      bin === 0
        ? 0
        : bin === BINS - 1
          ? Number.POSITIVE_INFINITY
          : low + ((edge(bin + 1) - low) * (place - below)) / Math.max(1, inside)
    take(k, value)
  }
}

/** The percentile of sorted values by linear interpolation between order statistics (R's type 7). */
export function sortedPercentile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1)
  const low = Math.floor(place)
  const high = Math.min(sorted.length - 1, low + 1)
  return sorted[low]! + (sorted[high]! - sorted[low]!) * (place - low)
}
