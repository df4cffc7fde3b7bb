import type { Instant } from '../../platform/time.ts'
import type { SessionEvent } from './session-event.ts'

/**
 * When a step that rests on the whole log (a dose, leaving, closing) is said to have happened. It can lie neither in
 * the future nor before the newest entry: what is judged by the log as it stands must not be put before a part of it.
 *
 * @param typed as typed at the bedside, to the minute; within the minute of the newest entry it counts as that entry's
 *   time. Undefined: now, or the newest entry's time when a clock at the bedside runs a little ahead
 */
export function stepInstant(
  typed: Instant | undefined,
  now: Instant,
  events: readonly SessionEvent[],
):
  | { readonly ok: true; readonly at: Instant }
  | { readonly ok: false; readonly reason: 'future-time' | 'before-last-event' } {
  // What the clinic's own clock records of alarms is no step of anybody's and holds none up.
  const newest = events.reduce<Instant | undefined>(
    (last, { at, kind }) => (kind !== 'alarm' && (last === undefined || at > last) ? at : last),
    undefined,
  )
  if (typed === undefined) return { ok: true, at: newest !== undefined && newest > now ? newest : now }
  if (typed > now) return { ok: false, reason: 'future-time' }
  if (newest === undefined || typed >= newest) return { ok: true, at: typed }
  // "17:11" typed at 17:11:40, after a reading at 17:11:20, is the same minute and no backdating.
  const sameMinute = typed.slice(0, 16) === newest.slice(0, 16)
  return sameMinute ? { ok: true, at: newest } : { ok: false, reason: 'before-last-event' }
}
