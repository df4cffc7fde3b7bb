import { type Read, reader, type Write, writer } from '../../platform/database.server.ts'
import type { ClinicId, Id } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'
import type { AppointmentId } from '../plan.ts'

/** Names the tables of what the diary knows of the bedside. */
type BegunTables = {
  begun_visit: {
    clinic_id: ClinicId
    appointment_id: AppointmentId
    session_id: Id<'dosing-session'>
    noted_at: Instant
  }
  begun_visit_end: {
    clinic_id: ClinicId
    session_id: Id<'dosing-session'>
    noted_at: Instant
  }
}

const write = (db: Write) => writer<BegunTables>(db)

/** A visit whose session was opened. */
export type BegunVisit = {
  readonly appointmentId: AppointmentId
  readonly sessionId: Id<'dosing-session'>
  /** The session has ended, and no dose was given in it. */
  readonly ended: boolean
}

/** @returns false when it was noted before */
export async function insertBegun(
  db: Write,
  clinicId: ClinicId,
  begun: Omit<BegunVisit, 'ended'>,
  at: Instant,
): Promise<boolean> {
  const row = await write(db)
    .insertInto('begun_visit')
    .values({
      clinic_id: clinicId,
      appointment_id: begun.appointmentId,
      session_id: begun.sessionId,
      noted_at: at,
    })
    .onConflict((c) => c.doNothing())
    .returning('session_id')
    .executeTakeFirst()
  return row !== undefined
}

/** @returns false when it was noted before */
export async function insertBegunEnd(
  db: Write,
  clinicId: ClinicId,
  sessionId: Id<'dosing-session'>,
  at: Instant,
): Promise<boolean> {
  const row = await write(db)
    .insertInto('begun_visit_end')
    .values({ clinic_id: clinicId, session_id: sessionId, noted_at: at })
    .onConflict((c) => c.doNothing())
    .returning('session_id')
    .executeTakeFirst()
  return row !== undefined
}

/** Which of these visits were opened at the bedside, by visit. */
export async function begunVisits(
  db: Read,
  clinicId: ClinicId,
  ids: readonly AppointmentId[],
): Promise<ReadonlyMap<AppointmentId, BegunVisit>> {
  if (ids.length === 0) return new Map()
  const rows = await reader<BegunTables>(db)
    .selectFrom('begun_visit as b')
    .leftJoin('begun_visit_end as e', (j) =>
      j.onRef('e.clinic_id', '=', 'b.clinic_id').onRef('e.session_id', '=', 'b.session_id'),
    )
    .select(['b.appointment_id', 'b.session_id', 'e.noted_at as ended_at'])
    .where('b.clinic_id', '=', clinicId)
    .where('b.appointment_id', 'in', [...ids])
    .execute()
  return new Map(
    rows.map((row) => [
      row.appointment_id,
      { appointmentId: row.appointment_id, sessionId: row.session_id, ended: row.ended_at !== null },
    ]),
  )
}
