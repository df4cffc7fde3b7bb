import { type Read, reader, type Write, writer } from '../../platform/database.server.ts'
import type { ClinicId } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'
import type { EntryOrigin, SessionEventId, SessionId } from '../session/session-event.ts'

/** The only file that names the table of entries that were set aside. */
type SetAsideTables = {
  set_aside_entry: {
    clinic_id: ClinicId
    id: SessionEventId
    session_id: SessionId
    said: string
    not_taken_because: string
    because: string
    written_at: Instant
    set_aside_at: Instant
    set_aside_by: string
    via: EntryOrigin
  }
}

/** An entry of a tablet that was not taken, and that somebody set aside after the session was closed. */
export type SetAside = {
  readonly id: SessionEventId
  readonly sessionId: SessionId
  /** What was typed, in the words of the screen. */
  readonly said: string
  readonly notTakenBecause: string
  readonly because: string
  /** When it was written on the tablet, by the server's clock. */
  readonly writtenAt: Instant
  /** When the server heard that it was set aside. */
  readonly setAsideAt: Instant
  readonly by: string
  readonly via: EntryOrigin
}

/** @returns false when it was kept before under this id */
export async function insertSetAside(db: Write, clinicId: ClinicId, entry: SetAside): Promise<boolean> {
  const row = await writer<SetAsideTables>(db)
    .insertInto('set_aside_entry')
    .values({
      clinic_id: clinicId,
      id: entry.id,
      session_id: entry.sessionId,
      said: entry.said,
      not_taken_because: entry.notTakenBecause,
      because: entry.because,
      written_at: entry.writtenAt,
      set_aside_at: entry.setAsideAt,
      set_aside_by: entry.by,
      via: entry.via,
    })
    .onConflict((c) => c.columns(['clinic_id', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** What was set aside of a session after it was closed, by when it was written. */
export async function setAsideOf(db: Read, clinicId: ClinicId, sessionId: SessionId): Promise<SetAside[]> {
  const rows = await reader<SetAsideTables>(db)
    .selectFrom('set_aside_entry')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('session_id', '=', sessionId)
    .orderBy('written_at')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    sessionId: row.session_id,
    said: row.said,
    notTakenBecause: row.not_taken_because,
    because: row.because,
    writtenAt: row.written_at,
    setAsideAt: row.set_aside_at,
    by: row.set_aside_by,
    via: row.via,
  }))
}
