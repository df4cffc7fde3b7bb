import { confirmSecond } from '../../identity/index.server.ts'
import { notConfirmedWords, parseSignedForm } from '../../identity/index.ts'
import { runCommand, runQuery } from '../../platform/command.server.ts'
import { type FormAnswer, formProblem, parseForm } from '../../platform/form.ts'
import { parseId } from '../../platform/ids.ts'
import { nightCookie, wantsNight } from '../../platform/night-light.ts'
import type { Outcome } from '../../platform/outcome.ts'
import { goTo, notFound, type PageArgs } from '../../platform/page.server.ts'
import type { Instant } from '../../platform/time.ts'
import { acknowledgeAlarm } from '../alarms/answer-alarm.server.ts'
import { startDose } from '../dose/start-dose.server.ts'
import { closeSession, dischargePerson } from '../leaving/discharge-person.server.ts'
import { lotInHand } from '../ledger/lot-in-hand.server.ts'
import { type OpenDrug, openDrugWords } from '../ledger/open-drug.ts'
import { entryRefusalAnswer } from '../queue/judge-form.ts'
import { acknowledgeForm } from '../session/care-form.ts'
import { recordSessionEvents } from '../session/record-session-events.server.ts'
import { refusalWords } from '../session/refusal-words.ts'
import type { SessionId } from '../session/session-event.ts'
import {
  bedsideInstant,
  closeForm,
  dischargeForm,
  overrideForm,
  startForm,
  startUnitsForm,
} from '../session/session-form.ts'
import { sessionRecord } from '../session/session-queries.server.ts'
import { recordSession } from '../treat-access.ts'
import { ENTRY_FORMS, type EntryIntent } from './entry-of-form.ts'
import { sureOf } from './one-entry.ts'

type Posted = PageArgs & { readonly form: FormData }
type Answer = FormAnswer | Response

/** The session named by the address; anything else is a page that is not there. */
export function sessionIdOf({ params }: PageArgs): SessionId {
  return parseId<'session'>(params.id) ?? notFound()
}

/** See-other back to the bedside, or the refusal in words above the form with everything typed. */
function answer(page: Posted, outcome: Outcome<unknown>, done: string): Answer {
  if (outcome.ok) return goTo(`/work/sessions/${page.params.id}?done=${done}`)
  if (outcome.reason === 'no-such-session') notFound()
  return formProblem(page.form, { form: refusalWords(outcome.reason) })
}

/**
 * Takes a form that only adds to the log: read by the same pure function that a tablet without a network uses, then
 * judged by the command. A rate faster than the order is answered with the order's own figure beside the field; what speaks
 * against later entries with those.
 */
function recordForm(intent: EntryIntent) {
  return async (page: Posted): Promise<Answer> => {
    const moment = { now: page.services.clock.now(), timeZone: page.clinic.timeZone }
    const read = ENTRY_FORMS[intent](page.form, moment)
    if (!read.ok) return read.answer
    const outcome = await runCommand(page.services, page.actor, recordSessionEvents, {
      sessionId: sessionIdOf(page),
      entries: read.entries,
    })
    if (outcome.ok || outcome.reason === 'no-such-session') return answer(page, outcome, read.done)
    return entryRefusalAnswer(page.form, outcome.reason, outcome.detail, page.clinic.timeZone)
  }
}

const when = (page: Posted, time: string | undefined) =>
  bedsideInstant(time, page.services.clock.now(), page.clinic.timeZone)

export async function recordStart(page: Posted): Promise<Answer> {
  const inHand = await lotInHand(page)
  if (!inHand.ok) return inHand.answer
  // The form of a dose in devices or tablets has no field for what was drawn.
  const units = !page.form.has('drawnMl')
  const parsed = units ? parseForm(startUnitsForm, inHand.form) : parseForm(startForm, inHand.form)
  if (!parsed.ok) return parsed.answer
  const { time, ...said } = parsed.value
  const outcome = await runCommand(page.services, page.actor, startDose, {
    ...said,
    ...inHand.taken,
    sessionId: sessionIdOf(page),
    ...sureOf(page.form),
    ...(time === undefined ? {} : { at: when(page, time) }),
  })
  if (outcome.ok) return answer(page, outcome, 'dose-started')
  if (outcome.reason === 'amber-stands') {
    return entryRefusalAnswer(page.form, outcome.reason, outcome.detail, page.clinic.timeZone)
  }
  const { hindrances, orderedMl } = (outcome.detail ?? {}) as {
    hindrances?: readonly string[]
    orderedMl?: number
  }
  if (!hindrances) return answer(page, outcome, 'dose-started')
  if (outcome.reason === 'drawn-not-as-ordered' && orderedMl !== undefined) {
    const drawnMl = `The order says ${orderedMl} mL. Read the syringe again; for another amount the order is changed first.`
    return formProblem(page.form, { drawnMl })
  }
  return formProblem(page.form, { form: hindrances.map(refusalWords).join(' ') })
}

