import { clinicById, personById } from '../../identity/index.server.ts'
import { isFreshStepUp, type StepUp } from '../../identity/index.ts'
import type { Command } from '../../platform/command.server.ts'
import type { Id, PersonId } from '../../platform/ids.ts'
import { done, refused } from '../../platform/outcome.ts'
import { localDateOf } from '../../platform/time.ts'
import { shownInteraction } from './interaction.ts'
import { interactionsOfPerson } from './interactions-of.server.ts'
import { overrideInteraction as overrideAction } from './medicine-access.ts'
import { insertOverride, overridesOfDay } from './medicine-queries.server.ts'

export type OverrideInteraction = {
  readonly key: Id<'interaction-override'>
  readonly personId: PersonId
  readonly ruleId: string
  readonly reason: string
  /** The rule on the list as they stood on the page, see `shownInteraction`. */
  readonly shown: string
  /** That the signer has just given their password again. */
  readonly stepUp: StepUp
}

/**
 * A prescriber sets a red interaction aside for today, by name and with the reason. It holds for the list as it stands:
 * another medicine, or another version of the rule, asks again, also when it came between page and signature. Rules that
 * nobody sets aside are refused.
 */
export const overrideInteraction: Command<
  OverrideInteraction,
  { readonly id: Id<'interaction-override'> },
  | 'no-such-person'
  | 'not-confirmed'
  | 'nothing-to-set-aside'
  | 'never-set-aside'
  | 'changed-meanwhile'
  | 'id-taken'
> = {
  action: overrideAction,
  async run({ db, at, actor, audit, tell }, { key, personId, ruleId, reason, shown, stepUp }) {
    const { clinicId } = actor
    if (actor.kind !== 'member' || !(await personById(db, clinicId, personId)))
      return refused('no-such-person')
    if (!isFreshStepUp(stepUp, actor, at)) return refused('not-confirmed')
    const day = localDateOf(at, (await clinicById(db, clinicId))?.timeZone ?? 'UTC')
    const earlier = (await overridesOfDay(db, clinicId, personId, day)).find(({ id }) => id === key)
    if (earlier) {
      const same = earlier.ruleId === ruleId && earlier.reason === reason.trim()
      return same ? done({ id: key }) : refused('id-taken')
    }
    const { list, interactions } = await interactionsOfPerson(db, clinicId, personId, at)
    const one = interactions.find(({ rule }) => rule.id === ruleId)
    if (!one?.holds) return refused('nothing-to-set-aside')
    if (one.rule.override === 'never') return refused('never-set-aside')
    if (shownInteraction(one, list) !== shown) return refused('changed-meanwhile')
    const stored = await insertOverride(db, clinicId, {
      id: key,
      personId,
      ruleId,
      ruleVersion: one.rule.version,
      day,
      seen: list.medicines.map(({ id }) => id),
      reason: reason.trim(),
      signedBy: actor.accountId,
      signedAt: at,
    })
    if (!stored) return refused('id-taken')
    audit.write(overrideAction.id, {
      personId,
      object: 'interaction',
      objectId: key,
      detail: { rule: ruleId, version: one.rule.version, day, passwordGivenAt: stepUp.at },
    })
    tell('interaction.set-aside', { personId, ruleId, day })
    return done({ id: key })
  },
}
