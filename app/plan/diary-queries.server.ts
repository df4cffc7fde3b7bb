import { sql } from 'kysely'
import { members } from '../identity/index.server.ts'
import { type Read, reader, violatedConstraint, type Write, writer } from '../platform/database.server.ts'
import type { AccountId, ClinicId, MembershipId, PersonId } from '../platform/ids.ts'
import type { Instant } from '../platform/time.ts'
import type { Booking, Resource } from './diary.ts'
import type { Appointment, AppointmentId, Chair, ChairId, PlanId, SeriesId } from './plan.ts'

/** Names the tables of the diary. */
type DiaryTables = {
  infusion_chair: {
    clinic_id: ClinicId
    id: ChairId
    room_name: string
    name: string
    turnaround_min: number
    created_at: Instant
  }
  booking_series: {
    clinic_id: ClinicId
    id: SeriesId
    plan_id: PlanId
    booked_by: AccountId | null
    booked_at: Instant
  }
  diary_appointment: {
    clinic_id: ClinicId
    id: AppointmentId
    series_id: SeriesId
    plan_id: PlanId
    person_id: PersonId
    session_number: number
    starts_at: Instant
    ends_at: Instant
    chair_id: ChairId
    chair_until: Instant
    nurse_membership_id: MembershipId
    booked_at: Instant
    moved_at: Instant | null
    cancelled_at: Instant | null
    cancel_reason: string | null
  }
}

const read = (db: Read) => reader<DiaryTables>(db)
const write = (db: Write) => writer<DiaryTables>(db)

// Chairs

/** @returns false when there is a chair of this id, or of this name in this room */
export async function insertChair(
  db: Write,
  clinicId: ClinicId,
  chair: Chair,
  at: Instant,
): Promise<boolean> {
  const row = await write(db)
    .insertInto('infusion_chair')
    .values({
      clinic_id: clinicId,
      id: chair.id,
      room_name: chair.roomName,
      name: chair.name,
      turnaround_min: chair.turnaroundMin,
      created_at: at,
    })
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Chairs of the clinic, by room and name. */
export async function chairs(db: Read, clinicId: ClinicId): Promise<Chair[]> {
  const rows = await read(db)
    .selectFrom('infusion_chair')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .orderBy('room_name')
    .orderBy('name')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    roomName: row.room_name,
    name: row.name,
    turnaroundMin: row.turnaround_min,
  }))
}

// Booking

