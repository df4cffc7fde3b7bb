import { members } from '../identity/index.server.ts'
import type { Needs } from '../platform/command.server.ts'
import type { PersonId } from '../platform/ids.ts'
import { planMail } from '../platform/mail.server.ts'
import { type Concern, type ConcernSeverity, chooseOwner, dueAt } from './concern.ts'
import { concernByKey, insertConcern, safetyDuty } from './concern-queries.server.ts'

export type NewConcern = {
  readonly personId: PersonId
  /** Where it came from ("intake", "check-in" …) and the id there. */
  readonly source: string
  readonly objectId: string
  /** The trigger that fired, such as "phq9-item9". */
  readonly trigger: string
  readonly severity: ConcernSeverity
  /** Tells one occasion from the next at the same place, such as the revision of an answer; default "1". */
  readonly occasion?: string
}

/**
 * Part of a command: raises a safety concern in the same transaction as the answer that caused it, names the
 * person who must respond, and writes to them in neutral words. The same occasion raises one concern only.
 */
export async function raiseConcern(
  { db, at, ids, actor, audit, jobs, tell }: Needs,
  input: NewConcern,
): Promise<{ readonly concern: Concern; readonly raisedNow: boolean }> {
  const clinicId = actor.clinicId
  const key = [input.source, input.objectId, input.trigger, input.occasion ?? '1'].join(' ')
  const owner = chooseOwner(await members(db, clinicId), await safetyDuty(db, clinicId))
  const concern: Concern = {
    id: ids.next(),
    personId: input.personId,
    source: input.source,
    objectId: input.objectId,
    trigger: input.trigger,
    severity: input.severity,
    ownerMembershipId: owner?.membershipId,
    raisedAt: at,
    dueAt: dueAt(at),
  }
  if (!(await insertConcern(db, clinicId, concern, key))) {
    return { concern: (await concernByKey(db, clinicId, key)) ?? concern, raisedNow: false }
  }
  audit.write('assess.raise-concern', {
    personId: input.personId,
    object: 'concern',
    objectId: concern.id,
    detail: { trigger: input.trigger, owner: owner?.membershipId ?? null },
  })
  tell('concern.raised', { concernId: concern.id, personId: input.personId })
  if (owner) {
    await planMail({ db, at, ids, jobs }, clinicId, {
      key: `concern ${concern.id}`,
      to: owner.email,
      subject: 'Something needs you in the workspace within the hour',
      body: [
        'Something in the workspace has your name on it and is due within one hour.',
        'Sign in to the workspace; it stands at the top of every page.',
        'If you cannot look at it now, please call a colleague who can.',
      ].join('\n\n'),
    })
  }
  return { concern, raisedNow: true }
}
