import type { ChairId } from '../../plan/index.ts'
import type { AccountId, Id } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'

export type DeviceId = Id<'monitor-device'>
export type DeviceKeyId = Id<'monitor-key'>

/** A monitor, or the bridge's name for one. */
export type MonitorDevice = {
  readonly id: DeviceId
  /** What the device calls itself in its batches. */
  readonly wireName: string
  readonly name: string
  readonly madeAt: Instant
  readonly retiredAt: Instant | undefined
}

/** A key by which a device may send. Only its hash is kept. */
export type DeviceKey = {
  readonly id: DeviceKeyId
  readonly deviceId: DeviceId
  readonly hash: string
  readonly madeAt: Instant
  readonly madeBy: AccountId
  readonly revokedAt: Instant | undefined
}

/** Where a device stands from an instant on; no chair: nowhere. */
export type Placement = {
  readonly deviceId: DeviceId
  readonly chairId: ChairId | undefined
  readonly since: Instant
}

/** A stretch of time for which a device stood at a chair. */
export type Standing = {
  readonly deviceId: DeviceId
  readonly since: Instant
  /** When it was taken away; undefined while it stands there. */
  readonly until: Instant | undefined
}

/** The devices that stood at a chair, and when. @param placements oldest first */
export function standingAt(chairId: ChairId, placements: readonly Placement[]): Standing[] {
  return placements.flatMap(({ deviceId, chairId: at, since }, place) => {
    if (at !== chairId) return []
    const next = placements.slice(place + 1).find((later) => later.deviceId === deviceId)
    return [{ deviceId, since, until: next?.since }]
  })
}

/** A session at a chair, for as long as values measured there are its own. */
export type SeatedSession = {
  readonly sessionId: string
  readonly chairId: ChairId
  readonly openedAtMs: number
  /** When the person left or the session ended; undefined while it runs. */
  readonly leftAtMs: number | undefined
}

/** Why values belong to no session. `clock-ahead` was said of some before they were filed by when they came. */
export type Unassigned = 'no-chair' | 'no-session' | 'clock-ahead'

/**
 * Whose a value is: the session that ran at the chair where the device stood when it was measured. Of several that were
 * never ended the last one opened.
 *
 * @param measuredAtMs as `deviceTimes` believes it; what a clock that is a moment ahead says, is now
 * @param placements of this device, oldest first
 * @param nowMs the server's clock, epoch milliseconds
 * @returns the session's id, or why there is none
 */
export function sessionOfValue(
  measuredAtMs: number,
  placements: readonly Placement[],
  sessions: readonly SeatedSession[],
  nowMs: number,
): { readonly sessionId: string } | { readonly why: Unassigned } {
  const atMs = Math.min(measuredAtMs, nowMs)
  const chairId = placements.findLast(({ since }) => Date.parse(since) <= atMs)?.chairId
  if (chairId === undefined) return { why: 'no-chair' }
  let found: SeatedSession | undefined
  for (const session of sessions) {
    if (session.chairId !== chairId || session.openedAtMs > atMs) continue
    if (session.leftAtMs !== undefined && session.leftAtMs < atMs) continue
    if (!found || session.openedAtMs > found.openedAtMs) found = session
  }
  return found ? { sessionId: found.sessionId } : { why: 'no-session' }
}
