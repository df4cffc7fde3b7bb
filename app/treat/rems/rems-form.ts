import * as z from 'zod'
import { parseId } from '../../platform/ids.ts'
import { parseLocalDate } from '../../platform/time.ts'
import type { RemsFacts, RemsSeen } from '../session/session-event.ts'

/** Questions answered with yes, no or not known, in the order of the form. */
export const REMS_QUESTIONS = [
  'enrolled',
  'firstTreatment',
  'prescriberOnSite',
  'oximeterReady',
  'takesBenzodiazepine',
  'takesSedative',
  'takesOpioid',
  'takesPsychostimulant',
  'takesMaoInhibitor',
  'vitalsAcceptableBefore',
  'vitalsAcceptableAtEnd',
  'respiratoryDepression',
] as const satisfies readonly (keyof RemsFacts)[]
/** What is seen with a beginning and an end. */
export const REMS_SEEN = ['sedation', 'dissociation'] as const

const key = z.string({ error: 'Reload the page and try again.' }).transform((text, context) => {
  const id = parseId<'session-event'>(text)
  if (id) return id
  context.addIssue('Reload the page and try again.')
  return z.NEVER
})
const answer = z.enum(['yes', 'no', 'unknown']).optional()
const minute = z
  .string()
  .transform((text, context) => {
    const value = Number(text)
    if (Number.isInteger(value) && value >= 0 && value <= 1440) return value
    context.addIssue('Write whole minutes since the first device, such as 35.')
    return z.NEVER
  })
  .optional()

export const remsForm = z
  .object({
    key,
    ...(Object.fromEntries(REMS_QUESTIONS.map((name) => [name, answer])) as Record<
      (typeof REMS_QUESTIONS)[number],
      typeof answer
    >),
    sedation: answer,
    sedationFrom: minute,
    sedationTo: minute,
    dissociation: answer,
    dissociationFrom: minute,
    dissociationTo: minute,
    readyAfterMin: minute,
  })
  .check((context) => {
    for (const name of REMS_SEEN) {
      const { [`${name}From` as const]: from, [`${name}To` as const]: to } = context.value
      if (from !== undefined && to !== undefined && to < from) {
        context.issues.push({
          code: 'custom',
          input: to,
          path: [`${name}To`],
          message: 'The end lies before the beginning.',
        })
      }
    }
  })

/** The answers of the form; what was left open is not among them. */
export function remsAnswers(form: z.infer<typeof remsForm>): Partial<RemsFacts> {
  const seen = (name: (typeof REMS_SEEN)[number]): Partial<Record<typeof name, RemsSeen>> => {
    const answered = form[name]
    if (!answered) return {}
    const yes = answered === 'yes'
    return {
      [name]: {
        seen: answered,
        onsetMin: yes ? (form[`${name}From`] ?? null) : null,
        resolvedMin: yes ? (form[`${name}To`] ?? null) : null,
      },
    }
  }
  const plain = REMS_QUESTIONS.flatMap((name) => (form[name] ? [[name, form[name]]] : []))
  return {
    ...(Object.fromEntries(plain) as Partial<RemsFacts>),
    ...seen('sedation'),
    ...seen('dissociation'),
    ...(form.readyAfterMin === undefined ? {} : { readyAfterMin: form.readyAfterMin }),
  }
}

export const remsSentForm = z.object({
  key: z.string({ error: 'Reload the page and try again.' }),
  sentOn: z.string({ error: 'Enter the day it was sent.' }).transform((text, context) => {
    try {
      return parseLocalDate(text)
    } catch {
      context.addIssue('Enter the day it was sent, as year, month and day.')
      return z.NEVER
    }
  }),
  how: z.enum(['portal', 'fax'], { error: 'Choose how it was sent.' }),
  confirmation: z
    .string({ error: 'Write the number the portal gave, or the time of the fax.' })
    .max(120, 'Keep this under 120 characters.'),
})