export async function recordDischarge(page: Posted): Promise<Answer> {
  const parsed = parseForm(dischargeForm, page.form)
  if (!parsed.ok) return parsed.answer
  const { key, time } = parsed.value
  const outcome = await runCommand(page.services, page.actor, dischargePerson, {
    sessionId: sessionIdOf(page),
    key,
    ...(time === undefined ? {} : { at: when(page, time) }),
  })
  return answer(page, outcome, 'discharged')
}

/** Leaving although something is not met: the second clinician proves who they are on this very form. */
export async function recordOverride(page: Posted): Promise<Answer> {
  const missing = 'The second clinician enters their own password, or uses their passkey.'
  const parsed = parseSignedForm(overrideForm, page.form, { missing, second: true })
  if (!parsed.ok) return parsed.answer
  if (page.actor.kind !== 'member') notFound()
  const { key, time, reason, shown } = parsed.value
  const second = await confirmSecond(page, ['nurse', 'prescriber'])
  if (!second.ok) {
    const noMatch = 'This e-mail address and password do not belong to a nurse or prescriber here.'
    return formProblem(page.form, { secondPassword: notConfirmedWords(second, noMatch) })
  }
  const outcome = await runCommand(page.services, page.actor, dischargePerson, {
    sessionId: sessionIdOf(page),
    key,
    ...(time === undefined ? {} : { at: when(page, time) }),
    override: { stepUp: second.stepUp, reason, shown },
  })
  if (!outcome.ok && outcome.reason === 'not-as-shown') {
    const { now } = outcome.detail as { readonly now: readonly string[] }
    return formProblem(page.form, { form: `${refusalWords(outcome.reason)} Now: ${now.join('; ')}.` })
  }
  return answer(page, outcome, 'discharged')
}

export async function recordClosing(page: Posted): Promise<Answer> {
  const parsed = parseForm(closeForm, page.form)
  if (!parsed.ok) return parsed.answer
  const { key, time, reason } = parsed.value
  const outcome = await runCommand(page.services, page.actor, closeSession, {
    sessionId: sessionIdOf(page),
    key,
    reason,
    ...(time === undefined ? {} : { at: when(page, time) }),
  })
  if (!outcome.ok && outcome.reason === 'drug-unsettled') {
    const { open } = outcome.detail as { readonly open: readonly OpenDrug[] }
    return formProblem(page.form, { form: openDrugWords(open) })
  }
  return answer(page, outcome, 'closed')
}

/** Somebody takes an alarm on: the ladder stops, the alarm stays until its cause is gone. */
export async function recordAcknowledgement(page: Posted): Promise<Answer> {
  const parsed = parseForm(acknowledgeForm, page.form)
  if (!parsed.ok) return parsed.answer
  const { key, alarmId, shownTo, reason } = parsed.value
  const outcome = await runCommand(page.services, page.actor, acknowledgeAlarm, {
    sessionId: sessionIdOf(page),
    key,
    alarmId,
    shownTo: shownTo as Instant,
    ...(reason ? { reason } : {}),
  })
  return answer(page, outcome, 'acknowledged')
}

/** The other light on this device, for a browser without script. */
export async function chooseLight(page: Posted): Promise<Answer> {
  const { services, actor, clinic } = page
  const known = await runQuery(services, actor, ({ db }) => sessionRecord(db, clinic.id, sessionIdOf(page)))
  if (!known) notFound()
  const secure = page.services.config.publicUrl?.startsWith('https://') ?? false
  const night = !wantsNight(page.request.headers.get('cookie'))
  return goTo(`/work/sessions/${sessionIdOf(page)}`, { 'Set-Cookie': nightCookie(night, secure) })
}

const INTENTS = Object.keys(ENTRY_FORMS) as EntryIntent[]

/** The page's answers to every form that only adds to the log, for its map of intents. */
export const entryActions = Object.fromEntries(
  INTENTS.map((intent) => [intent, [recordSession, recordForm(intent)] as const]),
) as Record<EntryIntent, readonly [typeof recordSession, ReturnType<typeof recordForm>]>
