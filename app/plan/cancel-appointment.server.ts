import type { Command, Needs } from '../platform/command.server.ts'
import { done, refused } from '../platform/outcome.ts'
import type { CancelReason } from './cancel-reason.ts'
import { appointmentById, markCancelled } from './diary-queries.server.ts'
import type { Appointment, AppointmentId } from './plan.ts'
import { cancelAppointment as cancelAction } from './plan-access.ts'

/** Cancels one visit; its chair and nurse are free at once. Repeating it changes nothing. */
export const cancelAppointment: Command<
  { readonly appointmentId: AppointmentId; readonly reason: CancelReason },
  { readonly appointmentId: AppointmentId },
  'no-such-appointment' | 'already-over'
> = {
  action: cancelAction,
  async run(needs, { appointmentId, reason }) {
    const appointment = await appointmentById(needs.db, needs.actor.clinicId, appointmentId)
    if (!appointment) return refused('no-such-appointment')
    if (appointment.cancelledAt) return done({ appointmentId })
    if (appointment.endsAt <= needs.at) return refused('already-over')
    await cancelVisits(needs, [appointment], reason)
    return done({ appointmentId })
  },
}

/** Part of a command: cancels visits and tells so. */
export async function cancelVisits(
  { db, at, actor, audit, tell }: Needs,
  visits: readonly Appointment[],
  reason: CancelReason,
): Promise<void> {
  for (const visit of visits) {
    if (!(await markCancelled(db, actor.clinicId, visit.id, reason, at))) continue
    audit.write(cancelAction.id, {
      personId: visit.personId,
      object: 'visit',
      objectId: visit.id,
      detail: { reason },
    })
    tell('appointment.cancelled', {
      appointmentId: visit.id,
      planId: visit.planId,
      personId: visit.personId,
    })
  }
}
