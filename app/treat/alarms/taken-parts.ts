import type { Instant } from '../../platform/time.ts'
import type { DeviceId } from '../monitors/device.ts'
import type { SessionId } from '../session/session-event.ts'

type Part = { readonly run: string; readonly sequence: number; readonly receivedAt: Instant }

/** Which parts of batches were taken in of late, by session, to be compared with how many are stored. */
export type TakenParts = {
  /** The same part twice is one. */
  note(sessionId: SessionId, deviceId: DeviceId, part: Part): void
  /** When the newest part of a session was received. */
  newest(sessionId: SessionId): Instant | undefined
  count(sessionId: SessionId): number
  /** Lets go of what was received before. */
  forgetBefore(at: Instant): void
}

/** Memory: what is noted between two calls of `forgetBefore`. */
export function takenParts(): TakenParts {
  const sessions = new Map<SessionId, Map<string, Instant>>()
  return {
    note(sessionId, deviceId, { run, sequence, receivedAt }) {
      const known = sessions.get(sessionId) ?? new Map<string, Instant>()
      sessions.set(sessionId, known.set(`${deviceId}/${run}/${sequence}`, receivedAt))
    },
    newest(sessionId) {
      let newest: Instant | undefined
      for (const at of sessions.get(sessionId)?.values() ?? []) if (!newest || at > newest) newest = at
      return newest
    },
    count: (sessionId) => sessions.get(sessionId)?.size ?? 0,
    forgetBefore(at) {
      for (const [sessionId, known] of sessions) {
        for (const [key, receivedAt] of known) if (receivedAt < at) known.delete(key)
        if (known.size === 0) sessions.delete(sessionId)
      }
    },
  }
}
