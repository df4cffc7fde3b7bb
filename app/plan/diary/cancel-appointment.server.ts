import type { Command, Needs } from '../../platform/command.server.ts'
import { done, refused } from '../../platform/outcome.ts'
import type { AppointmentId } from '../plan.ts'
import { cancelAppointment as cancelAction } from '../plan-access.ts'
import type { CancelReason } from './cancel-reason.ts'
import type { DiaryEntry } from './diary-entry.ts'
import { markCancelled } from './diary-queries.server.ts'
import { entryById } from './entry-queries.server.ts'
import { holdVisit } from './move-appointment.server.ts'
import { courseOf } from './visit-course.server.ts'
import { type CourseRefusal, courseRefusal } from './visit-course.ts'

/** Cancels one visit; everything it holds is free at once. Repeating it changes nothing. */
export const cancelAppointment: Command<
  { readonly appointmentId: AppointmentId; readonly reason: CancelReason },
  { readonly appointmentId: AppointmentId },
  'no-such-appointment' | CourseRefusal
> = {
  action: cancelAction,
  async run(needs, { appointmentId, reason }) {
    await holdVisit(needs, appointmentId)
    const entry = await entryById(needs.db, needs.actor.clinicId, appointmentId)
    if (!entry) return refused('no-such-appointment')
    if (entry.cancelledAt) return done({ appointmentId })
    const { course } = await courseOf(needs.db, needs.actor.clinicId, entry)
    const no = courseRefusal({ endsAt: entry.endsAt, course }, 'cancel', needs.at)
    if (no) return refused(no)
    await cancelVisits(needs, [entry], reason)
    return done({ appointmentId })
  },
}

/** Part of a command: cancels visits and tells so. @param action under which it is audited */
export async function cancelVisits(
  { db, at, actor, audit, tell }: Needs,
  visits: readonly (Pick<DiaryEntry, 'id' | 'personId' | 'planId'> & { readonly typeCode?: string })[],
  reason: CancelReason,
  action: string = cancelAction.id,
): Promise<void> {
  for (const visit of visits) {
    if (!(await markCancelled(db, actor.clinicId, visit.id, reason, at))) continue
    audit.write(action, {
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
