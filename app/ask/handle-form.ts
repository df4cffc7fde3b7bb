import * as z from 'zod'
import { OTHER_HELPS } from './other-helps.ts'
import { phoneKey } from './request.ts'
import { DECLINE_REASONS, REPLY_CHANNELS } from './request-events.ts'

/** What staff may send about a request. */
const key = z.uuid({ error: 'This page is out of date. Reload it and try again.' }).toLowerCase()

const words = (missing: string, most: number) =>
  z.string({ error: missing }).max(most, `Please keep this under ${most} characters.`)

const idsOf = <Id extends string>(choices: readonly { readonly id: Id }[]) =>
  choices.map((choice) => choice.id) as [Id, ...Id[]]

export const noteForm = z.object({
  key,
  channel: z.enum(idsOf(REPLY_CHANNELS), { error: 'Choose how you were in touch.' }),
  reached: z.enum(['yes', 'no'], { error: 'Choose whether you reached them.' }),
  words: words('Write in a sentence what was said or tried.', 4000),
})

export const handOverForm = z.object({
  to: z.uuid({ error: 'Choose who takes it.' }).toLowerCase(),
  note: words('Write in a sentence what they should know.', 1000),
})

export const mailForm = z.object({
  key,
  mailWords: words('Write what the e-mail should say.', 4000),
})

export const acceptForm = z.object({
  key,
  /** Somebody who has a record here already; `new` for everybody else. */
  known: z.union([z.literal('new'), z.uuid()], { error: 'Choose whose request this is.' }).default('new'),
  displayName: words('Give the name or nickname of the person to be treated.', 80),
  email: z
    .email({ error: 'This does not look like an e-mail address, such as name@example.org.' })
    .max(254, 'This e-mail address is too long.')
    .optional(),
  phone: z
    .string()
    .max(40, 'This telephone number is too long.')
    .refine((text) => phoneKey(text) !== undefined, { error: 'Give all digits of the telephone number.' })
    .optional(),
  safeTimes: z.string().max(400, 'Please keep this under 400 characters.').optional(),
})

export const declineForm = z.object({
  key,
  reason: z.enum(idsOf(DECLINE_REASONS), { error: 'Choose why.' }),
  elsewhere: words('Say where else they can go. They read it on their page.', 2000),
  helps: z.array(z.enum(idsOf(OTHER_HELPS), { error: 'Choose from the list.' })),
})
