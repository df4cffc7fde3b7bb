import type { Needs } from '../platform/command.server.ts'
import type { PersonId } from '../platform/ids.ts'
import { listConcerns } from './concern-queries.server.ts'
import { newlyCritical, type SavedItems } from './newly-critical.ts'
import { raiseConcern } from './raise-concern.server.ts'

/** Answers that were just stored, one or several at once, and where. */
export type SavedItemAnswers = SavedItems & {
  readonly personId: PersonId
  /** Where they are answered ("intake", "form") and the id there. */
  readonly source: string
  readonly objectId: string
}

/**
 * Part of a command: raises a concern for each critical trigger that these answers make certain, before the form is
 * finished. One that is still open for this place and trigger is not raised twice; a closed one is, since the answer is
 * new.
 *
 * @returns whether a critical trigger fired by these answers, also when its concern was open already
 */
export async function raiseIfCritical(needs: Needs, input: SavedItemAnswers): Promise<boolean> {
  const { personId, source, objectId, instrumentId, saved } = input
  const fired = newlyCritical(input)
  for (const id of fired) {
    const open = await listConcerns(needs.db, needs.actor.clinicId, { notClosed: true, personId })
    if (open.some((concern) => concern.objectId === objectId && concern.trigger === id)) continue
    await raiseConcern(needs, {
      personId,
      source,
      objectId,
      trigger: id,
      severity: 'critical',
      occasion: saved.map(({ itemId, revision }) => `${instrumentId}.${itemId} ${revision}`).join(' '),
    })
  }
  return fired.length > 0
}
