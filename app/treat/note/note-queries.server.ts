import { type Read, reader, type Write, writer } from '../../platform/database.server.ts'
import type { ClinicId, Id } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'
import type { SessionId } from '../session/session-event.ts'
import type { DraftSentence } from './session-note.ts'

/** The only file that names the table of session notes. */
type NoteTables = {
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

const read = (db: Read) => reader<NoteTables>(db)
const write = (db: Write) => writer<NoteTables>(db)

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
