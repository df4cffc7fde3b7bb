import { type Reading, whyImpossible } from '@evenkeel/vital-signs'
import * as z from 'zod'
import { parseId } from '../../platform/ids.ts'
import {
  addDays,
  addMs,
  HOUR_MS,
  type Instant,
  instantAt,
  localDateOf,
  MINUTE_MS,
} from '../../platform/time.ts'
import { ALDRETE_NAMES, type AldretePart } from '../leaving/recovery-score.ts'
import { SAFE, type StorePlace } from '../ledger/movement.ts'
import { HAND_SIGNS } from './event-words.ts'
import { plainFigure, unsureComma } from './plain-figure.ts'
import type { DischargeStep, LotId, OtherLot, SessionEventId } from './session-event.ts'
import { DISCHARGE_STEPS } from './session-event.ts'

/** What a browser may send from the bedside. Messages say what to do. */

// In a browser the content policy forbids making functions of text; the schemas are then checked without.
if (typeof document !== 'undefined') z.config({ jitless: true })

/** The id of the entry, given out with the form: sent twice it is one entry. */
export const bedsideKey = z.string({ error: 'Reload the page and try again.' }).transform((text, context) => {
  const id = parseId<'session-event'>(text)
  if (id) return id
  context.addIssue('Reload the page and try again.')
  return z.NEVER
})

/** The bedside time, if it is not now: "14:05" by the clinic's clock. */
export const bedsideTime = z
  .string()
  .regex(/^([01]?\d|2[0-3]):[0-5]\d$/, 'Write the time as hours and minutes, such as 14:05.')
  .optional()

const key = bedsideKey
const time = bedsideTime

const reason = z.string().max(500, 'Keep this under 500 characters.').optional()

/** A figure as people write it, with a point or a comma. */
function figure(name: string, low: number, high: number) {
  return z.string().transform((text, context) => {
    const value = plainFigure(text)
    if (value !== undefined && value >= low && value <= high) return value
    context.addIssue(unsureComma(text) ?? `Write ${name} as a number from ${low} to ${high}.`)
    return z.NEVER
  })
}

/** A sign as somebody read it: what cannot be is refused; what is merely unlikely is asked about, never refused. */
function measured(sign: (typeof HAND_SIGNS)[number]) {
  return z.string().transform((text, context) => {
    const value = plainFigure(text) ?? Number.NaN
    const why = whyImpossible(sign, value)
    if (why === undefined) return value
    context.addIssue(why)
    return z.NEVER
  })
}

const signs = Object.fromEntries(HAND_SIGNS.map((sign) => [sign, measured(sign).optional()])) as Record<
  (typeof HAND_SIGNS)[number],
  z.ZodOptional<ReturnType<typeof measured>>
>

export const plainForm = z.object({ key, time })
export const reasonForm = z.object({ key, time, reason })

export const readingForm = z
  .object({ key, time, ...signs, confirmed: z.string().optional() })
  .refine((form) => HAND_SIGNS.some((sign) => form[sign] !== undefined), {
    path: ['systolicMmHg'],
    message: 'Enter at least one value. What was not measured stays empty.',
  })

export const identityForm = z
  .object({ key, time, identifiers: z.array(z.enum(['full-name', 'birth-date', 'photo-id'])).default([]) })
  .refine((form) => new Set(form.identifiers).size >= 2, {
    path: ['identifiers'],
    message: 'Check two identifiers, and mark both.',
  })

/** The message names its question: several such may be missing at once. */
const answerTo = (question: string) =>
  z.enum(['yes', 'no', 'unknown'], { error: `${question}: choose an answer; "not known" is one.` })

export const checklistForm = z.object({
  key,
  time,
  escortName: z.string().max(120, 'Keep the name under 120 characters.').optional(),
  escortPhone: z.string().max(40, 'Keep the telephone number under 40 characters.').optional(),
  fasted: answerTo('Fasting as agreed'),
  noUseSince: answerTo('No alcohol or drugs since the last visit'),
  breathAlcohol: figure('breath alcohol', 0, 1).optional(),
})

