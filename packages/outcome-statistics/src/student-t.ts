import { betaLogOddsQuantile } from './beta-distribution.ts'
import { normalQuantile, normalUpperTail } from './distributions.ts'
import { incompleteBeta } from './incomplete-beta.ts'

/**
 * P(T > t) for a Student variable with `df` degrees of freedom. A two-sided p value is twice this at |t|.
 *
 * @param t the statistic, any number
 * @param df degrees of freedom, > 0, need not be whole; Infinity is the normal distribution
 * @throws RangeError for other arguments
 * Source: DLMF 8.17; Student, Biometrika 1908;6:1. Full digits in both tails.
 * @example studentTUpperTail(2.228138851964939, 10) // 0.025
 */
export function studentTUpperTail(t: number, df: number): number {
  if (!(df > 0) || Number.isNaN(t)) throw new RangeError(`studentTUpperTail(${t}, ${df}): needs df > 0`)
  if (df === Number.POSITIVE_INFINITY) return normalUpperTail(t)
  const half = halfTail(t, df)
  return t >= 0 ? half.outer : 0.5 + half.inner
}

/** P(T ≤ t), with full digits where it is small. Arguments as `studentTUpperTail`. */
export function studentTLowerTail(t: number, df: number): number {
  return studentTUpperTail(-t, df)
}

/** P(T > |t|) and P(0 < T < |t|). */
function halfTail(t: number, df: number): { outer: number; inner: number } {
  const square = t * t
  if (square === Number.POSITIVE_INFINITY) {
    // t² is beyond the numbers; the tail is then a power of t (its first term).
    const far = Math.sqrt(df) / Math.abs(t)
    if (far === 0) return { outer: 0, inner: 0.5 }
    const { outer } = halfTail(1e150, df)
    return { outer: outer * (1e150 * (far / Math.sqrt(df))) ** df, inner: 0.5 }
  }
  const total = df + square
  const { lower, upper } = incompleteBeta(df / 2, 0.5, df / total, square / total)
  return { outer: lower / 2, inner: upper / 2 }
}

/**
 * The t with P(T ≤ t) = p.
 *
 * @param p lower tail probability, from 0 to 1 (the ends give ∓Infinity)
 * @param df degrees of freedom, > 0, need not be whole; Infinity is the normal distribution
 * @throws RangeError for other arguments
 * Cost: five to fifteen incomplete beta functions. Checked against R's qt to 1e-12.
 * @example studentTQuantile(0.975, 10) // 2.228138851964939
 */
export function studentTQuantile(p: number, df: number): number {
  if (!(p >= 0 && p <= 1 && df > 0)) {
    throw new RangeError(`studentTQuantile(${p}, ${df}): needs 0 <= p <= 1, df > 0`)
  }
  if (p === 0) return Number.NEGATIVE_INFINITY
  if (p === 1) return Number.POSITIVE_INFINITY
  if (p === 0.5) return 0
  if (df === Number.POSITIVE_INFINITY) return normalQuantile(p)
  // df / (df + t²) is a beta(df/2, ½) variable; its log odds are log(df / t²).
  const u = betaLogOddsQuantile(2 * Math.min(p, 1 - p), df / 2, 0.5)
  const t = Math.sqrt(df) * Math.exp(-u / 2)
  return p < 0.5 ? -t : t
}
