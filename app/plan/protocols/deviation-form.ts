import * as z from 'zod'
import { DEVIATION_KINDS } from './deviation.ts'

const words = (message: string) =>
  z.string({ error: message }).min(3, message).max(600, 'Write at most 600 characters.')

/** What the plan page may send about a deviation. */
export const deviationForm = z.object({
  deviationKind: z.enum(DEVIATION_KINDS, { error: 'Choose what it is about.' }),
  protocolSays: words('Say what the protocol asks for.'),
  doneInstead: words('Say what was done instead.'),
  deviationReason: words('Say why.').min(10, 'Say why, in at least ten letters.'),
})
