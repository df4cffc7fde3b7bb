import * as z from 'zod'
import { plainFigure, unsureComma } from './plain-figure.ts'
import {
  ADVERSE_TERMS,
  CALL_TO,
  COMFORT_MEASURES,
  SCALES,
  type ScaleId,
  SERIOUS_CRITERIA,
} from './session-event.ts'
import { bedsideKey, bedsideTime } from './session-form.ts'

/** What a browser may send about everything around the dose. Messages say what to do. */

const key = bedsideKey
const time = bedsideTime
/** The message names its question: several such may be missing at once. */
const answerTo = (question: string) =>
  z.enum(['yes', 'no', 'unknown'], { error: `${question}: choose an answer; "not known" is one.` })
const text = z.string().max(2000, 'Keep this under 2,000 characters.').optional()
/** An account of this clinic; the command knows whose. */
const account = (message: string) => z.uuid({ error: message })
const entry = z.uuid({ error: 'Reload the page and try again.' })

function figure(name: string, low: number, high: number) {
  return z.string({ error: `Enter ${name}.` }).transform((typed, context) => {
    const value = plainFigure(typed)
    if (value !== undefined && value >= low && value <= high) return value
    context.addIssue(unsureComma(typed) ?? `Write ${name} as a number from ${low} to ${high}.`)
    return z.NEVER
  })
}

export const accessForm = z.object({
  key,
  time,
  side: z.enum(['left', 'right'], { error: 'Choose the side.' }),
  place: z.enum(['hand', 'wrist', 'forearm', 'elbow', 'other'], { error: 'Choose the place.' }),
  gauge: z.enum(['14', '16', '18', '20', '22', '24']).optional(),
  runsFreely: answerTo('Runs freely'),
  text,
})

export const accessRemovedForm = z.object({
  key,
  time,
  of: entry,
  intact: answerTo('Whole when it came out'),
  text,
})

const scaleIds = Object.keys(SCALES) as [ScaleId, ...ScaleId[]]

/** A score within the scale's own range, or why there is none: one of the two. */
function scoreOrReason(
  form: { scale: ScaleId; score?: string | undefined; notTaken?: unknown },
  context: z.RefinementCtx,
): void {
  const { low, high } = SCALES[form.scale]
  if (form.score === undefined && form.notTaken === undefined) {
    context.addIssue({
      code: 'custom',
      path: ['score'],
      message: 'Give the score, or say why there is none.',
    })
  }
  if (form.score === undefined) return
  if (form.notTaken !== undefined) {
    context.addIssue({
      code: 'custom',
      path: ['score'],
      message: 'Give either a score or a reason, not both.',
    })
  }
  const score = Number(form.score)
  if (!/^[+-]?\d{1,3}$/.test(form.score) || score < low || score > high) {
    const message = `Write the score as a whole number from ${low} to ${high}.`
    context.addIssue({ code: 'custom', path: ['score'], message })
  }
}

const scored = {
  scale: z.enum(scaleIds, { error: 'Choose the scale.' }),
  score: z.string().optional(),
  notTaken: z.enum(['declined', 'asleep', 'not-able']).optional(),
}
export const scaleForm = z.object({ key, time, ...scored, text }).superRefine(scoreOrReason)
export const correctScaleForm = z
  .object({
    key,
    of: entry,
    ...scored,
    correctionReason: z.string({ error: 'Say what was wrong.' }).max(500),
  })
  .superRefine(scoreOrReason)

const onOff = z.enum(['on', 'off'], { error: 'Reload the page and try again.' })
export const comfortForm = z.object({ key, time, measure: z.enum(COMFORT_MEASURES), on: onOff })
export const musicForm = z.object({ key, time, on: onOff })

export const sitterInForm = z
  .object({
    key,
    time,
    accountId: account('Choose a colleague, or write a name.').optional(),
    name: z.string().max(120, 'Keep the name under 120 characters.').optional(),
  })
  .refine(({ accountId, name }) => accountId !== undefined || name !== undefined, {
    path: ['name'],
    message: 'Choose a colleague, or write who sits with them.',
  })

export const sitterOutForm = z.object({ key, time, of: entry })

/** The value of "ordered by" for an order that stands for everybody; which one is written beside it. */
export const STANDING_ORDER = 'standing'

