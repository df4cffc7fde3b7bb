import { type AlarmConfig, type AlarmInput, defaultAlarmConfig, type Reading } from '@evenkeel/vital-signs'
import type { Instant } from '../../platform/time.ts'
import { readingOfScale } from '../session/moaas-scale.ts'
import { foldSession, type SessionState } from '../session/session.ts'
import type { SessionPlan } from '../session/session-clock.ts'
import { type SessionEvent, THE_CLINIC } from '../session/session-event.ts'
import { sessionLimits } from '../session/session-vitals.ts'
import { keyOfAlarm } from './alarm-changes.ts'
import { type StandingMonitor, standingInputs } from './monitor-inputs.ts'

const MINUTE_MS = 60_000

/** What the alarms of a session go by: the clinic's limits and the protocol's reading times. */
export function alarmConfigOf(plan: SessionPlan): AlarmConfig {
  return {
    ...defaultAlarmConfig,
    version: [defaultAlarmConfig.version, sessionLimits.version, plan.monitoring.version].join('+'),
    limits: sessionLimits,
    readings: plan.monitoring,
  }
}

/**
 * What the log of a session says to its alarms: readings, scales and what was corrected in them, the baseline once the dose
 * begins, when it was planned, began, ended and when the person left, what people answered, and which monitors are to be heard.
 * Each input has a name made of what it says, so that handing the same log in again adds nothing; a name that is there no more
 * says that something does not hold any more.
 *
 * @param monitors at the chair
 */
export function inputsOfLog(
  events: readonly SessionEvent[],
  plan: Pick<SessionPlan, 'startsAt' | 'preparationMin'>,
  monitors: readonly StandingMonitor[] = [],
): AlarmInput[] {
  const state = foldSession(events)
  const byId = new Map(events.map((event) => [event.id as string, event]))
  const inputs: AlarmInput[] = []
  const named = (id: string, event: SessionEvent) => ({
    id,
    atMs: Date.parse(event.at),
    arrivedAtMs: arrivedAtMs(event),
  })
  for (const event of events) {
    const values = readIn(event)
    if (values) {
      inputs.push({ kind: 'reading', ...named(event.id, event), by: event.by, values })
    } else if (event.kind === 'correction') {
      const target = byId.get(event.data.of)
      const corrected = target && correctedMeasure(event, target)
      if (!corrected) continue
      // The right figures of that moment: they speak for its time, and are known from now on.
      const of = { ...named(event.id, event), atMs: Date.parse(target.at), by: event.by }
      inputs.push({ ...of, correctedAtMs: Date.parse(event.at), ...corrected })
    } else if (event.kind === 'scale' && event.data.score !== null) {
      const { scale, score } = event.data
      inputs.push({ kind: 'score', ...named(event.id, event), by: event.by, score: scale, value: score })
    } else if (event.kind === 'arrived') {
      const beginMs = Math.max(Date.parse(plan.startsAt), Date.parse(event.at))
      const markedMs = beginMs + plan.preparationMin * MINUTE_MS
      inputs.push({ kind: 'mark', ...named(event.id, event), mark: 'planned-start', markedMs })
    } else if (event.kind === 'alarm' && event.by !== THE_CLINIC) {
      const { change, alarmId } = event.data
      if (change !== 'seen' && change !== 'acknowledged') continue
      const kind = change === 'seen' ? 'seen' : 'acknowledge'
      inputs.push({ kind, ...named(event.id, event), by: event.by, alarm: keyOfAlarm(alarmId) })
    }
  }
  inputs.push(...doseInputs(state, byId))
  const { dose } = state
  const start = dose && byId.get(dose.startEventId)
  const startedAtMs = dose && Date.parse(dose.startedAt)
  const known = startedAtMs && { startedAtMs, knownAtMs: start ? arrivedAtMs(start) : startedAtMs }
  inputs.push(...standingInputs(monitors, known || undefined))
  return inputs
}

/** What the dose and the leaving say. */
function doseInputs(state: SessionState, byId: ReadonlyMap<string, SessionEvent>): AlarmInput[] {
  const inputs: AlarmInput[] = []
  const mark = (what: 'started' | 'ended' | 'closed', at: Instant, event: SessionEvent | undefined) => {
    const atMs = Date.parse(at)
    const arrived = event ? arrivedAtMs(event) : atMs
    inputs.push({
      kind: 'mark',
      id: `${what}:${atMs}`,
      atMs,
      arrivedAtMs: arrived,
      mark: what,
      markedMs: atMs,
    })
  }
  const { dose, baseline } = state
  const start = dose && byId.get(dose.startEventId)
  if (dose) mark('started', dose.startedAt, start)
  if (dose && baseline) {
    const { values } = baseline
    // A baseline that was corrected later is another one.
    const id = `baseline:${JSON.stringify(values)}`
    const atMs = Date.parse(dose.startedAt)
    inputs.push({ kind: 'baseline', id, atMs, arrivedAtMs: start ? arrivedAtMs(start) : atMs, values })
  }
  if (dose?.ended) mark('ended', dose.ended.at, byId.get(dose.ended.eventId))
  const leftAt = state.dischargedAt ?? state.closed?.at
  if (leftAt) {
    const left = [...byId.values()].find(
      ({ kind, at }) => (kind === 'discharged' || kind === 'session-closed') && at === leftAt,
    )
    mark('closed', leftAt, left)
  }
  return inputs
}

function arrivedAtMs(event: SessionEvent): number {
  return Date.parse(event.receivedAt ?? event.at)
}

/** What an entry measured: a reading, or a sign that was taken as a scale. */
function readIn(event: SessionEvent): Reading | undefined {
  if (event.kind === 'reading') return event.data.values
  return event.kind === 'scale' ? readingOfScale(event.data) : undefined
}

/** The figures that a correction puts into the place of what was measured; undefined when it is of something else. */
function correctedMeasure(
  { data }: Extract<SessionEvent, { kind: 'correction' }>,
  target: SessionEvent,
): { kind: 'reading'; values: Reading } | { kind: 'score'; score: string; value: number } | undefined {
  const { values, score } = data.figures
  if (target.kind === 'reading') {
    return typeof values === 'object' && values !== null ? { kind: 'reading', values } : undefined
  }
  if (target.kind !== 'scale') return undefined
  const known = typeof score === 'number' ? score : null
  const { scale } = target.data
  if (scale === 'moaas') return { kind: 'reading', values: { moaas: known } }
  return known === null ? undefined : { kind: 'score', score: scale, value: known }
}
