import { sql } from 'kysely'
import { type Read, reader, type Write, writer } from '../../platform/database.server.ts'
import type { ClinicId, PersonId } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'
import type {
  EntryOrigin,
  EventWords,
  SessionEvent,
  SessionEventId,
  SessionEventKind,
  SessionId,
} from './session-event.ts'

/** The only file that names the tables of sessions and their logs. */
type SessionTables = {
  dosing_session: {
    clinic_id: ClinicId
    id: SessionId
    appointment_id: string
    plan_id: string
    person_id: PersonId
    session_number: number
    opened_at: Instant
    opened_by: string
  }
  session_event: {
    clinic_id: ClinicId
    id: SessionEventId
    session_id: SessionId
    kind: SessionEventKind
    at: Instant
    received_at: Instant
    by_account_id: string
    data: SessionEvent['data']
    words: EventWords
    via: EntryOrigin | null
  }
}

const read = (db: Read) => reader<SessionTables>(db)
const write = (db: Write) => writer<SessionTables>(db)

// Sessions

/** What is fixed when a session is opened; everything else follows from its events. */
export type SessionRecord = {
  readonly id: SessionId
  readonly appointmentId: string
  readonly planId: string
  readonly personId: PersonId
  readonly sessionNumber: number
  readonly openedAt: Instant
}

function toSession(row: SessionTables['dosing_session']): SessionRecord {
  return {
    id: row.id,
    appointmentId: row.appointment_id,
    planId: row.plan_id,
    personId: row.person_id,
    sessionNumber: row.session_number,
    openedAt: row.opened_at,
  }
}