const medicine = {
  medicine: z
    .string({ error: 'Write the medicine as it stands on the ampoule or packet.' })
    .max(120, 'Keep the name under 120 characters.'),
  amount: figure('the amount', 0.001, 10_000),
  unit: z.enum(['mg', 'mcg', 'mL', 'g', 'L/min'], { error: 'Choose the unit.' }),
}
export const medicineForm = z
  .object({
    key,
    time,
    ...medicine,
    route: z.enum(['intravenous', 'intramuscular', 'oral', 'sublingual', 'nasal', 'inhaled'], {
      error: 'Choose how it was given.',
    }),
    against: z.enum(
      ['hypertension', 'nausea', 'agitation', 'saliva', 'allergy', 'breathing', 'pain', 'seizure', 'other'],
      { error: 'Choose what it was given for.' },
    ),
    orderedBy: z.union([z.literal(STANDING_ORDER), account('Choose who ordered it.')], {
      error: 'Choose who ordered it; without an order nothing is given.',
    }),
    reason: z.string().max(500, 'Keep this under 500 characters.').optional(),
  })
  .refine(({ orderedBy, reason }) => orderedBy !== STANDING_ORDER || reason !== undefined, {
    path: ['reason'],
    message: 'Name the standing order.',
  })
export const correctMedicineForm = z.object({
  key,
  of: entry,
  ...medicine,
  correctionReason: z.string({ error: 'Say what was wrong.' }).max(500),
})

export const callForm = z.object({
  key,
  time,
  to: z.enum(CALL_TO, { error: 'Choose who was called.' }),
  answered: answerTo('Answered'),
  text,
})

/** Ticked where nothing makes an event serious: not having looked is not the same. */
export const NOT_SERIOUS = 'none'

const grade = z.enum(['1', '2', '3', '4', '5'], { error: 'Choose the grade.' })
const relation = z.enum(['unrelated', 'unlikely', 'possible', 'probable', 'definite', 'unknown'], {
  error: 'Choose the relation to the dose; "not known" is one.',
})
const outcome = z.enum(
  ['resolved', 'resolving', 'not-resolved', 'resolved-with-sequelae', 'fatal', 'unknown'],
  { error: 'Choose how it stands now; "not known" is an answer.' },
)
const day = z.iso.date({ error: 'Give the day as year, month and day.' }).optional()

/** "Somebody looks at it again" needs the day by which. */
function againNeedsDay(
  { again, followUpOn }: { again: 'again' | 'done'; followUpOn?: string | undefined },
  context: z.RefinementCtx,
): void {
  if (again === 'done' || followUpOn !== undefined) return
  const message = 'Give the day by which somebody looks at it again.'
  context.addIssue({ code: 'custom', path: ['followUpOn'], message })
}

export const adverseForm = z
  .object({
    key,
    time,
    term: z.enum(ADVERSE_TERMS, { error: 'Choose what happened.' }),
    grade,
    relation,
    serious: z
      .array(z.enum([...SERIOUS_CRITERIA, NOT_SERIOUS]))
      .min(1, 'Tick what makes it serious, or that nothing does.')
      .refine((ticked) => !ticked.includes(NOT_SERIOUS) || ticked.length === 1, {
        message: 'Either nothing makes it serious or something does.',
      }),
    expected: z.enum(['expected', 'unexpected', 'unknown'], {
      error: 'Choose whether it was to be expected; "not known" is an answer.',
    }),
    outcome,
    again: z.enum(['again', 'done'], { error: 'Choose whether somebody looks at it again.' }),
    followUpOn: day,
    text: z
      .string({ error: 'Write in a sentence what happened and what was done.' })
      .max(2000, 'Keep this under 2,000 characters.'),
  })
  .superRefine(againNeedsDay)

export const adverseFollowedForm = z
  .object({
    key,
    time,
    of: entry,
    outcome,
    grade: grade.optional(),
    relation: relation.optional(),
    again: z.enum(['again', 'done'], { error: 'Choose whether somebody looks at it again.' }),
    followUpOn: day,
    text: z.string({ error: 'Write what is known by now.' }).max(2000, 'Keep this under 2,000 characters.'),
  })
  .superRefine(againNeedsDay)

/** Taking an alarm on. What was raised after the screen last showed it is not meant. */
export const acknowledgeForm = z.object({
  key,
  alarmId: z.string({ error: 'Reload the page and try again.' }).max(200),
  shownTo: z.iso.datetime({ error: 'Reload the page and try again.' }),
  reason: z.string().max(500, 'Keep this under 500 characters.').optional(),
})

export const offerForm = z.object({ key, time, to: account('Choose the colleague who takes over.') })
export const takeOfferForm = z.object({ key, time, of: entry })
export const takeWatchForm = z.object({
  key,
  time,
  /** Who had it, as the page showed; empty when nobody did. */
  from: z.uuid().optional(),
  reason: z.string().max(500, 'Keep this under 500 characters.').optional(),
})
