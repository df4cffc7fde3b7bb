import { questionsAbout, type VitalSign } from '@evenkeel/vital-signs'
import { confirmSecond } from '../../identity/index.server.ts'
import { notConfirmedWords, parseSignedForm } from '../../identity/index.ts'
import { runCommand } from '../../platform/command.server.ts'
import { type FormAnswer, formProblem, parseForm } from '../../platform/form.ts'
import { parseId } from '../../platform/ids.ts'
import type { Outcome } from '../../platform/outcome.ts'
import { goTo, notFound, type PageArgs } from '../../platform/page.server.ts'
import { startDose } from '../dose/start-dose.server.ts'
import { closeSession, dischargePerson } from '../leaving/discharge-person.server.ts'
import type { BedsideEntry } from '../session/bedside-entry.ts'
import { recordSessionEvents } from '../session/record-session-events.server.ts'
import { refusalWords } from '../session/refusal-words.ts'
import { DISCHARGE_STEPS, type SessionId } from '../session/session-event.ts'
import {
  bedsideInstant,
  checklistForm,
  closeForm,
  confirmation,
  correctDoseForm,
  correctReadingForm,
  dischargeForm,
  endForm,
  identityForm,
  observationForm,
  overrideForm,
  plainForm,
  rateForm,
  readingForm,
  reasonForm,
  startForm,
  stepsForm,
  valuesOf,
} from '../session/session-form.ts'

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

async function record(page: Posted, entries: readonly BedsideEntry[], done: string): Promise<Answer> {
  const outcome = await runCommand(page.services, page.actor, recordSessionEvents, {
    sessionId: sessionIdOf(page),
    entries,
  })
  return answer(page, outcome, done)
}

const when = (page: Posted, time: string | undefined) =>
  bedsideInstant(time, page.services.clock.now(), page.clinic.timeZone)

/** An event without figures: arrival, and a pause or resumption with its reason. */
export function recordPlain(kind: 'arrived' | 'dose-paused' | 'dose-resumed') {
  return async (page: Posted): Promise<Answer> => {
    const parsed = parseForm(kind === 'arrived' ? plainForm : reasonForm, page.form)
    if (!parsed.ok) return parsed.answer
    const { key, time } = parsed.value
    const reason = 'reason' in parsed.value ? (parsed.value.reason as string | undefined) : undefined
    const words = reason ? { words: { reason } } : {}
    return record(page, [{ id: key, kind, at: when(page, time), data: {}, ...words }], kind)
  }
}

export async function recordIdentity(page: Posted): Promise<Answer> {
  const parsed = parseForm(identityForm, page.form, ['identifiers'])
  if (!parsed.ok) return parsed.answer
  const { key, time, identifiers } = parsed.value
  return record(
    page,
    [{ id: key, kind: 'identity-checked', at: when(page, time), data: { identifiers } }],
    'identity',
  )
}

export async function recordChecklist(page: Posted): Promise<Answer> {
  const parsed = parseForm(checklistForm, page.form)
  if (!parsed.ok) return parsed.answer
  const { key, time, escortName, escortPhone, fasted, noUseSince, breathAlcohol } = parsed.value
  const data = {
    escortNamed: escortName !== undefined,
    escortPhoneGiven: escortPhone !== undefined,
    fasted,
    noUseSince,
    breathAlcoholGPer210L: breathAlcohol ?? null,
  }
  const words = { ...(escortName ? { escortName } : {}), ...(escortPhone ? { escortPhone } : {}) }
  return record(page, [{ id: key, kind: 'checklist', at: when(page, time), data, words }], 'checklist')
}

/** Asks once about what is unlikely; what was confirmed is kept as measured and marked. */
export async function recordReading(page: Posted): Promise<Answer> {
  const parsed = parseForm(readingForm, page.form)
  if (!parsed.ok) return parsed.answer
  const { key, time, confirmed } = parsed.value
  const values = valuesOf(parsed.value)
  const asked = askedAbout(page, values, confirmed)
  if (!asked.ok) return asked.answer
  return record(
    page,
    [{ id: key, kind: 'reading', at: when(page, time), data: { values, confirmed: asked.confirmed } }],
    'reading',
  )
}

function askedAbout(
  page: Posted,
  values: ReturnType<typeof valuesOf>,
  confirmed: string | undefined,
): { ok: true; confirmed: readonly VitalSign[] } | { ok: false; answer: FormAnswer } {
  const questions = questionsAbout(values)
  const signs = [...new Set(questions.map(({ sign }) => sign))]
  const now = confirmation(values, signs)
  if (questions.length === 0 || confirmed === now) return { ok: true, confirmed: signs }
  const errors: Record<string, string> = {}
  for (const { sign, reason } of questions) {
    errors[sign] = [errors[sign], reason].filter(Boolean).join(' ')
  }
  const problem = formProblem(page.form, errors)
  return { ok: false, answer: { ...problem, values: { ...problem.values, confirmed: now } } }
}

