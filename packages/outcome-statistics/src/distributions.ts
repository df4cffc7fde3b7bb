import { gammaKernel, incompleteGamma } from './incomplete-gamma.ts'
import { logGamma } from './log-gamma.ts'
import { tailQuantile } from './quantile-search.ts'

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

/**
 * The x with P(X ≤ x) = p for a chi-square variable with `df` degrees of freedom.
 *
 * @param p lower tail probability, from 0 to 1 (the ends give 0 and Infinity)
 * @param df degrees of freedom, > 0, need not be whole
 * @throws RangeError for other arguments
 * Cost: five to fifteen incomplete gamma functions. Checked against R's qchisq to 1e-12.
 * @example chiSquareQuantile(0.95, 1) // 3.841458820694124
 */
export function chiSquareQuantile(p: number, df: number): number {
  if (!(p >= 0 && p <= 1 && df > 0)) {
    throw new RangeError(`chiSquareQuantile(${p}, ${df}): needs 0 <= p <= 1, df > 0`)
  }
  if (p === 0) return 0
  if (p === 1) return Number.POSITIVE_INFINITY
  const a = df / 2
  const lower = p <= 0.5
  // P(a, x) ≤ x^a / Γ(a + 1), so this start is never beyond the root; far down it is the root.
  const start = lower ? (Math.log(p) + logGamma(a + 1)) / a : Math.log(a)
  if (start < -700) return 2 * Math.exp(start)
  const u = tailQuantile(start, Math.log(a), lower ? p : 1 - p, lower ? 1 : -1, (log) => {
    const x = Math.exp(log)
    const tails = incompleteGamma(a, x)
    return { tail: lower ? tails.lower : tails.upper, slope: gammaKernel(a, x) }
  })
  return 2 * Math.exp(u)
}

/** P(X ≤ x) for a chi-square variable, with full digits where it is small. Arguments as `chiSquareUpperTail`. */
export function chiSquareLowerTail(x: number, df: number): number {
  return incompleteGamma(df / 2, x / 2).lower
}

/**
 * log P(Z ≤ z) for a standard normal variable, also where the probability itself is below the smallest number.
 *
 * @param z any finite number
 * Source: from z = −30 down Mills' ratio by its asymptotic series (DLMF 7.12.1).
 * @example normalLogLowerTail(-100) // −5005.524208694205
 */
export function normalLogLowerTail(z: number): number {
  if (z >= -30) return z > 0 ? Math.log1p(-normalUpperTail(z)) : Math.log(normalUpperTail(-z))
  const r = 1 / (z * z)
  const series = r * (1 - r * (3 - r * (15 - r * (105 - r * 945))))
  return (-z * z) / 2 - Math.log(-z) - Math.log(2 * Math.PI) / 2 + Math.log1p(-series)
}
