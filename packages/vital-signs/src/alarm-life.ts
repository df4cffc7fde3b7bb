import type { Alarm, AlarmEvent, AlarmKey, AlarmKind } from './alarm.ts'
import type { AlarmConfig, LadderStep } from './alarm-config.ts'
import { type Cause, eventId, type Fold, wakeAt } from './alarm-core.ts'
import type { AlarmLevel } from './limits.ts'
import type { MonitoredSign } from './vital-sign.ts'

/** What is wrong, as the fold found it. */
export type Trouble = {
  readonly key: AlarmKey
  readonly kind: AlarmKind
  readonly level: AlarmLevel
  readonly reason: string
  readonly sign?: MonitoredSign
  readonly ruleId?: string
  readonly deviceId?: string
  readonly value?: number
  /** Whether the value is worse than the one at which somebody acknowledged. */
  readonly worseThan?: (acknowledged: number) => boolean
  /** It was so at an earlier time, and is not known to be so now. */
  readonly past?: boolean
}

/** Alarms are kept after they have resolved, the newest of them; those that live are always kept. */
const KEPT_RESOLVED = 100

/** A cause is there: begins a life, or goes on with the one that is open. */
export function trouble(fold: Fold, found: Trouble, cause: Cause): void {
  const { core, config, events } = fold
  const { key, level, reason } = found
  const before = core.alarms[key]
  const value = found.value ?? null
  if (!before || before.resolved) {
    const alarm: Alarm = {
      key,
      kind: found.kind,
      level,
      sign: found.sign ?? null,
      ruleId: found.ruleId ?? null,
      deviceId: found.deviceId ?? null,
      beganAtMs: cause.atMs,
      raisedAtMs: cause.atMs,
      raises: 1,
      reason,
      value,
      acknowledgedValue: null,
      seen: null,
      acknowledged: null,
      rung: 0,
      goneAtMs: found.past ? cause.atMs : null,
      late: found.past ?? false,
      resolved: null,
    }
    events.push(raised('raised', 'began', alarm, config, cause))
    keep(fold, alarm)
    return
  }
  // What was so at an earlier time changes nothing about an alarm that is open anyway.
  if (found.past) return
  const known: Alarm = { ...before, reason, value, goneAtMs: null }
  if (before.goneAtMs !== null) events.push({ ...eventOf('cause-back', key, cause), kind: 'cause-back' })
  const { acknowledgedValue } = before
  const worse =
    before.acknowledged !== null && acknowledgedValue !== null && found.worseThan?.(acknowledgedValue)
  keep(fold, worse ? raiseAgain(fold, known, 'worse', cause) : known)
}

/** The cause is known to be gone. Unknown is not gone: nobody calls this for a value that is missing. */
export function troubleGone(fold: Fold, key: AlarmKey, cause: Cause): void {
  const alarm = fold.core.alarms[key]
  if (!alarm || alarm.resolved || alarm.goneAtMs !== null) return
  fold.events.push({ ...eventOf('cause-gone', key, cause), kind: 'cause-gone' })
  keep(fold, { ...alarm, goneAtMs: cause.atMs })
  // Its timer, stopped while it was open, runs again.
  wakeAt(fold.core, cause.atMs)
}

/** The value that showed the cause to be gone does not hold: nobody knows that it is gone. */
export function causeBack(fold: Fold, key: AlarmKey, cause: Cause): void {
  const alarm = fold.core.alarms[key]
  if (!alarm || alarm.resolved || alarm.goneAtMs === null) return
  fold.events.push({ ...eventOf('cause-back', key, cause), kind: 'cause-back' })
  keep(fold, { ...alarm, goneAtMs: null })
}

function raiseAgain(fold: Fold, alarm: Alarm, why: 'persists' | 'worse', cause: Cause): Alarm {
  const again: Alarm = {
    ...alarm,
    raisedAtMs: cause.atMs,
    raises: alarm.raises + 1,
    acknowledgedValue: null,
    seen: null,
    acknowledged: null,
    rung: 0,
  }
  fold.events.push(raised('raised-again', why, again, fold.config, cause))
  return again
}

function raised(
  kind: 'raised' | 'raised-again',
  why: 'began' | 'persists' | 'worse',
  alarm: Alarm,
  config: AlarmConfig,
  cause: Cause,
): AlarmEvent {
  const { key, level, reason, value } = alarm
  const to = config.ladder[level][0]?.to ?? ''
  return { ...eventOf(kind, key, cause), kind, level, reason, value, why, to }
}

function eventOf(kind: string, alarm: AlarmKey, cause: Cause) {
  return { id: eventId(kind, alarm, cause), atMs: cause.atMs, alarm }
}

function keep(fold: Fold, alarm: Alarm): void {
  const { core, config } = fold
  core.alarms[alarm.key] = alarm
  const due = alarmDue(alarm, config)
  if (due) wakeAt(core, due.atMs)
  const keys = Object.keys(core.alarms)
  if (keys.length <= KEPT_RESOLVED) return
  const oldest = keys
    .map((key) => core.alarms[key]!)
    .filter(({ resolved }) => resolved)
    .sort((a, b) => a.resolved!.atMs - b.resolved!.atMs || (a.key < b.key ? -1 : 1))[0]
  if (!oldest) return
  delete core.alarms[oldest.key]
  wakeAt(core, core.foldedToMs)
}

