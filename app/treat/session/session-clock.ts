import { type ReadingDue, type ReadingPlan, readingSchedule } from '@evenkeel/vital-signs'
import type { Protocol } from '../../plan/index.ts'
import type { Instant } from '../../platform/time.ts'
import { expectedEndMs } from '../dose/infusion.ts'
import { mayLeaveAtMs, minimumStay } from '../leaving/discharge-gate.ts'
import { closerWatch } from './closer-watch.ts'
import { checklistGaps, type SessionReading, type SessionState } from './session.ts'
import { sessionLimits } from './session-vitals.ts'

/** What the clocks of a session go by; from the appointment and the protocol. */
export type SessionPlan = {
  readonly startsAt: Instant
  /** From the appointment's start to the planned start of the infusion. */
  readonly preparationMin: number
  readonly monitoring: ReadingPlan
  readonly minMinutesAfterEnd: number
  /** What those minutes count from; the end of the dose when left out. */
  readonly countedFrom?: Protocol['discharge']['countedFrom']
}

const MINUTE_MS = 60_000

/** Whether a reading knows every required sign. One that left something out neither counts as due nor resets a clock. */
function isComplete({ values }: SessionReading): boolean {
  return sessionLimits.required.every((sign) => typeof values[sign] === 'number')
}

/**
 * Whether every required sign is known and no older than the interval in force: before the dose what a start would
 * accept, afterwards the schedule's.
 */
export function readingsCoverNow(state: SessionState, plan: SessionPlan, nowMs: number): boolean {
  const last = state.readings.findLast(isComplete)
  if (!last) return false
  if (!state.dose) return nowMs - Date.parse(last.at) <= plan.monitoring.beforeStartWithinMs
  return (nextReading(state, plan, nowMs)?.overdueMs ?? 0) === 0
}

/** How old a value may be now: before the dose what a start would accept, then the schedule's interval; undefined once over. */
export function valueGoodForMs(state: SessionState, plan: SessionPlan, nowMs: number): number | undefined {
  if (state.phase === 'leave') return undefined
  if (!state.dose) return plan.monitoring.beforeStartWithinMs
  return nextReading(state, plan, nowMs)?.everyMs ?? plan.monitoring.duringEveryMs
}

/** When the next reading is due, sooner after what is beyond its limits; undefined before arrival and after leaving. */
export function nextReading(state: SessionState, plan: SessionPlan, nowMs: number): ReadingDue | undefined {
  if (!state.arrivedAt || state.phase === 'leave') return undefined
  const beginMs = Math.max(Date.parse(plan.startsAt), Date.parse(state.arrivedAt))
  return readingSchedule(plan.monitoring, {
    plannedStartAtMs: beginMs + plan.preparationMin * MINUTE_MS,
    startedAtMs: state.dose ? Date.parse(state.dose.startedAt) : null,
    endedAtMs: state.dose?.ended ? Date.parse(state.dose.ended.at) : null,
    readingsAtMs: state.readings.filter(isComplete).map(({ at }) => Date.parse(at)),
    closer: closerWatch(state),
    nowMs,
  })
}

export type NextKind =
  | 'arrival'
  | 'identity'
  | 'checklist'
  | 'reading'
  | 'start-dose'
  | 'end-infusion'
  | 'discharge'
  | 'note'
  | 'nothing'

/** The one thing that is due next. */
export type NextThing = {
  readonly kind: NextKind
  /** When it is due; undefined when it has no time of its own. */
  readonly dueAtMs: number | undefined
  readonly overdueMs: number
}

/**
 * What is due next at the bedside: one thing, so that it can be the biggest on the screen. A late reading comes
 * before everything but arrival and the checks that make a reading the person's own.
 */
export function nextThing(state: SessionState, plan: SessionPlan, nowMs: number): NextThing {
  const due = (kind: NextKind, dueAtMs?: number): NextThing => ({
    kind,
    dueAtMs,
    overdueMs: dueAtMs === undefined ? 0 : Math.max(0, nowMs - dueAtMs),
  })
  if (state.phase === 'leave') return due(state.closed ? 'nothing' : 'note')
  if (!state.arrivedAt) return due('arrival', Date.parse(plan.startsAt))
  const schedule = nextReading(state, plan, nowMs)
  const reading = due('reading', schedule?.dueAtMs ?? undefined)
  if (!state.dose) {
    if (!state.identity?.complete) return due('identity')
    if (checklistGaps(state.checklist).length > 0) return due('checklist')
    const last = state.readings.at(-1)
    const lastMs = last && isComplete(last) ? Date.parse(last.at) : undefined
    const red = closerWatch(state).some(({ level }) => level === 'red')
    const fresh = lastMs !== undefined && !red && nowMs - lastMs <= plan.monitoring.beforeStartWithinMs
    return fresh ? due('start-dose') : reading
  }
  if (reading.overdueMs > 0) return reading
  if (!state.dose.ended) {
    const endMs = expectedEndMs(state.dose, nowMs)
    return endMs <= nowMs ? due('end-infusion', endMs) : reading
  }
  const { minMinutesAfterEnd, countedFrom = 'end of the infusion' } = plan
  const mayLeaveMs = mayLeaveAtMs(state.dose, minimumStay(state.dose, { minMinutesAfterEnd, countedFrom }))
  return nowMs >= mayLeaveMs ? due('discharge', mayLeaveMs) : reading
}
