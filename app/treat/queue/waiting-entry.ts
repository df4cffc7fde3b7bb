import * as z from 'zod'
import { parseForm } from '../../platform/form.ts'
import { isUuid, systemIds } from '../../platform/ids.ts'
import { type Instant, instantFromMs, MINUTE_MS } from '../../platform/time.ts'
import { ENTRY_FORMS, type EntryIntent } from '../bedside/entry-of-form.ts'
import type { FormEntries, FormReader } from '../bedside/one-entry.ts'
import type { SessionEventId } from '../session/session-event.ts'

/**
 * A form of the bedside as it was typed and sent off, and when by the tablet's clock. It travels as typed, and whoever
 * reads it (this tablet, another page of it, the server) reads it by the same pure function.
 */
export type TypedEntry = {
  readonly intent: string
  /** Name and value of each field, in the form's order. */
  readonly fields: readonly (readonly [name: string, value: string])[]
  /** Milliseconds since 1970 by the tablet's clock. */
  readonly writtenMs: number
  /** How far that clock was ahead of the server's when it was written; null where the tablet did not know. */
  readonly aheadMs: number | null
}

/** What a tablet keeps until the server has answered, and afterwards while a refusal waits for somebody's decision. */
export type WaitingEntry = TypedEntry & {
  /** Its place in the order of this tablet, from 1; never used twice. */
  readonly number: number
  /** Who wrote it: sent by nobody else. */
  readonly account: string
  readonly sessionId: string
  /** Why the server did not take it. */
  readonly refused?: string
}

/** How the server answered one entry. */
export type EntryAnswer =
  | { readonly number: number; readonly answer: 'stored' | 'already-stored' }
  | { readonly number: number; readonly answer: 'refused'; readonly why: string }

/** The most that is sent at once; the rest follows. */
export const MOST_AT_ONCE = 40

const uuid = z.string().refine(isUuid)

/** What a tablet posts. Everything in it is looked at again by the forms themselves. */
export const sentEntries = z.object({
  tablet: uuid,
  account: uuid,
  sentMs: z.int().min(0).max(8e15),
  entries: z
    .array(
      z.object({
        number: z.int().min(1),
        entry: z.object({
          intent: z.string().max(40),
          fields: z.array(z.tuple([z.string().max(64), z.string().max(4000)])).max(80),
          writtenMs: z.int().min(0).max(8e15),
          aheadMs: z.int().min(-8e15).max(8e15).nullable(),
        }),
      }),
    )
    .min(1)
    .max(MOST_AT_ONCE),
})
export type SentEntries = z.infer<typeof sentEntries>

/** Whether a form of the bedside only adds to the log, so that it can wait on a tablet. */
export function canWait(intent: string): intent is EntryIntent {
  return Object.hasOwn(ENTRY_FORMS, intent)
}

/** The form as a browser would have sent it; NUL, which no database keeps, is left out. */
export function formOf({ intent, fields }: Pick<TypedEntry, 'intent' | 'fields'>): FormData {
  const form = new FormData()
  for (const [name, value] of fields) form.append(name, value.replaceAll('\u0000', ''))
  form.set('intent', intent)
  return form
}

/** Clocks that differ by less than this were not set anew in between; the rest is the way to the server. */
const CLOCK_SET_MS = 2 * MINUTE_MS

/**
 * When an entry was written by the server's clock: the tablet's time without what that clock is ahead. Where the offset
 * at writing differs from the one at sending, the clock was set in between, and the one at writing counts. What the
 * correction would put into the future was written now.
 *
 * @param aheadAtSendingMs tablet minus server as the server measured it when the entry arrived
 * @param now the server's time
 */
export function writtenAt(
  entry: Pick<TypedEntry, 'writtenMs' | 'aheadMs'>,
  aheadAtSendingMs: number,
  now: Instant,
): Instant {
  const { writtenMs, aheadMs } = entry
  const wasSet = aheadMs !== null && Math.abs(aheadMs - aheadAtSendingMs) > CLOCK_SET_MS
  const at = writtenMs - (wasSet ? aheadMs : aheadAtSendingMs)
  return instantFromMs(Math.min(at, Date.parse(now)))
}

