import {
  type AlarmConfig,
  type AlarmInput,
  type Batch,
  defaultAlarmConfig,
  type Reading,
  sampleId,
} from '@evenkeel/vital-signs'
import type { Instant } from '../../platform/time.ts'
import type { StoredNotice, StoredSample } from '../monitors/stored-sample.ts'
import { readingOfScale } from '../session/moaas-scale.ts'
import { foldSession, type SessionState } from '../session/session.ts'
import type { SessionPlan } from '../session/session-clock.ts'
import { type SessionEvent, THE_CLINIC } from '../session/session-event.ts'
import { sessionLimits } from '../session/session-vitals.ts'
import { keyOfAlarm } from './alarm-changes.ts'

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
 * What the log of a session says to its alarms: readings and what was corrected in them, the baseline once the dose
 * begins, when it was planned, began, ended and when the person left, and what people answered. Each input has a name made
 * of its event, so that handing the same log in again adds nothing.
 */
export function inputsOfLog(
  events: readonly SessionEvent[],
  plan: Pick<SessionPlan, 'startsAt' | 'preparationMin'>,
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
      const corrected = correctedReading(event, byId)
      if (!corrected) continue
      // The right figures of that moment: they speak for its time, and are known from now on.
      const atMs = Date.parse(corrected.at)
      inputs.push({
        kind: 'reading',
        ...named(event.id, event),
        atMs,
        by: event.by,
        values: corrected.values,
      })
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
function correctedReading(
  correction: Extract<SessionEvent, { kind: 'correction' }>,
  byId: ReadonlyMap<string, SessionEvent>,
): { readonly at: Instant; readonly values: Reading } | undefined {
  const target = byId.get(correction.data.of)
  const { values, score } = correction.data.figures
  if (target?.kind === 'scale' && target.data.scale === 'moaas') {
    return { at: target.at, values: { moaas: typeof score === 'number' ? score : null } }
  }
  if (target?.kind !== 'reading' || typeof values !== 'object' || values === null) return undefined
  return { at: target.at, values: values as Reading }
}

/** What one batch said of a session, as it was kept. */
export type KeptBatch = {
  readonly run: string
  readonly sequence: number
  readonly samples: readonly StoredSample[]
  readonly technical: readonly StoredNotice[]
}

/**
 * What a batch says to the alarms of one session.
 *
 * @param deviceName the device's name on the wire
 * @param receivedAt when the server took it in
 */
export function inputOfBatch(kept: KeptBatch, deviceName: string, receivedAt: Instant): AlarmInput {
  const { run, sequence } = kept
  const batch: Batch = {
    deviceId: deviceName,
    run,
    sequence,
    sentAtMs: Date.parse(receivedAt),
    samples: kept.samples.map((sample) => ({
      id: sampleId(deviceName, run, sequence, sample.i),
      index: sample.i,
      measuredAtMs: sample.at,
      receivedAtMs: sample.rx,
      sign: sample.s,
      value: sample.v,
      unit: '',
      quality: sample.q ?? 'ok',
    })),
    technical: kept.technical.map((notice) => ({
      index: notice.i,
      atMs: notice.at,
      kind: notice.k,
      phase: notice.p,
      ...(notice.s ? { sign: notice.s } : {}),
    })),
  }
  return { kind: 'batch', batch, arrivedAtMs: Date.parse(receivedAt) }
}
