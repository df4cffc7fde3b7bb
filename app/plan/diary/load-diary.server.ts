import { clinicById, members } from '../../identity/index.server.ts'
import type { Role } from '../../platform/actor.ts'
import type { Read } from '../../platform/database.server.ts'
import type { ClinicId } from '../../platform/ids.ts'
import { addMs, DAY_MS, type Instant, localDateOf } from '../../platform/time.ts'
import type { StaffPart } from './appointment-type.ts'
import { closures, leaves, workingWeeks } from './calendar-queries.server.ts'
import type { DiaryFacts } from './diary-facts.ts'
import { allChairs, appointmentTypes, equipment, rooms } from './resource-queries.server.ts'

const PARTS: readonly StaffPart[] = ['nurse', 'therapist', 'prescriber']

/** @param from nothing that ended before it is loaded */
export async function loadDiary(db: Read, clinicId: ClinicId, from: Instant): Promise<DiaryFacts> {
  const clinic = await clinicById(db, clinicId)
  if (!clinic) throw new Error(`there is no clinic ${clinicId}`)
  const dayBefore = addMs(from, -DAY_MS)
  const people = await members(db, clinicId, PARTS as readonly Role[])
  return {
    clinic,
    types: await appointmentTypes(db, clinicId),
    chairs: await allChairs(db, clinicId),
    rooms: await rooms(db, clinicId),
    equipment: await equipment(db, clinicId),
    staff: people.map((m) => ({
      membershipId: m.membershipId,
      name: m.name,
      parts: PARTS.filter((part) => m.roles.includes(part)),
    })),
    weeks: await workingWeeks(db, clinicId),
    leaves: await leaves(db, clinicId, dayBefore),
    closures: await closures(db, clinicId, localDateOf(dayBefore, clinic.timeZone)),
  }
}