/** @returns false when this id or this appointment has a session already */
export async function insertSession(
  db: Write,
  clinicId: ClinicId,
  session: SessionRecord,
  openedBy: string,
): Promise<boolean> {
  const row = await write(db)
    .insertInto('dosing_session')
    .values({
      clinic_id: clinicId,
      id: session.id,
      appointment_id: session.appointmentId,
      plan_id: session.planId,
      person_id: session.personId,
      session_number: session.sessionNumber,
      opened_at: session.openedAt,
      opened_by: openedBy,
    })
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export async function sessionRecord(
  db: Read,
  clinicId: ClinicId,
  id: SessionId,
): Promise<SessionRecord | undefined> {
  const row = await read(db)
    .selectFrom('dosing_session')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && toSession(row)
}

/** The session, kept for this transaction: whoever decides on it next waits until this one is done. */
export async function lockSession(
  db: Write,
  clinicId: ClinicId,
  id: SessionId,
): Promise<SessionRecord | undefined> {
  const row = await write(db)
    .selectFrom('dosing_session')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('id', '=', id)
    // Values of monitors point at this row all the time; a lock that leaves its key alone does not hold them up.
    .forNoKeyUpdate()
    .executeTakeFirst()
  return row && toSession(row)
}

/** Sessions by their ids, in no order; those that are not there are left out. */
export async function sessionRecords(
  db: Read,
  clinicId: ClinicId,
  ids: readonly SessionId[],
): Promise<SessionRecord[]> {
  if (ids.length === 0) return []
  const rows = await read(db)
    .selectFrom('dosing_session')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('id', 'in', [...ids])
    .execute()
  return rows.map(toSession)
}

/** Every session of a person, kept for this transaction, so that no two of them decide on a dose at once. */
export async function lockSessionsOfPerson(
  db: Write,
  clinicId: ClinicId,
  personId: PersonId,
): Promise<SessionRecord[]> {
  const rows = await write(db)
    .selectFrom('dosing_session')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('person_id', '=', personId)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
  return rows.map(toSession)
}

/** Sessions opened from an instant on. */
export async function sessionsOpenedSince(
  db: Read,
  clinicId: ClinicId,
  since: Instant,
): Promise<SessionRecord[]> {
  const rows = await read(db)
    .selectFrom('dosing_session')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('opened_at', '>=', since)
    .orderBy('opened_at')
    .orderBy('id')
    .execute()
  return rows.map(toSession)
}

export async function sessionsOfAppointments(
  db: Read,
  clinicId: ClinicId,
  appointmentIds: readonly string[],
): Promise<SessionRecord[]> {
  if (appointmentIds.length === 0) return []
  const rows = await read(db)
    .selectFrom('dosing_session')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('appointment_id', 'in', [...appointmentIds])
    .execute()
  return rows.map(toSession)
}

export async function sessionRecordsOfPerson(
  db: Read,
  clinicId: ClinicId,
  personId: PersonId,
): Promise<SessionRecord[]> {
  const rows = await read(db)
    .selectFrom('dosing_session')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('person_id', '=', personId)
    .orderBy('opened_at')
    .orderBy('id')
    .execute()
  return rows.map(toSession)
}

/** Sessions in whose log an adverse event stands, newest first. */
export async function sessionsWithAdverseEvents(db: Read, clinicId: ClinicId): Promise<SessionRecord[]> {
  const rows = await read(db)
    .selectFrom('dosing_session')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('id', 'in', (q) =>
      q
        .selectFrom('session_event')
        .select('session_id')
        .where('clinic_id', '=', clinicId)
        .where('kind', '=', 'adverse-event'),
    )
    .orderBy('opened_at', 'desc')
    .orderBy('id')
    .execute()
  return rows.map(toSession)
}

/** Sessions in which a nasal dose of devices was begun, whenever that was, oldest first. */
export async function sessionsWithDevices(db: Read, clinicId: ClinicId): Promise<SessionRecord[]> {
  const rows = await read(db)
    .selectFrom('dosing_session')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('id', 'in', (q) =>
      q
        .selectFrom('session_event')
        .select('session_id')
        .where('clinic_id', '=', clinicId)
        .where('kind', '=', 'dose-started')
        .where(sql<boolean>`jsonb_array_length(coalesce(data -> 'units' -> 'atMin', '[]')) > 0`),
    )
    .orderBy('opened_at')
    .orderBy('id')
    .execute()
  return rows.map(toSession)
}

// Events

function toEvent(row: SessionTables['session_event']): SessionEvent {
  return {
    id: row.id,
    kind: row.kind,
    at: row.at,
    receivedAt: row.received_at,
    by: row.by_account_id,
    data: row.data,
    ...(Object.keys(row.words).length > 0 ? { words: row.words } : {}),
    ...(row.via ? { via: row.via } : {}),
  } as SessionEvent
}

/** Events of sessions by session, each log by bedside time and id. */
export async function eventsOfSessions(
  db: Read,
  clinicId: ClinicId,
  sessionIds: readonly SessionId[],
): Promise<Map<SessionId, SessionEvent[]>> {
  const found = new Map<SessionId, SessionEvent[]>(sessionIds.map((id) => [id, []]))
  if (sessionIds.length === 0) return found
  const rows = await read(db)
    .selectFrom('session_event')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('session_id', 'in', [...sessionIds])
    .orderBy('at')
    .orderBy('id')
    .execute()
  for (const row of rows) found.get(row.session_id)?.push(toEvent(row))
  return found
}

/** When people left, or their sessions ended, of those sessions in which that has happened. */
export async function endingsOfSessions(
  db: Read,
  clinicId: ClinicId,
  sessionIds: readonly SessionId[],
): Promise<Map<SessionId, Instant>> {
  if (sessionIds.length === 0) return new Map()
  const rows = await read(db)
    .selectFrom('session_event')
    .select(['session_id', (q) => q.fn.min<Instant>('at').as('at')])
    .where('clinic_id', '=', clinicId)
    .where('session_id', 'in', [...sessionIds])
    .where('kind', 'in', ['discharged', 'session-closed'])
    .groupBy('session_id')
    .execute()
  return new Map(rows.map((row) => [row.session_id, row.at]))
}

/** Which session an event with this id belongs to, if there is one. */
export async function sessionOfEvent(
  db: Read,
  clinicId: ClinicId,
  eventId: SessionEventId,
): Promise<SessionId | undefined> {
  const row = await read(db)
    .selectFrom('session_event')
    .select('session_id')
    .where('clinic_id', '=', clinicId)
    .where('id', '=', eventId)
    .executeTakeFirst()
  return row?.session_id
}

/** Stores events in one statement. @returns the ids that are new; an event whose id is there already is left as it is */
export async function insertEvents(
  db: Write,
  clinicId: ClinicId,
  sessionId: SessionId,
  events: readonly (SessionEvent & { readonly receivedAt: Instant })[],
): Promise<ReadonlySet<string>> {
  if (events.length === 0) return new Set()
  const rows = await write(db)
    .insertInto('session_event')
    .values(
      events.map((event) => ({
        clinic_id: clinicId,
        id: event.id,
        session_id: sessionId,
        kind: event.kind,
        at: event.at,
        received_at: event.receivedAt,
        by_account_id: event.by,
        data: event.data,
        words: event.words ?? {},
        via: event.via ?? null,
      })),
    )
    .onConflict((c) => c.columns(['clinic_id', 'id']).doNothing())
    .returning('id')
    .execute()
  return new Set(rows.map(({ id }) => id))
}

/** The first dose of each person of the clinic, or of one person, by bedside time. */
export async function firstDoseTimes(
  db: Read,
  clinicId: ClinicId,
  personId?: PersonId,
): Promise<{ personId: PersonId; at: Instant }[]> {
  let query = read(db)
    .selectFrom('session_event as e')
    .innerJoin('dosing_session as s', (j) =>
      j.onRef('s.clinic_id', '=', 'e.clinic_id').onRef('s.id', '=', 'e.session_id'),
    )
    .select(['s.person_id', (q) => q.fn.min<Instant>('e.at').as('at')])
    .where('e.clinic_id', '=', clinicId)
    .where('s.clinic_id', '=', clinicId)
    .where('e.kind', '=', 'dose-started')
    .groupBy('s.person_id')
    .orderBy('s.person_id')
  if (personId) query = query.where('s.person_id', '=', personId)
  return (await query.execute()).map((row) => ({ personId: row.person_id, at: row.at }))
}
