import * as z from 'zod'
import { parseLocalDate } from '../../../platform/time.ts'
import { oneLine } from '../one-line.ts'
import { PAPER_KINDS } from './paper-line.ts'

/** What a browser may send of one line of the sheet; messages say what to do. */
export const fromPaperForm = z.object({
  key: z.uuid('Reload the page and try again.'),
  sheet: z.string().max(60, 'Keep this under 60 characters.').optional(),
  day: z.string({ error: 'Enter the day it happened.' }).transform((text, context) => {
    try {
      return parseLocalDate(text)
    } catch {
      context.addIssue('Enter the day it happened, as year, month and day.')
      return z.NEVER
    }
  }),
  time: z
    .string({ error: 'Enter the time on the sheet.' })
    .regex(/^([01]?\d|2[0-3]):[0-5]\d$/, 'Write the time as hours and minutes, such as 14:05.'),
  kind: z.enum(PAPER_KINDS, { error: 'Choose what was done.' }),
  from: z.string({ error: 'Choose what it is about.' }),
  amount: z.string().optional(),
  sessionId: z.uuid('Choose the session again.').optional(),
  to: z.string().optional(),
  vialNumber: z
    .string()
    .regex(/^[1-9]\d{0,5}$/, 'Enter the number on the vial, such as 3.')
    .transform(Number)
    .optional(),
  reason: oneLine('Say why, in a few words.').optional(),
})

export type FromPaperForm = z.infer<typeof fromPaperForm>
