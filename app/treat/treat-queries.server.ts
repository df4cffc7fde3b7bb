import { sql } from 'kysely'
import { type Read, reader, type Write, writer } from '../platform/database.server.ts'
import type { ClinicId, Id, PersonId } from '../platform/ids.ts'
import type { Instant, LocalDate } from '../platform/time.ts'
import type {
  EventWords,
  LotId,
  SessionEvent,
  SessionEventId,
  SessionEventKind,
  SessionId,
} from './session-event.ts'
import type { DraftSentence } from './session-note.ts'

/** The only file that names the tables of the sessions, their notes and the stock. */
type TreatTables = {
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
  }
  drug_lot: {
    clinic_id: ClinicId
    id: LotId
    drug: string
    lot_number: string
    concentration_mg_per_ml: number
    container_ml: number
    expires_on: LocalDate
    received_at: Instant
  }
  stock_movement: {
    clinic_id: ClinicId
    id: Id<'stock-movement'>
    lot_id: LotId
    kind: MovementKind
    volume_ml: number
    change_ml: number
    at: Instant
    by_account_id: string
    session_id: SessionId | null
    reason: string
  }
  session_note: {
    clinic_id: ClinicId
    id: Id<'session-note'>
    session_id: SessionId
    part: 'note' | 'addendum'
    body: string
    draft: string
    revision: number
    saved_at: Instant
    saved_by: string
    signed_at: Instant | null
    signed_by: string | null
  }
}

export type MovementKind = 'received' | 'drawn' | 'wasted' | 'syringe-wasted'

const read = (db: Read) => reader<TreatTables>(db)
const write = (db: Write) => writer<TreatTables>(db)

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

