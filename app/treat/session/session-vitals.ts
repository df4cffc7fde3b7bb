import {
  defaultLimits,
  type Interpretation,
  interpret,
  type Limits,
  type State,
  worstState,
} from '@evenkeel/vital-signs'
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
