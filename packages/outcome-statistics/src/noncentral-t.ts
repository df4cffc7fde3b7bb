import { normalUpperTail } from './distributions.ts'
import { gammaKernel } from './incomplete-gamma.ts'

/** Sums what a chi variable's nodes contribute; below this share of the sum the rest cannot matter. */
const NEGLIGIBLE = 1e-18

/**
 * The mean of `value(v)` over v = log(S / √df) where S is a chi variable with `df` degrees of freedom, for values from
 * 0 to 1. Trapezoidal rule, which for these smooth, quickly falling integrands doubles its digits with the nodes.
 * @param sharpness how fast `value` can change with v; the nodes stand three times closer
 */
export function meanOverChi(df: number, sharpness: number, value: (v: number) => number): number {
  const width = 1 / Math.sqrt(2 * df)
  const step = Math.min(0.1, width / 2, 1 / (3 * (1 + sharpness)))
  const weight = (v: number) => 2 * gammaKernel(df / 2, (df / 2) * Math.exp(2 * v))
  let sum = weight(0) * value(0)
  for (const direction of [step, -step]) {
    for (let node = 1; ; node++) {
      const v = node * direction
      const w = weight(v)
      if (w <= sum * NEGLIGIBLE) break
      sum += w * value(v)
    }
  }
  return Math.min(1, sum * step)
}

/**
 * P(T ≤ t) for a noncentral Student variable: what a t statistic does when the effect is not nought. Power of t tests
 * and exact intervals of standardised differences come from it.
 *
 * Computed as the mean of Φ(t S / √df − ncp) over a chi variable S, all terms positive, so that small tails keep their
 * digits (R's pt with ncp is good to about 1e-11 absolute).
 * @param t the statistic, finite
 * @param df degrees of freedom, > 0, need not be whole
 * @param ncp noncentrality, finite; 0 gives Student's distribution
 * @throws RangeError for other arguments
 * Source: Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 2, 1995, ch. 31. Cost: a few hundred normal
 * tails, about 0.2 ms.
 * @example noncentralTLowerTail(0, 5, 1.2) // Φ(−1.2) = 0.115
 */
export function noncentralTLowerTail(t: number, df: number, ncp: number): number {
  if (!(Number.isFinite(t) && df > 0 && df < Number.POSITIVE_INFINITY && Number.isFinite(ncp))) {
    throw new RangeError(`noncentralTLowerTail(${t}, ${df}, ${ncp}): needs finite t, df > 0, finite ncp`)
  }
  return meanOverChi(df, Math.abs(ncp), (v) => normalUpperTail(ncp - t * Math.exp(v)))
}

/** P(T > t) for a noncentral Student variable, with full digits where it is small. Arguments as `noncentralTLowerTail`. */
export function noncentralTUpperTail(t: number, df: number, ncp: number): number {
  return noncentralTLowerTail(-t, df, -ncp)
}
