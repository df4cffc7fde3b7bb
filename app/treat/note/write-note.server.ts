import { isFreshStepUp, type StepUp } from '../../identity/index.ts'
import type { Command } from '../../platform/command.server.ts'
import type { Id } from '../../platform/ids.ts'
import { done, refused } from '../../platform/outcome.ts'
import { settleGiven } from '../ledger/draw-for-dose.server.ts'
import { openDrug } from '../ledger/open-drug.server.ts'
import { appendEvent } from '../session/append-event.server.ts'
import { accountOf } from '../session/recorder.ts'
import { foldSession } from '../session/session.ts'
import type { SessionEventId, SessionId } from '../session/session-event.ts'
import { eventsOfSessions, lockSession } from '../session/session-queries.server.ts'
import {
  cosignNote as cosignAction,
  saveNote as saveAction,
  setNoteTemplate as setTemplateAction,
  signNote as signAction,
} from '../treat-access.ts'
import {
  cosignaturesOf,
  insertCosignature,
  insertNote,
  insertTemplate,
  notesOfSession,
  noteTemplate,
  updateNote,
} from './note-queries.server.ts'
import type { NoteTemplate } from './note-template.ts'
import type { DraftSentence } from './session-note.ts'
import { asWrittenWords, saidSince, sinceDrafted } from './since-drafted.ts'

export type NoteText = {
  readonly sessionId: SessionId
  /** Id of the note if this is its first saving. */
  readonly key: Id<'session-note'>
  readonly body: string
  /** The revision that was edited; 0 when there was none. */
  readonly basedOn: number
  /** What the draft said that the text began from, kept with the note so that each sentence can be traced. */
  readonly draft: readonly DraftSentence[]
}

type NoteRefusal = 'no-such-session' | 'note-signed' | 'changed-meanwhile' | 'key-in-use'

/** Keeps the note as it stands. Somebody else's revision in between is never overwritten. */
export const saveNote: Command<
  NoteText & {
    /** The text holds what `draft` says: it takes the place of what the note was drafted from. */
    readonly takenIn?: true
  },
  { readonly revision: number },
  NoteRefusal
> = {
  action: saveAction,
  async run({ db, at, actor, audit }, input) {
    const session = await lockSession(db, actor.clinicId, input.sessionId)
    if (!session) return refused('no-such-session')
    const note = (await notesOfSession(db, actor.clinicId, session.id)).find(({ part }) => part === 'note')
    const by = accountOf(actor)
    if (note?.signed) return refused('note-signed')
    if (note && note.body === input.body && !input.takenIn) return done({ revision: note.revision })
    if (note && note.revision !== input.basedOn)
      return refused('changed-meanwhile', { revision: note.revision })
    const written = note
      ? await updateNote(db, actor.clinicId, {
          ...note,
          body: input.body,
          savedAt: at,
          savedBy: by,
          ...(input.takenIn ? { draft: input.draft } : {}),
        })
      : await insertNote(db, actor.clinicId, session.id, {
          id: input.key,
          part: 'note',
          body: input.body,
          draft: input.draft,
          savedAt: at,
          savedBy: by,
          signed: undefined,
        })
    // The session is locked, so an update misses nothing; an insert does when the key names a note elsewhere.
    if (!written) return refused(note ? 'changed-meanwhile' : 'key-in-use')
    audit.write(saveAction.id, { personId: session.personId, object: 'session', objectId: session.id })
    return done({ revision: (note?.revision ?? 0) + 1 })
  },
}

/**
 * Signs the note as it is shown and closes the session; from then on the database refuses every change. A text that says less
 * than the log, or what the log does not say any more, is signed only by somebody who confirmed just that (`as-written`), and it
 * is then listed under the text.
 */
export const signNote: Command<
  NoteText & {
    readonly closingKey: SessionEventId
    readonly stepUp: StepUp
    /** What the log says now, and how many entries it had when that was read: with more of them it is read anew. */
    readonly log: { readonly says: readonly DraftSentence[]; readonly entries: number }
    /** What was shown as recorded since the note was written, to whoever signs it as written; see `saidSince`. */
    readonly asWritten?: readonly string[]
  },
  { readonly revision: number },
  NoteRefusal | 'session-not-over' | 'not-confirmed' | 'log-changed' | 'drug-unsettled'
