import {
  defaultLimits,
  type Interpretation,
  interpret,
  type Limits,
  type SignState,
  type State,
  type VitalSign,
  vitalSigns,
  worstState,
} from '@evenkeel/vital-signs'
import type { Instant } from '../../platform/time.ts'
import type { SessionReading, SessionState } from './session.ts'

/** The limits of this clinic; design defaults until the medical director sets them. */
export const sessionLimits: Limits = defaultLimits

type Readings = Pick<SessionState, 'readings' | 'baseline'>

/**
 * Judges one reading against the limits and the person's own baseline. The baseline, and what was measured before
 * it, is compared with itself: only absolute limits can speak there.
 */
export function judgeReading(
  { readings, baseline }: Readings,
  reading: SessionReading,
  limits: Limits = sessionLimits,
): Interpretation {
  const own = baseline && reading.at > baseline.at ? baseline.values : reading.values
  const earlier = readings.map(({ at, values }) => ({ atMs: Date.parse(at), values }))
  return interpret(reading.values, limits, own, { atMs: Date.parse(reading.at), earlier })
}

/** Whether the reading as a whole is within limits; a required sign that is not known keeps it from being so. */
export function readingState(
  state: Readings,
  reading: SessionReading,
  limits: Limits = sessionLimits,
): State {
  return worstState(judgeReading(state, reading, limits), limits.required)
}

/** The newest value of one sign, when it was taken and how it was judged then. */
export type LatestSign = SignState & { readonly sign: VitalSign; readonly at: Instant | undefined }

/**
 * The newest known value of each sign. A later reading that left a sign out does not hide the earlier value, whose
 * age says how old it is; a sign never measured is unknown.
 */
export function latestSigns(state: Readings, limits: Limits = sessionLimits): LatestSign[] {
  return vitalSigns.map((sign) => {
    const reading = state.readings.findLast(
      ({ values }) => values[sign] !== undefined && values[sign] !== null,
    )
    if (!reading) {
      return { sign, at: undefined, state: 'unknown', value: null, reason: 'not measured yet', rules: [] }
    }
    return { sign, at: reading.at, ...judgeReading(state, reading, limits).signs[sign] }
  })
}

/** The worst state of the newest values; unknown when a required sign is not known. */
export function latestState(state: Readings, limits: Limits = sessionLimits): State {
  const latest = latestSigns(state, limits)
  const has = (wanted: State, among = latest) => among.some((sign) => sign.state === wanted)
  if (has('red')) return 'red'
  if (has('amber')) return 'amber'
  const required = latest.filter(({ sign }) => limits.required.includes(sign))
  return required.length === 0 || has('unknown', required) ? 'unknown' : 'within'
}
