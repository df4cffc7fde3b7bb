/**
 * Percentiles of values by linear interpolation between order statistics (R's type 7), without sorting them all: each
 * place is found by splitting around a middle value (Hoare's selection), in linear time. The values are rearranged.
 *
 * @param shares ascending, between 0 and 1
 * @param take gets the place of each share and its percentile, the bits that sorting would give
 */
export function percentilesInPlace(
  values: Float64Array,
  shares: readonly number[],
  take: (at: number, percentile: number) => void,
): void {
  const last = values.length - 1
  let settled = 0
  for (let at = 0; at < shares.length; at += 1) {
    const place = shares[at]! * last
    const below = Math.floor(place)
    select(values, below, settled, last)
    settled = below
    let above = values[below]!
    if (below < last) {
      // All beyond the place are at least as large: the next in order is the least of them.
      above = values[below + 1]!
      for (let i = below + 2; i <= last; i += 1) if (values[i]! < above) above = values[i]!
    }
    take(at, values[below]! + (above - values[below]!) * (place - below))
  }
}

/** Puts the value of order `place` there, smaller ones before and larger ones after it, between two ends. */
function select(values: Float64Array, place: number, from: number, to: number): void {
  let left = from
  let right = to
  while (left < right) {
    const first = values[left]!
    const middle = values[(left + right) >> 1]!
    const last = values[right]!
    const pivot = Math.max(Math.min(first, middle), Math.min(Math.max(first, middle), last))
    let i = left
    let j = right
    while (i <= j) {
      while (values[i]! < pivot) i += 1
      while (values[j]! > pivot) j -= 1
      if (i > j) break
      const held = values[i]!
      values[i] = values[j]!
      values[j] = held
      i += 1
      j -= 1
    }
    if (place <= j) right = j
    else if (place >= i) left = i
    else return
  }
}
