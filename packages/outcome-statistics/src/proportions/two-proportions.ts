import { bracketedRoot } from '../bracketed-root.ts'
import { around, aroundLog, type Limits, normalCritical } from '../critical-values.ts'
import { type Refusal, refuse } from '../refusal.ts'
import { wilsonInterval } from '../wilson-interval.ts'
import { isCountOf } from './proportion-intervals.ts'

/** Of `n1` people in the first group `count1` had the event, of `n2` in the second `count2`. */
export type TwoGroups = {
  readonly count1: number
  readonly n1: number
  readonly count2: number
  readonly n2: number
}

export type TwoGroupsRefusal = Refusal<'no-rows' | 'not-a-count'>

/** The refusal that bad counts deserve, or null. */
export function refuseTwoGroups({ count1, n1, count2, n2 }: TwoGroups): TwoGroupsRefusal | null {
  if (!isCountOf(count1, n1) || !isCountOf(count2, n2)) return refuse('not-a-count')
  return n1 === 0 || n2 === 0 ? refuse('no-rows') : null
}

/** First proportion minus second, with limits. */
export type ProportionDifference = {
  readonly ok: true
  readonly difference: number
  readonly lower: number
  readonly upper: number
  readonly conf: number
}

/**
 * The difference of two proportions, first minus second, with Newcombe's interval: the Wilson limits of both, squared and
 * added. Stays inside −1 to 1 and means something with a group at none or all.
 *
 * Source: Newcombe, Stat Med 1998;17:873 (method 10).
 * @param groups whole numbers; n of 0 is refused as `no-rows`, anything else that is no count as `not-a-count`
 * @param conf confidence level, 0.95 unless told; RangeError outside 0 to 1
 * @example newcombeDifference({ count1: 56, n1: 70, count2: 48, n2: 80 }) // 0.20, from 0.052 to 0.334
 */
export function newcombeDifference(groups: TwoGroups, conf = 0.95): ProportionDifference | TwoGroupsRefusal {
  return differenceWith(groups, conf, (difference, p1, p2) => {
    const one = wilsonInterval(groups.count1, groups.n1, conf)
    const two = wilsonInterval(groups.count2, groups.n2, conf)
    if (!one.ok || !two.ok) throw new Error('counts were checked before')
    return {
      lower: difference - Math.hypot(p1 - one.lower, two.upper - p2),
      upper: difference + Math.hypot(one.upper - p1, p2 - two.lower),
    }
  })
}

/**
 * The difference of two proportions with the score interval of Miettinen and Nurminen: all differences that a score test
 * with the variance under that difference, times N / (N − 1), would not refuse.
 *
 * Source: Miettinen & Nurminen, Stat Med 1985;4:213. Arguments and refusals as `newcombeDifference`.
 * Cost: some twenty closed-form cubics a limit.
 * @example miettinenNurminenDifference({ count1: 56, n1: 70, count2: 48, n2: 80 }) // 0.20, from 0.053 to 0.338
 */
export function miettinenNurminenDifference(
  groups: TwoGroups,
  conf = 0.95,
): ProportionDifference | TwoGroupsRefusal {
  return differenceWith(groups, conf, (difference) => {
    const z = normalCritical(conf)
    return {
      lower: -scoreUpperLimit(swapped(groups), -difference, z),
      upper: scoreUpperLimit(groups, difference, z),
    }
  })
}

function swapped({ count1, n1, count2, n2 }: TwoGroups): TwoGroups {
  return { count1: count2, n1: n2, count2: count1, n2: n1 }
}

/** The largest d ≥ `difference` with d − difference = z √V(d). */
function scoreUpperLimit(groups: TwoGroups, difference: number, z: number): number {
  const excess = (d: number) => d - difference - z * Math.sqrt(varianceUnder(groups, d))
  // At the difference itself the variance can be 0, which would be taken for the root.
  const beside = difference + 1e-9
  if (beside >= 1 || excess(beside) >= 0) return difference
  return bracketedRoot(excess, beside, 1)
}

/** The variance of the difference when the proportions are those most likely among all that differ by d. */
function varianceUnder({ count1, n1, count2, n2 }: TwoGroups, d: number): number {
  const n = n1 + n2
  const count = count1 + count2
  // The likelihood equation for the second proportion is a cubic; its root between 0 and 1 in closed form.
  const a = n
  const b = ((n1 + 2 * n2) * d - n - count) / (3 * a)
  const c = (n2 * d - n - 2 * count2) * d + count
  const q = b ** 3 - (b * c) / (2 * a) + (count2 * d * (1 - d)) / (2 * a)
  const spread = Math.sqrt(Math.max(0, b * b - c / (3 * a))) * Math.sign(q)
  const ratio = spread === 0 ? 0 : Math.max(-1, Math.min(1, q / spread ** 3))
  const raw = 2 * spread * Math.cos((Math.PI + Math.acos(ratio)) / 3) - b
  const p1 = Math.max(0, Math.min(1, raw + d))
  const p2 = Math.max(0, Math.min(1, raw))
  return (((p1 * (1 - p1)) / n1 + (p2 * (1 - p2)) / n2) * n) / (n - 1)
}

