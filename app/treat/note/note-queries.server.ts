import { type Read, reader, type Write, writer } from '../../platform/database.server.ts'
import type { ClinicId, Id } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'
import type { SessionId } from '../session/session-event.ts'
import { defaultNoteTemplate, type NoteTemplate } from './note-template.ts'
import type { DraftSentence } from './session-note.ts'

/** The only file that names the tables of session notes. */
type NoteTables = {
  note_template: {
    clinic_id: ClinicId
    version: number
    parts: string
    made_at: Instant
    made_by: string
  }
  note_cosignature: {
    clinic_id: ClinicId
    id: Id<'note-cosignature'>
    note_id: Id<'session-note'>
    signed_at: Instant
    signed_by: string
    remark: string
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
  note: Omit<SessionNote, 'part'>,
): Promise<boolean> {
  const row = await write(db)
    .updateTable('session_note')
    .set({
      body: note.body,
      draft: JSON.stringify(note.draft),
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

/** How the clinic lays its notes out; the default until somebody has set it. */
export async function noteTemplate(db: Read, clinicId: ClinicId): Promise<NoteTemplate> {
  const row = await read(db)
    .selectFrom('note_template')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row
    ? { version: row.version, parts: row.parts as unknown as NoteTemplate['parts'] }
    : defaultNoteTemplate
}

/** @returns false when this version is there already: somebody else set another one meanwhile */
export async function insertTemplate(
  db: Write,
  clinicId: ClinicId,
  template: NoteTemplate & { readonly madeAt: Instant; readonly madeBy: string },
): Promise<boolean> {
  const row = await write(db)
    .insertInto('note_template')
    .values({
      clinic_id: clinicId,
      version: template.version,
      parts: JSON.stringify(template.parts),
      made_at: template.madeAt,
      made_by: template.madeBy,
    })
    .onConflict((c) => c.columns(['clinic_id', 'version']).doNothing())
    .returning('version')
    .executeTakeFirst()
  return row !== undefined
}

/** A colleague's signature under a signed note. */
export type Cosignature = {
  readonly id: Id<'note-cosignature'>
  readonly noteId: Id<'session-note'>
  readonly at: Instant
  readonly by: string
  readonly remark: string
}

export async function cosignaturesOf(
  db: Read,
  clinicId: ClinicId,
  noteId: Id<'session-note'>,
): Promise<Cosignature[]> {
  const rows = await read(db)
    .selectFrom('note_cosignature')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('note_id', '=', noteId)
    .orderBy('signed_at')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    noteId: row.note_id,
    at: row.signed_at,
    by: row.signed_by,
    remark: row.remark,
  }))
}

/** @returns false when this colleague has signed it already */
export async function insertCosignature(
  db: Write,
  clinicId: ClinicId,
  signed: Cosignature,
): Promise<boolean> {
  const row = await write(db)
    .insertInto('note_cosignature')
    .values({
      clinic_id: clinicId,
      id: signed.id,
      note_id: signed.noteId,
      signed_at: signed.at,
      signed_by: signed.by,
      remark: signed.remark,
    })
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}
