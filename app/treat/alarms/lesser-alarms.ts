import type { Instant } from '../../platform/time.ts'
import type { AlarmLife } from '../session/care.ts'

/**
 * Who answers for a red value has answered for the amber ones of the same sign that the screen had shown.
 *
 * @param shownTo the newest instant the screen had shown; what was raised after it is not answered. Undefined: what is there now
 */
export function lesserOf(
  { alarmId, level, sign }: AlarmLife,
  alarms: readonly AlarmLife[],
  shownTo: Instant | undefined,
): AlarmLife[] {
  if (level !== 'red' || !sign) return []
  return alarms.filter(
    (other) =>
      other.alarmId !== alarmId &&
      other.sign === sign &&
      other.level === 'amber' &&
      !other.resolvedAt &&
      (shownTo === undefined || lastRaisedAt(other) <= shownTo),
  )
}

/** When an alarm was last raised: at its beginning, again, or as worse than before. */
export function lastRaisedAt({ changes, raisedAt }: AlarmLife): Instant {
  const last = changes.findLast(({ change }) => ['raised', 'raised-again', 'worsened'].includes(change))
  return last?.at ?? raisedAt
}
