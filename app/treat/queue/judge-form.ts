import { type FormAnswer, formProblem } from '../../platform/form.ts'
import type { Instant } from '../../platform/time.ts'
import type { BedsideEntry, EntryContext, EntryRefusal } from '../session/bedside-entry.ts'
import { acceptEntry } from '../session/bedside-entry.ts'
import { refusalWords } from '../session/refusal-words.ts'
import { foldSession } from '../session/session.ts'
import type { SessionEvent } from '../session/session-event.ts'
import { entriesOf, formOf, type TypedEntry } from './waiting-entry.ts'

/** What is said of a form that cannot wait on a tablet. */
export const NEEDS_NETWORK =
  'This needs the network: only the server knows everything that must be right for it. Stopping, pausing and readings work without.'

/** Why an entry was not taken, in words; of a rate with the order's own figure. */
export function entryRefusalWords(reason: string, detail?: unknown): string {
  const { orderedRateMlPerH } = (detail ?? {}) as { orderedRateMlPerH?: number }
  return reason === 'faster-than-ordered' && orderedRateMlPerH !== undefined
    ? `A faster rate needs a new order; the order says ${orderedRateMlPerH} mL/h.`
    : refusalWords(reason)
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
  const words = entryRefusalWords(taken.refused, known.context)
  const field = taken.refused === 'faster-than-ordered' ? 'rateMlPerH' : 'form'
  return { ok: false, answer: formProblem(form, { [field]: words }) }
}

function taking(
  entries: readonly BedsideEntry[],
  { events, context, me }: KnownSession,
  now: Instant,
): { readonly events: readonly SessionEvent[]; readonly refused?: EntryRefusal } {
  const log = [...events]
  const taken: SessionEvent[] = []
  for (const entry of entries) {
    if (log.some(({ id }) => id === entry.id)) continue
    // Of a new rate only the order's own rate tells mg; a tablet without it lets the server judge.
    if (entry.kind === 'dose-rate-changed' && context.orderedRateMlPerH === undefined) continue
    const accepted = acceptEntry(entry, foldSession(log), log, context, now, me)
    if (!accepted.ok) return { events: taken, refused: accepted.reason }
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
