import { normalUpperTail } from './distributions.ts'
import { gammaKernel } from './incomplete-gamma.ts'

/** Sums what a chi variable's nodes contribute; below this share of the sum the rest cannot matter. */
const NEGLIGIBLE = 1e-18

/** More nodes than this would hold a page up: two hundred thousand take some hundredths of a second. */
const MOST_NODES = 200_000

/** How wide the nodes stand from one another. */
function stepOf(df: number, sharpness: number): number {
  return Math.min(0.1, 1 / Math.sqrt(2 * df) / 2, 1 / (3 * (1 + sharpness)))
}

/**
 * Whether `meanOverChi` takes no more nodes than a page can wait for. The weight is below 1e-18 of its peak some nine
 * standard deviations above, and to the left at the latest where it falls by df in the exponent.
 */
export function chiWithinReach(df: number, sharpness: number): boolean {
  const range = 18 / Math.sqrt(2 * df) + 42 / df
  return range <= MOST_NODES * stepOf(df, sharpness)
}

/**
 * The mean of `value(v)` over v = log(S / √df) where S is a chi variable with `df` degrees of freedom, for values from
 * 0 to 1. Trapezoidal rule, which for these smooth, quickly falling integrands doubles its digits with the nodes.
 * @param sharpness how fast `value` can change with v; the nodes stand three times closer
 * @throws RangeError beyond `chiWithinReach`
 */
export function meanOverChi(df: number, sharpness: number, value: (v: number) => number): number {
  if (!chiWithinReach(df, sharpness)) {
    throw new RangeError(`too many nodes for ${df} degrees of freedom and a value as sharp as ${sharpness}`)
  }
  const step = stepOf(df, sharpness)
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
 * @throws RangeError for other arguments, and for a noncentrality so large for its degrees of freedom (about 2 000 with 2,
 * 13 000 with 20) that the mean would take minutes
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
