import { firedTriggers, type ScoringContext } from '@evenkeel/questionnaires'
import type { Needs } from '../platform/command.server.ts'
import type { PersonId } from '../platform/ids.ts'
import { listConcerns } from './concern-queries.server.ts'
import { raiseConcern } from './raise-concern.server.ts'

/** One answer to an instrument's item that was just stored. */
export type NewItemAnswer = {
  readonly personId: PersonId
  /** Where it is answered ("intake", "form") and the id there. */
  readonly source: string
  readonly objectId: string
  readonly instrumentId: string
  readonly itemId: string
  readonly revision: number
  /** Every answer to the instrument as it stands now, this one included. */
  readonly answers: Readonly<Record<string, unknown>>
  readonly context?: ScoringContext
}

/**
 * Part of a command: raises a concern for each critical trigger that fires with this answer and would not without
 * it, before the form is finished. One that is still open for this place and trigger is not raised twice; a closed one
 * is, since the answer is new.
 *
 * @returns whether a critical trigger fired by this answer, also when its concern was open already
 */
export async function raiseIfCritical(needs: Needs, answer: NewItemAnswer): Promise<boolean> {
  const { personId, source, objectId, instrumentId, itemId, context } = answer
  const without = { ...answer.answers, [itemId]: null }
  const before = new Set(firedTriggers(instrumentId, without, context).map((trigger) => trigger.id))
  let fired = false
  for (const trigger of firedTriggers(instrumentId, answer.answers, context)) {
    if (trigger.severity !== 'critical' || before.has(trigger.id)) continue
    fired = true
    const open = await listConcerns(needs.db, needs.actor.clinicId, { notClosed: true, personId })
    if (open.some((c) => c.objectId === objectId && c.trigger === trigger.id)) continue
    await raiseConcern(needs, {
      personId,
      source,
      objectId,
      trigger: trigger.id,
      severity: trigger.severity,
      occasion: `${instrumentId}.${itemId} ${answer.revision}`,
    })
  }
  return fired
}
