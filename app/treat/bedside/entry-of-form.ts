import { questionsAbout, type VitalSign } from '@evenkeel/vital-signs'
import { type FormAnswer, formProblem, parseForm } from '../../platform/form.ts'
import { ALDRETE_NAMES, aldreteSum } from '../leaving/recovery-score.ts'
import type { BedsideEntry } from '../session/bedside-entry.ts'
import { confirmation } from '../session/confirmation.ts'
import { DISCHARGE_STEPS } from '../session/session-event.ts'
import {
  bedsideInstant,
  checklistForm,
  correctDoseForm,
  correctReadingForm,
  endForm,
  identityForm,
  observationForm,
  plainForm,
  rateForm,
  readingForm,
  reasonForm,
  stepsForm,
  valuesOf,
} from '../session/session-form.ts'
import { CARE_FORMS } from './care-entry-of-form.ts'
import {
  correction,
  type FormEntries,
  type FormMoment,
  type FormReader,
  oneEntry,
  sureOf,
  wordsOf,
} from './one-entry.ts'

/** Asks once about what is unlikely; what was confirmed is kept as measured and marked. */
function askedAbout(
  form: FormData,
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
  const problem = formProblem(form, errors)
  return { ok: false, answer: { ...problem, values: { ...problem.values, confirmed: now } } }
}

const reading: FormReader = (form, moment) => {
  const parsed = parseForm(readingForm, form)
  if (!parsed.ok) return parsed
  const { key: id, time, confirmed } = parsed.value
  const values = valuesOf(parsed.value)
  const asked = askedAbout(form, values, confirmed)
  if (!asked.ok) return asked
  const at = bedsideInstant(time, moment.now, moment.timeZone)
  const data = { values, confirmed: asked.confirmed }
  return { ok: true, entries: [{ id, kind: 'reading', at, data, ...sureOf(form) }], done: 'reading' }
}

const correctReading: FormReader = (form, { now }) => {
  const parsed = parseForm(correctReadingForm, form)
  if (!parsed.ok) return parsed
  const { key, of, correctionReason, confirmed } = parsed.value
  const values = valuesOf(parsed.value)
  const asked = askedAbout(form, values, confirmed)
  if (!asked.ok) return asked
  return correction(key, of, { values, confirmed: asked.confirmed }, correctionReason, now)
}

const steps: FormReader = (form, moment) => {
  const parsed = parseForm(stepsForm, form)
  if (!parsed.ok) return parsed
  const answers = parsed.value
  const at = bedsideInstant(answers.time, moment.now, moment.timeZone)
  const entries = DISCHARGE_STEPS.flatMap((step): BedsideEntry[] => {
    const met = answers[step]
    const id = answers[`key-${step}`]
    if (!met || !id) return []
    return [{ id, kind: 'discharge-step', at, data: { step, met }, ...sureOf(form) }]
  })
  const parts = Object.fromEntries(ALDRETE_NAMES.map((name) => [name, answers[`aldrete-${name}`]]))
  const score = aldreteSum(parts)
  const id = answers['key-aldrete']
  if (score !== undefined && id !== undefined) {
    const points = parts as Record<string, number>
    const data = { scale: 'aldrete', score, parts: points } as const
    entries.push({ id, kind: 'scale', at, data, ...sureOf(form) })
  }
  if (entries.length > 0) return { ok: true, entries, done: 'steps' }
  return { ok: false, answer: formProblem(form, { form: 'Answer at least one of these.' }) }
}

const plain = (kind: 'dose-paused' | 'dose-resumed') =>
  oneEntry(reasonForm, kind, ({ reason }) => ({ kind, data: {}, ...wordsOf({ reason }) }))

const end = (kind: 'dose-stopped' | 'dose-finished') =>
  oneEntry(endForm, kind, ({ mgGiven, reason }) => ({
    kind,
    data: mgGiven === undefined ? {} : { mgGiven },
    ...wordsOf({ reason }),
  }))

/** Every form of the bedside that only adds to the log, by its intent. */
export const ENTRY_FORMS = {
  arrive: oneEntry(plainForm, 'arrived', () => ({ kind: 'arrived', data: {} })),
  identity: oneEntry(
    identityForm,
    'identity',
    ({ identifiers }) => ({ kind: 'identity-checked', data: { identifiers } }),
    ['identifiers'],
  ),
  checklist: oneEntry(checklistForm, 'checklist', (form) => ({
    kind: 'checklist',
    data: {
      escortNamed: form.escortName !== undefined,
      escortPhoneGiven: form.escortPhone !== undefined,
      fasted: form.fasted,
      noUseSince: form.noUseSince,
      breathAlcoholGPer210L: form.breathAlcohol ?? null,
    },
    ...wordsOf({ escortName: form.escortName, escortPhone: form.escortPhone }),
  })),
  reading,
  pause: plain('dose-paused'),
  resume: plain('dose-resumed'),
  rate: oneEntry(rateForm, 'rate', ({ rateMlPerH, reason }) => ({
    kind: 'dose-rate-changed',
    data: { rateMlPerH },
    ...wordsOf({ reason }),
  })),
  stop: end('dose-stopped'),
  finish: end('dose-finished'),
  observe: oneEntry(observationForm, 'observation', ({ topic, text }) => ({
    kind: 'observation',
    data: { topic },
    words: { text },
  })),
  steps,
  'correct-reading': correctReading,
  'correct-dose': (form: FormData, { now }: FormMoment): FormEntries => {
    const parsed = parseForm(correctDoseForm, form)
    if (!parsed.ok) return parsed
    const { key, of, correctionReason, mgGiven } = parsed.value
    return correction(key, of, { mgGiven }, correctionReason, now)
  },
  ...CARE_FORMS,
} as const satisfies Readonly<Record<string, FormReader>>

export type EntryIntent = keyof typeof ENTRY_FORMS
