import * as z from 'zod'
import { type CheckInAnswers, SUBSTANCES, type Used } from './check-in.ts'

const scale = (message: string) =>
  z
    .string()
    .regex(/^(10|\d)$/, message)
    .transform(Number)
    .optional()

const USED: Readonly<Record<string, Used>> = { no: 'no', yes: 'yes', 'rather-not-say': 'unknown' }

/** Fields of the check-in that may be sent several times. */
export const CHECK_IN_LISTS = ['substances'] as const

/** What a browser may send as a check-in. The keys of `USED` are the answers; a scale may be left open. */
export const checkInForm = z
  .object({
    key: z.uuid('This page is not complete any more. Please reload it and try again.'),
    craving: scale('Choose a number from 0 to 10, or leave the row open.'),
    used: z.enum(['no', 'yes', 'rather-not-say'], {
      error: 'Choose one of the three. “I would rather not say” is an answer too.',
    }),
    substances: z
      .array(
        z.enum(
          SUBSTANCES.map(({ code }) => code),
          { error: 'This is not one of the answers here.' },
        ),
      )
      .default([]),
    mood: scale('Choose a number from 0 to 10, or leave the row open.'),
    words: z.string().max(2000, 'This is longer than we can keep here: at most 2000 signs.').optional(),
  })
  .superRefine((form, context) => {
    if (form.used !== 'yes' && form.substances.length > 0) {
      context.addIssue({
        code: 'custom',
        path: ['substances'],
        message:
          'Something is ticked here although yes is not chosen above. Choose yes, or take the ticks away.',
      })
    }
  })

export function toAnswers(form: z.infer<typeof checkInForm>): CheckInAnswers {
  return {
    craving0to10: form.craving ?? null,
    used: USED[form.used]!,
    substances: [...new Set(form.substances)].sort(),
    mood0to10: form.mood ?? null,
    words: form.words ?? null,
  }
}

/** Answers as the form shows them, for changing today's entry. */
export function toFormValues(answers: CheckInAnswers): Record<string, string | readonly string[]> {
  const text = (value: number | null) => (value === null ? '' : String(value))
  return {
    craving: text(answers.craving0to10),
    used: answers.used === 'unknown' ? 'rather-not-say' : answers.used,
    substances: answers.substances,
    mood: text(answers.mood0to10),
    words: answers.words ?? '',
  }
}
