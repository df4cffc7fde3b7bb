import { sql } from 'kysely'
import { type Read, reader, type Write, writer } from '../../platform/database.server.ts'
import type { AccountId, ClinicId, PersonId } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'
import type { AppointmentId, PlanId, SeriesId } from '../plan.ts'
import type { StaffPart } from './appointment-type.ts'
import type { Hold, ResourceId, ResourceKind, StoredHold } from './hold.ts'

/** Names the tables of what is booked. */
export type DiaryTables = {
  booking_series: {
    clinic_id: ClinicId
    id: SeriesId
    plan_id: PlanId | null
    booked_by: AccountId | null
    booked_at: Instant
  }
  diary_appointment: {
    clinic_id: ClinicId
    id: AppointmentId
    series_id: SeriesId
    type_code: string
    plan_id: PlanId | null
    person_id: PersonId
    session_number: number | null
    starts_at: Instant
    ends_at: Instant
    booked_at: Instant
    moved_at: Instant | null
    cancelled_at: Instant | null
    cancel_reason: string | null
    /** How often it was moved or cancelled since. */
    changes: number
  }
  diary_hold: {
    clinic_id: ClinicId
    appointment_id: AppointmentId
    resource_kind: ResourceKind
    resource_id: ResourceId
    sharing: 'alone' | 'present'
    part: StaffPart | null
    held_from: Instant
    held_until: Instant
    live: boolean
  }
}

export const readDiary = (db: Read) => reader<DiaryTables>(db)
const write = (db: Write) => writer<DiaryTables>(db)

// Booking

/** @returns false when this series was booked before */
export async function insertSeries(
  db: Write,
  clinicId: ClinicId,
  series: { id: SeriesId; planId: PlanId | undefined; by: AccountId | undefined; at: Instant },
): Promise<boolean> {
  const row = await write(db)
    .insertInto('booking_series')
    .values({
      clinic_id: clinicId,
      id: series.id,
      plan_id: series.planId ?? null,
      booked_by: series.by ?? null,
      booked_at: series.at,
    })
    .onConflict((c) => c.columns(['clinic_id', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export type NewAppointment = {
  readonly id: AppointmentId
  readonly seriesId: SeriesId
  readonly typeCode: string
  readonly planId: PlanId | undefined
  readonly personId: PersonId
  readonly sessionNumber: number | undefined
  readonly startsAt: Instant
  readonly endsAt: Instant
}

/** Writes one appointment without its holds. @returns false when this session of the plan is booked already */
export async function insertAppointment(
  db: Write,
  clinicId: ClinicId,
  a: NewAppointment,
  at: Instant,
): Promise<boolean> {
  const row = await write(db)
    .insertInto('diary_appointment')
    .values({
      clinic_id: clinicId,
      id: a.id,
      series_id: a.seriesId,
      type_code: a.typeCode,
      plan_id: a.planId ?? null,
      person_id: a.personId,
      session_number: a.sessionNumber ?? null,
      starts_at: a.startsAt,
      ends_at: a.endsAt,
      booked_at: at,
      moved_at: null,
      cancelled_at: null,
      cancel_reason: null,
      changes: 0,
    })
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/**
 * Takes everything that appointments hold, if the database lets it: `on conflict do nothing` waits for others who write
 * at the same time and leaves the transaction whole, so that the caller can look who was first. Everybody takes in the
 * same order (resource, then time), so that two never wait for each other crosswise.
 *
 * @returns false when something is taken; then undo what was taken, by a savepoint or a refusal
 */
export async function insertHolds(
  db: Write,
  clinicId: ClinicId,
  holds: readonly StoredHold[],
): Promise<boolean> {
  if (holds.length === 0) return true
  const inOrder = [...holds].sort(
    (a, b) => a.resourceId.localeCompare(b.resourceId) || a.from.localeCompare(b.from),
  )
  const rows = await write(db)
    .insertInto('diary_hold')
    .values(
      inOrder.map((hold) => ({
        clinic_id: clinicId,
        appointment_id: hold.appointmentId,
        resource_kind: hold.kind,
        resource_id: hold.resourceId,
        sharing: hold.sharing,
        part: hold.part ?? null,
        held_from: hold.from,
        held_until: hold.until,
        live: true,
      })),
    )
    .onConflict((c) => c.doNothing())
    .returning('resource_id')
    .execute()
  return rows.length === holds.length
}

/** Runs a part that can be undone alone. @returns what the part returned; false undoes it */
export async function tentatively(db: Write, part: () => Promise<boolean>): Promise<boolean> {
  await sql`savepoint tentative`.execute(write(db))
  const kept = await part()
  await (kept ? sql`release savepoint tentative` : sql`rollback to savepoint tentative`).execute(write(db))
  return kept
}

/**
 * Holds the row of an appointment until the transaction ends, so that two who move or cancel it come one after the other.
 *
 * @returns false when there is none
 */
export async function lockAppointment(db: Write, clinicId: ClinicId, id: AppointmentId): Promise<boolean> {
  const row = await write(db)
    .selectFrom('diary_appointment')
    .select('id')
    .where('clinic_id', '=', clinicId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row !== undefined
}

/** Gives an appointment other times and holds. @returns false, and nothing is changed, when something is taken */
export function moveTo(
  db: Write,
  clinicId: ClinicId,
  id: AppointmentId,
  to: { readonly startsAt: Instant; readonly endsAt: Instant; readonly holds: readonly Hold[] },
  at: Instant,
): Promise<boolean> {
  return tentatively(db, async () => {
    await write(db)
      .deleteFrom('diary_hold')
      .where('clinic_id', '=', clinicId)
      .where('appointment_id', '=', id)
      .execute()
    await write(db)
      .updateTable('diary_appointment')
      .set({
        starts_at: to.startsAt,
        ends_at: to.endsAt,
        moved_at: at,
        changes: sql<number>`changes + 1`,
      })
      .where('clinic_id', '=', clinicId)
      .where('id', '=', id)
      .execute()
    return insertHolds(
      db,
      clinicId,
      to.holds.map((hold) => ({ ...hold, appointmentId: id })),
    )
  })
}

/** Everything the appointment holds is free at once. @returns false when it was cancelled before */
export async function markCancelled(
  db: Write,
  clinicId: ClinicId,
  id: AppointmentId,
  reason: string,
  at: Instant,
): Promise<boolean> {
  const row = await write(db)
    .updateTable('diary_appointment')
    .set({ cancelled_at: at, cancel_reason: reason, changes: sql<number>`changes + 1` })
    .where('clinic_id', '=', clinicId)
    .where('id', '=', id)
    .where('cancelled_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  if (!row) return false
  await write(db)
    .updateTable('diary_hold')
    .set({ live: false })
    .where('clinic_id', '=', clinicId)
    .where('appointment_id', '=', id)
    .execute()
  return true
}

// Reading

/** What is held at some moment between two instants, shared presence too. */
export async function heldBetween(
  db: Read,
  clinicId: ClinicId,
  from: Instant,
  to: Instant,
): Promise<StoredHold[]> {
  const rows = await readDiary(db)
    .selectFrom('diary_hold')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('live', '=', true)
    .where('held_from', '<', to)
    .where('held_until', '>', from)
    .execute()
  return rows.map(toHold)
}

export function toHold(row: DiaryTables['diary_hold']): StoredHold {
  return {
    appointmentId: row.appointment_id,
    kind: row.resource_kind,
    resourceId: row.resource_id,
    sharing: row.sharing,
    part: row.part ?? undefined,
    from: row.held_from,
    until: row.held_until,
  }
}
