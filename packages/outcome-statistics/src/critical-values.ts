import { normalQuantile } from './distributions.ts'
import { studentTQuantile } from './student-t.ts'

/** Two limits of an interval. */
export type Limits = { readonly lower: number; readonly upper: number }

/**
 * How many standard errors a two-sided normal interval reaches to each side.
 *
 * @param conf confidence level, 0 < conf < 1, else RangeError
 */
export function normalCritical(conf: number): number {
  requireConfidence(conf)
  return -normalQuantile((1 - conf) / 2)
}

/** The same for Student's t with `df` degrees of freedom. */
export function studentCritical(conf: number, df: number): number {
  requireConfidence(conf)
  return -studentTQuantile((1 - conf) / 2, df)
}

/** @throws RangeError unless 0 < conf < 1 */
export function requireConfidence(conf: number): void {
  if (!(conf > 0 && conf < 1)) throw new RangeError(`confidence level ${conf}: needs 0 < conf < 1`)
}

/** The estimate and `width` to each side. */
export function around(estimate: number, width: number): Limits {
  return { lower: estimate - width, upper: estimate + width }
}

/** The same on the logarithmic scale: the estimate divided and multiplied by e^width. */
export function aroundLog(estimate: number, width: number): Limits {
  return { lower: estimate * Math.exp(-width), upper: estimate * Math.exp(width) }
}
