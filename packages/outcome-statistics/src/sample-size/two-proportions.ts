import { bracketedRoot } from '../bracketed-root.ts'
import { normalUpperTail } from '../distributions.ts'
import { type Refusal, refuse } from '../refusal.ts'
import { openUnit, type PlanRefusal, type PowerPlan, planned, positive } from './planning.ts'

export type TwoProportionsPlan = PowerPlan & {
  /** Expected share in the first arm. */
  readonly p1: number
  /** Expected share in the second arm. */
  readonly p2: number
  /** People in the second arm for each one in the first, 1 unless told. */
  readonly ratio?: number
}

export type TwoProportionsSize = {
  readonly ok: true
  /** People in the first arm by the pooled variance under no difference, the usual answer. */
  readonly pooled: number
  /** By the unpooled variance. */
  readonly unpooled: number
  /** Pooled, with Fleiss's correction for a test with continuity correction or Fisher's exact test. */
  readonly corrected: number
  /** By the arcsine transformation, both tails of the test counted. */
  readonly arcsine: number
}

/**
 * People needed in the first arm to find a difference of two shares, by four published formulas. Unrounded: round up.
 *
 * @returns sizes of the first arm; the second has `ratio` times as many. Refused as `no-difference` when p1 = p2, as
 * `out-of-range` for shares, alpha or power outside 0 to 1
 * Source: Fleiss, Levin & Paik, Statistical Methods for Rates and Proportions, 3rd ed. 2003, ch. 4; Cohen, Statistical
 * Power Analysis, 2nd ed. 1988, ch. 6 (arcsine).
 * @example sampleSizeTwoProportions({ p1: 0.5, p2: 0.35 }) // pooled 169.3, so 170 an arm
 */
export function sampleSizeTwoProportions(
  plan: TwoProportionsPlan,
): TwoProportionsSize | Refusal<PlanRefusal> {
  const { p1, p2, ratio = 1 } = plan
  const asked = planned(plan)
  if (!asked || !openUnit(p1) || !openUnit(p2) || !positive(ratio)) return refuse('out-of-range')
  if (p1 === p2) return refuse('no-difference')
  const { zAlpha, zPower, power } = asked
  const difference = Math.abs(p1 - p2)
  const mean = (p1 + ratio * p2) / (1 + ratio)
  const variance = p1 * (1 - p1) + (p2 * (1 - p2)) / ratio
  const root = zAlpha * Math.sqrt((1 + 1 / ratio) * mean * (1 - mean)) + zPower * Math.sqrt(variance)
  const pooled = (root / difference) ** 2
  const correction = 1 + Math.sqrt(1 + (2 * (1 + ratio)) / (pooled * ratio * difference))
  const h = Math.abs(2 * Math.asin(Math.sqrt(p1)) - 2 * Math.asin(Math.sqrt(p2)))
  // The root alone would leave out the few tests that are significant in the wrong direction.
  const guess = ((zAlpha + Math.max(0, zPower)) / h) ** 2 * (1 + 1 / ratio)
  const found = (n: number) => {
    const shift = h / Math.sqrt((1 + 1 / ratio) / n)
    return normalUpperTail(zAlpha - shift) + normalUpperTail(zAlpha + shift) - power
  }
  return {
    ok: true,
    pooled,
    unpooled: ((zAlpha + zPower) ** 2 * variance) / difference ** 2,
    corrected: (pooled / 4) * correction ** 2,
    arcsine: power <= asked.alpha ? 0 : bracketedRoot(found, 0, 2 * guess),
  }
}

/**
 * The power of a test of two shares with n people in each arm.
 *
 * @param plan expected shares and alpha
 * @param n people in each arm
 * @returns `power` as the usual formula gives it, and `bothDirections` which also counts significance in the wrong one
 * Source: as R's power.prop.test (strict = FALSE and TRUE).
 * @example powerTwoProportions({ p1: 0.5, p2: 0.35 }, 150) // 0.750
 */
