import { clinicById } from '../../identity/index.server.ts'
import type { Read } from '../../platform/database.server.ts'
import type { ClinicId } from '../../platform/ids.ts'
import { localDateOf } from '../../platform/time.ts'
import { givenDoses } from '../orders/given-dose-queries.server.ts'
import type { DiaryEntry } from './diary-entry.ts'

/**
 * Whether a dose was begun in a visit, as far as the bedside has told: one by the visit's plan on the visit's day, since
 * no dose is started on another day. Such a visit stays where it is: nobody may book its session once more.
 */
export async function wasDosed(
  db: Read,
  clinicId: ClinicId,
  { planId, personId, sessionNumber, startsAt }: DiaryEntry,
): Promise<boolean> {
  if (sessionNumber === undefined) return false
  const timeZone = (await clinicById(db, clinicId))?.timeZone ?? 'UTC'
  const day = localDateOf(startsAt, timeZone)
  const doses = await givenDoses(db, clinicId, personId)
  return doses.some((dose) => dose.planId === planId && localDateOf(dose.dosedAt, timeZone) === day)
}
