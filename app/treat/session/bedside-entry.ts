import type { Instant } from '../../platform/time.ts'
import { MINUTE_MS } from '../../platform/time.ts'
import { computedMg, fastestMlPerH, mostMg, rateAt } from '../dose/infusion.ts'
import { answers, standsAgainst } from '../dose/stands-against.ts'
import {
  byBedsideTime,
  CORRECTABLE,
  foldSession,
  GOES_ON,
  type SessionDose,
  type SessionState,
} from './session.ts'
import type { SessionEvent, SessionEventData, SessionEventKind } from './session-event.ts'

/** Kinds that have a command of their own, because more than the log must be right. */
type GuardedKind = 'dose-started' | 'device-given' | 'discharged' | 'session-closed' | 'alarm'

/** What a nurse records at the bedside: an event with its own id and bedside time, before it has an author. */
export type BedsideEntry = {
  [Kind in Exclude<SessionEventKind, GuardedKind>]: Omit<
    Extract<SessionEvent, { kind: Kind }>,
    'by' | 'receivedAt' | 'data'
  > & {
    readonly data: Kind extends 'dose-stopped' | 'dose-finished'
      ? { readonly mgGiven?: number }
      : Kind extends 'dose-rate-changed'
        ? { readonly rateMlPerH: number }
        : SessionEventData[Kind]
    /** What was asked about and answered "it is right", as the refusal named it; not written down. */
    readonly sure?: string
  }
}[Exclude<SessionEventKind, GuardedKind>]

export type EntryRefusal =
  | 'session-over'
  | 'recorded-otherwise'
  | 'future-time'
  | 'before-opening'
  | 'before-arrival'
  | 'no-infusion-running'
  | 'consent-taken-back'
  | 'red-stands'
  | 'amber-stands'
  | 'not-a-pump'
  | 'no-bolus-by-hand'
  | 'already-paused'
  | 'not-paused'
  | 'more-than-drawn'
  | 'rate-not-above-zero'
  | 'faster-than-ordered'
  | 'no-such-event'
  | 'not-correctable'
  | 'contradicts-log'
  | 'contradicts-later'

/** An entry of the log that says otherwise than a late one. */
export type Against = { readonly kind: SessionEventKind; readonly at: Instant }

type Accepted =
  | { readonly ok: true; readonly event: SessionEvent }
  | {
      readonly ok: false
      readonly reason: EntryRefusal
      /** Of `contradicts-later`: what was recorded for later. */
      readonly against?: readonly Against[]
      /** Of `red-stands` and `amber-stands`: what stands, in words. */
      readonly stands?: readonly string[]
      /** Where a person may answer that it is right: what to send along as `sure`. */
      readonly question?: string
      /** Of `before-arrival`: when they arrived. */
      readonly arrivedAt?: Instant
    }

/** What only a pump does. A dose of devices ends with its last one, or is stopped before. */
const PUMP_KINDS: readonly SessionEventKind[] = [
  'dose-paused',
  'dose-resumed',
  'dose-rate-changed',
  'dose-finished',
  'bolus-given',
]

/** Clocks at the bedside may run ahead of the server's by this much. */
const CLOCK_AHEAD_MS = 2 * MINUTE_MS
/** Somebody may have arrived before the session was opened, but not on another day. Nothing else came before it. */
const ARRIVED_BEFORE_OPENING_MS = 12 * 60 * MINUTE_MS

/** What an entry is judged by beside the log. */
export type EntryContext = {
  readonly openedAt: Instant
  /** Since when consent to a dose is taken back; what gives more of the drug after that is not begun. */
  readonly consentTakenBackAt?: Instant | undefined
  /** The pump's rate by the order behind the running dose, of its first step; needed for a change of rate alone. */
  readonly orderedRateMlPerH?: number
}

/**
 * Whether an entry may join the log, and how it is then written. Pure.
 *
 * It is judged by what the log says of its own time, not of now: a pause that was written without a network before
 * somebody else's stop is taken, and what follows from the log follows anew. What was impossible at its time is refused by name;
 * so is what would leave a later entry that counts without a meaning (`contradicts-later`), unless that one only
 * said again what is so already (a second pause, a second removal).
 *
 * A stop without figures gets the mg computed from the pump's rate and times, so that stopping never waits for
 * arithmetic; a finish without figures means the whole order. The computed figure is kept beside what the nurse read.
 * A new rate is read from the pump in mL/h and kept in mg/h as well, in the proportion of the order.
 *
 * More of the drug is not given while red stands. Where a person may decide (amber; a time before the arrival) the entry is
 * refused once with a question, and taken when it comes with that as `sure`. What a tablet kept was asked about there.
 *
 * @param state what `events` fold to
 * @param events the log so far, in any order
 * @param now when the server decides
 */
