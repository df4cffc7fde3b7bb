import type { Instant } from '../../platform/time.ts'
import type { StateKind } from '../../ui/index.ts'
import type { SessionSamples } from '../monitors/live-samples.ts'
import { type NewestValue, newestValues } from '../session/newest-values.ts'
import { foldSession, type SessionPhase, type SessionState } from '../session/session.ts'
import {
  type NextThing,
  nextReading,
  nextThing,
  readingsCoverNow,
  type SessionPlan,
  valueGoodForMs,
} from '../session/session-clock.ts'
import type { SessionEvent } from '../session/session-event.ts'
import { sessionLimits } from '../session/session-vitals.ts'
import {
  type Concern,
  concernsOf,
  isAboutValues,
  stateOfConcern,
  URGENCIES,
  type Urgency,
} from './tile-concerns.ts'

/** One visit of the day as the board shows it. */
export type BoardVisit = {
  readonly appointmentId: string
  readonly personName: string
  readonly sessionNumber: number
  readonly roomName: string
  readonly chairName: string
  readonly nurseName: string
  readonly plan: SessionPlan
  readonly sessionId: string | undefined
  /** What was said of it the day before; undefined when nothing was asked. */
  readonly dayBefore?:
    | { readonly confirmed: boolean; readonly words: string; readonly chip: StateKind }
    | undefined
  /** What the diary says of the visit by now; a session that is under way stays on the board whatever it says. */
  readonly diary: 'today' | 'other-day' | 'cancelled'
  /** Documents that must be signed before a dose, by title; left out where nobody looked. */
  readonly toSign?: readonly string[]
  /** Since when consent to dosing is taken back; left out where it is not, or nobody looked. */
  readonly consentTakenBackAt?: Instant | undefined
}

/** A visit with everything that follows from its log, and what monitors sent, at an instant. */
export type BoardTile = {
  readonly visit: BoardVisit
  readonly session: SessionState
  readonly phase: SessionPhase
  readonly urgency: Urgency
  readonly state: StateKind
  /** Why it has this state, in words. */
  readonly word: string
  /** Everything that is wrong, the worst first; the first gave the tile its state and its word. */
  readonly concerns: readonly Concern[]
  readonly next: NextThing
  /** The newest values, by hand or from a monitor, with their ages. */
  readonly signs: readonly BoardSign[]
  /** How late the next reading is, in milliseconds; 0 when it is not. */
  readonly overdueMs: number
}

/** The newest value of a sign, with the instant it was measured. */
export type BoardSign = NewestValue & { readonly at: Instant | undefined }

const PHASE_RANK: Readonly<Record<SessionPhase, number>> = {
  monitor: 0,
  recover: 1,
  dose: 2,
  check: 3,
  arrive: 4,
  leave: 5,
}

/**
 * The visits of the day, the most urgent first: by what is wrong, then by how long, then by how far along they are, by time and
 * by room. Pure.
 *
 * @param samples the newest values of monitors by session
 */
export function boardTiles(
  visits: readonly BoardVisit[],
  logs: Readonly<Record<string, readonly SessionEvent[]>>,
  nowMs: number,
  samples: Readonly<Record<string, SessionSamples>> = {},
): BoardTile[] {
  return visits
    .map((visit) => {
      const { sessionId = '' } = visit
      return boardTile(visit, logs[sessionId] ?? NO_EVENTS, samples[sessionId], nowMs)
    })
    .sort(
      (a, b) =>
        URGENCIES.indexOf(a.urgency) - URGENCIES.indexOf(b.urgency) ||
        worstFirst(a, b) ||
        PHASE_RANK[a.phase] - PHASE_RANK[b.phase] ||
        Number(isUnconfirmed(b)) - Number(isUnconfirmed(a)) ||
        a.visit.plan.startsAt.localeCompare(b.visit.plan.startsAt) ||
        a.visit.roomName.localeCompare(b.visit.roomName) ||
        a.visit.appointmentId.localeCompare(b.visit.appointmentId),
    )
}

/** Of two rooms alike, one with a value that is wrong comes before one with a clock that is; then what lasts longer. */
function worstFirst({ concerns: [a] }: BoardTile, { concerns: [b] }: BoardTile): number {
  if (!a || !b) return Number(b !== undefined) - Number(a !== undefined)
  return Number(isAboutValues(b)) - Number(isAboutValues(a)) || (a.sinceMs ?? 0) - (b.sinceMs ?? 0)
}

/** Before somebody has arrived, what is not confirmed rises. */
function isUnconfirmed({ phase, visit }: BoardTile): boolean {
  return phase === 'arrive' && visit.dayBefore?.confirmed === false
}

const NO_EVENTS: readonly SessionEvent[] = []
/** A log is folded once, not at each tick: it is another list when something was added. */
const folded = new WeakMap<readonly SessionEvent[], SessionState>()

function sessionOf(events: readonly SessionEvent[]): SessionState {
  let session = folded.get(events)
  if (!session) {
    session = foldSession(events)
    folded.set(events, session)
  }
  return session
}

function boardTile(
  visit: BoardVisit,
  events: readonly SessionEvent[],
  samples: SessionSamples | undefined,
  nowMs: number,
): BoardTile {
  const session = sessionOf(events)
  const signs = newestValues(session, samples, nowMs, valueGoodForMs(session, visit.plan, nowMs)).map(
    (value): BoardSign => ({ ...value, at: instantOf(value.atMs) }),
  )
  const overdueMs = nextReading(session, visit.plan, nowMs)?.overdueMs ?? 0
  const concerns = concernsOf(session, signs, overdueMs, nowMs, visit.consentTakenBackAt)
  return {
    visit,
    session,
    phase: session.phase,
    next: nextThing(session, visit.plan, nowMs),
    signs,
    overdueMs,
    concerns,
    ...tileState(session, visit.plan, nowMs, signs, concerns[0]),
  }
}

function instantOf(ms: number | undefined): Instant | undefined {
  return ms === undefined ? undefined : (new Date(ms).toISOString() as Instant)
}

function tileState(
  session: SessionState,
  plan: SessionPlan,
  nowMs: number,
  signs: readonly NewestValue[],
  worst: Concern | undefined,
): { urgency: Urgency; state: StateKind; word: string } {
  if (worst) return { urgency: worst.urgency, state: stateOfConcern(worst), word: worst.word }
  const plain = (state: 'unknown' | 'due' | 'calm', word: string) => ({ urgency: state, state, word })
  if (session.phase === 'leave') return plain('calm', session.dose ? 'Left' : 'Ended without a dose')
  if (session.phase === 'arrive') {
    return plain('due', nowMs > Date.parse(plan.startsAt) ? 'Not arrived yet' : 'Expected')
  }
  const unknown = signs.filter(
    ({ sign, state }) => sessionLimits.required.includes(sign) && state !== 'within',
  )
  if (unknown.some(({ value }) => value === null)) {
    return plain('unknown', session.readings.length === 0 ? 'No reading yet' : 'Not all signs known')
  }
  if (!readingsCoverNow(session, plan, nowMs)) return plain('unknown', 'Last full reading too old')
  if (unknown.length > 0) return plain('unknown', 'Not all signs known')
  return plain('calm', 'Within limits')
}
