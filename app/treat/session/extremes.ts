import { type MonitorStretch, measuredWith, monitorExtreme } from '../monitors/monitor-stretches.ts'
import { readingWords } from './event-words.ts'
import type { SessionReading, SessionState } from './session.ts'
import type { SessionEventId } from './session-event.ts'

/** The worst value of a sign since the dose began, with where it comes from. */
export type Extreme = {
  /** "BP 177/112 mmHg" */
  readonly words: string
  readonly at: string
  /** "by hand", or "by monitor Bay 3" with what that device thought of it. */
  readonly by: string
  readonly isMonitor: boolean
  /** The reading that says it, or the alarms that were raised for it; none where only the stored value does. */
  readonly eventIds: readonly SessionEventId[]
}

/** An alarm raised for a value stands within this of it. */
const ALARM_NEAR_MS = 2 * 60_000

type ExtremeSign = 'systolicMmHg' | 'spo2Percent'

/**
 * The highest systolic pressure and the lowest oxygen since the dose began, by hand or by a monitor, whichever is the worse. Pure.
 *
 * @param stretches what monitors measured, see `monitorStretches`
 * @returns undefined for what nobody measured, and without a dose
 */
export function extremesSince(
  state: Pick<SessionState, 'dose' | 'readings' | 'care'>,
  stretches: readonly MonitorStretch[],
): { readonly highest: Extreme | undefined; readonly lowestOxygen: Extreme | undefined } {
  const { dose } = state
  if (!dose) return { highest: undefined, lowestOxygen: undefined }
  const since = state.readings.filter(({ at }) => at >= dose.startedAt)
  const extreme = (sign: ExtremeSign, which: 'low' | 'high'): Extreme | undefined => {
    const direction = which === 'high' ? -1 : 1
    const [hand] = since
      .filter(({ values }) => typeof values[sign] === 'number')
      .sort((a, b) => direction * ((a.values[sign] as number) - (b.values[sign] as number)))
    const monitor = monitorExtreme(stretches, sign, which, Date.parse(dose.startedAt))
    if (!monitor || (hand && direction * (monitor.value - (hand.values[sign] as number)) >= 0)) {
      return hand && byHand(hand, sign)
    }
    const { value, atMs, device, doubted } = monitor
    const diastolic = measuredWith(stretches, 'diastolicMmHg', monitor)
    return {
      words: sign === 'systolicMmHg' ? `BP ${value}/${diastolic ?? 'unknown'} mmHg` : `${value} %`,
      at: new Date(atMs).toISOString(),
      by: `by monitor ${device}${doubted ? ', doubted by it' : ''}`,
      isMonitor: true,
      eventIds: alarmsNear(state, sign, atMs),
    }
  }
  return { highest: extreme('systolicMmHg', 'high'), lowestOxygen: extreme('spo2Percent', 'low') }
}

function byHand({ at, values, eventId }: SessionReading, sign: ExtremeSign): Extreme {
  const words = sign === 'spo2Percent' ? `${values[sign]} %` : readingWords(values)
  return { words, at, by: 'by hand', isMonitor: false, eventIds: [eventId] }
}

const PRESSURES: readonly (string | undefined)[] = ['systolicMmHg', 'diastolicMmHg', 'meanPressureMmHg']

/** What alarms were raised of a sign about a moment: the entries by which a value of a monitor stands in the log. */
function alarmsNear({ care }: Pick<SessionState, 'care'>, sign: ExtremeSign, atMs: number): SessionEventId[] {
  const raising = ['raised', 'raised-again', 'worsened']
  return care.alarms
    .flatMap(({ changes }) => changes)
    .filter(
      (change) =>
        (change.sign === sign || (sign === 'systolicMmHg' && PRESSURES.includes(change.sign))) &&
        raising.includes(change.change) &&
        Math.abs(Date.parse(change.at) - atMs) <= ALARM_NEAR_MS,
    )
    .map(({ eventId }) => eventId)
}
