import { isDeepStrictEqual } from 'node:util'
import { members } from '../../identity/index.server.ts'
import { isFreshStepUp, isRecentStepUp, type StepUp } from '../../identity/index.ts'
import type { Role } from '../../platform/actor.ts'
import type { Command } from '../../platform/command.server.ts'
import { done, refused } from '../../platform/outcome.ts'
import { setRule as setRuleAction } from '../assess-access.ts'
import { SHORTEST_REASON } from './decision.ts'
import { ELIGIBILITY_NOTICES } from './eligibility-notices.ts'
import { ELIGIBILITY_RULES } from './eligibility-rules.ts'
import { insertRuleSetting, ruleSettings } from './rule-setting-queries.server.ts'
import { type RuleSetting, type SettingRefusal, whyNotSet } from './rules-as-set.ts'

export type SetRule = Pick<RuleSetting, 'ruleId' | 'numbers' | 'strictness' | 'reason'> & {
  /** Made by the form; becomes the setting's id, so that a double click sets once. */
  readonly key: RuleSetting['id']
  /** The revision that was on the page; 0 while the rule is as it comes. */
  readonly seenRevision: number
  readonly stepUp: StepUp
  readonly secondStepUp: StepUp | undefined
}

/** Both must sign, in either order: one who answers for the clinic, one who prescribes. */
const BOTH: readonly Role[] = ['manager', 'prescriber']

/**
 * Sets the numbers and the strictness of a rule for the clinic, or confirms it as it comes. A manager and a
 * prescriber sign, each with their own password. Decisions that were made under another version go stale.
 */
export const setRule: Command<
  SetRule,
  { readonly revision: number },
  | SettingRefusal
  | 'no-such-rule'
  | 'reason-missing'
  | 'not-confirmed'
  | 'second-missing'
  | 'second-same'
  | 'second-not-valid'
  | 'set-meanwhile'
> = {
  action: setRuleAction,
  async run({ db, at, actor, audit, tell }, input) {
    const rule = [...ELIGIBILITY_RULES, ...ELIGIBILITY_NOTICES].find(({ id }) => id === input.ruleId)
    if (!rule) return refused('no-such-rule')
    const { stepUp, secondStepUp: second } = input
    if (actor.kind !== 'member' || !isFreshStepUp(stepUp, actor, at)) {
      return refused('not-confirmed')
    }
    if (!second) return refused('second-missing')
    if (!isRecentStepUp(second, at)) return refused('not-confirmed')
    if (second.accountId === actor.accountId) return refused('second-same')
    const colleague = (await members(db, actor.clinicId, BOTH)).find(
      ({ accountId }) => accountId === second.accountId,
    )
    if (!colleague || !bothSides(actor.roles, colleague.roles)) return refused('second-not-valid')
    if (input.reason.trim().length < SHORTEST_REASON) return refused('reason-missing')
    const why = whyNotSet(rule, input)
    if (why) return refused(why.reason, { names: why.names })
    const own = (await ruleSettings(db, actor.clinicId)).filter(({ ruleId }) => ruleId === rule.id)
    const repeated = own.find(({ id }) => id === input.key)
    // A form that has signed and was changed since: nobody must believe that the change was signed.
    if (repeated)
      return isSame(repeated, input) ? done({ revision: repeated.revision }) : refused('set-meanwhile')
    const revision = (own.at(-1)?.revision ?? 0) + 1
    if (revision !== input.seenRevision + 1) return refused('set-meanwhile')
    const stored = await insertRuleSetting(db, actor.clinicId, {
      id: input.key,
      ruleId: rule.id,
      revision,
      numbers: input.numbers,
      strictness: input.strictness,
      reason: input.reason.trim(),
      setBy: actor.accountId,
      setAt: at,
      secondBy: second.accountId,
      secondAt: second.at,
    })
    if (!stored) return refused('set-meanwhile')
    audit.write(setRuleAction.id, {
      object: 'eligibility-rule',
      objectId: input.key,
      detail: { rule: rule.id, revision, second: second.accountId, secondPasswordGivenAt: second.at },
    })
    tell('eligibility-rule.set', { ruleId: rule.id, revision })
    return done({ revision })
  },
}

function isSame(stored: RuleSetting, { numbers, strictness, reason }: SetRule): boolean {
  return (
    stored.reason === reason.trim() &&
    stored.strictness === strictness &&
    isDeepStrictEqual({ ...stored.numbers }, { ...numbers })
  )
}

/** Whether one of two people manages and the other prescribes. */
function bothSides(one: readonly Role[], other: readonly Role[]): boolean {
  return (
    (one.includes('manager') && other.includes('prescriber')) ||
    (one.includes('prescriber') && other.includes('manager'))
  )
}
