import type { Instant } from '../platform/time.ts'
import { MINUTE_MS } from '../platform/time.ts'
import { CORRECTABLE, computedMg, foldSession, type SessionState } from './session.ts'
import type { SessionEvent, SessionEventData, SessionEventKind } from './session-event.ts'

/** Kinds that have a command of their own, because more than the log must be right. */
type GuardedKind = 'dose-started' | 'discharged' | 'session-closed'

/** What a nurse records at the bedside: an event with its own id and bedside time, before it has an author. */
export type BedsideEntry = {
  [Kind in Exclude<SessionEventKind, GuardedKind>]: Omit<
    Extract<SessionEvent, { kind: Kind }>,
    'by' | 'receivedAt' | 'data'
  > & {
    readonly data: Kind extends 'dose-stopped' | 'dose-finished'
      ? { readonly mgGiven?: number }
      : SessionEventData[Kind]
  }
}[Exclude<SessionEventKind, GuardedKind>]

export type EntryRefusal =
  | 'session-over'
  | 'recorded-otherwise'
  | 'future-time'
  | 'before-opening'
  | 'no-infusion-running'
  | 'already-paused'
  | 'not-paused'
  | 'more-than-drawn'
  | 'no-such-event'
  | 'not-correctable'
  | 'contradicts-log'

/** Clocks at the bedside may run ahead of the server's by this much. */
const CLOCK_AHEAD_MS = 2 * MINUTE_MS
/** An entry may be made for a time before the session was opened, but not for another day. */
const BEFORE_OPENING_MS = 12 * 60 * MINUTE_MS

/**
 * Whether an entry may join the log, and how it is then written. Pure.
 *
 * A stop without figures gets the mg computed from the pump's rate and times, so that stopping never waits for
 * arithmetic; a finish without figures means the whole order. The computed figure is kept beside what the nurse read.
 *
 * @param events the log so far, for corrections
 * @param now when the server decides
 */
export function acceptEntry(
  entry: BedsideEntry,
  state: SessionState,
  events: readonly SessionEvent[],
  session: { readonly openedAt: Instant },
  now: Instant,
  by: string,
):
  | { readonly ok: true; readonly event: SessionEvent }
  | { readonly ok: false; readonly reason: EntryRefusal } {
  const refusal = refusalOf(entry, state, events, session, now)
  if (refusal) return { ok: false, reason: refusal }
  const author = { by, receivedAt: now }
  if ((entry.kind === 'dose-stopped' || entry.kind === 'dose-finished') && state.dose) {
    const computed = computedMg(state.dose, Date.parse(entry.at))
    const mgGiven = entry.data.mgGiven ?? (entry.kind === 'dose-finished' ? state.dose.orderedMg : computed)
    return counted({ ...entry, ...author, data: { mgGiven, computedMg: computed } } as SessionEvent, events)
  }
  return counted({ ...entry, ...author } as SessionEvent, events)
}

/** What the log would not count at its time (a stop before a pause that came later) is refused, not kept unheard. */
function counted(event: SessionEvent, events: readonly SessionEvent[]): ReturnType<typeof acceptEntry> {
  const { notCounted } = foldSession([...events, event])
  return notCounted.includes(event.id) ? { ok: false, reason: 'contradicts-log' } : { ok: true, event }
}

function refusalOf(
  entry: BedsideEntry,
  state: SessionState,
  events: readonly SessionEvent[],
  session: { readonly openedAt: Instant },
  now: Instant,
): EntryRefusal | undefined {
  if (state.closed) return 'session-over'
  const atMs = Date.parse(entry.at)
  if (atMs > Date.parse(now) + CLOCK_AHEAD_MS) return 'future-time'
  if (atMs < Date.parse(session.openedAt) - BEFORE_OPENING_MS) return 'before-opening'
  const dose = state.dose
  const running = dose !== undefined && dose.ended === undefined && entry.at >= dose.startedAt
  const paused = dose?.pauses.at(-1)?.until === undefined && (dose?.pauses.length ?? 0) > 0
  switch (entry.kind) {
    case 'dose-paused':
      return !running ? 'no-infusion-running' : paused ? 'already-paused' : undefined
    case 'dose-resumed':
      return !running ? 'no-infusion-running' : paused ? undefined : 'not-paused'
    case 'dose-stopped':
    case 'dose-finished':
      if (!running) return 'no-infusion-running'
      return moreThanDrawn(entry.data.mgGiven, state) ? 'more-than-drawn' : undefined
    case 'correction': {
      const target = events.find(({ id }) => id === entry.data.of)
      if (!target) return 'no-such-event'
      if (!(CORRECTABLE as readonly string[]).includes(target.kind)) return 'not-correctable'
      const mg = entry.data.figures.mgGiven
      return moreThanDrawn(typeof mg === 'number' ? mg : undefined, state) ? 'more-than-drawn' : undefined
    }
    default:
      return undefined
  }
}

/**
 * Whether an entry says the same as the one stored under its id. A repeated post does; a form sent again with other
 * values does not, and is told so instead of being dropped.
 */
export function saysTheSame(
  entry: Pick<SessionEvent, 'kind'> & { readonly data: object },
  stored: SessionEvent,
): boolean {
  return entry.kind === stored.kind && sameFigures(entry.data, stored.data)
}

/** Compares what the entry names; figures the server added are not in it. */
function sameFigures(given: unknown, stored: unknown): boolean {
  if (typeof given !== 'object' || given === null) return given === stored
  if (typeof stored !== 'object' || stored === null) return false
  if (Array.isArray(given) && given.length !== (stored as unknown[]).length) return false
  return Object.entries(given).every(
    ([name, value]) => value === undefined || sameFigures(value, (stored as Record<string, unknown>)[name]),
  )
}

function moreThanDrawn(mgGiven: number | undefined, { dose }: SessionState): boolean {
  if (mgGiven === undefined || !dose) return false
  return mgGiven < 0 || mgGiven > dose.drawnMl * dose.lotConcentrationMgPerMl + 0.01
}
