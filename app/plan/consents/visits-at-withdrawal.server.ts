import type { Read } from '../../platform/database.server.ts'
import type { ClinicId, PersonId } from '../../platform/ids.ts'
import { addMs, DAY_MS, type Instant } from '../../platform/time.ts'
import { appointmentsOfPerson } from '../diary/entry-queries.server.ts'
import { visitCourses } from '../diary/visit-course.server.ts'
import type { Appointment } from '../plan.ts'

/**
 * What taking back consent to treatment meets in the diary: visits that nobody has begun, or that ended without a dose,
 * and whose time is not over are cancelled. One with a dose stays as it is. Those that were opened at the bedside within
 * the last day and have not ended stay too, because the person may be in the room.
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
  const courses = await visitCourses(db, clinicId, live)
  const isAhead = ({ id, endsAt }: Appointment) => {
    const course = courses.get(id)?.course ?? 'not-begun'
    return endsAt > at && (course === 'not-begun' || course === 'ended-without-dose')
  }
  return { ahead: live.filter(isAhead), underWay: live.filter(({ id }) => courses.get(id)?.underWay) }
}
