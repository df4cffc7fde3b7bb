import { incompleteGamma } from './incomplete-gamma.ts'

/**
 * P(X > x) for a chi-square variable with `df` degrees of freedom: the p value of a log-rank statistic.
 *
 * @param x the statistic, ≥ 0
 * @param df degrees of freedom, > 0
 * Source: DLMF 8.2; checked against R's pchisq(lower.tail = FALSE) down to 1e-90.
 * @example chiSquareUpperTail(3.841458820694124, 1) // 0.05
 */
export function chiSquareUpperTail(x: number, df: number): number {
  return incompleteGamma(df / 2, x / 2).upper
}

/**
 * P(Z > z) for a standard normal variable, with full digits in both tails.
 * @example normalUpperTail(1.959963984540054) // 0.025
 */
export function normalUpperTail(z: number): number {
  const { lower, upper } = incompleteGamma(0.5, (z * z) / 2)
  return z >= 0 ? upper / 2 : 0.5 + lower / 2
}

/**
 * The z with P(Z ≤ z) = p for a standard normal variable.
 *
 * A rational first guess (Abramowitz & Stegun 26.2.23, good to 4.5e-4), then Newton on the logarithm of the tail, which
 * doubles the digits each time even at 1e-300.
 * @param p probability, 0 < p < 1
 * @example normalQuantile(0.975) // 1.959963984540054
 */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`normalQuantile(${p}): needs 0 < p < 1`)
  if (p === 0.5) return 0
  const tail = Math.min(p, 1 - p)
  const s = Math.sqrt(-2 * Math.log(tail))
  let z =
    s - (2.515517 + s * (0.802853 + s * 0.010328)) / (1 + s * (1.432788 + s * (0.189269 + s * 0.001308)))
  for (let round = 0; round < 8; round++) {
    const upper = normalUpperTail(z)
    const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)
    // Near the middle the plain step keeps the digits that the logarithm would lose.
    const step = tail > 0.2 ? (upper - tail) / density : (Math.log(upper / tail) * upper) / density
    z += step
    if (Math.abs(step) <= 1e-15 * Math.abs(z)) break
  }
  return p < 0.5 ? -z : z
}
