import type { StateKind } from '../../ui/index.ts'
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
import { type LatestSign, latestSigns, latestState } from '../session/session-vitals.ts'

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
}

/** A visit with everything that follows from its log at an instant. */
export type BoardTile = {
  readonly visit: BoardVisit
  readonly session: SessionState
  readonly phase: SessionPhase
  readonly state: StateKind
  /** Why it has this state, in words. */
  readonly word: string
  readonly next: NextThing
  readonly signs: readonly LatestSign[]
}

/** A reading this late during or after an infusion is as bad as a red one: silence is an alarm. A design default. */
export const OVERDUE_RED_MS = 5 * 60_000

const RANK: Readonly<Record<StateKind, number>> = { red: 0, amber: 1, unknown: 2, due: 3, calm: 4 }
const PHASE_RANK: Readonly<Record<SessionPhase, number>> = {
  monitor: 0,
  recover: 1,
  dose: 2,
  check: 3,
  arrive: 4,
  leave: 5,
}

/** The visits of the day, worst state first, then by how far along they are, then by time and room. */
export function boardTiles(
  visits: readonly BoardVisit[],
  logs: Readonly<Record<string, readonly SessionEvent[]>>,
  nowMs: number,
): BoardTile[] {
  return visits
    .map((visit) => boardTile(visit, (visit.sessionId && logs[visit.sessionId]) || [], nowMs))
    .sort(
      (a, b) =>
        RANK[a.state] - RANK[b.state] ||
        Number(hasRedValue(b)) - Number(hasRedValue(a)) ||
        PHASE_RANK[a.phase] - PHASE_RANK[b.phase] ||
        Number(isUnconfirmed(b)) - Number(isUnconfirmed(a)) ||
        a.visit.plan.startsAt.localeCompare(b.visit.plan.startsAt) ||
        a.visit.roomName.localeCompare(b.visit.roomName) ||
        a.visit.appointmentId.localeCompare(b.visit.appointmentId),
    )
}

/** Before somebody has arrived, what is not confirmed rises. */
function isUnconfirmed({ phase, visit }: BoardTile): boolean {
  return phase === 'arrive' && visit.dayBefore?.confirmed === false
}

/** A value that is red now comes before a reading that is late. */
function hasRedValue(tile: BoardTile): boolean {
  return tile.phase !== 'leave' && tile.signs.some((sign) => sign.state === 'red')
}

function boardTile(visit: BoardVisit, events: readonly SessionEvent[], nowMs: number): BoardTile {
  const session = foldSession(events)
  const signs = signsNow(session, visit.plan, nowMs)
  return {
    visit,
    session,
    phase: session.phase,
    next: nextThing(session, visit.plan, nowMs),
    signs,
    ...tileState(session, visit.plan, nowMs, signs),
  }
}

/** The newest values; one that was within limits and is older than its interval says nothing about now. */
function signsNow(session: SessionState, plan: SessionPlan, nowMs: number): LatestSign[] {
  const goodForMs = valueGoodForMs(session, plan, nowMs) ?? Number.POSITIVE_INFINITY
  return latestSigns(session).map((sign) =>
    sign.state === 'within' && sign.at !== undefined && nowMs - Date.parse(sign.at) > goodForMs
      ? { ...sign, state: 'unknown', reason: 'unknown: last value too old' }
      : sign,
  )
}

function tileState(
  session: SessionState,
  plan: SessionPlan,
  nowMs: number,
  signs: readonly LatestSign[],
): { state: StateKind; word: string } {
  if (session.phase === 'leave')
    return { state: 'calm', word: session.dose ? 'Left' : 'Ended without a dose' }
  if (session.phase === 'arrive') {
    const late = nowMs > Date.parse(plan.startsAt)
    return { state: 'due', word: late ? 'Not arrived yet' : 'Expected' }
  }
  const worst = latestState(session)
  const overdueMs = nextReading(session, plan, nowMs)?.overdueMs ?? 0
  const dosed = session.dose !== undefined
  if (worst === 'red') return { state: 'red', word: signWords(signs, 'red') }
  if (dosed && overdueMs >= OVERDUE_RED_MS) return { state: 'red', word: 'Reading overdue' }
  if (worst === 'amber') return { state: 'amber', word: signWords(signs, 'amber') }
  if (overdueMs > 0) return { state: 'amber', word: 'Reading overdue' }
  if (worst === 'unknown') {
    return {
      state: 'unknown',
      word: session.readings.length === 0 ? 'No reading yet' : 'Not all signs known',
    }
  }
  if (!readingsCoverNow(session, plan, nowMs)) return { state: 'unknown', word: 'Last full reading too old' }
  return { state: 'calm', word: 'Within limits' }
}

const SHORT = {
  systolicMmHg: 'SBP',
  diastolicMmHg: 'DBP',
  heartRatePerMin: 'HR',
  spo2Percent: 'SpO₂',
  respiratoryRatePerMin: 'RR',
  moaas: 'MOAA/S',
  temperatureCelsius: 'Temp',
} as const

function signWords(signs: readonly LatestSign[], state: 'red' | 'amber'): string {
  const named = signs
    .filter((sign) => sign.state === state)
    .map(({ sign, value }) => `${SHORT[sign]} ${value}`)
  return `${state === 'red' ? 'Red' : 'Amber'}: ${named.join(', ')}`
}
