import type { Alarm } from './alarm.ts'
import type { AlarmConfig } from './alarm-config.ts'
import type { Core, Fold } from './alarm-core.ts'
import { alarmDue, goOff, type Trouble, trouble } from './alarm-life.ts'
import type { AlarmLevel } from './limits.ts'
import { type MonitoredSign, vitalSignNames } from './vital-sign.ts'

type Timer = {
  readonly atMs: number
  readonly key: string
  readonly goOff: (fold: Fold, atMs: number) => void
}

/**
 * Lets every timer go off that is due before `toMs` (or at it, when `andAt`), each at its own instant and in order,
 * so that looking often or seldom gives the same.
 */
export function advance(fold: Fold, toMs: number, andAt: boolean): void {
  const { core } = fold
  const isDue = (atMs: number | null) => atMs !== null && (atMs < toMs || (andAt && atMs === toMs))
  while (isDue(core.wakeMs)) {
    const timer = nextTimer(core, fold.config)
    core.wakeMs = timer?.atMs ?? null
    if (!timer || !isDue(timer.atMs)) break
    core.foldedToMs = timer.atMs
    timer.goOff(fold, timer.atMs)
    core.wakeMs = timer.atMs
  }
  core.foldedToMs = Math.max(core.foldedToMs, toMs)
}

/** The timer that goes off next; undefined when none runs. Of two at one instant the one with the lesser key. */
export function nextTimer(core: Core, config: AlarmConfig): Timer | undefined {
  let next: Timer | undefined
  for (const timer of timersOf(core, config)) {
    // What should have been earlier goes off now: time does not run back.
    const atMs = Math.max(timer.atMs, core.foldedToMs)
    if (!next || atMs < next.atMs || (atMs === next.atMs && timer.key < next.key)) next = { ...timer, atMs }
  }
  return next
}

function* timersOf(core: Core, config: AlarmConfig): Generator<Timer> {
  for (const alarm of Object.values(core.alarms)) {
    const due = alarmDue(alarm, config)
    if (due) yield { ...due, key: alarm.key, goOff: (fold, atMs) => goOff(fold, alarm, { ...due, atMs }) }
  }
  const { technical } = config
  for (const [deviceId, { heardAtMs }] of Object.entries(core.devices)) {
    const found = { kind: 'silence', level: technical.silence, deviceId } as const
    const reason = `${deviceId} has sent no value for ${Math.round(config.silenceMs / 1000)} s`
    const timer = timerOf(core, config, heardAtMs + config.silenceMs, {
      ...found,
      key: `silence:${deviceId}`,
      reason,
    })
    if (timer) yield timer
  }
  for (const sign of Object.keys(core.fromDevice) as MonitoredSign[]) {
    const { deviceId, atMs } = core.fromDevice[sign]!
    const staleMs = config.staleMs[sign]
    if (staleMs === undefined || !Object.hasOwn(core.devices, deviceId)) continue
    // A pressure taken by hand stands in for a cuff's; a probe that fell off is missed whatever is charted.
    if (!config.continuous.includes(sign) && core.latest[sign]?.deviceId === null) continue
    const reason = `${vitalSignNames[sign].name}: no valid value from ${deviceId} for ${Math.round(staleMs / 1000)} s`
    const found = {
      key: `stale:${sign}`,
      kind: 'stale',
      level: technical.stale,
      sign,
      deviceId,
      reason,
    } as const
    const timer = timerOf(core, config, atMs + staleMs, found)
    if (timer) yield timer
  }
  if (core.readingDueMs === null) return
  for (const level of ['amber', 'red'] as const satisfies readonly AlarmLevel[]) {
    const reason = `A reading is overdue by ${Math.round(config.overdueMs[level] / 60_000)} min`
    const found = { key: `overdue:${level}`, kind: 'overdue', level, reason } as const
    const timer = timerOf(core, config, core.readingDueMs + config.overdueMs[level], found)
    if (timer) yield timer
  }
}

function timerOf(core: Core, config: AlarmConfig, dueAtMs: number, found: Trouble): Timer | undefined {
  const before: Alarm | undefined = core.alarms[found.key]
  if (before && !before.resolved && before.goneAtMs === null) return undefined
  // Somebody said that it is settled, and it goes on: raised again after as long as an acknowledged one.
  const resolved = before?.resolved
  const quietToMs =
    resolved && resolved.by !== null && resolved.atMs >= dueAtMs
      ? resolved.atMs + config.raiseAgainMs[found.level]
      : dueAtMs
  return {
    atMs: Math.max(dueAtMs, quietToMs),
    key: found.key,
    goOff: (fold, atMs) => trouble(fold, found, { atMs, mark: '' }),
  }
}