export function acceptEntry(
  entry: BedsideEntry,
  state: SessionState,
  events: readonly SessionEvent[],
  session: EntryContext,
  now: Instant,
  by: string,
): Accepted {
  const atItsTime = stateBefore(entry, state, events)
  const refusal = refusalOf(entry, { atItsTime, state }, events, session, now)
  if (refusal) return { ok: false, reason: refusal }
  const asked = askedAbout(entry, { atItsTime, state }, session)
  if (asked) return { ok: false, ...asked }
  const { sure: _, ...said } = entry
  const event = { ...said, by, receivedAt: now, data: writtenData(entry, atItsTime, session) }
  return joining(event as SessionEvent, state, events)
}

/** What the log says up to an entry's place in it. */
function stateBefore(
  entry: Pick<SessionEvent, 'at' | 'id'>,
  state: SessionState,
  events: readonly SessionEvent[],
): SessionState {
  const before = events.filter((event) => byBedsideTime(event, entry) < 0)
  return before.length === events.length ? state : foldSession(before)
}

/** The entry's figures with those that the log adds. */
function writtenData(entry: BedsideEntry, { dose }: SessionState, session: EntryContext): object {
  if (!dose) return entry.data
  switch (entry.kind) {
    case 'dose-stopped':
    case 'dose-finished': {
      const computed = computedMg(dose, Date.parse(entry.at))
      const { mgGiven } = entry.data
      if (mgGiven !== undefined) return { mgGiven, computedMg: computed }
      return entry.kind === 'dose-finished'
        ? { mgGiven: mostMg(dose), computedMg: computed }
        : { mgGiven: computed, computedMg: computed, mgComputed: true }
    }
    case 'dose-rate-changed':
      return { ...entry.data, rateMgPerH: mgPerH(entry.data.rateMlPerH, dose, session) }
    default:
      return entry.data
  }
}

/** A pump's mL/h as mg/h: the order's mL/h carry the rate the dose was started with. */
function mgPerH(mlPerH: number, dose: SessionDose, { orderedRateMlPerH }: EntryContext): number {
  if (orderedRateMlPerH === undefined) throw new Error('a change of rate is judged by the order of the dose')
  return (dose.rateMgPerH * mlPerH) / orderedRateMlPerH
}

/**
 * What the log would not count at its time (a hand-over that nobody offered) is refused, not kept unheard; and what would
 * make the log pass over something that was recorded for later is for people to settle.
 */
function joining(event: SessionEvent, state: SessionState, events: readonly SessionEvent[]): Accepted {
  const log = [...events, event]
  const { notCounted } = foldSession(log)
  if (notCounted.includes(event.id)) return { ok: false, reason: 'contradicts-log' }
  const against = events.filter(({ id }) => notCounted.includes(id) && !state.notCounted.includes(id))
  const otherwise = against.filter((later) => !saysAgain(later, log))
  if (otherwise.length === 0) return { ok: true, event }
  return {
    ok: false,
    reason: 'contradicts-later',
    against: otherwise.sort(byBedsideTime).map(({ kind, at }) => ({ kind, at })),
  }
}

/** Whether an entry that counted before a late one came says only what is so already: nothing is lost with it. */
function saysAgain(later: SessionEvent, log: readonly SessionEvent[]): boolean {
  switch (later.kind) {
    case 'access-removed':
    case 'sitter-out':
    case 'dose-paused':
      // Removed, out, or the pump stands already.
      return true
    case 'dose-resumed': {
      const { dose } = foldSession(log.filter((event) => byBedsideTime(event, later) < 0))
      return dose !== undefined && dose.ended === undefined
    }
    default:
      return false
  }
}

/** Stopping, pausing and every observation stay possible; so does what was done before and is entered later. */
function afterTakingBack(at: Instant, { consentTakenBackAt }: EntryContext): boolean {
  return consentTakenBackAt !== undefined && at >= consentTakenBackAt
}

