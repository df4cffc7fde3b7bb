import { around, studentCritical } from '../critical-values.ts'
import { type Refusal, refuse } from '../refusal.ts'
import { studentTUpperTail } from '../student-t.ts'
import {
  correlationOf,
  differences,
  mean,
  refuseSample,
  requireSameLength,
  type Sample,
  type SampleRefusal,
  variance,
} from './sample.ts'
import { correctionOfBias } from './standardised-difference.ts'

export type TTestRefusal = SampleRefusal | Refusal<'no-variation'>

export type TTest = {
  readonly ok: true
  /** Mean of the first sample minus mean of the second. */
  readonly difference: number
  readonly mean1: number
  readonly mean2: number
  readonly lower: number
  readonly upper: number
  readonly t: number
  readonly df: number
  /** Two-sided. */
  readonly p: number
  readonly conf: number
}

/**
 * Welch's t test: whether two samples have the same mean, whatever their variances. The one to take unless a plan says
 * otherwise.
 *
 * Source: Welch, Biometrika 1947;34:28. Agrees with R's t.test.
 * @param x first sample, two values or more
 * @param y second sample, two values or more
 * @param conf confidence level, 0.95 unless told
 * @returns or a refusal: `too-few`, `not-a-number` with its index, `no-variation`
 * Cost: two passes.
 * @example welchTTest(Float64Array.of(12, 15, 11, 18), Float64Array.of(9, 8, 14, 7)) // difference 4.5, t 2.01 on 5.99 df
 */
export function welchTTest(x: Sample, y: Sample, conf = 0.95): TTest | TTestRefusal {
  return twoSamples(x, y, conf, (v1, v2) => {
    const s1 = v1 / x.length
    const s2 = v2 / y.length
    // By the share of the first, whose square is a number however small the variances are.
    const share = s1 / (s1 + s2)
    const df = 1 / (share ** 2 / (x.length - 1) + (1 - share) ** 2 / (y.length - 1))
    return { se: Math.sqrt(s1 + s2), df }
  })
}

/**
 * Student's t test, which supposes equal variances. Arguments and refusals as `welchTTest`.
 *
 * Source: Student, Biometrika 1908;6:1; Fisher 1925.
 */
export function pooledTTest(x: Sample, y: Sample, conf = 0.95): TTest | TTestRefusal {
  return twoSamples(x, y, conf, (v1, v2) => {
    const df = x.length + y.length - 2
    const pooled = ((x.length - 1) * v1 + (y.length - 1) * v2) / df
    return { se: Math.sqrt(pooled * (1 / x.length + 1 / y.length)), df }
  })
}

function twoSamples(
  x: Sample,
  y: Sample,
  conf: number,
  spread: (variance1: number, variance2: number) => { se: number; df: number },
): TTest | TTestRefusal {
  const refusal = refuseSample(x, 2) ?? refuseSample(y, 2)
  if (refusal) return refusal
  const { se, df } = spread(variance(x), variance(y))
  if (!(se > 0)) return refuse('no-variation')
  const mean1 = mean(x)
  const mean2 = mean(y)
  const difference = mean1 - mean2
  const t = difference / se
  return {
    ok: true,
    difference,
    mean1,
    mean2,
    ...around(difference, studentCritical(conf, df) * se),
    t,
    df,
    p: 2 * studentTUpperTail(Math.abs(t), df),
    conf,
  }
}

export type PairedTTest = {
  readonly ok: true
  readonly n: number
  /** Mean of first minus second. */
  readonly difference: number
  readonly lower: number
  readonly upper: number
  readonly t: number
  readonly df: number
  readonly p: number
  /** Standard deviation of the differences. */
  readonly sdDifference: number
  /** The difference by that: standardised, as it counts for the test's power. */
  readonly dz: number
  /** `dz` without its bias in small samples. */
  readonly gz: number
  /** The difference by the mean of the two standard deviations: comparable with studies of separate groups. */
  readonly dAverage: number
  /** `dz` carried over to separate groups by the correlation (repeated measures). */
  readonly dRepeated: number
  /** Of first and second; null when one does not vary. */
  readonly correlation: number | null
  readonly conf: number
}