/**
 * Reads a waiting form into entries; undefined for a form that cannot wait. What was set aside is an observation, as long as
 * the log takes one.
 */
export function entriesOf(
  typed: Pick<TypedEntry, 'intent' | 'fields'>,
  now: Instant,
  timeZone: string,
): FormEntries | undefined {
  if (typed.intent === SET_ASIDE) {
    const read = setAsideOfForm(typed)
    if (!read.ok) return read
    const { key: id, said, notTaken, because } = read.value
    const words = { text: setAsideText(said, notTaken, because) }
    return {
      ok: true,
      entries: [{ id, kind: 'observation', at: now, data: { topic: 'general' }, words }],
      done: 'observation',
    }
  }
  if (!canWait(typed.intent)) return undefined
  const read: FormReader = ENTRY_FORMS[typed.intent]
  return read(formOf(typed), { now, timeZone })
}

/**
 * The fields with new keys: what was refused is sent again as a new entry, so that it is never taken for the old one.
 *
 * @param change fields to be replaced; an empty value takes the field away
 */
export function withNewKeys(
  fields: TypedEntry['fields'],
  nextId: () => string,
  change: Readonly<Record<string, string>> = {},
): TypedEntry['fields'] {
  const kept = fields.filter(([name]) => change[name] === undefined)
  const changed = Object.entries(change).filter(([, value]) => value !== '')
  return [...kept, ...changed].map(
    ([name, value]) => [name, /^key(-|$)/.test(name) ? nextId() : value] as const,
  )
}

/** Says of a refused entry that somebody set it aside; no form of a page has it. */
export const SET_ASIDE = 'set-aside'

const LONGEST_SAID = 2000
const screenWords = z.string().max(LONGEST_SAID)
const setAsideForm = z.object({
  key: uuid.transform((value) => value as SessionEventId),
  said: screenWords.min(1),
  notTaken: screenWords.optional().transform((value = '') => value),
  because: z.string().min(1).max(300),
})

/** What was set aside, read from what a tablet sent. */
export function setAsideOfForm(
  typed: Pick<TypedEntry, 'intent' | 'fields'>,
): ReturnType<typeof parseForm<typeof setAsideForm>> {
  return parseForm(setAsideForm, formOf(typed))
}

/**
 * What a tablet keeps and sends in place of a refused entry that somebody sets aside: under the id the entry would have had, so
 * that it is kept once; the server puts it into the log, or beside it when that is closed.
 *
 * @param said what was typed, in the words of the screen
 */
export function setAsideNote(
  { fields, refused = '', writtenMs, aheadMs }: WaitingEntry,
  said: string,
  because: string,
): TypedEntry {
  const key = fields.find(([name, value]) => /^key(-|$)/.test(name) && isUuid(value))?.[1]
  return {
    intent: SET_ASIDE,
    fields: [
      ['key', key ?? systemIds.next()],
      ['said', said.slice(0, LONGEST_SAID)],
      ['notTaken', refused.slice(0, LONGEST_SAID)],
      ['because', because],
    ],
    writtenMs,
    aheadMs,
  }
}

/** The note that a refused entry leaves in the log when somebody sets it aside. */
function setAsideText(what: string, why: string, because: string): string {
  return `Set aside, not recorded as it was typed: ${what} Not taken because: ${why} Set aside because: ${because}`.slice(
    0,
    2000,
  )
}

const reasonForm = z.object({
  because: z.string({ error: 'Say why it is set aside.' }).max(300, 'Keep this under 300 characters.'),
})

/** Why somebody sets an entry aside, or what to write. */
export function becauseOf(form: FormData): ReturnType<typeof parseForm<typeof reasonForm>> {
  return parseForm(reasonForm, form)
}
