import { normalCritical } from '../critical-values.ts'
import { type Refusal, refuse } from '../refusal.ts'
import { wilsonInterval } from '../wilson-interval.ts'

/** People by what is known of them; `countAbstinence` makes it. */
export type KnownAbstinence = {
  readonly n: number
  readonly abstinent: number
  /** Seen at every look. */
  readonly complete: number
  readonly used: number
}

/** What is taken of people of whom not everything is known. A figure is only readable with this beside it. */
export type MissingRule =
  /** Everybody counts; who is not abstinent at every look counts as having used. */
  | { readonly kind: 'missing-is-use' }
  /** Only people seen at every look count: those who stayed. */
  | { readonly kind: 'missing-left-out' }
  /** Everybody counts; who was never seen to use counts as abstinent. The other end of what is possible. */
  | { readonly kind: 'missing-is-abstinent' }
  /**
   * Everybody counts; people not seen at every look have `odds` times the odds of abstinence of those who were. 1: as
   * the others; 0: missing is use.
   */
  | { readonly kind: 'informative'; readonly odds: number }

export type AbstinenceEstimate = {
  readonly ok: true
  readonly rule: MissingRule
  /** Denominator of the proportion. */
  readonly n: number
  /** Null for the informative rule, which counts nobody but weighs. */
  readonly count: number | null
  readonly proportion: number
  readonly lower: number
  readonly upper: number
  readonly conf: number
}

/**
 * The proportion of people who were abstinent, with the people of whom it is not known taken by a stated rule.
 *
 * Set several side by side: the truth of the missing is not in the data. Intervals hold chance only, not the doubt about
 * the rule. Counted rules have Wilson's interval; the informative one the delta method on the log odds.
 * Source: Hedeker, Mermelstein & Demirtas, Addiction 2007;102:1564 (missing is use); White, Higgins & Wood, Stat Med
 * 2008;27:711 (informative missingness odds ratio).
 * @param known from `countAbstinence`, also after `carryLastForward`
 * @param conf confidence level, 0.95 unless told
 * @returns or a refusal: `no-rows`, `not-a-count` (counts that contradict each other), `nobody-complete` (the left-out
 *   and the informative rule then have nothing to go by)
 * @throws RangeError for odds below 0 or not finite
 * @example
 * const known = { n: 287, abstinent: 26, complete: 34, used: 40 }
 * abstinenceWithMissing(known, { kind: 'missing-is-use' }) // 9.1 % of 287
 * abstinenceWithMissing(known, { kind: 'missing-left-out' }) // 76.5 % of 34
 * abstinenceWithMissing(known, { kind: 'informative', odds: 0.1 }) // 30.7 % of 287
 */
export function abstinenceWithMissing(
  known: KnownAbstinence,
  rule: MissingRule,
  conf = 0.95,
): AbstinenceEstimate | Refusal<'no-rows' | 'not-a-count' | 'nobody-complete'> {
  const z = normalCritical(conf)
  const { n, abstinent, complete, used } = known
  const counts = [n, abstinent, complete, used]
  if (counts.some((count) => !Number.isSafeInteger(count) || count < 0)) return refuse('not-a-count')
  if (abstinent > complete || complete > n || abstinent + used > n || complete - abstinent > used) {
    return refuse('not-a-count')
  }
  if (n === 0) return refuse('no-rows')
  if (rule.kind === 'informative') return informative(known, rule, z, conf)
  const of = rule.kind === 'missing-left-out' ? complete : n
  if (of === 0) return refuse('nobody-complete')
  const count = rule.kind === 'missing-is-abstinent' ? n - used : abstinent
  const interval = wilsonInterval(count, of, conf)
  if (!interval.ok) return interval
  const { proportion, lower, upper } = interval
  return { ok: true, rule, n: of, count, proportion, lower, upper, conf }
}

function informative(
  { n, abstinent, complete }: KnownAbstinence,
  rule: { readonly kind: 'informative'; readonly odds: number },
  z: number,
  conf: number,
): AbstinenceEstimate | Refusal<'nobody-complete'> {
  const { odds } = rule
  if (!(odds >= 0 && Number.isFinite(odds))) throw new RangeError(`odds ${odds}: needs a finite number >= 0`)
  if (complete === 0) return refuse('nobody-complete')
  const seen = abstinent / complete
  const weight = 1 - seen + odds * seen
  const missing = shareOfMissing(seen, odds)
  const proportion = (abstinent + (n - complete) * missing) / n
  const lost = (n - complete) / n
  const slope = 1 - lost + (weight === 0 ? 0 : (lost * odds) / (weight * weight))
  const variance =
    (slope * slope * seen * (1 - seen)) / complete + ((missing - seen) ** 2 * lost * (1 - lost)) / n
  const spread = (z * Math.sqrt(variance)) / (proportion * (1 - proportion))
  // With nobody or everybody seen abstinent the delta method knows no spread; the two counted ends bound it then.
  if (!(variance > 0) || !Number.isFinite(spread)) {
    const least = wilsonInterval(abstinent, complete, conf)
    if (!least.ok) throw new Error('counts were checked before')
    const at = (p: number) => (1 - lost) * p + lost * shareOfMissing(p, odds)
    return {
      ok: true,
      rule,
      n,
      count: null,
      proportion,
      lower: at(least.lower),
      upper: at(least.upper),
      conf,
    }
  }
  const shifted = (by: number) => 1 / (1 + ((1 - proportion) / proportion) * Math.exp(-by))
  return { ok: true, rule, n, count: null, proportion, lower: shifted(-spread), upper: shifted(spread), conf }
}

/** The share of abstinent among the missing when their odds are `odds` times those of the share seen. */
function shareOfMissing(seen: number, odds: number): number {
  const weight = 1 - seen + odds * seen
  // Odds of 0 with everybody seen abstinent: the limit of missing is use. Odds near the smallest number lose digits.
  return weight === 0 ? 0 : Math.min(1, (odds * seen) / weight)
}

/** The two ends of what missing looks allow: everybody of them used, nobody did. */
export type AbstinenceBounds = { readonly lower: number; readonly upper: number }

/**
 * The least and the largest difference of two groups in abstinence that the missing people allow, whatever became of them.
 *
 * Source: Manski 1990; Horowitz & Manski, J Am Stat Assoc 2000;95:77 (worst-case bounds). No interval for chance in it.
 * @param first people of the first group
 * @param second people of the second group
 * @returns first minus second: all missing of the first used and nobody missing of the second (`lower`), and the reverse;
 *   or the refusal of `abstinenceWithMissing`
 */
export function abstinenceDifferenceBounds(
  first: KnownAbstinence,
  second: KnownAbstinence,
): ({ readonly ok: true } & AbstinenceBounds) | Refusal<'no-rows' | 'not-a-count' | 'nobody-complete'> {
  const least1 = abstinenceWithMissing(first, { kind: 'missing-is-use' })
  const most1 = abstinenceWithMissing(first, { kind: 'missing-is-abstinent' })
  const least2 = abstinenceWithMissing(second, { kind: 'missing-is-use' })
  const most2 = abstinenceWithMissing(second, { kind: 'missing-is-abstinent' })
  if (!least1.ok) return least1
  if (!most1.ok) return most1
  if (!least2.ok) return least2
  if (!most2.ok) return most2
  return {
    ok: true,
    lower: least1.proportion - most2.proportion,
    upper: most1.proportion - least2.proportion,
  }
}
