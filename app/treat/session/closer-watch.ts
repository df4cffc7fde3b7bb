import { type CloserWatch, closerAfter, vitalSigns } from '@evenkeel/vital-signs'
import { lastRaisedAt } from '../alarms/lesser-alarms.ts'
import type { SessionState } from './session.ts'
import { judgeReading } from './session-vitals.ts'

type Watched = Pick<SessionState, 'measured' | 'baseline' | 'care'>

/** States are folded anew for every entry, and asked for every tick of a clock. */
const known = new WeakMap<Watched, readonly CloserWatch[]>()

/**
 * Signs that want their next reading sooner, by the log: what was taken by hand, and red alarms of a monitor that are not over
 * and were followed by no value by hand that is not red. The same rule as the alarms of the server go by, which hear the
 * monitors themselves.
 */
export function closerWatch(state: Watched): readonly CloserWatch[] {
  const before = known.get(state)
  if (before) return before
  const found = vitalSigns.flatMap((sign) => {
    let watch: CloserWatch | undefined
    let newest: string | undefined
    for (const reading of state.measured) {
      if (typeof reading.values[sign] !== 'number') continue
      const judged = judgeReading(state, reading).signs[sign]
      watch = closerAfter(watch, judged.state, Date.parse(reading.at))
      newest = reading.at
    }
    const alarms = state.care.alarms.filter(
      (alarm) =>
        alarm.sign === sign &&
        alarm.level === 'red' &&
        !alarm.resolvedAt &&
        (newest === undefined || newest < lastRaisedAt(alarm)),
    )
    const ofAlarms = alarms.map(({ raisedAt }): CloserWatch => {
      return { level: 'red', sinceMs: Date.parse(raisedAt) }
    })
    return watch ? [watch, ...ofAlarms] : ofAlarms
  })
  known.set(state, found)
  return found
}
