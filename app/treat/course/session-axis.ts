import { expectedEndMs, pumpSteps } from '../dose/infusion.ts'
import type { SessionDose, SessionState } from '../session/session.ts'

/** The minutes that every picture of a session is drawn over, so that they stand one above the other. */
export type SessionAxis = {
  /** What minute 0 is: the start of the infusion, before one the first reading. */
  readonly zeroMs: number
  readonly startMinute: number
  readonly endMinute: number
}

/** Three hours hold an infusion and the recovery the protocols ask for. */
const USUAL_MIN = 180
/** After the end at least this much of the fall is shown. */
const FALL_MIN = 60
/** A pump at a crawl or a reading entered for another hour does not stretch the picture beyond use. */
const MOST_MIN = 12 * 60

/** The axis of a session: from its first reading to the end of what can be expected, in round minutes. */
export function sessionAxis({
  readings,
  dose,
}: Pick<SessionState, 'readings' | 'dose'>): SessionAxis | undefined {
  const first = readings[0]
  const zeroMs = dose ? Date.parse(dose.startedAt) : first && Date.parse(first.at)
  if (zeroMs === undefined) return undefined
  const minute = (ms: number) => (ms - zeroMs) / 60_000
  const read = readings.map(({ at }) => minute(Date.parse(at)))
  const before = Math.max(-MOST_MIN, Math.min(0, ...read))
  const after = Math.max(10, ...read, ...(dose ? [USUAL_MIN, minute(pumpEndMs(dose)) + FALL_MIN] : []))
  return {
    zeroMs,
    startMinute: Math.floor(before / 10) * 10,
    endMinute: Math.min(MOST_MIN, Math.ceil(after / 10) * 10),
  }
}

/** When the pump stopped or, as the log stands, will be empty. */
function pumpEndMs(dose: SessionDose): number {
  return dose.ended ? Date.parse(dose.ended.at) : expectedEndMs(dose, pumpSteps(dose).at(-1)!.atMs)
}

/** A vertical of a picture. */
export type AxisEvent = { readonly minute: number; readonly label: string }

/** Labels nearer than this share of the axis cover one another on a telephone. */
const LABEL_GAP = 0.13

/**
 * What happened to the dose, as verticals: start and end first, then further devices, changes of rate and pauses; one that stands too
 * near to another keeps its line and gives up its word.
 *
 * @param spanMin how many minutes the picture spans
 */
export function pumpEvents(dose: SessionDose, spanMin: number): AxisEvent[] {
  const minute = (at: string) => Math.round((Date.parse(at) - Date.parse(dose.startedAt)) / 6_000) / 10
  const wanted: AxisEvent[] = [
    { minute: 0, label: 'start' },
    ...(dose.ended
      ? [{ minute: minute(dose.ended.at), label: dose.ended.how === 'stopped' ? 'stop' : 'end' }]
      : []),
    ...dose.devices.slice(1).map(({ at, deviceNumber }) => ({
      minute: minute(at),
      label: `device ${deviceNumber}`,
    })),
    ...dose.rateChanges.map(({ at }) => ({ minute: minute(at), label: 'rate' })),
    ...dose.pauses.map(({ from }) => ({ minute: minute(from), label: 'pause' })),
  ]
  const events: AxisEvent[] = []
  for (const event of wanted) {
    if (events.some((other) => other.minute === event.minute)) continue
    const near = events.some(
      (other) => other.label !== '' && Math.abs(other.minute - event.minute) < LABEL_GAP * spanMin,
    )
    events.push(near ? { ...event, label: '' } : event)
  }
  return events.sort((a, b) => a.minute - b.minute)
}
