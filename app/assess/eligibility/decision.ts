import type { AccountId } from '../../platform/ids.ts'
import type { RuleResult } from './eligibility.ts'

/** A rule that is not met and stands aside, by name and with the words of whoever signs. */
export type Override = { readonly ruleId: string; readonly reason: string }

export type EligibilityRefusal =
  | 'rule-never-overridden'
  | 'absolute-rule-not-met'
  | 'absolute-rule-unknown'
  | 'relative-rule-open'
  | 'override-not-possible'
  | 'override-needs-reason'
  | 'override-must-name-unknown'
  | 'second-prescriber-missing'
  | 'second-prescriber-same'
  | 'second-prescriber-not-valid'
  | 'reasons-missing'

export const SHORTEST_REASON = 10

/** Who may put an open rule aside. Rules of the day and notices decide nothing, so nobody overrides them here. */
export type OverrideRight = 'nobody' | 'two-prescribers' | 'prescriber'

/** @example overrideRight({ ruleClass: 'absolute' }) // 'two-prescribers' */
export function overrideRight(rule: Pick<RuleResult, 'ruleClass' | 'never'>): OverrideRight {
  if (rule.never) return 'nobody'
  if (rule.ruleClass === 'absolute') return 'two-prescribers'
  return rule.ruleClass === 'relative' ? 'prescriber' : 'nobody'
}

/** What somebody wants to sign, and who they are. */
export type DecisionWanted = {
  readonly decision: 'eligible' | 'not-eligible'
  readonly reasons: string
  readonly overrides: readonly Override[]
  readonly signer: AccountId
  /** Who else gave their own password for it. */
  readonly second: AccountId | undefined
  /** Everybody who may prescribe in this clinic now. */
  readonly prescribers: readonly AccountId[]
}

/** Words that say of an unknown thing that it is unknown. */
const NAMES_UNKNOWN = /\b(unknown|not known)\b/i

/**
 * Whether a prescriber may sign this decision on this evaluation.
 *
 * | rule, not met or unknown | "eligible" needs |
 * |---|---|
 * | absolute, never overridden | nothing helps: it must be met |
 * | absolute | an override with a reason, and a second prescriber's own sign-in |
 * | absolute and unknown | the same, and the reason says in words that it is unknown |
 * | relative | an override with a reason |
 * | on the day, notice | nothing: they do not decide |
 *
 * "not-eligible" can always be signed, with its reasons.
 *
 * @returns undefined when it may be signed, else the first refusal with the rules concerned
 */
export function whyNotDecide(
  results: readonly RuleResult[],
  wanted: DecisionWanted,
): { readonly reason: EligibilityRefusal; readonly ruleIds: readonly string[] } | undefined {
  if (wanted.reasons.trim().length < SHORTEST_REASON) return { reason: 'reasons-missing', ruleIds: [] }
  if (wanted.decision === 'not-eligible') return undefined
  const refuse = (reason: EligibilityRefusal, ruleIds: readonly string[]) =>
    ruleIds.length > 0 ? { reason, ruleIds } : undefined
  const open = results.filter(({ truth }) => truth !== 'met')
  const decides = ({ ruleClass }: RuleResult) => ruleClass === 'absolute' || ruleClass === 'relative'
  const openOf = (right: OverrideRight) =>
    open.filter((result) => decides(result) && overrideRight(result) === right)
  const byId = new Map(wanted.overrides.map((override) => [override.ruleId, override]))
  const idsOf = (list: readonly RuleResult[]) => list.map(({ ruleId }) => ruleId)
  const left = (list: readonly RuleResult[]) => list.filter(({ ruleId }) => !byId.has(ruleId))
  const two = openOf('two-prescribers')
  const overridable = new Set(idsOf([...two, ...openOf('prescriber')]))
  return (
    refuse('rule-never-overridden', idsOf(openOf('nobody'))) ??
    refuse('absolute-rule-not-met', idsOf(left(two).filter(({ truth }) => truth === 'not-met'))) ??
    refuse('absolute-rule-unknown', idsOf(left(two).filter(({ truth }) => truth === 'unknown'))) ??
    refuse(
      'override-not-possible',
      [...byId.keys()].filter((id) => !overridable.has(id)),
    ) ??
    refuse(
      'override-needs-reason',
      wanted.overrides.filter((o) => o.reason.trim().length < SHORTEST_REASON).map((o) => o.ruleId),
    ) ??
    refuse(
      'override-must-name-unknown',
      idsOf(
        two.filter(
          ({ ruleId, truth }) => truth === 'unknown' && !NAMES_UNKNOWN.test(byId.get(ruleId)?.reason ?? ''),
        ),
      ),
    ) ??
    refuse('relative-rule-open', idsOf(left(openOf('prescriber')))) ??
    whyNotSecond(idsOf(two), wanted)
  )
}

/** An absolute rule stands aside only by two people. */
function whyNotSecond(
  ruleIds: readonly string[],
  { signer, second, prescribers }: DecisionWanted,
): { readonly reason: EligibilityRefusal; readonly ruleIds: readonly string[] } | undefined {
  if (ruleIds.length === 0) return undefined
  if (second === undefined) return { reason: 'second-prescriber-missing', ruleIds }
  if (second === signer) return { reason: 'second-prescriber-same', ruleIds }
  if (!prescribers.includes(second)) return { reason: 'second-prescriber-not-valid', ruleIds }
  return undefined
}
