import * as z from 'zod'
import { accountNames, confirmIdentity, personById } from '../../identity/index.server.ts'
import { notConfirmedWords, parseSignedForm } from '../../identity/index.ts'
import { mayDo } from '../../platform/access.ts'
import type { ClinicProfile } from '../../platform/clinic-profile.ts'
import { runCommand, runQuery } from '../../platform/command.server.ts'
import type { Read } from '../../platform/database.server.ts'
import { type FormAnswer, formProblem, parseForm } from '../../platform/form.ts'
import { parseId } from '../../platform/ids.ts'
import { goTo, notFound, type PageArgs } from '../../platform/page.server.ts'
import { type Instant, momentInWords, timeInWords } from '../../platform/time.ts'
import { sessionIdOf } from '../bedside/session-actions.server.ts'
import { consentDuring } from '../session/consent-during.server.ts'
import { refusalWords } from '../session/refusal-words.ts'
import { THE_CLINIC } from '../session/session-event.ts'
import { type Session, sessionById } from '../session/sessions.server.ts'
import { lots } from '../stock/stock-queries.server.ts'
import { cosignNote as cosignAction, readSession, saveNote as saveAction } from '../treat-access.ts'
import { cosignaturesOf, notesOfSession, noteTemplate } from './note-queries.server.ts'
import { type DraftPart, type DraftSentence, draftParts, draftText } from './session-note.ts'
import { addAddendum, cosignNote, saveNote, signNote } from './write-note.server.ts'

/** The note of a session: what the log says, what was written of it, and what is signed. */
export async function loadNote(page: PageArgs) {
  const { services, actor, clinic, url } = page
  const id = sessionIdOf(page)
  return runQuery(services, actor, async ({ db, audit }) => {
    const session = (await sessionById(db, clinic.id, id)) ?? notFound()
    const person = (await personById(db, clinic.id, session.personId)) ?? notFound()
    audit.read(readSession.id, { personId: session.personId, object: 'session-note', objectId: id })
    const notes = await notesOfSession(db, clinic.id, id)
    const note = notes.find(({ part }) => part === 'note')
    const under = note ? await cosignaturesOf(db, clinic.id, note.id) : []
    const writers = notes.flatMap(({ savedBy, signed }) => [savedBy, ...(signed ? [signed.by] : [])])
    writers.push(...under.map(({ by }) => by))
    const names = await accountNames(db, writers)
    const name = (account: string) => names.get(account) ?? 'unknown'
    const clock = (instant: string) => timeInWords(instant as Instant, clinic.timeZone)
    const parts = await draftOf(db, clinic, session)
    return {
      sessionId: id,
      sessionNumber: session.sessionNumber,
      personName: person.displayName,
      over: session.state.phase === 'leave',
      draftText: draftText(parts),
      draft: parts.map(({ heading, ownText, sentences }) => ({
        heading,
        ownText,
        sentences: sentences.map(({ text, eventIds, source }) => ({
          text,
          sources: [
            ...eventIds.flatMap((eventId) => {
              const event = session.events.find((each) => each.id === eventId)
              return event ? [`${clock(event.at)} ${event.kind.replaceAll('-', ' ')}`] : []
            }),
            ...(source ? [source] : []),
          ],
        })),
      })),
      cosigned: under.map(({ id: cosignature, by, at, remark }) => ({
        id: cosignature,
        text: `${name(by)}, ${momentInWords(at, clinic.timeZone)}`,
        remark,
      })),
      mayCosign:
        mayDo(actor, cosignAction) &&
        note?.signed !== undefined &&
        actor.kind === 'member' &&
        note.signed.by !== actor.accountId &&
        !under.some(({ by }) => by === actor.accountId),
      note: note && {
        body: note.body,
        revision: note.revision,
        saved: `${name(note.savedBy)}, ${momentInWords(note.savedAt, clinic.timeZone)}`,
        signed: note.signed && `${name(note.signed.by)}, ${momentInWords(note.signed.at, clinic.timeZone)}`,
      },
      addenda: notes
        .filter(({ part }) => part === 'addendum')
        .map(({ id: key, body, signed, savedAt, savedBy }) => ({
          key,
          body,
          when: momentInWords(savedAt, clinic.timeZone),
          dateTime: savedAt,
          by: name(signed?.by ?? savedBy),
        })),
      keys: {
        cosign: services.ids.next(),
        note: services.ids.next(),
        closing: services.ids.next(),
        addendum: services.ids.next(),
      },
      done: url.searchParams.get('done') ?? undefined,
      mayWrite: mayDo(actor, saveAction),
    }
  })
}

const body = z.string({ error: 'Write the note.' }).max(20_000, 'Keep this under 20,000 characters.')
const key = z.uuid('Reload the page and try again.')
const noteForm = z.object({ body, key, revision: z.coerce.number().int().min(0) })
const signForm = noteForm.extend({ closingKey: key })
const addendumForm = z.object({ body: z.string({ error: 'Write the addendum.' }).max(20_000), key })

