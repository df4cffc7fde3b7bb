import { writeValue } from '@evenkeel/vital-signs'
import type { AlarmLife } from './care.ts'
import type { NewestValue } from './newest-values.ts'

/** What the room says now about the cause of an alarm that is not over; the alarm itself ends only by its own rules. */
export type CauseNow = {
  /** `over` only on a value or a reading that says so: what is unknown, old or questionable is never over. */
  readonly state: 'lasts' | 'over' | 'unknown'
  /** "Now 97 %, within limits. Only an answer is missing."; empty where the alarm's own words say it already. */
  readonly words: string
}

/**
 * Whether what raised an alarm is still so, for the words beside it. A red alarm whose cause is over stays until somebody has
 * answered it: without these words it would look like one that lasts. Pure.
 *
 * @param signs the newest values of the room, judged
 * @param overdueMs how late the next reading is, in milliseconds; 0 when it is not
 */
export function causeNow(
  alarm: Pick<AlarmLife, 'cause' | 'sign' | 'level' | 'acknowledged' | 'seenAt'>,
  signs: readonly Pick<NewestValue, 'sign' | 'state' | 'value'>[],
  overdueMs: number,
): CauseNow {
  const answer =
    alarm.level === 'red' && !alarm.acknowledged && !alarm.seenAt ? ' Only an answer is missing.' : ''
  if (alarm.cause === 'reading-overdue') {
    return overdueMs > 0
      ? { state: 'lasts', words: '' }
      : { state: 'over', words: `No reading is overdue now.${answer}` }
  }
  const { sign } = alarm
  if (!sign || alarm.level === 'technical') return { state: 'unknown', words: '' }
  const newest = signs.find((each) => each.sign === sign)
  if (!newest || newest.value === null || newest.state === 'unknown') {
    return { state: 'unknown', words: 'No value that counts now.' }
  }
  const value = `Now ${writeValue(sign, newest.value)}`
  return newest.state === 'within'
    ? { state: 'over', words: `${value}, within limits.${answer}` }
    : { state: 'lasts', words: `${value}.` }
}