/** @returns false when this series was booked before */
export async function insertSeries(
  db: Write,
  clinicId: ClinicId,
  series: { id: SeriesId; planId: PlanId; by: AccountId | undefined; at: Instant },
): Promise<boolean> {
  const row = await write(db)
    .insertInto('booking_series')
    .values({
      clinic_id: clinicId,
      id: series.id,
      plan_id: series.planId,
      booked_by: series.by ?? null,
      booked_at: series.at,
    })
    .onConflict((c) => c.columns(['clinic_id', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export type NewAppointment = Booking & {
  readonly id: AppointmentId
  readonly seriesId: SeriesId
  readonly planId: PlanId
  readonly sessionNumber: number
}

/**
 * Writes one appointment if the database lets it: `on conflict do nothing` waits for others who write at the same
 * time and leaves the transaction whole, so that the caller can look who was first.
 *
 * @returns false when person, chair or nurse is taken, or the session is booked already
 */
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
      plan_id: a.planId,
      person_id: a.personId,
      session_number: a.sessionNumber,
      starts_at: a.startsAt,
      ends_at: a.endsAt,
      chair_id: a.chairId,
      chair_until: a.chairUntil,
      nurse_membership_id: a.nurseMembershipId,
      booked_at: at,
      moved_at: null,
      cancelled_at: null,
      cancel_reason: null,
    })
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

const CONSTRAINTS: Readonly<Record<string, Resource>> = {
  appointment_patient_taken: 'patient',
  appointment_chair_taken: 'chair',
  appointment_nurse_taken: 'nurse',
}

/**
 * Gives an appointment other times, chair or nurse, if the database lets it.
 *
 * @returns what is taken, by the constraint that refused; undefined when it was moved
 */
export async function updateAppointment(
  db: Write,
  clinicId: ClinicId,
  id: AppointmentId,
  to: Booking,
  at: Instant,
): Promise<Resource | undefined> {
  // A refused update would end the transaction; the savepoint keeps it whole for the answer.
  await sql`savepoint before_move`.execute(write(db))
  try {
    await write(db)
      .updateTable('diary_appointment')
      .set({
        starts_at: to.startsAt,
        ends_at: to.endsAt,
        chair_id: to.chairId,
        chair_until: to.chairUntil,
        nurse_membership_id: to.nurseMembershipId,
        moved_at: at,
      })
      .where('clinic_id', '=', clinicId)
      .where('id', '=', id)
      .where('cancelled_at', 'is', null)
      .execute()
  } catch (error) {
    const taken = CONSTRAINTS[violatedConstraint(error) ?? '']
    if (!taken) throw error
    await sql`rollback to savepoint before_move`.execute(write(db))
    return taken
  }
  await sql`release savepoint before_move`.execute(write(db))
  return undefined
}

/** @returns false when it was cancelled before */
export async function markCancelled(
  db: Write,
  clinicId: ClinicId,
  id: AppointmentId,
  reason: string,
  at: Instant,
): Promise<boolean> {
  const row = await write(db)
    .updateTable('diary_appointment')
    .set({ cancelled_at: at, cancel_reason: reason })
    .where('clinic_id', '=', clinicId)
    .where('id', '=', id)
    .where('cancelled_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

// Reading

/** What is taken between two instants, chairs until the end of their turnaround. */
export async function bookingsBetween(
  db: Read,
  clinicId: ClinicId,
  from: Instant,
  to: Instant,
): Promise<(Booking & { readonly id: AppointmentId })[]> {
  const rows = await read(db)
    .selectFrom('diary_appointment')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('cancelled_at', 'is', null)
    .where('starts_at', '<', to)
    .where('chair_until', '>', from)
    .orderBy('starts_at')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    personId: row.person_id,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    chairId: row.chair_id,
    chairUntil: row.chair_until,
    nurseMembershipId: row.nurse_membership_id,
  }))
}

function appointmentRows(db: Read, clinicId: ClinicId) {
  return read(db)
    .selectFrom('diary_appointment')
    .innerJoin('infusion_chair', (j) =>
      j
        .onRef('infusion_chair.clinic_id', '=', 'diary_appointment.clinic_id')
        .onRef('infusion_chair.id', '=', 'diary_appointment.chair_id'),
    )
    .selectAll('diary_appointment')
    .select(['infusion_chair.name as chair_name', 'infusion_chair.room_name'])
    .where('diary_appointment.clinic_id', '=', clinicId)
    .orderBy('diary_appointment.starts_at')
    .orderBy('diary_appointment.id')
}

type AppointmentRow = DiaryTables['diary_appointment'] & { chair_name: string; room_name: string }

async function toAppointments(
  db: Read,
  clinicId: ClinicId,
  rows: readonly AppointmentRow[],
): Promise<Appointment[]> {
  if (rows.length === 0) return []
  const names = new Map((await members(db, clinicId)).map((m) => [m.membershipId, m.name]))
  return rows.map((row) => ({
    id: row.id,
    planId: row.plan_id,
    personId: row.person_id,
    sessionNumber: row.session_number,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    chairId: row.chair_id,
    chairName: row.chair_name,
    roomName: row.room_name,
    nurseMembershipId: row.nurse_membership_id,
    nurseName: names.get(row.nurse_membership_id) ?? 'somebody who no longer works here',
    movedAt: row.moved_at ?? undefined,
    cancelledAt: row.cancelled_at ?? undefined,
  }))
}

export async function appointmentById(
  db: Read,
  clinicId: ClinicId,
  id: AppointmentId,
): Promise<Appointment | undefined> {
  const rows = await appointmentRows(db, clinicId).where('diary_appointment.id', '=', id).execute()
  return (await toAppointments(db, clinicId, rows))[0]
}

/** Every appointment of a person by time, cancelled ones too. */
export async function appointmentsOfPerson(
  db: Read,
  clinicId: ClinicId,
  personId: PersonId,
): Promise<Appointment[]> {
  const rows = await appointmentRows(db, clinicId)
    .where('diary_appointment.person_id', '=', personId)
    .execute()
  return toAppointments(db, clinicId, rows)
}

/** Every appointment of a plan by time, cancelled ones too. */
export async function appointmentsOfPlan(
  db: Read,
  clinicId: ClinicId,
  planId: PlanId,
): Promise<Appointment[]> {
  const rows = await appointmentRows(db, clinicId).where('diary_appointment.plan_id', '=', planId).execute()
  return toAppointments(db, clinicId, rows)
}

/** Appointments that begin from `from` to before `to`, by time; cancelled ones are left out. */
export async function appointmentsBetween(
  db: Read,
  clinicId: ClinicId,
  from: Instant,
  to: Instant,
): Promise<Appointment[]> {
  const rows = await appointmentRows(db, clinicId)
    .where('diary_appointment.starts_at', '>=', from)
    .where('diary_appointment.starts_at', '<', to)
    .where('diary_appointment.cancelled_at', 'is', null)
    .execute()
  return toAppointments(db, clinicId, rows)
}

/** The appointments made by one booking. */
export async function appointmentsOfSeries(
  db: Read,
  clinicId: ClinicId,
  seriesId: SeriesId,
): Promise<Appointment[]> {
  const rows = await appointmentRows(db, clinicId)
    .where('diary_appointment.series_id', '=', seriesId)
    .execute()
  return toAppointments(db, clinicId, rows)
}