export function powerTwoProportions(
  plan: Omit<TwoProportionsPlan, 'power' | 'ratio'>,
  n: number,
): { readonly ok: true; readonly power: number; readonly bothDirections: number } | Refusal<'out-of-range'> {
  const { p1, p2 } = plan
  const asked = planned(plan)
  if (!asked || !openUnit(p1) || !openUnit(p2) || !positive(n)) return refuse('out-of-range')
  const mean = (p1 + p2) / 2
  const reach = asked.zAlpha * Math.sqrt(2 * mean * (1 - mean))
  const spread = Math.sqrt(p1 * (1 - p1) + p2 * (1 - p2))
  const shift = Math.sqrt(n) * Math.abs(p1 - p2)
  const power = normalUpperTail((reach - shift) / spread)
  return { ok: true, power, bothDirections: power + normalUpperTail((reach + shift) / spread) }
}

/**
 * People needed in each arm to show that a share is not lower by more than a margin, both arms expecting the same share.
 * Unrounded: round up.
 *
 * @param plan.p the share expected in both arms
 * @param plan.margin the largest difference that would not matter
 * @param plan.oneSidedAlpha 0.025 unless told
 * Source: Blackwelder, Control Clin Trials 1982;3:345.
 * @example sampleSizeNonInferiorityProportions({ p: 0.7, margin: 0.1 }) // 329.7 an arm
 */
export function sampleSizeNonInferiorityProportions(plan: {
  readonly p: number
  readonly margin: number
  readonly oneSidedAlpha?: number
  readonly power?: number
}): { readonly ok: true; readonly perArm: number } | Refusal<'out-of-range'> {
  const { p, margin, oneSidedAlpha = 0.025, power = 0.8 } = plan
  const asked = planned({ alpha: 2 * oneSidedAlpha, power })
  if (!asked || !openUnit(p) || !openUnit(margin)) return refuse('out-of-range')
  return { ok: true, perArm: (2 * p * (1 - p) * (asked.zAlpha + asked.zPower) ** 2) / margin ** 2 }
}

/**
 * Pairs needed for McNemar's test of the same people before and after. Unrounded: round up.
 *
 * @param plan.p10 share of pairs that change one way
 * @param plan.p01 share of pairs that change the other way
 * Source: Connor, Biometrics 1987;43:207.
 * @example sampleSizeMcNemar({ p10: 0.25, p01: 0.1 }) // 119.7 pairs
 */
export function sampleSizeMcNemar(
  plan: PowerPlan & { readonly p10: number; readonly p01: number },
): { readonly ok: true; readonly pairs: number } | Refusal<PlanRefusal> {
  const { p10, p01 } = plan
  const asked = planned(plan)
  if (!asked || !(p10 >= 0 && p01 >= 0 && p10 + p01 <= 1)) return refuse('out-of-range')
  if (p10 === p01) return refuse('no-difference')
  const discordant = p10 + p01
  const difference = p10 - p01
  const root = asked.zAlpha * Math.sqrt(discordant) + asked.zPower * Math.sqrt(discordant - difference ** 2)
  return { ok: true, pairs: (root / difference) ** 2 }
}

/**
 * By how much a trial must grow when whole groups (wards, therapists) are allocated and not single people.
 *
 * @param plan.size mean people in a group
 * @param plan.icc intraclass correlation, from 0 to 1
 * @param plan.variation coefficient of variation of the group sizes, 0 unless told
 * @returns the factor to multiply the number of people by
 * Source: Eldridge, Ashby & Kerry, Int J Epidemiol 2006;35:1292.
 * @example designEffect({ size: 20, icc: 0.03, variation: 0.4 }) // 1.666
 */
export function designEffect(plan: {
  readonly size: number
  readonly icc: number
  readonly variation?: number
}): { readonly ok: true; readonly factor: number } | Refusal<'out-of-range'> {
  const { size, icc, variation = 0 } = plan
  if (!(size >= 1 && icc >= 0 && icc <= 1 && variation >= 0)) return refuse('out-of-range')
  const factor = 1 + ((variation ** 2 + 1) * size - 1) * icc
  return Number.isFinite(factor) ? { ok: true, factor } : refuse('out-of-range')
}
