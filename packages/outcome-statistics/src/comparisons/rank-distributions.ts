/** An exact null distribution of a rank statistic with values 0, 1, 2, …; symmetric. */
export type RankDistribution = {
  /** P(S ≤ s). */
  readonly lowerTail: (s: number) => number
  /** The smallest s with P(S ≤ s) ≥ p. */
  readonly quantile: (p: number) => number
}

/**
 * The exact distribution of Mann and Whitney's U for m and n values without ties.
 *
 * Adds up probabilities over the largest value being of one sample or the other, so nothing cancels.
 * Source: Mann & Whitney, Ann Math Stat 1947;18:50. Cost: O((m n)²).
 */
export function mannWhitneyDistribution(m: number, n: number): RankDistribution {
  // row[j] is the distribution for i and j values; U counts pairs in which the first sample's value is larger.
  let row: Float64Array[] = Array.from({ length: n + 1 }, () => Float64Array.of(1))
  for (let i = 1; i <= m; i++) {
    const next: Float64Array[] = [Float64Array.of(1)]
    for (let j = 1; j <= n; j++) {
      const here = new Float64Array(i * j + 1)
      const firstLargest = row[j]!
      const secondLargest = next[j - 1]!
      for (let u = 0; u < firstLargest.length; u++) here[u + j]! += (firstLargest[u]! * i) / (i + j)
      for (let u = 0; u < secondLargest.length; u++) here[u]! += (secondLargest[u]! * j) / (i + j)
      next.push(here)
    }
    row = next
  }
  return distributionOf(row[n]!)
}

/**
 * The exact distribution of Wilcoxon's signed rank sum V for n differences without ties or zeros.
 *
 * Source: Wilcoxon, Biometrics Bull 1945;1:80. Cost: O(n³).
 */
export function signedRankDistribution(n: number): RankDistribution {
  let probability = Float64Array.of(1)
  for (let rank = 1; rank <= n; rank++) {
    const next = new Float64Array(probability.length + rank)
    for (let v = 0; v < probability.length; v++) {
      next[v]! += probability[v]! / 2
      next[v + rank]! += probability[v]! / 2
    }
    probability = next
  }
  return distributionOf(probability)
}

function distributionOf(probability: Float64Array): RankDistribution {
  const cumulative = new Float64Array(probability.length)
  let sum = 0
  for (let s = 0; s < probability.length; s++) {
    sum += probability[s]!
    cumulative[s] = sum
  }
  return {
    lowerTail: (s) => (s < 0 ? 0 : Math.min(1, cumulative[Math.min(s, cumulative.length - 1)]!)),
    // Rounding must not push a probability that equals p below it.
    quantile: (p) => cumulative.findIndex((value) => value >= p * (1 - 1e-14)),
  }
}
