import { members } from '../../identity/index.server.ts'
import type { Read } from '../../platform/database.server.ts'
import type { ClinicId, MembershipId, PersonId } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'
import type { Appointment, AppointmentId, ChairId, PlanId, SeriesId } from '../plan.ts'
import type { DiaryEntry, RoomId } from './diary-entry.ts'
import { type DiaryTables, readDiary, toHold } from './diary-queries.server.ts'
import type { Hold, ResourceId } from './hold.ts'
import { allChairs, appointmentTypes, equipment, rooms } from './resource-queries.server.ts'

function appointmentRows(db: Read, clinicId: ClinicId) {
  return readDiary(db)
    .selectFrom('diary_appointment')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .orderBy('starts_at')
    .orderBy('id')
}

async function toEntries(
  db: Read,
  clinicId: ClinicId,
  rows: readonly DiaryTables['diary_appointment'][],
): Promise<DiaryEntry[]> {
  if (rows.length === 0) return []
  const holdRows = await readDiary(db)
    .selectFrom('diary_hold')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where(
      'appointment_id',
      'in',
      rows.map((row) => row.id),
    )
    .orderBy('resource_id')
    .execute()
  const holdsOf = Map.groupBy(holdRows.map(toHold), (hold) => hold.appointmentId)
  const names = new Map((await members(db, clinicId)).map((m) => [m.membershipId as string, m.name]))
  const types = new Map((await appointmentTypes(db, clinicId)).map((t) => [t.code, t]))
  const roomName = new Map((await rooms(db, clinicId)).map((r) => [r.id, r.name]))
  const chairOf = new Map((await allChairs(db, clinicId)).map((c) => [c.id as string, c]))
  const itemName = new Map((await equipment(db, clinicId)).map((e) => [e.id as string, e.name]))
  const nameOf = (id: string) => names.get(id) ?? 'somebody who no longer works here'
  return rows.map((row) => {
    const holds = holdsOf.get(row.id) ?? []
    const type = types.get(row.type_code)
    const onSite = holds.find((h) => h.sharing === 'present')
    return {
      id: row.id,
      seriesId: row.series_id,
      typeCode: row.type_code,
      typeName: type?.name ?? 'Appointment',
      neutralName: type?.neutralName ?? 'Appointment',
      personId: row.person_id,
      planId: row.plan_id ?? undefined,
      sessionNumber: row.session_number ?? undefined,
      startsAt: row.starts_at,
      endsAt: row.ends_at,
      heldFrom: holds.reduce((least, h) => (h.from < least ? h.from : least), row.starts_at),
      heldUntil: holds.reduce((most, h) => (h.until > most ? h.until : most), row.ends_at),
      place: placeOf(holds, chairOf, roomName),
      staff: holds
        .filter((h) => h.kind === 'staff' && h.sharing === 'alone')
        .map((h) => ({
          part: h.part ?? 'nurse',
          membershipId: h.resourceId as unknown as MembershipId,
          name: nameOf(h.resourceId),
        })),
      onSite: onSite && {
        membershipId: onSite.resourceId as unknown as MembershipId,
        name: nameOf(onSite.resourceId),
      },
      equipment: holds
        .filter((h) => h.kind === 'equipment')
        .map((h) => ({
          id: h.resourceId as unknown as DiaryEntry['equipment'][number]['id'],
          name: itemName.get(h.resourceId) ?? 'an item no longer known',
        })),
      bookedAt: row.booked_at,
      movedAt: row.moved_at ?? undefined,
      cancelledAt: row.cancelled_at ?? undefined,
      changes: row.changes,
    }
  })
}

function placeOf(
  holds: readonly Hold[],
  chairOf: ReadonlyMap<string, Awaited<ReturnType<typeof allChairs>>[number]>,
  roomName: ReadonlyMap<RoomId, string>,
): DiaryEntry['place'] {
  const hold = holds.find((h) => h.kind === 'chair' || h.kind === 'room')
  if (!hold) return undefined
  const chair = chairOf.get(hold.resourceId)
  if (chair)
    return {
      kind: 'chair',
      id: chair.id,
      roomId: chair.roomId,
      roomName: chair.roomName,
      chairName: chair.name,
      label: `${chair.roomName}, ${chair.name}`,
    }
  const roomId = hold.resourceId as unknown as RoomId
  const name = roomName.get(roomId) ?? 'a room no longer known'
  return { kind: 'room', id: roomId, roomId, roomName: name, chairName: undefined, label: name }
}

export async function entryById(
  db: Read,
  clinicId: ClinicId,
  id: AppointmentId,
): Promise<DiaryEntry | undefined> {
  return (
    await toEntries(db, clinicId, await appointmentRows(db, clinicId).where('id', '=', id).execute())
  )[0]
}