function refusalOf(
  entry: BedsideEntry,
  { atItsTime, state }: { readonly atItsTime: SessionState; readonly state: SessionState },
  events: readonly SessionEvent[],
  session: EntryContext,
  now: Instant,
): EntryRefusal | undefined {
  if (state.closed && !GOES_ON.includes(entry.kind)) return 'session-over'
  const atMs = Date.parse(entry.at)
  if (atMs > Date.parse(now) + CLOCK_AHEAD_MS) return 'future-time'
  const earliestMs = minuteOf(session.openedAt) - (entry.kind === 'arrived' ? ARRIVED_BEFORE_OPENING_MS : 0)
  if (atMs < earliestMs) return 'before-opening'
  const { dose } = atItsTime
  const running = dose !== undefined && dose.ended === undefined
  const lastPause = dose?.pauses.at(-1)
  const paused = lastPause !== undefined && lastPause.until === undefined
  if (running && dose.units && PUMP_KINDS.includes(entry.kind)) return 'not-a-pump'
  switch (entry.kind) {
    case 'dose-paused':
      return !running ? 'no-infusion-running' : paused ? 'already-paused' : undefined
    case 'bolus-given':
      // No order says yet that a step is given by hand, and its mg would be in no sum.
      return afterTakingBack(entry.at, session) ? 'consent-taken-back' : 'no-bolus-by-hand'
    case 'dose-resumed':
      if (afterTakingBack(entry.at, session)) return 'consent-taken-back'
      return !running ? 'no-infusion-running' : paused ? undefined : 'not-paused'
    case 'dose-rate-changed': {
      if (!running) return 'no-infusion-running'
      const { rateMlPerH } = entry.data
      if (!(Number.isFinite(rateMlPerH) && rateMlPerH > 0)) return 'rate-not-above-zero'
      const fastest = fastestMlPerH(dose, session.orderedRateMlPerH ?? 0, atMs)
      if (rateMlPerH > fastest) return 'faster-than-ordered'
      // Slower gives less of the drug; the rate that is set already may be entered once more.
      return faster(entry.data, dose, atMs, session) && afterTakingBack(entry.at, session)
        ? 'consent-taken-back'
        : undefined
    }
    case 'dose-stopped':
    case 'dose-finished':
      if (!running) return 'no-infusion-running'
      return moreThanDrawn(entry.data.mgGiven, atItsTime) ? 'more-than-drawn' : undefined
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

/** What was typed as hours and minutes is compared with minutes. */
function minuteOf(at: Instant): number {
  return Math.floor(Date.parse(at) / MINUTE_MS) * MINUTE_MS
}

function faster(
  { rateMlPerH }: { readonly rateMlPerH: number },
  dose: SessionDose,
  atMs: number,
  session: EntryContext,
): boolean {
  return mgPerH(rateMlPerH, dose, session) > rateAt(dose, atMs) * (1 + 1e-9)
}

/** What stands against giving more at the entry's time, or makes its time unlikely; undefined where nothing does, or it was answered. */
function askedAbout(
  entry: BedsideEntry,
  { atItsTime, state }: { readonly atItsTime: SessionState; readonly state: SessionState },
  session: EntryContext,
): Omit<Extract<Accepted, { ok: false }>, 'ok' | 'against'> | undefined {
  const unanswered = (question: string) =>
    question !== '' && entry.via === undefined && !answers(entry.sure, question)
  const { dose } = atItsTime
  const givesMore =
    entry.kind === 'dose-resumed' ||
    (entry.kind === 'dose-rate-changed' &&
      dose !== undefined &&
      faster(entry.data, dose, Date.parse(entry.at), session))
  if (givesMore) {
    const { redValues, redAlarms, amber, question } = standsAgainst(atItsTime)
    const red = [...redValues, ...redAlarms]
    if (red.length > 0) return { reason: 'red-stands', stands: red }
    if (unanswered(question)) return { reason: 'amber-stands', stands: amber, question }
  }
  const { arrivedAt } = state
  const question = `before-arrival:${entry.at}`
  const early =
    arrivedAt !== undefined &&
    !TIMELESS.includes(entry.kind) &&
    Date.parse(entry.at) < minuteOf(arrivedAt) &&
    unanswered(question)
  return early ? { reason: 'before-arrival', question, arrivedAt } : undefined
}

/** Their time is no time of the visit's course. */
const TIMELESS: readonly SessionEventKind[] = ['arrived', 'correction', 'adverse-event-followed']

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
  if (dose.drawnMl === undefined || dose.lotConcentrationMgPerMl === undefined) {
    return mgGiven < 0 || mgGiven > dose.orderedMg
  }
  return mgGiven < 0 || mgGiven > dose.drawnMl * dose.lotConcentrationMgPerMl + FLOATING
}

/** mg: what floating point adds to mL × mg/mL, far under what any pump shows. */
const FLOATING = 1e-6
