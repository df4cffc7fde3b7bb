import type { Refusal } from '../refusal.ts'
import { refuse } from '../refusal.ts'
import { newcombeDifference, type TwoGroups, type TwoGroupsRefusal } from './two-proportions.ts'

/**
 * How many people need the first treatment instead of the second for one more to benefit, or for one more to be harmed.
 *
 * Three kinds, so that a page cannot print limits that mean something else:
 * - `benefit`: the whole interval is on the side of benefit, from `lower` to `upper` people;
 * - `harm`: the whole interval is on the side of harm, likewise;
 * - `through-infinity`: the data do not settle the side. The interval goes from `benefitFrom` people for one benefit up
 *   to infinitely many (no difference) and back down to `harmFrom` people for one harm. It has no two limits between
 *   which the number lies. Say: "NNTB 3.3 to ∞ to NNTH 42".
 */
export type NumberNeededToTreat = { readonly ok: true; readonly conf: number } & (
  | {
      readonly kind: 'benefit' | 'harm'
      readonly number: number
      readonly lower: number
      /** Null: no upper limit, the interval ends exactly at no difference. */
      readonly upper: number | null
    }
  | {
      readonly kind: 'through-infinity'
      /** On which side the estimate lies; null when the proportions are equal. */
      readonly estimate: { readonly side: 'benefit' | 'harm'; readonly number: number } | null
      readonly benefitFrom: number
      readonly harmFrom: number
    }
)

/**
 * The number needed to treat with the interval of Altman: reciprocals of the Newcombe limits of the difference.
 *
 * Source: Altman, BMJ 1998;317:1309; Bender, Control Clin Trials 2001;22:102.
 * @param groups first group treated, second to compare with, as in `newcombeDifference`
 * @param options.event 'wanted' when the counted event is what people hope for (abstinence), 'unwanted' otherwise (relapse)
 * @param options.conf confidence level, 0.95 unless told
 * @returns or a refusal: bad counts
 * @example
 * numberNeededToTreat({ count1: 56, n1: 70, count2: 48, n2: 80 }, { event: 'wanted' })
 * // benefit: 5.0, from 3.0 to 19.1
 * numberNeededToTreat({ count1: 29, n1: 61, count2: 21, n2: 64 }, { event: 'wanted' })
 * // through infinity: one benefit in 3.3 or more, or one harm in 42 or more
 */
export function numberNeededToTreat(
  groups: TwoGroups,
  options: { readonly event: 'wanted' | 'unwanted'; readonly conf?: number },
): NumberNeededToTreat | TwoGroupsRefusal {
  const conf = options.conf ?? 0.95
  const found = newcombeDifference(groups, conf)
  if (!found.ok) return refuse(found.reason) satisfies Refusal<'no-rows' | 'not-a-count'>
  const wanted = options.event === 'wanted'
  const gain = wanted ? found.difference : -found.difference
  const least = wanted ? found.lower : -found.upper
  const most = wanted ? found.upper : -found.lower
  if (least < 0 && most > 0) {
    const estimate =
      gain === 0
        ? null
        : { side: gain > 0 ? ('benefit' as const) : ('harm' as const), number: Math.abs(1 / gain) }
    return { ok: true, conf, kind: 'through-infinity', estimate, benefitFrom: 1 / most, harmFrom: -1 / least }
  }
  const kind = most > 0 ? 'benefit' : 'harm'
  const [near, far] = kind === 'benefit' ? [least, most] : [-most, -least]
  return {
    ok: true,
    conf,
    kind,
    number: 1 / Math.abs(gain),
    lower: 1 / far,
    upper: near === 0 ? null : 1 / near,
  }
}