/** Every entry of a person by time, cancelled ones too. */
export async function entriesOfPerson(
  db: Read,
  clinicId: ClinicId,
  personId: PersonId,
): Promise<DiaryEntry[]> {
  return toEntries(
    db,
    clinicId,
    await appointmentRows(db, clinicId).where('person_id', '=', personId).execute(),
  )
}

/** Entries that begin from `from` to before `to`, by time; cancelled ones are left out. */
export async function entriesBetween(
  db: Read,
  clinicId: ClinicId,
  from: Instant,
  to: Instant,
): Promise<DiaryEntry[]> {
  return toEntries(
    db,
    clinicId,
    await appointmentRows(db, clinicId)
      .where('starts_at', '>=', from)
      .where('starts_at', '<', to)
      .where('cancelled_at', 'is', null)
      .execute(),
  )
}

/**
 * Entries that hold a person, member of staff, chair or room and end after `from`, by time; cancelled ones only when they
 * were cancelled after `from`.
 */
export async function entriesOfResource(
  db: Read,
  clinicId: ClinicId,
  resourceId: ResourceId,
  from: Instant,
): Promise<DiaryEntry[]> {
  const holding = await readDiary(db)
    .selectFrom('diary_hold')
    .select('appointment_id')
    .where('clinic_id', '=', clinicId)
    .where('resource_id', '=', resourceId)
    .where('sharing', '=', 'alone')
    .where('held_until', '>', from)
    .execute()
  if (holding.length === 0) return []
  const rows = await appointmentRows(db, clinicId)
    .where(
      'id',
      'in',
      holding.map((row) => row.appointment_id),
    )
    .where((e) => e.or([e('cancelled_at', 'is', null), e('cancelled_at', '>', from)]))
    .execute()
  return toEntries(db, clinicId, rows)
}

/** Cancelled entries that would begin after an instant: times that became free, by time. */
export async function freedEntries(db: Read, clinicId: ClinicId, after: Instant): Promise<DiaryEntry[]> {
  const rows = await appointmentRows(db, clinicId)
    .where('starts_at', '>', after)
    .where('cancelled_at', 'is not', null)
    .execute()
  return toEntries(db, clinicId, rows)
}

/** The entries made by one booking, by time. */
export async function entriesOfSeries(
  db: Read,
  clinicId: ClinicId,
  seriesId: SeriesId,
): Promise<DiaryEntry[]> {
  return toEntries(
    db,
    clinicId,
    await appointmentRows(db, clinicId).where('series_id', '=', seriesId).execute(),
  )
}

/** The dosing sessions among entries, as those who treat read them. */
export function dosingVisits(entries: readonly DiaryEntry[]): Appointment[] {
  return entries.flatMap((entry) => {
    const nurse = entry.staff.find((s) => s.part === 'nurse')
    const { planId, sessionNumber, place } = entry
    if (!planId || !sessionNumber || place?.kind !== 'chair' || !nurse) return []
    return [
      {
        id: entry.id,
        planId,
        personId: entry.personId,
        sessionNumber,
        startsAt: entry.startsAt,
        endsAt: entry.endsAt,
        chairId: place.id as ChairId,
        chairName: place.chairName ?? '',
        roomName: place.roomName,
        nurseMembershipId: nurse.membershipId,
        nurseName: nurse.name,
        movedAt: entry.movedAt,
        cancelledAt: entry.cancelledAt,
      },
    ]
  })
}

export async function appointmentById(
  db: Read,
  clinicId: ClinicId,
  id: AppointmentId,
): Promise<Appointment | undefined> {
  const entry = await entryById(db, clinicId, id)
  return entry && dosingVisits([entry])[0]
}

/** Every dosing session of a person by time, cancelled ones too. */
export async function appointmentsOfPerson(
  db: Read,
  clinicId: ClinicId,
  personId: PersonId,
): Promise<Appointment[]> {
  return dosingVisits(await entriesOfPerson(db, clinicId, personId))
}

/** Every dosing session of a plan by time, cancelled ones too. */
export async function appointmentsOfPlan(
  db: Read,
  clinicId: ClinicId,
  planId: PlanId,
): Promise<Appointment[]> {
  const rows = await appointmentRows(db, clinicId).where('plan_id', '=', planId).execute()
  return dosingVisits(await toEntries(db, clinicId, rows))
}

/** Dosing sessions that begin from `from` to before `to`, by time; cancelled ones are left out. */
export async function appointmentsBetween(
  db: Read,
  clinicId: ClinicId,
  from: Instant,
  to: Instant,
): Promise<Appointment[]> {
  return dosingVisits(await entriesBetween(db, clinicId, from, to))
}