/**
 * Further lots of a dose as one field of a form, and back.
 *
 * @example otherLotsText([{ lotId: LOT, ml: 4 }]) // 'LOT:4'
 */
export function otherLotsText(parts: readonly OtherLot[]): string {
  return parts.map(({ lotId, ml }) => `${lotId}:${ml}`).join(' ')
}

/**
 * A lot as one choice of a form, with the place it is taken from where it stands in several.
 *
 * @example lotAtText(LOT, { at: 'safe' }) // 'LOT|safe'
 */
export function lotAtText(lotId: string, place: StorePlace | undefined): string {
  return place ? `${lotId}|${place.at === 'safe' ? 'safe' : place.id}` : lotId
}

/** Undefined for what `lotAtText` does not make. */
export function readLotAt(text: string): { readonly lotId: LotId; readonly place?: StorePlace } | undefined {
  const [id, where, ...more] = text.split('|')
  const lotId: LotId | undefined = parseId(id)
  if (!lotId || more.length > 0) return undefined
  if (where === undefined) return { lotId }
  if (where === 'safe') return { lotId, place: SAFE }
  const cabinet = parseId<'drug-cabinet'>(where)
  return cabinet && { lotId, place: { at: 'cabinet', id: cabinet } }
}

/** Name of the field into which the code of a further lot of a dose is scanned. */
export function scanFieldOf(lotId: LotId): string {
  return `scanned-${lotId}`
}

/** Undefined for what `otherLotsText` does not make. */
export function readOtherLots(text: string): OtherLot[] | undefined {
  const parts = text.split(' ').flatMap((part) => {
    if (part === '') return []
    const [id, ml = '', more] = part.split(':')
    const lotId: LotId | undefined = parseId(id)
    const figure = plainFigure(ml)
    const fits = lotId && figure !== undefined && figure > 0 && Number(figure.toFixed(2)) === figure
    return fits && more === undefined ? [{ lotId, ml: figure }] : [undefined]
  })
  return parts.every((part) => part !== undefined) ? parts : undefined
}

export const startForm = z.object({
  key,
  time,
  lotId: z.string({ error: 'Choose the lot in your hand.' }).transform((text, context) => {
    const id = readLotAt(text)?.lotId
    if (id) return id
    context.addIssue('Choose the lot in your hand.')
    return z.NEVER
  }),
  drawnMl: z.string({ error: 'Enter the mL drawn.' }).pipe(figure('the mL drawn', 0.01, 100)),
  otherLots: z
    .string()
    .optional()
    .transform((text, context) => {
      const parts = readOtherLots(text ?? '')
      if (parts) return parts
      context.addIssue('Reload the page: the lots of this dose were not understood.')
      return z.NEVER
    }),
})
/** Of devices and tablets the order says how many. */
export const startUnitsForm = startForm.omit({ drawnMl: true, otherLots: true })

export const endForm = z.object({ key, time, reason, mgGiven: figure('the mg given', 0, 1000).optional() })

/** No pump runs faster; and one that stands is paused or stopped, which is a record of its own. */
const MOST_ML_PER_H = 1200

export const rateForm = z.object({
  key,
  time,
  reason,
  rateMlPerH: z.string({ error: 'Enter the new rate as the pump shows it.' }).transform((text, context) => {
    const value = plainFigure(text)
    if (value !== undefined && value > 0 && value <= MOST_ML_PER_H) return value
    context.addIssue(
      value !== undefined && value <= 0
        ? 'A rate of 0 or less is none: pause or stop instead.'
        : (unsureComma(text) ?? `Write the new rate as a number up to ${MOST_ML_PER_H} mL/h.`),
    )
    return z.NEVER
  }),
})

export const observationForm = z.object({
  key,
  time,
  topic: z.enum(['general', 'distress', 'nausea', 'comfort', 'call'], { error: 'Choose what it is about.' }),
  text: z.string({ error: 'Write what you saw or did.' }).max(2000, 'Keep this under 2,000 characters.'),
})

