import type { Command } from '../../platform/command.server.ts'
import { done } from '../../platform/outcome.ts'
import { noteGivenDose as noteGivenDoseAction } from '../plan-access.ts'
import type { GivenDoseNote } from './given-dose.ts'
import { insertGivenDose } from './given-dose-queries.server.ts'
import { orderById } from './order-queries.server.ts'

/**
 * Keeps that a dose was given by an order and how it was borne, so that the next order knows what it is raised above.
 * Harmless when repeated; a dose by an order that is not on record here is passed over.
 */
export const noteGivenDose: Command<GivenDoseNote, undefined, never> = {
  action: noteGivenDoseAction,
  async run({ db, at, actor, audit }, dose) {
    const order = await orderById(db, actor.clinicId, dose.orderId)
    if (order && (await insertGivenDose(db, actor.clinicId, dose, at))) {
      audit.write(noteGivenDoseAction.id, {
        personId: dose.personId,
        object: 'session',
        objectId: dose.sessionId,
      })
    }
    return done(undefined)
  },
}
