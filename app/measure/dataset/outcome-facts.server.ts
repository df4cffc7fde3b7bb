import { calendarDaysOfClinic } from '../../assess/index.server.ts'
import { checkInsOfClinic } from '../../follow-up/index.server.ts'
import { planMakers } from '../../plan/index.server.ts'
import type { Read } from '../../platform/database.server.ts'
import type { ClinicId } from '../../platform/ids.ts'
import { localDateOf } from '../../platform/time.ts'
import { dosesOfClinic } from '../../treat/index.server.ts'
import type { OutcomeFacts } from './outcome-course.ts'

/**
 * What the slices know of everybody, in the clinic's days, for `outcomeCourses`. Everything of the clinic at once: pages
 * read the stored courses instead, which the same facts lead to in the database.
 */
export async function outcomeFacts(db: Read, clinicId: ClinicId, timeZone: string): Promise<OutcomeFacts> {
  const makers = await planMakers(db, clinicId)
  return {
    doses: (await dosesOfClinic(db, clinicId)).map(({ personId, planId, at }) => ({
      personId,
      day: localDateOf(at, timeZone),
      plannedBy: makers.get(planId) ?? null,
    })),
    checkIns: await checkInsOfClinic(db, clinicId),
    calendarDays: await calendarDaysOfClinic(db, clinicId),
  }
}
