import { betaLogOddsQuantile, betaLogOddsUpperQuantile } from './beta-distribution.ts'
import { incompleteBeta } from './incomplete-beta.ts'

function fTails(x: number, df1: number, df2: number): { lower: number; upper: number } {
  if (!(x >= 0 && df1 > 0 && df2 > 0)) {
    throw new RangeError(`F tail at ${x} with ${df1}, ${df2} degrees of freedom: needs x >= 0, df > 0`)
  }
  if (x === Number.POSITIVE_INFINITY) return { lower: 1, upper: 0 }
  const numerator = df1 * x
  const total = numerator + df2
  return incompleteBeta(df1 / 2, df2 / 2, numerator / total, df2 / total)
}

/**
 * P(F > x) for an F variable with `df1` and `df2` degrees of freedom: the p value of an F test.
 *
 * @param x the statistic, ≥ 0
 * @param df1 numerator degrees of freedom, > 0, need not be whole
 * @param df2 denominator degrees of freedom, > 0, need not be whole (Satterthwaite)
 * @throws RangeError for other arguments
 * @example fUpperTail(4.1708767857666915, 1, 30) // 0.05
 */
export function fUpperTail(x: number, df1: number, df2: number): number {
  return fTails(x, df1, df2).upper
}

/** P(F ≤ x), with full digits where it is small. Arguments as `fUpperTail`. */
export function fLowerTail(x: number, df1: number, df2: number): number {
  return fTails(x, df1, df2).lower
}

/**
 * The x with P(F ≤ x) = p. Taken from the log odds of a beta quantile, so that tiny p with large `df2` keep their digits
 * (R 4.2's qf(1e-6, 1, 1e4) is off by 29 % there).
 *
 * @param p lower tail probability, from 0 to 1
 * @param options.tail 'upper' when p is an upper tail probability
 * @throws RangeError for other arguments
 * @example fQuantile(0.95, 1, 30) // 4.1708767857666915
 */
export function fQuantile(
  p: number,
  df1: number,
  df2: number,
  options: { readonly tail?: 'lower' | 'upper' } = {},
): number {
  if (!(p >= 0 && p <= 1 && df1 > 0 && df2 > 0)) {
    throw new RangeError(`fQuantile(${p}, ${df1}, ${df2}): needs 0 <= p <= 1, df > 0`)
  }
  const upper = options.tail === 'upper'
  if (p === 0 || p === 1) return (p === 1) === upper ? 0 : Number.POSITIVE_INFINITY
  const u = upper ? betaLogOddsUpperQuantile(p, df1 / 2, df2 / 2) : betaLogOddsQuantile(p, df1 / 2, df2 / 2)
  return (df2 / df1) * Math.exp(u)
}