/** What an alarm does next by itself, and when; undefined when nothing. */
type AlarmDue = { readonly atMs: number; readonly what: 'resolve' | 'escalate' | 'raise-again' }

/**
 * An amber alarm resolves when its cause has been gone for a while; a red one only after somebody has seen it. One
 * that nobody acknowledged climbs the ladder; one that was acknowledged is raised again while its cause persists.
 */
export function alarmDue(alarm: Alarm, config: AlarmConfig): AlarmDue | undefined {
  if (alarm.resolved) return undefined
  const { goneAtMs, acknowledged, seen, level } = alarm
  const known = acknowledged ?? seen
  // A red one that is seen later than this resolves when it is seen: time does not run back.
  const resolveAtMs =
    goneAtMs !== null && (level === 'amber' || known) ? goneAtMs + config.clearAfterMs : undefined
  const climb = nextStep(alarm, config)
  const next: AlarmDue | undefined = climb
    ? { atMs: climb.dueAtMs, what: 'escalate' }
    : acknowledged && goneAtMs === null
      ? { atMs: acknowledged.atMs + config.raiseAgainMs[level], what: 'raise-again' }
      : undefined
  if (resolveAtMs !== undefined && (!next || resolveAtMs <= next.atMs))
    return { atMs: resolveAtMs, what: 'resolve' }
  return next
}

/** Who is called next when nobody acknowledges, and when; undefined at the end of the ladder and once acknowledged. */
export function nextStep(
  alarm: Alarm,
  config: AlarmConfig,
): (LadderStep & { readonly dueAtMs: number }) | undefined {
  if (alarm.resolved || alarm.acknowledged) return undefined
  const step = config.ladder[alarm.level][alarm.rung + 1]
  return step && { ...step, dueAtMs: alarm.raisedAtMs + step.afterMs }
}

/** Does what is due. */
export function goOff(fold: Fold, alarm: Alarm, { atMs, what }: AlarmDue): void {
  const cause: Cause = { atMs, mark: '' }
  const { key, level } = alarm
  if (what === 'resolve') {
    const reason = 'the cause is gone'
    fold.events.push({ ...eventOf('resolved', key, cause), kind: 'resolved', by: null, reason })
    keep(fold, { ...alarm, resolved: { atMs, by: null, reason } })
  } else if (what === 'escalate') {
    const rung = alarm.rung + 1
    const { to } = fold.config.ladder[level][rung]!
    const id = eventId('escalated', key, { atMs, mark: `step ${rung}` })
    fold.events.push({ id, atMs, alarm: key, kind: 'escalated', level, to })
    keep(fold, { ...alarm, rung })
  } else {
    keep(fold, raiseAgain(fold, alarm, 'persists', cause))
  }
}

/** What a person did about an alarm. */
export type AnswerToAlarm = {
  readonly kind: 'seen' | 'acknowledge' | 'resolve'
  readonly by: string
  readonly alarm: AlarmKey
  readonly reason?: string
  readonly shownToMs?: number
}

/** Takes an answer, or says why not. Nobody (a blank name) answers nothing; what was raised after the screen had looked stays open. */
export function answer(fold: Fold, given: AnswerToAlarm, cause: Cause): void {
  const { core, events } = fold
  const { kind, alarm: key } = given
  const by = given.by.trim()
  const reason = given.reason?.trim() ?? ''
  const alarm = Object.hasOwn(core.alarms, key) ? core.alarms[key] : undefined
  const why =
    by === ''
      ? 'nobody'
      : kind === 'resolve' && reason === ''
        ? 'no-reason'
        : !alarm || alarm.resolved
          ? 'no-such-alarm'
          : given.shownToMs !== undefined && alarm.raisedAtMs > given.shownToMs
            ? 'raised-since'
            : undefined
  if (why || !alarm) {
    const refused = { kind: 'answer-refused', by, reason: why ?? 'no-such-alarm' } as const
    events.push({ ...eventOf('answer-refused', key, cause), ...refused })
    return
  }
  const { atMs } = cause
  const seen = alarm.seen ?? { atMs, by }
  if (kind === 'seen') {
    events.push({ ...eventOf('seen', key, cause), kind: 'seen', by })
    keep(fold, { ...alarm, seen })
  } else if (kind === 'acknowledge') {
    events.push({ ...eventOf('acknowledged', key, cause), kind: 'acknowledged', by })
    // Acknowledged twice: the first holds, so that pressing again never puts off the next raising.
    const acknowledged = alarm.acknowledged ?? { atMs, by }
    const acknowledgedValue = alarm.acknowledged ? alarm.acknowledgedValue : alarm.value
    keep(fold, { ...alarm, seen, acknowledged, acknowledgedValue })
  } else {
    events.push({ ...eventOf('resolved', key, cause), kind: 'resolved', by, reason })
    keep(fold, { ...alarm, seen, resolved: { atMs, by, reason } })
    // What is about watching may have to be raised again: look at the timers.
    wakeAt(core, atMs)
  }
}
