import { bracketedRoot } from '../bracketed-root.ts'
import { chiWithinReach, noncentralTUpperTail } from '../noncentral-t.ts'
import { type Refusal, refuse } from '../refusal.ts'
import { studentTQuantile } from '../student-t.ts'
import { type PlanRefusal, type PowerPlan, planned, positive } from './planning.ts'

export type TTestPlan = Omit<PowerPlan, 'power'> & {
  /** The difference of means to be found. */
  readonly delta: number
  /** Standard deviation in each arm; of the differences when paired. */
  readonly sd: number
  /** `two-sample` (the default): n is one arm of two. `paired`: n is pairs, or people in a one-sample test. */
  readonly design?: 'two-sample' | 'paired'
}

/** How many times the critical value an effect may be before its power is 1 in every digit. */
const CERTAIN = 40

/** NaN where the critical value or the effect is beyond what can be summed in a time worth it. */
function powerAt(plan: TTestPlan, alpha: number, n: number): number {
  const arms = plan.design === 'paired' ? 1 : 2
  const df = (n - 1) * arms
  const reach = -studentTQuantile(alpha / 2, df)
  const effect = (Math.sqrt(n / arms) * Math.abs(plan.delta)) / plan.sd
  if (df >= 1 && effect > CERTAIN * (1 + reach)) return 1
  if (!(chiWithinReach(df, effect) && reach < Number.POSITIVE_INFINITY)) return Number.NaN
  return noncentralTUpperTail(reach, df, effect)
}

/**
 * The power of a t test with n people in each arm (or n pairs): the probability of significance in the right direction.
 *
 * @param plan difference, standard deviation, two-sided alpha, design
 * @param n people in each arm or pairs, more than 1
 * Source: exact by the noncentral t distribution; as R's power.t.test (strict = FALSE). Cost: about 0.5 ms.
 * @example powerTTest({ delta: 3, sd: 8 }, 100) // 0.751
 */
export function powerTTest(
  plan: TTestPlan,
  n: number,
): { readonly ok: true; readonly power: number } | Refusal<'out-of-range'> {
  const asked = planned({ ...(plan.alpha === undefined ? {} : { alpha: plan.alpha }) })
  if (!asked || !positive(plan.sd) || !Number.isFinite(plan.delta) || !(n > 1 && positive(n))) {
    return refuse('out-of-range')
  }
  const power = powerAt(plan, asked.alpha, n)
  return Number.isNaN(power) ? refuse('out-of-range') : { ok: true, power }
}

/**
 * People needed in each arm (or pairs) for a t test to have the asked power. Unrounded: round up.
 *
 * @returns `n`, or a refusal: `no-difference` when delta is 0, `out-of-range`, or `tiny-sample` when two would do
 * Source: as `powerTTest`. Cost: some ten times that.
 * @example sampleSizeTTest({ delta: 3, sd: 8, power: 0.9 }) // 150.4, so 151 an arm
 */
export function sampleSizeTTest(
  plan: TTestPlan & PowerPlan,
): { readonly ok: true; readonly n: number } | Refusal<PlanRefusal | 'tiny-sample'> {
  const asked = planned(plan)
  if (!asked || !positive(plan.sd) || !Number.isFinite(plan.delta)) return refuse('out-of-range')
  if (plan.delta === 0) return refuse('no-difference')
  const lacking = (n: number) => powerAt(plan, asked.alpha, n) - asked.power
  if (Number.isNaN(lacking(2))) return refuse('out-of-range')
  if (lacking(2) >= 0) return refuse('tiny-sample')
  const arms = plan.design === 'paired' ? 1 : 2
  let high = Math.max(4, arms * (((asked.zAlpha + asked.zPower) * plan.sd) / plan.delta) ** 2)
  while (lacking(high) < 0) high *= 2
  if (!(high < Number.POSITIVE_INFINITY) || Number.isNaN(lacking(high))) return refuse('out-of-range')
  return { ok: true, n: bracketedRoot(lacking, 2, high) }
}
