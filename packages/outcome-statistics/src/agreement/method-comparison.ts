import {
  correlationOf,
  differences,
  mean,
  refuseSample,
  requireSameLength,
  type Sample,
  type SampleRefusal,
  sumOfSquares,
  variance,
} from '../comparisons/sample.ts'
import { around, type Limits, normalCritical, studentCritical } from '../critical-values.ts'
import { type Refusal, refuse } from '../refusal.ts'

type MethodRefusal = SampleRefusal | Refusal<'no-variation'>

export type ConcordanceCorrelation = {
  readonly ok: true
  readonly n: number
  /** Lin's coefficient: 1 when all points lie on the line of equality. */
  readonly concordance: number
  /** Null when all points lie on one line, or under three pairs. */
  readonly lower: number | null
  readonly upper: number | null
  /** How close to any line: Pearson's correlation. */
  readonly precision: number
  /** How close that line is to equality, 0 to 1. */
  readonly accuracy: number
  /** Standard deviation of the second by that of the first. */
  readonly scaleShift: number
  /** Second mean minus first, by the root of the product of the standard deviations. */
  readonly locationShift: number
  readonly conf: number
}

/**
 * Lin's concordance correlation: whether two methods give the same numbers, not only numbers that rise together.
 *
 * Variances with n, as in the paper; limits by Fisher's z.
 * Source: Lin, Biometrics 1989;45:255, with the corrections of 2000;56:324. Agrees with R's epiR::epi.ccc.
 * @param x first method
 * @param y second method on the same people, three pairs or more
 * @param conf confidence level, 0.95 unless told
 * @returns or a refusal: `too-few`, `not-a-number` with its index, `no-variation`
 * @throws RangeError when the lengths differ
 */
export function concordanceCorrelation(
  x: Sample,
  y: Sample,
  conf = 0.95,
): ConcordanceCorrelation | MethodRefusal {
  const z = normalCritical(conf)
  requireSameLength(x, y)
  const refusal = refuseSample(x, 3) ?? refuseSample(y, 3)
  if (refusal) return refusal
  const n = x.length
  const sdX = Math.sqrt(sumOfSquares(x) / n)
  const sdY = Math.sqrt(sumOfSquares(y) / n)
  if (!(sdX > 0 && sdY > 0)) return refuse('no-variation')
  const r = correlationOf(x, y)
  const apart = mean(y) - mean(x)
  const concordance = (2 * r * sdX * sdY) / (sdX * sdX + sdY * sdY + apart * apart)
  const scaleShift = sdY / sdX
  const locationShift = apart / Math.sqrt(sdX * sdY)
  return {
    ok: true,
    n,
    concordance,
    ...(linLimits(concordance, r, locationShift, n, z) ?? { lower: null, upper: null }),
    precision: r,
    accuracy: 2 / (scaleShift + 1 / scaleShift + locationShift * locationShift),
    scaleShift,
    locationShift,
    conf,
  }
}

function linLimits(c: number, r: number, shift: number, n: number, z: number): Limits | null {
  const u2 = shift * shift
  const c2 = c * c
  const variance =
    (((1 - r * r) * c2 * (1 - c2)) / (r * r) +
      (2 * c2 * c * (1 - c) * u2) / r -
      (c2 * c2 * u2 * u2) / (2 * r * r)) /
    (n - 2)
  const seZ = Math.sqrt(variance) / (1 - c2)
  if (!(variance > 0) || !Number.isFinite(seZ)) return null
  return { lower: Math.tanh(Math.atanh(c) - z * seZ), upper: Math.tanh(Math.atanh(c) + z * seZ) }
}

export type LimitsOfAgreement = {
  readonly ok: true
  readonly n: number
  /** Mean of first minus second. */
  readonly bias: number
  readonly biasLimits: Limits
  readonly sd: number
  /** Between these lie 95 % of the differences, if they are about normal. */
  readonly lower: number
  readonly upper: number
  /** How sure the two limits themselves are. */
  readonly lowerLimits: Limits
  readonly upperLimits: Limits
  readonly conf: number
}

/** Share of differences between the limits of agreement, by custom. */
const AGREEMENT = 0.95

/**
 * Limits of agreement of Bland and Altman: how far two methods differ in most people, with the bias between them.
 *
 * Source: Bland & Altman, Lancet 1986;1:307; Stat Methods Med Res 1999;8:135 (limits of the limits).
 * @param x first method
 * @param y second method on the same people, two pairs or more
 * @param conf confidence level of bias and limits, 0.95 unless told
 * @returns or a refusal: `too-few`, `not-a-number` with its index
 * @throws RangeError when the lengths differ
 * @example limitsOfAgreement(Float64Array.of(512, 430, 520), Float64Array.of(525, 415, 508))
 */
export function limitsOfAgreement(x: Sample, y: Sample, conf = 0.95): LimitsOfAgreement | SampleRefusal {
  requireSameLength(x, y)
  const refusal = refuseSample(x, 2) ?? refuseSample(y, 2)
  if (refusal) return refusal
  const d = differences(x, y)
  const n = d.length
  const bias = mean(d)
  const sd = Math.sqrt(variance(d))
  const z = normalCritical(AGREEMENT)
  const t = studentCritical(conf, n - 1)
  const seLimit = sd * Math.sqrt(1 / n + (z * z) / (2 * (n - 1)))
  const { lower, upper } = around(bias, z * sd)
  return {
    ok: true,
    n,
    bias,
    biasLimits: around(bias, (t * sd) / Math.sqrt(n)),
    sd,
    lower,
    upper,
    lowerLimits: around(lower, t * seLimit),
    upperLimits: around(upper, t * seLimit),
    conf,
  }
}

/**
 * Cronbach's alpha: how far the items of a scale measure one thing.
 *
 * Source: Cronbach, Psychometrika 1951;16:297.
 * @param items one array an item, the same people in each, two or more of both
 * @returns or a refusal: `too-few`, `not-a-number` with the person, `no-variation` of the sum
 * @throws RangeError when the lengths differ
 * @example cronbachsAlpha([Float64Array.of(1, 2, 4), Float64Array.of(2, 2, 5)])
 */
export function cronbachsAlpha(
  items: readonly Sample[],
): { readonly ok: true; readonly n: number; readonly alpha: number } | MethodRefusal {
  const [first] = items
  if (!first || items.length < 2) return refuse('too-few')
  const total = new Float64Array(first.length)
  let ofItems = 0
  for (const item of items) {
    requireSameLength(first, item)
    const refusal = refuseSample(item, 2)
    if (refusal) return refusal
    for (let i = 0; i < item.length; i++) total[i]! += item[i]!
    ofItems += variance(item)
  }
  const ofTotal = variance(total)
  if (!(ofTotal > 0)) return refuse('no-variation')
  const k = items.length
  return { ok: true, n: first.length, alpha: (k / (k - 1)) * (1 - ofItems / ofTotal) }
}