export async function recordStart(page: Posted): Promise<Answer> {
  const parsed = parseForm(startForm, page.form)
  if (!parsed.ok) return parsed.answer
  const { key, time, lotId, drawnMl } = parsed.value
  const outcome = await runCommand(page.services, page.actor, startDose, {
    sessionId: sessionIdOf(page),
    key,
    lotId,
    drawnMl,
    ...(time === undefined ? {} : { at: when(page, time) }),
  })
  if (outcome.ok) return answer(page, outcome, 'dose-started')
  const { hindrances } = (outcome.detail ?? {}) as { hindrances?: readonly string[] }
  if (!hindrances) return answer(page, outcome, 'dose-started')
  return formProblem(page.form, { form: hindrances.map(refusalWords).join(' ') })
}

export function recordEnd(kind: 'dose-stopped' | 'dose-finished') {
  return async (page: Posted): Promise<Answer> => {
    const parsed = parseForm(endForm, page.form)
    if (!parsed.ok) return parsed.answer
    const { key, time, reason, mgGiven } = parsed.value
    const data = mgGiven === undefined ? {} : { mgGiven }
    const words = reason ? { words: { reason } } : {}
    return record(page, [{ id: key, kind, at: when(page, time), data, ...words }], kind)
  }
}

/** A new rate of the pump. Faster than the order is answered with the order's own figure beside the field. */
export async function recordRate(page: Posted): Promise<Answer> {
  const parsed = parseForm(rateForm, page.form)
  if (!parsed.ok) return parsed.answer
  const { key, time, reason, rateMlPerH } = parsed.value
  const outcome = await runCommand(page.services, page.actor, recordSessionEvents, {
    sessionId: sessionIdOf(page),
    entries: [
      {
        id: key,
        kind: 'dose-rate-changed',
        at: when(page, time),
        data: { rateMlPerH },
        ...(reason ? { words: { reason } } : {}),
      },
    ],
  })
  if (outcome.ok || outcome.reason !== 'faster-than-ordered') return answer(page, outcome, 'rate')
  const { orderedRateMlPerH } = outcome.detail as { orderedRateMlPerH: number }
  return formProblem(page.form, {
    rateMlPerH: `A faster rate needs a new order; the order says ${orderedRateMlPerH} mL/h.`,
  })
}

export async function recordObservation(page: Posted): Promise<Answer> {
  const parsed = parseForm(observationForm, page.form)
  if (!parsed.ok) return parsed.answer
  const { key, time, topic, text } = parsed.value
  return record(
    page,
    [{ id: key, kind: 'observation', at: when(page, time), data: { topic }, words: { text } }],
    'observation',
  )
}

export async function recordSteps(page: Posted): Promise<Answer> {
  const parsed = parseForm(stepsForm, page.form)
  if (!parsed.ok) return parsed.answer
  const form = parsed.value
  const at = when(page, form.time)
  const entries = DISCHARGE_STEPS.flatMap((step): BedsideEntry[] => {
    const met = form[step]
    return met ? [{ id: form[`key-${step}`], kind: 'discharge-step', at, data: { step, met } }] : []
  })
  if (entries.length === 0) return formProblem(page.form, { form: 'Answer at least one of these.' })
  return record(page, entries, 'steps')
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
  const { key, time, reason } = parsed.value
  const second = await confirmSecond(page, ['nurse', 'prescriber'])
  if (!second.ok) {
    const noMatch = 'This e-mail address and password do not belong to a nurse or prescriber here.'
    return formProblem(page.form, { secondPassword: notConfirmedWords(second, noMatch) })
  }
  const outcome = await runCommand(page.services, page.actor, dischargePerson, {
    sessionId: sessionIdOf(page),
    key,
    ...(time === undefined ? {} : { at: when(page, time) }),
    override: { stepUp: second.stepUp, reason },
  })
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
  return answer(page, outcome, 'closed')
}

export async function recordReadingCorrection(page: Posted): Promise<Answer> {
  const parsed = parseForm(correctReadingForm, page.form)
  if (!parsed.ok) return parsed.answer
  const { key, of, correctionReason, confirmed } = parsed.value
  const values = valuesOf(parsed.value)
  const asked = askedAbout(page, values, confirmed)
  if (!asked.ok) return asked.answer
  const figures = { values, confirmed: asked.confirmed }
  return record(
    page,
    [
      {
        id: key,
        kind: 'correction',
        at: page.services.clock.now(),
        data: { of, figures },
        words: { reason: correctionReason },
      },
    ],
    'corrected',
  )
}

export async function recordDoseCorrection(page: Posted): Promise<Answer> {
  const parsed = parseForm(correctDoseForm, page.form)
  if (!parsed.ok) return parsed.answer
  const { key, of, correctionReason, mgGiven } = parsed.value
  return record(
    page,
    [
      {
        id: key,
        kind: 'correction',
        at: page.services.clock.now(),
        data: { of, figures: { mgGiven } },
        words: { reason: correctionReason },
      },
    ],
    'corrected',
  )
}