function toSession(row: TreatTables['dosing_session']): SessionRecord {
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
    .forUpdate()
    .executeTakeFirst()
  return row && toSession(row)
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

// Events

function toEvent(row: TreatTables['session_event']): SessionEvent {
  return {
    id: row.id,
    kind: row.kind,
    at: row.at,
    receivedAt: row.received_at,
    by: row.by_account_id,
    data: row.data,
    ...(Object.keys(row.words).length > 0 ? { words: row.words } : {}),
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

/** @returns false when an event with this id is there already */
export async function insertEvent(
  db: Write,
  clinicId: ClinicId,
  sessionId: SessionId,
  event: SessionEvent & { readonly receivedAt: Instant },
): Promise<boolean> {
  const row = await write(db)
    .insertInto('session_event')
    .values({
      clinic_id: clinicId,
      id: event.id,
      session_id: sessionId,
      kind: event.kind,
      at: event.at,
      received_at: event.receivedAt,
      by_account_id: event.by,
      data: event.data,
      words: event.words ?? {},
    })
    .onConflict((c) => c.columns(['clinic_id', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
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

// Stock

export type DrugLot = {
  readonly id: LotId
  readonly drug: string
  readonly lotNumber: string
  readonly concentrationMgPerMl: number
  readonly containerMl: number
  readonly expiresOn: LocalDate
  readonly receivedAt: Instant
}

export type LotBalance = DrugLot & { readonly balanceMl: number }

export type StockMovement = {
  readonly id: Id<'stock-movement'>
  readonly lotId: LotId
  readonly kind: MovementKind
  readonly volumeMl: number
  readonly at: Instant
  readonly by: string
  readonly sessionId: SessionId | undefined
  readonly reason: string
}

function toLot(row: TreatTables['drug_lot']): DrugLot {
  return {
    id: row.id,
    drug: row.drug,
    lotNumber: row.lot_number,
    concentrationMgPerMl: row.concentration_mg_per_ml,
    containerMl: row.container_ml,
    expiresOn: row.expires_on,
    receivedAt: row.received_at,
  }
}

/** @returns false when a lot with this id is there already */
export async function insertLot(db: Write, clinicId: ClinicId, lot: DrugLot): Promise<boolean> {
  const row = await write(db)
    .insertInto('drug_lot')
    .values({
      clinic_id: clinicId,
      id: lot.id,
      drug: lot.drug,
      lot_number: lot.lotNumber,
      concentration_mg_per_ml: lot.concentrationMgPerMl,
      container_ml: lot.containerMl,
      expires_on: lot.expiresOn,
      received_at: lot.receivedAt,
    })
    .onConflict((c) => c.columns(['clinic_id', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** The lot, kept for this transaction, so that two people cannot both draw the last of it. */
export async function lockLot(db: Write, clinicId: ClinicId, id: LotId): Promise<LotBalance | undefined> {
  const row = await write(db)
    .selectFrom('drug_lot')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  // A query of its own after the lock: it sees what the one before us has committed.
  return row && { ...toLot(row), balanceMl: (await balances(db, clinicId, [row.id])).get(row.id) ?? 0 }
}

async function balances(db: Read, clinicId: ClinicId, lotIds: readonly LotId[]): Promise<Map<LotId, number>> {
  if (lotIds.length === 0) return new Map()
  const rows = await read(db)
    .selectFrom('stock_movement')
    .select(['lot_id', sql<number>`sum(change_ml)`.as('balance_ml')])
    .where('clinic_id', '=', clinicId)
    .where('lot_id', 'in', [...lotIds])
    .groupBy('lot_id')
    .execute()
  return new Map(rows.map((row) => [row.lot_id, row.balance_ml]))
}

/** Every lot with what is left of it, first to expire first. */
export async function lots(db: Read, clinicId: ClinicId): Promise<LotBalance[]> {
  const rows = await read(db)
    .selectFrom('drug_lot')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .orderBy('expires_on')
    .orderBy('received_at')
    .orderBy('id')
    .execute()
  const left = await balances(
    db,
    clinicId,
    rows.map((row) => row.id),
  )
  return rows.map((row) => ({ ...toLot(row), balanceMl: left.get(row.id) ?? 0 }))
}

/** @returns false when a movement with this id is there already */
export async function insertMovement(
  db: Write,
  clinicId: ClinicId,
  movement: StockMovement,
): Promise<boolean> {
  const sign = { received: 1, drawn: -1, wasted: -1, 'syringe-wasted': 0 }[movement.kind]
  const row = await write(db)
    .insertInto('stock_movement')
    .values({
      clinic_id: clinicId,
      id: movement.id,
      lot_id: movement.lotId,
      kind: movement.kind,
      volume_ml: movement.volumeMl,
      change_ml: sign * movement.volumeMl,
      at: movement.at,
      by_account_id: movement.by,
      session_id: movement.sessionId ?? null,
      reason: movement.reason,
    })
    .onConflict((c) => c.columns(['clinic_id', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

function toMovement(row: TreatTables['stock_movement']): StockMovement {
  return {
    id: row.id,
    lotId: row.lot_id,
    kind: row.kind,
    volumeMl: row.volume_ml,
    at: row.at,
    by: row.by_account_id,
    sessionId: row.session_id ?? undefined,
    reason: row.reason,
  }
}

export async function movementById(
  db: Read,
  clinicId: ClinicId,
  id: Id<'stock-movement'>,
): Promise<StockMovement | undefined> {
  const row = await read(db)
    .selectFrom('stock_movement')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && toMovement(row)
}

/** Movements, newest first. */
export async function movements(db: Read, clinicId: ClinicId, limit: number): Promise<StockMovement[]> {
  const rows = await read(db)
    .selectFrom('stock_movement')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(toMovement)
}

export async function movementsOfSession(
  db: Read,
  clinicId: ClinicId,
  sessionId: SessionId,
): Promise<StockMovement[]> {
  const rows = await read(db)
    .selectFrom('stock_movement')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('session_id', '=', sessionId)
    .orderBy('at')
    .orderBy('id')
    .execute()
  return rows.map(toMovement)
}

// Notes

export type SessionNote = {
  readonly id: Id<'session-note'>
  readonly part: 'note' | 'addendum'
  readonly body: string
  /** The sentences it began from, each with the events it says. */
  readonly draft: readonly DraftSentence[]
  readonly revision: number
  readonly savedAt: Instant
  readonly savedBy: string
  readonly signed: { readonly at: Instant; readonly by: string } | undefined
}

/** The note of a session, then its addenda in the order they were signed. */
export async function notesOfSession(
  db: Read,
  clinicId: ClinicId,
  sessionId: SessionId,
): Promise<SessionNote[]> {
  const rows = await read(db)
    .selectFrom('session_note')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('session_id', '=', sessionId)
    .orderBy('part', 'desc')
    .orderBy('saved_at')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    part: row.part,
    body: row.body,
    draft: row.draft as unknown as DraftSentence[],
    revision: row.revision,
    savedAt: row.saved_at,
    savedBy: row.saved_by,
    signed: row.signed_at && row.signed_by ? { at: row.signed_at, by: row.signed_by } : undefined,
  }))
}

/** @returns false when the note or addendum with this id is there already */
export async function insertNote(
  db: Write,
  clinicId: ClinicId,
  sessionId: SessionId,
  note: Omit<SessionNote, 'revision'>,
): Promise<boolean> {
  const row = await write(db)
    .insertInto('session_note')
    .values({
      clinic_id: clinicId,
      id: note.id,
      session_id: sessionId,
      part: note.part,
      body: note.body,
      draft: JSON.stringify(note.draft),
      revision: 1,
      saved_at: note.savedAt,
      saved_by: note.savedBy,
      signed_at: note.signed?.at ?? null,
      signed_by: note.signed?.by ?? null,
    })
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Writes a new revision over the one it was made from; @returns false when another came in between. */
export async function updateNote(
  db: Write,
  clinicId: ClinicId,
  note: Pick<SessionNote, 'id' | 'body' | 'revision' | 'savedAt' | 'savedBy' | 'signed'>,
): Promise<boolean> {
  const row = await write(db)
    .updateTable('session_note')
    .set({
      body: note.body,
      revision: note.revision + 1,
      saved_at: note.savedAt,
      saved_by: note.savedBy,
      signed_at: note.signed?.at ?? null,
      signed_by: note.signed?.by ?? null,
    })
    .where('clinic_id', '=', clinicId)
    .where('id', '=', note.id)
    .where('revision', '=', note.revision)
    .where('signed_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}
