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

type Measured = Pick<SessionState, 'measured' | 'baseline'>

/**
 * Judges one reading against the limits and the person's own baseline. What was measured up to the start of the dose is compared
 * with itself: only absolute limits can speak there.
 */
export function judgeReading(
  { measured, baseline }: Measured,
  reading: Pick<SessionReading, 'at' | 'values'>,
  limits: Limits = sessionLimits,
): Interpretation {
  const since = baseline?.comparedAfter
  const own = baseline && since && reading.at > since ? baseline.values : reading.values
  const earlier = measured.map(({ at, values }) => ({ atMs: Date.parse(at), values }))
  return interpret(reading.values, limits, own, { atMs: Date.parse(reading.at), earlier })
}

/** Whether the reading as a whole is within limits; a required sign that is not known keeps it from being so. */
export function readingState(
  state: Measured,
  reading: Pick<SessionReading, 'at' | 'values'>,
  limits: Limits = sessionLimits,
): State {
  return worstState(judgeReading(state, reading, limits), limits.required)
}