const points = z.enum(['0', '1', '2'], { error: 'Choose 0, 1 or 2 points.' }).transform(Number).optional()

const stepAnswer = answerTo('Before leaving').optional()

export const stepsForm = z
  .object({
    time,
    'key-aldrete': key.optional(),
    ...(Object.fromEntries(ALDRETE_NAMES.map((name) => [`aldrete-${name}`, points])) as Record<
      `aldrete-${AldretePart}`,
      typeof points
    >),
    ...(Object.fromEntries(
      DISCHARGE_STEPS.flatMap((step) => [
        // Not every question is asked of everybody; one that is carries its key.
        [`key-${step}`, key.optional()],
        [step, stepAnswer],
      ]),
    ) as Record<`key-${DischargeStep}`, z.ZodOptional<typeof key>> &
      Record<DischargeStep, typeof stepAnswer>),
  })
  .superRefine((form, context) => {
    for (const step of DISCHARGE_STEPS)
      if (form[step] && !form[`key-${step}`])
        context.addIssue({ code: 'custom', path: [step], message: 'Reload the page and try again.' })
  })
  .check((context) => {
    // A sum of four parts says nothing.
    const open = ALDRETE_NAMES.filter((name) => context.value[`aldrete-${name}`] === undefined)
    if (open.length === 0 || open.length === ALDRETE_NAMES.length) return
    for (const name of open) {
      context.issues.push({
        code: 'custom',
        input: undefined,
        path: [`aldrete-${name}`],
        message: 'Choose this part as well: the score needs all five.',
      })
    }
  })

export const dischargeForm = z.object({ key, time })

export const overrideForm = z.object({
  key,
  time,
  reason: z
    .string({ error: 'Say why the person may leave all the same.' })
    .min(10, 'Say it in a sentence.')
    .max(1000, 'Keep this under 1,000 characters.'),
  /** What held the person back on the page; without it nothing counts as shown. */
  shown: z.string().max(20_000).default(''),
  secondEmail: z.string({ error: 'The second clinician enters their own e-mail address.' }).max(254),
})

export const closeForm = z.object({
  key,
  time,
  reason: z
    .string({ error: 'Say why no dose is given today.' })
    .max(1000, 'Keep this under 1,000 characters.'),
})

const corrected = { key, of: key, correctionReason: z.string({ error: 'Say what was wrong.' }).max(500) }
export const correctReadingForm = z
  .object({ ...corrected, ...signs, confirmed: z.string().optional() })
  .refine((form) => HAND_SIGNS.some((sign) => form[sign] !== undefined), {
    path: ['systolicMmHg'],
    message: 'Enter at least one value.',
  })
export const correctDoseForm = z.object({
  ...corrected,
  mgGiven: z.string({ error: 'Enter the mg given.' }).pipe(figure('the mg given', 0, 1000)),
})

/** The values of a reading as the form gave them; what was left empty is not in it. */
export function valuesOf(form: Partial<Record<(typeof HAND_SIGNS)[number], number | undefined>>): Reading {
  return Object.fromEntries(
    HAND_SIGNS.flatMap((sign) => (form[sign] === undefined ? [] : [[sign, form[sign]]])),
  )
}

/**
 * The instant of a bedside time. A clock time that lies ahead belongs to the evening before if that was within six
 * hours (a note after midnight); otherwise it is left in the future for the command to refuse.
 */
export function bedsideInstant(text: string | undefined, now: Instant, timeZone: string): Instant {
  if (text === undefined) return now
  const clock = text.padStart(5, '0')
  const today = localDateOf(now, timeZone)
  const at = instantAt(today, clock, timeZone)
  // A clock on the wall may run a little ahead.
  if (at <= addMs(now, 2 * MINUTE_MS)) return at < now ? at : now
  const before = instantAt(addDays(today, -1), clock, timeZone)
  return before >= addMs(now, -6 * HOUR_MS) ? before : at
}

export type StepKeys = Readonly<Record<DischargeStep, SessionEventId>>
