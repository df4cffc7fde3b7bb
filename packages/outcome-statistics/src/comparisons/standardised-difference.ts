import { bracketedRoot } from '../bracketed-root.ts'
import { around, type Limits, normalCritical } from '../critical-values.ts'
import { logGamma } from '../log-gamma.ts'
import { chiWithinReach, noncentralTLowerTail } from '../noncentral-t.ts'
import { type Refusal, refuse } from '../refusal.ts'
import { mean, refuseSample, type Sample, type SampleRefusal, variance } from './sample.ts'

/**
 * What a standardised difference is to be multiplied by to be right on average: Hedges's J with `df` degrees of freedom.
 *
 * @param df > 1
 * Source: Hedges, J Educ Stat 1981;6:107. About 1 − 3 / (4 df − 1).
 */
export function correctionOfBias(df: number): number {
  return Math.exp(logGamma(df / 2) - Math.log(df / 2) / 2 - logGamma((df - 1) / 2))
}

export type HedgesG = {
  readonly ok: true
  readonly n1: number
  readonly n2: number
  readonly pooledSd: number
  /** Cohen's d: difference of means by the pooled standard deviation, too far from 0 in small samples. */
  readonly d: number
  readonly dLower: number
  readonly dUpper: number
  /** Exact factor J between d and g, and its usual approximation. */
  readonly correction: number
  readonly approximateCorrection: number
  /** Hedges's g with the interval from the noncentral t distribution. */
  readonly g: number
  readonly lower: number
  readonly upper: number
  /** Large-sample standard error of d; J times it is that of g. */
  readonly seD: number
  /** The interval from that standard error, to compare with meta-analyses. */
  readonly normalLower: number
  readonly normalUpper: number
  /** Glass's delta: by the second sample's standard deviation alone; null when it does not vary. */
  readonly glassDelta: number | null
  readonly conf: number
}

/**
 * How many standard deviations two samples lie apart: Hedges's g, and Cohen's d and Glass's delta beside it.
 *
 * The interval holds all differences under which a t this far out would not be rare: limits of the noncentrality of t.
 * It supposes equal variances and about normal values.
 * Source: Hedges 1981; Cumming & Finch, Educ Psychol Meas 2001;61:532; Glass 1976.
 * @param x first sample, two values or more
 * @param y second sample, two values or more
 * @param conf confidence level, 0.95 unless told
 * @returns or a refusal: `too-few`, `not-a-number` with its index, `no-variation`, `too-far-apart` (the samples lie
 * hundreds of standard deviations from one another: no interval worth its time, look at the values)
 * Cost: two passes and some thirty noncentral tails.
 * @example hedgesG(Float64Array.of(12, 15, 11, 18), Float64Array.of(9, 8, 14, 7))
 */
export function hedgesG(
  x: Sample,
  y: Sample,
  conf = 0.95,
): HedgesG | SampleRefusal | Refusal<'no-variation' | 'too-far-apart'> {
  const z = normalCritical(conf)
  const refusal = refuseSample(x, 2) ?? refuseSample(y, 2)
  if (refusal) return refusal
  const n1 = x.length
  const n2 = y.length
  const df = n1 + n2 - 2
  const pooledSd = Math.sqrt(((n1 - 1) * variance(x) + (n2 - 1) * variance(y)) / df)
  if (!(pooledSd > 0)) return refuse('no-variation')
  const difference = mean(x) - mean(y)
  const d = difference / pooledSd
  const correction = correctionOfBias(df)
  const g = correction * d
  const unit = Math.sqrt(1 / n1 + 1 / n2)
  // The search for the limits goes up to about twice t.
  if (!chiWithinReach(df, (10 * Math.abs(d)) / unit)) return refuse('too-far-apart')
  const noncentral = noncentralityLimits(d / unit, df, (1 - conf) / 2)
  const seD = Math.sqrt(unit * unit + (d * d) / (2 * (n1 + n2)))
  const normal = around(g, z * correction * seD)
  const sd2 = Math.sqrt(variance(y))
  return {
    ok: true,
    n1,
    n2,
    pooledSd,
    d,
    dLower: noncentral.lower * unit,
    dUpper: noncentral.upper * unit,
    correction,
    approximateCorrection: 1 - 3 / (4 * df - 1),
    g,
    lower: correction * noncentral.lower * unit,
    upper: correction * noncentral.upper * unit,
    seD,
    normalLower: normal.lower,
    normalUpper: normal.upper,
    glassDelta: sd2 > 0 ? difference / sd2 : null,
    conf,
  }
}

/** The noncentralities under which t lies at the upper and at the lower `tail`. */
function noncentralityLimits(t: number, df: number, tail: number): Limits {
  // P(T ≤ t) falls as the noncentrality grows.
  const where = (probability: number) => {
    const excess = (ncp: number) => noncentralTLowerTail(t, df, ncp) - probability
    let reach = 3 + Math.abs(t) / 4
    while (excess(t - reach) < 0 || excess(t + reach) > 0) reach *= 2
    return bracketedRoot(excess, t - reach, t + reach)
  }
  return { lower: where(1 - tail), upper: where(tail) }
}
