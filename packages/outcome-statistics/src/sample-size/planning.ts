import { normalQuantile } from '../distributions.ts'

/** Why a plan has no answer: a share outside 0 to 1, a level or power outside it, or nothing to find. */
export type PlanRefusal = 'out-of-range' | 'no-difference'

/** What every plan asks for. */
export type PowerPlan = {
  /** Two-sided type I error, 0.05 unless told. */
  readonly alpha?: number
  /** Probability of finding the difference when it is there, 0.8 unless told. */
  readonly power?: number
}

export const openUnit = (value: number): boolean => value > 0 && value < 1
export const positive = (value: number): boolean => value > 0 && value < Number.POSITIVE_INFINITY

/** Alpha and power with their defaults, and the normal quantiles that go with them; null when out of range. */
export function planned(
  plan: PowerPlan,
): { alpha: number; power: number; zAlpha: number; zPower: number } | null {
  const { alpha = 0.05, power = 0.8 } = plan
  if (!openUnit(alpha) || !openUnit(power)) return null
  return { alpha, power, zAlpha: -normalQuantile(alpha / 2), zPower: normalQuantile(power) }
}
