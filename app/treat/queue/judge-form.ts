import { type FormAnswer, formProblem } from '../../platform/form.ts'
import { type Instant, timeInWords } from '../../platform/time.ts'
import {
  type Against,
  acceptEntry,
  type BedsideEntry,
  type EntryContext,
  type EntryRefusal,
} from '../session/bedside-entry.ts'
import { refusalWords } from '../session/refusal-words.ts'
import { foldSession } from '../session/session.ts'
import type { SessionEvent } from '../session/session-event.ts'
import { entriesOf, formOf, type TypedEntry } from './waiting-entry.ts'

/** What is said of a form that cannot wait on a tablet. */
export const NEEDS_NETWORK =
  'This needs the network: only the server knows everything that must be right for it. Stopping, pausing and readings work without.'

/** What was recorded for later than a late entry, and speaks against it. */
const AGAINST_WORDS: Readonly<Partial<Record<Against['kind'], string>>> = {
  'dose-stopped': 'the infusion was stopped',
  'dose-finished': 'the infusion ran out',
  'dose-resumed': 'the infusion was resumed',
  'dose-rate-changed': 'the pump was set to another rate',
  'device-given': 'a device was given',
  'handover-offered': 'the watch was offered',
  'handover-taken': 'the watch was taken over',
}

/** What came with the refusal of an entry. */
type RefusalDetail = {
  readonly orderedRateMlPerH?: number
  readonly against?: readonly Against[]
  readonly stands?: readonly string[]
  readonly question?: string
  readonly arrivedAt?: Instant
}

/**
 * Why an entry was not taken, in words; of a rate with the order's own figure, of what later entries speak against with those
 * and their times, of what stands against giving more with each of it.
 *
 * @param detail what came with the refusal: `{ orderedRateMlPerH?, against?, stands?, arrivedAt? }`
 */
export function entryRefusalWords(reason: string, detail: unknown, timeZone: string): string {
  const { orderedRateMlPerH, against = [], stands = [], arrivedAt } = (detail ?? {}) as RefusalDetail
  if (stands.length > 0) return `${refusalWords(reason)} Now: ${stands.join('; ')}.`
  if (reason === 'before-arrival' && arrivedAt) {
    return `This lies before they arrived at ${timeInWords(arrivedAt, timeZone)}: is it right? If so, send it again.`
  }
  if (reason === 'faster-than-ordered' && orderedRateMlPerH !== undefined) {
    return `A faster rate needs a new order; the order says ${orderedRateMlPerH} mL/h.`
  }
  if (reason !== 'contradicts-later' || against.length === 0) return refusalWords(reason)
  const said = against.map(
    ({ kind, at }) => `at ${timeInWords(at, timeZone)} ${AGAINST_WORDS[kind] ?? kind.replaceAll('-', ' ')}`,
  )
  return `${refusalWords(reason)} On record: ${said.join('; ')}.`
}

/**
 * A form whose entry was not taken, with everything typed, the words at the field they are about, and what to send along when
 * what was asked is right.
 *
 * @param detail as for `entryRefusalWords`, with `question` where a person may decide
 */
export function entryRefusalAnswer(
  form: FormData,
  reason: string,
  detail: unknown,
  timeZone: string,
): FormAnswer {
  const field = FIELD_OF[reason] ?? 'form'
  const problem = formProblem(form, { [field]: entryRefusalWords(reason, detail, timeZone) })
  const { question } = (detail ?? {}) as RefusalDetail
  if (!question) return problem
  const sure = [form.get('sure'), question].filter(Boolean).join(' ')
  return { ...problem, values: { ...problem.values, sure } }
}

const FIELD_OF: Readonly<Record<string, string>> = {
  'faster-than-ordered': 'rateMlPerH',
  'before-arrival': 'time',
  'birth-date-not-known': 'identifiers',
}

/** What a tablet knows of a session when it judges a form by itself. */
export type KnownSession = {
  readonly events: readonly SessionEvent[]
  readonly context: EntryContext
  readonly timeZone: string
  /** The account that writes. */
  readonly me: string
}

type Judged =
  | { readonly ok: true; readonly events: readonly SessionEvent[]; readonly done: string }
  | { readonly ok: false; readonly answer: FormAnswer }

/**
 * Judges a form as the server will, by what this tablet knows: the same reader, the same rules, the same words. What it
 * lets through is shown at once; the server has the last word.
 *
 * @param now when it was written, by the server's clock as far as the tablet can tell
 */
export function judgeForm(
  typed: Pick<TypedEntry, 'intent' | 'fields'>,
  known: KnownSession,
  now: Instant,
): Judged {
  const form = formOf(typed)
  const read = entriesOf(typed, now, known.timeZone)
  if (!read) return { ok: false, answer: formProblem(form, { form: NEEDS_NETWORK }) }
  if (!read.ok) return read
  const taken = taking(read.entries, known, now)
  if (taken.refused === undefined) return { ok: true, events: taken.events, done: read.done }
  const detail = { ...known.context, ...taken.detail }
  return { ok: false, answer: entryRefusalAnswer(form, taken.refused, detail, known.timeZone) }
}

function taking(
  entries: readonly BedsideEntry[],
  { events, context, me }: KnownSession,
  now: Instant,
): {
  readonly events: readonly SessionEvent[]
  readonly refused?: EntryRefusal
  readonly detail?: object
} {
  const log = [...events]
  const taken: SessionEvent[] = []
  for (const entry of entries) {
    if (log.some(({ id }) => id === entry.id)) continue
    // Of a new rate only the order's own rate tells mg; a tablet without it lets the server judge.
    if (entry.kind === 'dose-rate-changed' && context.orderedRateMlPerH === undefined) continue
    const accepted = acceptEntry(entry, foldSession(log), log, context, now, me)
    if (!accepted.ok) {
      const { ok: _, reason, ...detail } = accepted
      return { events: taken, refused: reason, detail }
    }
    const { receivedAt: _, ...event } = accepted.event
    log.push(event as SessionEvent)
    taken.push(event as SessionEvent)
  }
  return { events: taken }
}

/**
 * The log with what waits on this tablet folded into it: after everything known, in the order of writing. What the log
 * no longer allows is left out of the fold and stays in the list of what waits.
 *
 * @returns the whole log, and for each waiting entry the ids of its events that are shown
 */
export function withWaiting(
  known: KnownSession,
  waiting: readonly (TypedEntry & { readonly number: number })[],
  atOf: (entry: TypedEntry) => Instant,
): { readonly events: readonly SessionEvent[]; readonly shown: ReadonlyMap<string, number> } {
  const shown = new Map<string, number>()
  let events = known.events
  for (const entry of waiting) {
    const judged = judgeForm(entry, { ...known, events }, atOf(entry))
    if (!judged.ok) continue
    events = [...events, ...judged.events]
    for (const { id } of judged.events) shown.set(id, entry.number)
  }
  return { events, shown }
}
