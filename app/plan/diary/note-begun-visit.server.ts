import type { Command } from '../../platform/command.server.ts'
import type { Id } from '../../platform/ids.ts'
import { done } from '../../platform/outcome.ts'
import type { AppointmentId } from '../plan.ts'
import { noteBegunVisit as noteAction } from '../plan-access.ts'
import { insertBegun, insertBegunEnd } from './begun-visit-queries.server.ts'
import { entryById } from './entry-queries.server.ts'

/** Keeps that the session of a visit was opened at the bedside. Harmless when repeated; a visit that is not here is passed over. */
export const noteBegunVisit: Command<
  { readonly appointmentId: AppointmentId; readonly sessionId: Id<'dosing-session'> },
  undefined,
  never
> = {
  action: noteAction,
  async run({ db, at, actor, audit }, begun) {
    const entry = await entryById(db, actor.clinicId, begun.appointmentId)
    if (entry && (await insertBegun(db, actor.clinicId, begun, at)))
      audit.write(noteAction.id, { personId: entry.personId, object: 'visit', objectId: entry.id })
    return done(undefined)
  },
}

/** Keeps that a session has ended without a dose: its visit can be cancelled now. Harmless when repeated. */
export const noteEndWithoutDose: Command<
  { readonly appointmentId: AppointmentId; readonly sessionId: Id<'dosing-session'> },
  undefined,
  never
> = {
  action: noteAction,
  async run({ db, at, actor, audit }, { appointmentId, sessionId }) {
    const entry = await entryById(db, actor.clinicId, appointmentId)
    if (!entry) return done(undefined)
    // The two events may be told in either order.
    await insertBegun(db, actor.clinicId, { appointmentId, sessionId }, at)
    if (await insertBegunEnd(db, actor.clinicId, sessionId, at))
      audit.write(noteAction.id, {
        personId: entry.personId,
        object: 'visit',
        objectId: entry.id,
        detail: { ended: 'without-dose' },
      })
    return done(undefined)
  },
}
