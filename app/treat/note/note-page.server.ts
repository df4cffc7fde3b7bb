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
import { drawnByLot } from '../ledger/dose-movements.ts'
import { knownLots } from '../ledger/lot-queries.server.ts'
import { amountInWords } from '../ledger/movement-words.ts'
import { type OpenDrug, openDrugWords } from '../ledger/open-drug.ts'
import { MONITOR_STRETCH_MS } from '../monitors/monitor-stretches.ts'
import { monitorStretches } from '../monitors/sample-queries.server.ts'
import { consentDuring } from '../session/consent-during.server.ts'
import { accountsNamed } from '../session/named-in-entry.ts'
import { refusalWords } from '../session/refusal-words.ts'
import type { SessionDose } from '../session/session.ts'
import { THE_CLINIC } from '../session/session-event.ts'
import { type Session, sessionById } from '../session/sessions.server.ts'
import { cosignNote as cosignAction, readSession, saveNote as saveAction } from '../treat-access.ts'
import { cosignaturesOf, notesOfSession, noteTemplate } from './note-queries.server.ts'
import { type DraftPart, type DraftSentence, draftParts, draftText } from './session-note.ts'
import { sentencesIn, sinceDrafted, takenIn } from './since-drafted.ts'
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
      /** What the text began from: with a saved note its own draft, otherwise what the log says now. */
      drafted: (note?.draft ?? parts.flatMap(({ sentences }) => sentences)).map(({ text }) => text),
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

const LONGEST = 20_000
const TOO_LONG = 'Keep this under 20,000 characters.'
const body = z.string({ error: 'Write the note.' }).max(LONGEST, TOO_LONG)
const key = z.uuid('Reload the page and try again.')
/** Sentences that the page showed. */
const sentences = z.string().max(200_000).default('[]').transform(sentencesIn)
const noteForm = z.object({ body, key, revision: z.coerce.number().int().min(0), shown: sentences })
const signForm = noteForm.extend({ closingKey: key, asWritten: sentences })
const addendumForm = z.object({ body: z.string({ error: 'Write the addendum.' }).max(20_000), key })

type Posted = PageArgs & { readonly form: FormData }
type Answer = FormAnswer | Response

/** What the log says now, and how many entries it has. */
async function logNow(page: Posted) {
  const { services, actor, clinic } = page
  return runQuery(services, actor, async ({ db }) => {
    const session = (await sessionById(db, clinic.id, sessionIdOf(page))) ?? notFound()
    const parts = await draftOf(db, clinic, session)
    const note = (await notesOfSession(db, clinic.id, session.id)).find(({ part }) => part === 'note')
    const says = parts.flatMap(({ sentences: each }) => each)
    return { parts, says, entries: session.events.length, note }
  })
}

/** The sentences that a page showed, each with its entries where the log still says it. */
function asShown(shown: readonly string[], says: readonly DraftSentence[]): DraftSentence[] {
  return shown.map((text) => says.find((each) => each.text === text) ?? { text, eventIds: [] })
}

async function draftOf(db: Read, clinic: ClinicProfile, session: Session): Promise<DraftPart[]> {
  const accounts = session.events.flatMap(accountsNamed)
  const consent = await consentDuring(db, clinic.id, session)
  const names = await accountNames(db, [...accounts, ...consent.map(({ by }) => by)])
  const { dose } = session.state
  const known = await knownLots(db, clinic.id)
  const context = {
    sessionNumber: session.sessionNumber,
    lotNumber: dose && lotsInWords(dose, (id) => known.find((lot) => lot.id === id)?.lotNumber),
    consent,
    stretches: await monitorStretches(db, clinic.id, session.id, MONITOR_STRETCH_MS),
    time: (instant: string) => timeInWords(instant as Instant, clinic.timeZone),
    name: (account: string) => (account === THE_CLINIC ? 'the clinic' : (names.get(account) ?? 'unknown')),
  }
  return draftParts(session.events, context, await noteTemplate(db, clinic.id))
}

/** The lot a dose was drawn from; of several each with its part, such as "A1 (1.20 mL) and lot B2 (4.00 mL)". */
function lotsInWords(dose: SessionDose, numberOf: (id: string) => string | undefined): string | undefined {
  if (!dose.otherLots?.length) return numberOf(dose.lotId)
  return drawnByLot(dose)
    .map(([id, hundredths]) => `${numberOf(id) ?? 'not known'} (${amountInWords(hundredths, 'vial')})`)
    .join(' and lot ')
}

export async function keepNote(page: Posted): Promise<Answer> {
  const parsed = parseForm(noteForm, page.form)
  if (!parsed.ok) return parsed.answer
  const outcome = await runCommand(page.services, page.actor, saveNote, {
    sessionId: sessionIdOf(page),
    key: parseId<'session-note'>(parsed.value.key) ?? notFound(),
    body: parsed.value.body,
    basedOn: parsed.value.revision,
    draft: asShown(parsed.value.shown, (await logNow(page)).says),
  })
  if (!outcome.ok) return formProblem(page.form, { body: refusalWords(outcome.reason) })
  return goTo(`/work/sessions/${page.params.id}/note?done=saved`)
}

/** Puts what the log says since the note was drafted into the text, and keeps that without signing it. */
export async function takeIn(page: Posted): Promise<Answer> {
  const parsed = parseForm(noteForm, page.form)
  if (!parsed.ok) return parsed.answer
  const { parts, says, note } = await logNow(page)
  const drafted = note ? note.draft.map(({ text }) => text) : parsed.value.shown
  const text = takenIn(parsed.value.body, parts, sinceDrafted(drafted, says, parsed.value.body))
  if (text.length > LONGEST) return formProblem(page.form, { body: TOO_LONG })
  const outcome = await runCommand(page.services, page.actor, saveNote, {
    sessionId: sessionIdOf(page),
    key: parseId<'session-note'>(parsed.value.key) ?? notFound(),
    body: text,
    basedOn: parsed.value.revision,
    draft: says,
    takenIn: true,
  })
  if (!outcome.ok) return formProblem(page.form, { body: refusalWords(outcome.reason) })
  return goTo(`/work/sessions/${page.params.id}/note?done=taken-in`)
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
  const { says, entries } = await logNow(page)
  const outcome = await runCommand(page.services, page.actor, signNote, {
    sessionId: sessionIdOf(page),
    key: parseId<'session-note'>(parsed.value.key) ?? notFound(),
    closingKey: parseId<'session-event'>(parsed.value.closingKey) ?? notFound(),
    body: parsed.value.body,
    basedOn: parsed.value.revision,
    draft: asShown(parsed.value.shown, says),
    log: { says, entries },
    asWritten: parsed.value.asWritten,
    stepUp: confirmed.stepUp,
  })
  if (!outcome.ok && outcome.reason === 'drug-unsettled') {
    const { open } = outcome.detail as { readonly open: readonly OpenDrug[] }
    return formProblem(page.form, { body: openDrugWords(open) })
  }
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