/**
 * The difference of two proportions with the textbook interval. May leave −1 to 1 and has width 0 when both groups are at
 * none or all; here to compare with published figures.
 *
 * Arguments and refusals as `newcombeDifference`. `se` is the standard error without pooling.
 * @example waldDifference({ count1: 56, n1: 70, count2: 48, n2: 80 }) // 0.20, from 0.058 to 0.342
 */
export function waldDifference(
  groups: TwoGroups,
  conf = 0.95,
): (ProportionDifference & { readonly se: number }) | TwoGroupsRefusal {
  let se = 0
  const result = differenceWith(groups, conf, (difference, p1, p2) => {
    se = Math.sqrt((p1 * (1 - p1)) / groups.n1 + (p2 * (1 - p2)) / groups.n2)
    return around(difference, normalCritical(conf) * se)
  })
  return result.ok ? { ...result, se } : result
}

function differenceWith(
  groups: TwoGroups,
  conf: number,
  limits: (difference: number, p1: number, p2: number) => Limits,
): ProportionDifference | TwoGroupsRefusal {
  // Asks for the confidence level first, so that a bad one is never hidden behind a refusal.
  normalCritical(conf)
  const refusal = refuseTwoGroups(groups)
  if (refusal) return refusal
  const p1 = groups.count1 / groups.n1
  const p2 = groups.count2 / groups.n2
  const difference = p1 - p2
  return { ok: true, difference, ...limits(difference, p1, p2), conf }
}

/** A ratio with limits; `seLog` is the standard error of its logarithm. */
export type Ratio = {
  readonly ok: true
  readonly ratio: number
  readonly lower: number
  readonly upper: number
  readonly seLog: number
  readonly conf: number
}

/**
 * The risk ratio, first group by second, with the interval on the logarithmic scale.
 *
 * Source: Katz et al., Biometrics 1978;34:469.
 * @param groups as in `newcombeDifference`; a group with no event has no such interval: `no-events-in-a-group`
 * @param conf confidence level, 0.95 unless told
 * @example riskRatio({ count1: 56, n1: 70, count2: 48, n2: 80 }) // 1.33, from 1.08 to 1.65
 */
export function riskRatio(
  groups: TwoGroups,
  conf = 0.95,
): Ratio | TwoGroupsRefusal | Refusal<'no-events-in-a-group'> {
  const z = normalCritical(conf)
  const refusal = refuseTwoGroups(groups)
  if (refusal) return refusal
  const { count1, n1, count2, n2 } = groups
  if (count1 === 0 || count2 === 0) return refuse('no-events-in-a-group')
  const seLog = Math.sqrt(1 / count1 - 1 / n1 + 1 / count2 - 1 / n2)
  const ratio = count1 / n1 / (count2 / n2)
  return { ok: true, ratio, ...aroundLog(ratio, z * seLog), seLog, conf }
}

/**
 * The odds ratio, first group by second, with Woolf's interval on the logarithmic scale.
 *
 * Not a risk ratio: it lies farther from 1 unless the event is rare.
 * Source: Woolf, Ann Hum Genet 1955;19:251.
 * @param groups as in `newcombeDifference`; with an empty cell it has no such interval: `empty-cell`
 *   (`fisherExactTest` has one)
 * @param conf confidence level, 0.95 unless told
 * @example oddsRatio({ count1: 56, n1: 70, count2: 48, n2: 80 }) // 2.67, from 1.28 to 5.57
 */
export function oddsRatio(groups: TwoGroups, conf = 0.95): Ratio | TwoGroupsRefusal | Refusal<'empty-cell'> {
  const z = normalCritical(conf)
  const refusal = refuseTwoGroups(groups)
  if (refusal) return refusal
  const { count1, n1, count2, n2 } = groups
  const without1 = n1 - count1
  const without2 = n2 - count2
  if (count1 === 0 || count2 === 0 || without1 === 0 || without2 === 0) return refuse('empty-cell')
  const seLog = Math.sqrt(1 / count1 + 1 / without1 + 1 / count2 + 1 / without2)
  const ratio = (count1 * without2) / (count2 * without1)
  return { ok: true, ratio, ...aroundLog(ratio, z * seLog), seLog, conf }
}
