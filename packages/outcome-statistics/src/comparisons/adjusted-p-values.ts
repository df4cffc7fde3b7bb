/** Ways to adjust p values for there being many: family-wise error (first four) or false discovery rate (last two). */
export type Adjustment =
  | 'bonferroni'
  | 'holm'
  | 'hochberg'
  | 'hommel'
  | 'benjamini-hochberg'
  | 'benjamini-yekutieli'

/**
 * p values adjusted for being one of many: compare them with the level as if there were one.
 *
 * Holm needs no assumption and is never worse than Bonferroni; Hochberg and Hommel suppose independent or positively
 * dependent tests. The last two bound the share of false findings, not the chance of any.
 * Source: Holm, Scand J Stat 1979;6:65; Hochberg, Biometrika 1988;75:800; Hommel, Biometrika 1988;75:383; Benjamini &
 * Hochberg, J R Stat Soc B 1995;57:289; Benjamini & Yekutieli, Ann Stat 2001;29:1165. Agrees with R's p.adjust.
 * @param p p values of all tests that were made, in any order
 * @returns adjusted ones in the same order
 * @throws RangeError for a p outside 0 to 1
 * Cost: O(n log n); Hommel O(n²).
 * @example adjustPValues([0.01, 0.04, 0.03], 'holm') // 0.03, 0.06, 0.06
 */
export function adjustPValues(p: ArrayLike<number>, by: Adjustment): Float64Array {
  const values = Float64Array.from(p)
  for (const value of values)
    if (!(value >= 0 && value <= 1)) throw new RangeError(`p ${value}: needs 0 to 1`)
  const n = values.length
  const order = [...values.keys()].sort((a, b) => values[a]! - values[b]!)
  const ascending = Float64Array.from(order, (row) => values[row]!)
  const adjusted = adjustAscending(ascending, by)
  const result = new Float64Array(n)
  for (const [place, row] of order.entries()) result[row] = Math.min(1, adjusted[place]!)
  return result
}

function adjustAscending(p: Float64Array, by: Adjustment): Float64Array {
  const n = p.length
  switch (by) {
    case 'bonferroni':
      return p.map((value) => n * value)
    case 'holm':
      return largestSoFar(p.map((value, i) => (n - i) * value))
    case 'hochberg':
      return smallestFromHere(p.map((value, i) => (n - i) * value))
    case 'hommel':
      return hommel(p)
    case 'benjamini-hochberg':
      return smallestFromHere(p.map((value, i) => (n / (i + 1)) * value))
    case 'benjamini-yekutieli': {
      let harmonic = 0
      for (let i = n; i >= 1; i--) harmonic += 1 / i
      return smallestFromHere(p.map((value, i) => ((harmonic * n) / (i + 1)) * value))
    }
  }
}

function largestSoFar(values: Float64Array): Float64Array {
  let largest = 0
  return values.map((value) => {
    largest = Math.max(largest, value)
    return largest
  })
}

function smallestFromHere(values: Float64Array): Float64Array {
  let smallest = 1
  for (let i = values.length - 1; i >= 0; i--) {
    smallest = Math.min(smallest, values[i]!)
    values[i] = smallest
  }
  return values
}

/** Wright's form of Hommel's procedure (Biometrics 1992;48:1005). */
function hommel(p: Float64Array): Float64Array {
  const n = p.length
  let simes = Number.POSITIVE_INFINITY
  for (let i = 0; i < n; i++) simes = Math.min(simes, (n * p[i]!) / (i + 1))
  const adjusted = new Float64Array(n).fill(simes)
  const candidate = new Float64Array(n).fill(simes)
  for (let m = n - 1; m >= 2; m--) {
    const early = n - m + 1
    let smallest = Number.POSITIVE_INFINITY
    for (let i = early; i < n; i++) smallest = Math.min(smallest, (m * p[i]!) / (2 + i - early))
    for (let i = 0; i < early; i++) candidate[i] = Math.min(m * p[i]!, smallest)
    for (let i = early; i < n; i++) candidate[i] = candidate[n - m]!
    for (let i = 0; i < n; i++) adjusted[i] = Math.max(adjusted[i]!, candidate[i]!)
  }
  return adjusted.map((value, i) => Math.max(value, p[i]!))
}