/**
 * The paired t test: whether the same people differ between two times or treatments, with standardised differences.
 *
 * Source: Student 1908; Lakens, Front Psychol 2013;4:863 (the standardised ones). Agrees with R's t.test(paired = TRUE).
 * @param x first value of each pair
 * @param y second value of the same pair; people with one value missing are left out by the caller
 * @param conf confidence level, 0.95 unless told
 * @returns or a refusal: `too-few` (under three pairs), `not-a-number`, `no-variation` of the differences
 * @throws RangeError when the lengths differ
 * @example pairedTTest(Float64Array.of(30, 28, 35), Float64Array.of(22, 25, 24))
 */
export function pairedTTest(x: Sample, y: Sample, conf = 0.95): PairedTTest | TTestRefusal {
  requireSameLength(x, y)
  const refusal = refuseSample(x, 3) ?? refuseSample(y, 3)
  if (refusal) return refusal
  const d = differences(x, y)
  const n = d.length
  const sdDifference = Math.sqrt(variance(d))
  if (!(sdDifference > 0)) return refuse('no-variation')
  const sd1 = Math.sqrt(variance(x))
  const sd2 = Math.sqrt(variance(y))
  const difference = mean(d)
  const df = n - 1
  const se = sdDifference / Math.sqrt(n)
  const t = difference / se
  const dz = difference / sdDifference
  const correlation = sd1 > 0 && sd2 > 0 ? correlationOf(x, y) : null
  return {
    ok: true,
    n,
    difference,
    ...around(difference, studentCritical(conf, df) * se),
    t,
    df,
    p: 2 * studentTUpperTail(Math.abs(t), df),
    sdDifference,
    dz,
    gz: correctionOfBias(df) * dz,
    dAverage: difference / ((sd1 + sd2) / 2),
    dRepeated: dz * Math.sqrt(2 * (1 - (correlation ?? 0))),
    correlation,
    conf,
  }
}

export type Crossover = {
  readonly ok: true
  /** People who had the first treatment first, and second. */
  readonly n1: number
  readonly n2: number
  /** Effect of the first treatment against the second, freed from the effect of the period. */
  readonly treatment: TestedEffect & { readonly lower: number; readonly upper: number }
  /** First period against second. */
  readonly period: TestedEffect
  /** Whether sums differ between the sequences: something carried over, or the groups were different. */
  readonly carryover: TestedEffect
  readonly conf: number
}

type TestedEffect = { readonly effect: number; readonly t: number; readonly p: number }

/**
 * A two-period cross-over of two treatments (AB/BA) by the t tests of Hills and Armitage.
 *
 * The test for carry-over has little power: do not choose the analysis by it (Freeman 1989).
 * Source: Hills & Armitage, Br J Clin Pharmacol 1979;8:7; Freeman, Stat Med 1989;8:1421.
 * @param a outcome of each person under the first treatment
 * @param b outcome of the same person under the second
 * @param aFirst 1 where the first treatment came first, 0 where the second did
 * @param conf confidence level, 0.95 unless told
 * @returns or a refusal: `too-few` (under two people in a sequence), `not-a-number`, `no-variation`
 * @throws RangeError when the lengths differ
 */
export function crossoverComparison(
  a: Sample,
  b: Sample,
  aFirst: Uint8Array,
  conf = 0.95,
): Crossover | TTestRefusal {
  requireSameLength(a, aFirst)
  const apart = differences(a, b)
  const inSequence = (values: Sample, first: 0 | 1) => values.filter((_, i) => aFirst[i] === first)
  // First period minus second: the treatment counts plus in one sequence and minus in the other.
  const one = inSequence(apart, 1)
  const other = inSequence(apart, 0)
  const negative = (values: Sample) => values.map((value) => 0 - value)
  const sums = a.map((value, i) => value + b[i]!)
  const treatment = pooledTTest(one, negative(other), conf)
  const period = pooledTTest(one, other, conf)
  const carryover = pooledTTest(inSequence(sums, 1), inSequence(sums, 0), conf)
  if (!treatment.ok) return treatment
  if (!period.ok) return period
  if (!carryover.ok) return carryover
  const halved = (test: TTest) => ({ effect: test.difference / 2, t: test.t, p: test.p })
  return {
    ok: true,
    n1: one.length,
    n2: other.length,
    treatment: { ...halved(treatment), lower: treatment.lower / 2, upper: treatment.upper / 2 },
    period: halved(period),
    carryover: halved(carryover),
    conf,
  }
}
