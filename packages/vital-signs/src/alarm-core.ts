import type { Alarm, AlarmEvent, AlarmKey } from './alarm.ts'
import type { AlarmConfig } from './alarm-config.ts'
import type { CloserWatch } from './reading-schedule.ts'
import type { MonitoredSign, Reading } from './vital-sign.ts'

/** The newest value of a sign and what is known about it. */
export type Latest = {
  readonly value: number
  readonly atMs: number
  /** Null: taken by hand. */
  readonly deviceId: string | null
  /** Called questionable by the device, or not plausible: it may raise an alarm, never end one. */
  readonly doubtful: boolean
}

/** When a device last gave a value of a sign that it does not itself call invalid. */
export type FromDevice = { readonly deviceId: string; readonly atMs: number }

/**
 * What has been folded so far. Plain JSON. The maps of a core in work are its own; what stands in them is replaced,
 * never changed, so that cores may share it.
 */
export type Core = {
  /** Every timer due before this has gone off. */
  foldedToMs: number
  /** No timer is due before this (it may be earlier than the next one): whatever starts a timer says so by `wakeAt`. Null: none runs. */
  wakeMs: number | null
  latest: Partial<Record<MonitoredSign, Latest>>
  /** Beside it, since a value by hand says how the person is, not that the probe is on. */
  fromDevice: Partial<Record<MonitoredSign, FromDevice>>
  /** When a device last said that its value of the sign is invalid. */
  invalidAtMs: Partial<Record<MonitoredSign, number>>
  /** Since when each rule has been met without a value to the contrary. */
  heldSinceMs: Record<string, number>
  /** The same among values that came late. */
  lateHeldSinceMs: Record<string, number>
  /** Runs of the very same value, by sign and device. */
  same: Record<string, { readonly value: number; readonly sinceMs: number; readonly samples: number }>
  /** Devices that are watched, and when they were last heard of. */
  devices: Record<string, { readonly heardAtMs: number }>
  /** Devices that were taken off on purpose: what they measured before does not bring them back. */
  detachedAtMs: Record<string, number>
  /** When each scale was taken last. */
  scoredAtMs: Record<string, number>
  /** When each sign was taken by hand last. */
  handAtMs: Partial<Record<MonitoredSign, number>>
  /** Signs that want their next reading sooner: by what was taken by hand, and (`device:` before the sign) by a device. */
  closer: Record<string, CloserWatch>
  baseline: Reading | null
  plannedStartMs: number | null
  startedMs: number | null
  endedMs: number | null
  closedMs: number | null
  lastReadingMs: number | null
  readingDueMs: number | null
  alarms: Record<AlarmKey, Alarm>
  lateValues: number
}

export const emptyCore: Core = {
  foldedToMs: Number.MIN_SAFE_INTEGER,
  wakeMs: null,
  latest: {},
  fromDevice: {},
  invalidAtMs: {},
  heldSinceMs: {},
  lateHeldSinceMs: {},
  same: {},
  devices: {},
  detachedAtMs: {},
  scoredAtMs: {},
  handAtMs: {},
  closer: {},
  baseline: null,
  plannedStartMs: null,
  startedMs: null,
  endedMs: null,
  closedMs: null,
  lastReadingMs: null,
  readingDueMs: null,
  alarms: {},
  lateValues: 0,
}

/** A core to work on that shares nothing changeable with the one it is of. */
export function coreInWork(core: Core): Core {
  return {
    ...core,
    latest: { ...core.latest },
    fromDevice: { ...core.fromDevice },
    invalidAtMs: { ...core.invalidAtMs },
    heldSinceMs: { ...core.heldSinceMs },
    lateHeldSinceMs: { ...core.lateHeldSinceMs },
    same: { ...core.same },
    devices: { ...core.devices },
    detachedAtMs: { ...core.detachedAtMs },
    scoredAtMs: { ...core.scoredAtMs },
    handAtMs: { ...core.handAtMs },
    closer: { ...core.closer },
    alarms: { ...core.alarms },
  }
}

/** A fold under way: the core it works on, what it goes by, and the events so far. */
export type Fold = { readonly core: Core; readonly config: AlarmConfig; readonly events: AlarmEvent[] }

/** Where an event comes from: the instant, and a mark that no other cause of that instant has. */
export type Cause = { readonly atMs: number; readonly mark: string }

export function eventId(kind: string, about: string, { atMs, mark }: Cause): string {
  return mark === '' ? `${kind}:${about}@${atMs}` : `${kind}:${about}@${atMs}/${mark}`
}

/** Sees to it that the timers are looked at then. */
export function wakeAt(core: Core, atMs: number): void {
  if (core.wakeMs === null || atMs < core.wakeMs) core.wakeMs = atMs
}