> = {
  action: signAction,
  async run(needs, input) {
    const { db, at, actor, audit } = needs
    if (!isFreshStepUp(input.stepUp, actor, at)) return refused('not-confirmed')
    const session = await lockSession(db, actor.clinicId, input.sessionId)
    if (!session) return refused('no-such-session')
    const note = (await notesOfSession(db, actor.clinicId, session.id)).find(({ part }) => part === 'note')
    const by = accountOf(actor)
    if (note?.signed) {
      const same = note.signed.by === by && note.body.startsWith(input.body)
      return same ? done({ revision: note.revision }) : refused('note-signed')
    }
    const events = (await eventsOfSessions(db, actor.clinicId, [session.id])).get(session.id) ?? []
    const state = foldSession(events)
    if (state.phase !== 'leave') return refused('session-not-over')
    // A dose that ended before the ledger was opened has been drawn there, and not yet given.
    if (!state.closed) await settleGiven(needs, session.id, state)
    // The log of a closed session takes no correction any more; what is in its syringe can still go somewhere.
    const open = (await openDrug(db, actor.clinicId, session.id, state.dose)).filter(
      ({ inSyringe }) => !state.closed || inSyringe > 0,
    )
    if (open.length > 0) return refused('drug-unsettled', { open })
    if (note && note.revision !== input.basedOn)
      return refused('changed-meanwhile', { revision: note.revision })
    // The closing itself is an entry, and says nothing of what a note says.
    if (events.length !== input.log.entries) return refused('log-changed')
    const drafted = (note?.draft ?? input.draft).map(({ text }) => text)
    const since = sinceDrafted(drafted, input.log.says, input.body)
    const unconfirmed = saidSince(since).filter((text) => !input.asWritten?.includes(text))
    if (unconfirmed.length > 0) return refused('log-changed', { since: unconfirmed })
    const body = `${input.body}${asWrittenWords(since)}`
    const written = { body, draft: input.log.says, savedAt: at, savedBy: by, signed: { at, by } }
    const kept = note
      ? await updateNote(db, actor.clinicId, { ...note, ...written })
      : await insertNote(db, actor.clinicId, session.id, {
          ...written,
          id: input.key,
          part: 'note',
        })
    if (!kept) return refused(note ? 'changed-meanwhile' : 'key-in-use')
    if (!state.closed) {
      const closed = await appendEvent(needs, session, {
        id: input.closingKey,
        kind: 'session-closed',
        at,
        by,
        data: { outcome: 'completed' },
      })
      if (!closed) return refused('key-in-use')
    }
    audit.write(signAction.id, { personId: session.personId, object: 'session', objectId: session.id })
    return done({ revision: (note?.revision ?? 0) + 1 })
  },
}

/** Adds to a signed note, signed at once; what was signed before stays as it is. */
export const addAddendum: Command<
  {
    readonly sessionId: SessionId
    readonly key: Id<'session-note'>
    readonly body: string
    readonly stepUp: StepUp
  },
  { readonly key: Id<'session-note'> },
  'no-such-session' | 'note-not-signed' | 'not-confirmed' | 'key-in-use'
> = {
  action: signAction,
  async run({ db, at, actor, audit }, input) {
    if (!isFreshStepUp(input.stepUp, actor, at)) return refused('not-confirmed')
    const session = await lockSession(db, actor.clinicId, input.sessionId)
    if (!session) return refused('no-such-session')
    const notes = await notesOfSession(db, actor.clinicId, session.id)
    if (!notes.some(({ part, signed }) => part === 'note' && signed)) return refused('note-not-signed')
    const stored = notes.find(({ id }) => id === input.key)
    if (stored?.part === 'addendum' && stored.body === input.body) return done({ key: input.key })
    const by = accountOf(actor)
    const added = await insertNote(db, actor.clinicId, session.id, {
      id: input.key,
      part: 'addendum',
      body: input.body,
      draft: [],
      savedAt: at,
      savedBy: by,
      signed: { at, by },
    })
    if (!added) return refused('key-in-use')
    audit.write('treat.add-addendum', {
      personId: session.personId,
      object: 'session',
      objectId: session.id,
    })
    return done({ key: input.key })
  },
}

/** A prescriber signs under a colleague's signed note: they have read it and stand by it, or say what they would add. */
export const cosignNote: Command<
  {
    readonly sessionId: SessionId
    readonly key: Id<'note-cosignature'>
    readonly remark: string
    readonly stepUp: StepUp
  },
  null,
  'no-such-session' | 'note-not-signed' | 'not-confirmed' | 'own-note' | 'cosigned-already'
> = {
  action: cosignAction,
  async run({ db, at, actor, audit }, input) {
    if (!isFreshStepUp(input.stepUp, actor, at)) return refused('not-confirmed')
    const session = await lockSession(db, actor.clinicId, input.sessionId)
    if (!session) return refused('no-such-session')
    const note = (await notesOfSession(db, actor.clinicId, session.id)).find(({ part }) => part === 'note')
    if (!note?.signed) return refused('note-not-signed')
    const by = accountOf(actor)
    if (note.signed.by === by) return refused('own-note')
    const before = (await cosignaturesOf(db, actor.clinicId, note.id)).find((each) => each.by === by)
    if (before) return before.id === input.key ? done(null) : refused('cosigned-already')
    const { key: id, remark } = input
    if (!(await insertCosignature(db, actor.clinicId, { id, noteId: note.id, at, by, remark }))) {
      return refused('cosigned-already')
    }
    audit.write(cosignAction.id, { personId: session.personId, object: 'session', objectId: session.id })
    return done(null)
  },
}

/** Lays the clinic's notes out anew, from the version that was looked at; notes that are written stay as they are. */
export const setNoteTemplate: Command<
  { readonly basedOn: number; readonly parts: NoteTemplate['parts'] },
  { readonly version: number },
  'changed-meanwhile'
> = {
  action: setTemplateAction,
  async run({ db, at, actor, audit }, { basedOn, parts }) {
    const current = await noteTemplate(db, actor.clinicId)
    if (current.version !== basedOn) return refused('changed-meanwhile')
    const version = basedOn + 1
    const kept = await insertTemplate(db, actor.clinicId, {
      version,
      parts,
      madeAt: at,
      madeBy: accountOf(actor),
    })
    if (!kept) return refused('changed-meanwhile')
    audit.write(setTemplateAction.id, { object: 'note-template', detail: { version } })
    return done({ version })
  },
}
