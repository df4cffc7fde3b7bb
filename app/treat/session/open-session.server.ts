import { appointmentById } from '../../plan/index.server.ts'
import type { Appointment } from '../../plan/index.ts'
import type { Command } from '../../platform/command.server.ts'
import type { PersonId } from '../../platform/ids.ts'
import { done, refused } from '../../platform/outcome.ts'
import { openSession as openSessionAction } from '../treat-access.ts'
import { appendEvent } from './append-event.server.ts'
import { accountOf } from './recorder.ts'
import type { SessionId } from './session-event.ts'
import { insertSession, sessionRecord, sessionsOfAppointments } from './session-queries.server.ts'

/**
 * Opens the log of an appointment's session. One appointment has one session: opening it again, from another screen
 * or by a repeated post, leads to the first.
 */
export const openSession: Command<
  { readonly appointmentId: Appointment['id']; readonly key: SessionId },
  { readonly sessionId: SessionId; readonly personId: PersonId },
  'no-such-appointment' | 'appointment-cancelled' | 'key-in-use'
> = {
  action: openSessionAction,
  async run(needs, { appointmentId, key }) {
    const { db, at, ids, actor, audit, tell } = needs
    const appointment = await appointmentById(db, actor.clinicId, appointmentId)
    if (!appointment) return refused('no-such-appointment')
    const before = await sessionsOfAppointments(db, actor.clinicId, [appointmentId])
    if (before[0]) return done({ sessionId: before[0].id, personId: before[0].personId })
    if (appointment.cancelledAt) return refused('appointment-cancelled')
    const session = {
      id: key,
      appointmentId,
      planId: appointment.planId,
      personId: appointment.personId,
      sessionNumber: appointment.sessionNumber,
      openedAt: at,
    }
    if (!(await insertSession(db, actor.clinicId, session, accountOf(actor)))) {
      // Somebody opened it in the same moment, or the key names another session.
      const now = await sessionsOfAppointments(db, actor.clinicId, [appointmentId])
      if (now[0]) return done({ sessionId: now[0].id, personId: now[0].personId })
      return refused('key-in-use', { known: (await sessionRecord(db, actor.clinicId, key)) !== undefined })
    }
    audit.write(openSessionAction.id, {
      personId: appointment.personId,
      object: 'session',
      objectId: key,
    })
    tell('session.opened', { sessionId: key, appointmentId })
    const id = ids.next<'session-event'>()
    await appendEvent(needs, session, {
      id,
      kind: 'watch-taken',
      at,
      by: accountOf(actor),
      data: { from: null },
    })
    return done({ sessionId: key, personId: appointment.personId })
  },
}