type Posted = PageArgs & { readonly form: FormData }
type Answer = FormAnswer | Response

/** The draft as it stands now, kept with the note at its first saving. */
async function draftNow(page: Posted): Promise<DraftSentence[]> {
  const { services, actor, clinic } = page
  return runQuery(services, actor, async ({ db }) => {
    const session = (await sessionById(db, clinic.id, sessionIdOf(page))) ?? notFound()
    return (await draftOf(db, clinic, session)).flatMap(({ sentences }) => sentences)
  })
}

async function draftOf(db: Read, clinic: ClinicProfile, session: Session): Promise<DraftPart[]> {
  const accounts = session.events.flatMap((event) => [
    event.by,
    ...(event.kind === 'discharged' && event.data.overrideBy ? [event.data.overrideBy] : []),
  ])
  const consent = await consentDuring(db, clinic.id, session)
  const names = await accountNames(db, [...accounts, ...consent.map(({ by }) => by)])
  const lot = (await lots(db, clinic.id)).find((each) => each.id === session.state.dose?.lotId)
  const context = {
    sessionNumber: session.sessionNumber,
    lotNumber: lot?.lotNumber,
    consent,
    time: (instant: string) => timeInWords(instant as Instant, clinic.timeZone),
    name: (account: string) => (account === THE_CLINIC ? 'the clinic' : (names.get(account) ?? 'unknown')),
  }
  return draftParts(session.events, context, await noteTemplate(db, clinic.id))
}

export async function keepNote(page: Posted): Promise<Answer> {
  const parsed = parseForm(noteForm, page.form)
  if (!parsed.ok) return parsed.answer
  const outcome = await runCommand(page.services, page.actor, saveNote, {
    sessionId: sessionIdOf(page),
    key: parseId<'session-note'>(parsed.value.key) ?? notFound(),
    body: parsed.value.body,
    basedOn: parsed.value.revision,
    draft: await draftNow(page),
  })
  if (!outcome.ok) return formProblem(page.form, { body: refusalWords(outcome.reason) })
  return goTo(`/work/sessions/${page.params.id}/note?done=saved`)
}

async function stepUp(page: Posted) {
  const result = await confirmIdentity(page)
  if (result.ok) return result
  const password = notConfirmedWords(result, 'This is not your password. Nothing was signed.')
  return { ok: false as const, answer: formProblem(page.form, { password }) }
}

export async function signTheNote(page: Posted): Promise<Answer> {
  const parsed = parseSignedForm(signForm, page.form)
  if (!parsed.ok) return parsed.answer
  const confirmed = await stepUp(page)
  if (!confirmed.ok) return confirmed.answer
  const outcome = await runCommand(page.services, page.actor, signNote, {
    sessionId: sessionIdOf(page),
    key: parseId<'session-note'>(parsed.value.key) ?? notFound(),
    closingKey: parseId<'session-event'>(parsed.value.closingKey) ?? notFound(),
    body: parsed.value.body,
    basedOn: parsed.value.revision,
    draft: await draftNow(page),
    stepUp: confirmed.stepUp,
  })
  if (!outcome.ok) return formProblem(page.form, { body: refusalWords(outcome.reason) })
  return goTo(`/work/sessions/${page.params.id}/note?done=signed`)
}

export async function addToNote(page: Posted): Promise<Answer> {
  const parsed = parseSignedForm(addendumForm, page.form)
  if (!parsed.ok) return parsed.answer
  const confirmed = await stepUp(page)
  if (!confirmed.ok) return confirmed.answer
  const outcome = await runCommand(page.services, page.actor, addAddendum, {
    sessionId: sessionIdOf(page),
    key: parseId<'session-note'>(parsed.value.key) ?? notFound(),
    body: parsed.value.body,
    stepUp: confirmed.stepUp,
  })
  if (!outcome.ok) return formProblem(page.form, { body: refusalWords(outcome.reason) })
  return goTo(`/work/sessions/${page.params.id}/note?done=added`)
}

const cosignForm = z.object({
  key,
  remark: z.string().max(2_000, 'Keep this under 2,000 characters.').optional(),
})

export async function cosign(page: Posted): Promise<Answer> {
  const parsed = parseSignedForm(cosignForm, page.form)
  if (!parsed.ok) return parsed.answer
  const confirmed = await stepUp(page)
  if (!confirmed.ok) return confirmed.answer
  const outcome = await runCommand(page.services, page.actor, cosignNote, {
    sessionId: sessionIdOf(page),
    key: parseId<'note-cosignature'>(parsed.value.key) ?? notFound(),
    remark: parsed.value.remark ?? '',
    stepUp: confirmed.stepUp,
  })
  if (!outcome.ok) return formProblem(page.form, { remark: refusalWords(outcome.reason) })
  return goTo(`/work/sessions/${page.params.id}/note?done=cosigned`)
}
