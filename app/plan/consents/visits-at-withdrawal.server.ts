import type { Read } from '../../platform/database.server.ts'
import type { ClinicId, PersonId } from '../../platform/ids.ts'
import { addMs, DAY_MS, type Instant } from '../../platform/time.ts'
import { begunVisits } from '../diary/begun-visit-queries.server.ts'
import { appointmentsOfPerson } from '../diary/entry-queries.server.ts'
import type { Appointment } from '../plan.ts'

/**
 * What taking back consent to treatment meets in the diary: visits that nobody has begun and whose time is not over are
 * cancelled; those that were opened at the bedside within the last day and have not ended stay, because the person may be
 * in the room.
 */
export async function visitsAtWithdrawal(
  db: Read,
  clinicId: ClinicId,
  personId: PersonId,
  at: Instant,
): Promise<{ readonly ahead: readonly Appointment[]; readonly underWay: readonly Appointment[] }> {
  const live = (await appointmentsOfPerson(db, clinicId, personId)).filter(
    (visit) => !visit.cancelledAt && visit.endsAt > addMs(at, -DAY_MS),
  )
  const begun = await begunVisits(
    db,
    clinicId,
    live.map(({ id }) => id),
  )
  return {
    ahead: live.filter((visit) => visit.endsAt > at && (begun.get(visit.id)?.ended ?? true)),
    underWay: live.filter((visit) => begun.get(visit.id)?.ended === false),
  }
}
