import { type Curve, slopeAt, valueAt } from './curve.ts'

/**
 * Times between which the curve only rises or only falls: its events, and where its slope is zero. A sum of n
 * exponentials turns at most n − 1 times; turns are bracketed on a grid that is dense at the start of each piece, where
 * the fast rates act, then halved down to the last bit.
 */
function turningTimes(curve: Curve, fromMin: number, toMin: number): number[] {
  const times = [fromMin]
  for (let piece = 0; piece < curve.startsMin.length; piece += 1) {
    const start = curve.startsMin[piece]!
    const end = Math.min(toMin, curve.startsMin[piece + 1] ?? toMin)
    if (end <= fromMin || start >= toMin) continue
    if (start > fromMin) times.push(start)
    const span = end - start
    let left = 0
    let leftSlope = slopeAt(curve, piece, 0)
    for (let k = 1; k <= 96; k += 1) {
      // Quadratic spacing, after one very early point.
      const right = k === 1 ? span * 1e-6 : span * ((k - 1) / 95) ** 2
      const rightSlope = slopeAt(curve, piece, right)
      if (leftSlope > 0 !== rightSlope > 0 && leftSlope !== 0) {
        const turn = start + zeroBetween((t) => slopeAt(curve, piece, t), left, right)
        if (turn > fromMin && turn < toMin) times.push(turn)
      }
      left = right
      leftSlope = rightSlope
    }
  }
  times.push(toMin)
  return times
}

/** Where a continuous function of different signs at both ends crosses zero, by halving to the last bit. */
function zeroBetween(f: (t: number) => number, low: number, high: number): number {
  const rising = f(high) > 0
  let a = low
  let b = high
  for (let step = 0; step < 200; step += 1) {
    const middle = (a + b) / 2
    if (middle <= a || middle >= b) break
    if (f(middle) > 0 === rising) b = middle
    else a = middle
  }
  return (a + b) / 2
}

/** Long enough after the last event that even the slowest part has fallen by e^−40. */
function horizon(curve: Curve): number {
  let slowest = Number.POSITIVE_INFINITY
  for (const rate of curve.rates) slowest = Math.min(slowest, rate)
  const last = curve.startsMin[curve.startsMin.length - 1] ?? 0
  return last + (Number.isFinite(slowest) && slowest > 0 ? 40 / slowest : 1)
}

export type Peak = { readonly value: number; readonly atMin: number }

/** Highest value and its time, exact to rounding; null for a curve without events. */
export function peakOf(
  curve: Curve,
  fromMin: number = curve.startsMin[0] ?? 0,
  toMin: number = horizon(curve),
): Peak | null {
  return curve.startsMin.length === 0 ? null : highestOf(curve, turningTimes(curve, fromMin, toMin))
}

function highestOf(curve: Curve, times: readonly number[]): Peak {
  let best: Peak = { value: 0, atMin: times[0]! }
  for (const atMin of times) {
    const value = valueAt(curve, atMin)
    if (value > best.value) best = { value, atMin }
  }
  return best
}

/**
 * Peak, and the stretches above a threshold until the curve has run out, from one search for its turns: `peakOf` and
 * `stretchesAbove` together, at the price of one. Null for a curve without events.
 */
export function peakAndStretches(
  curve: Curve,
  threshold: number | undefined,
): { readonly peak: Peak; readonly above: readonly Stretch[]; readonly endMin: number } | null {
  const start = curve.startsMin[0]
  if (start === undefined) return null
  const endMin = horizon(curve)
  const times = turningTimes(curve, start, endMin)
  return {
    peak: highestOf(curve, times),
    above: threshold === undefined ? [] : stretchesBetween(curve, threshold, times),
    endMin,
  }
}

type Stretch = { readonly fromMin: number; readonly toMin: number }

/** Stretches of time, ascending, during which the curve lies above a threshold. */
export function stretchesAbove(curve: Curve, threshold: number, fromMin: number, toMin: number): Stretch[] {
  return stretchesBetween(curve, threshold, turningTimes(curve, fromMin, toMin))
}

function stretchesBetween(curve: Curve, threshold: number, times: readonly number[]): Stretch[] {
  const stretches: { fromMin: number; toMin: number }[] = []
  const add = (from: number, to: number) => {
    const last = stretches[stretches.length - 1]
    if (last && last.toMin === from) last.toMin = to
    else if (to > from) stretches.push({ fromMin: from, toMin: to })
  }
  for (let i = 0; i + 1 < times.length; i += 1) {
    const left = times[i]!
    const right = times[i + 1]!
    if (right <= left) continue
    // A bolus at the right end jumps; within the stretch the value just before it counts.
    const end = right - (right - left) * 1e-13
    const startsAbove = valueAt(curve, left) > threshold
    const endsAbove = valueAt(curve, end) > threshold
    if (startsAbove && endsAbove) add(left, right)
    else if (startsAbove || endsAbove) {
      const crossing = zeroBetween((t) => valueAt(curve, t) - threshold, left, end)
      if (startsAbove) add(left, crossing)
      else add(crossing, right)
    }
  }
  return stretches
}

/** Minutes above a threshold between two times. */
export function minutesAbove(curve: Curve, threshold: number, fromMin: number, toMin: number): number {
  let minutes = 0
  for (const stretch of stretchesAbove(curve, threshold, fromMin, toMin))
    minutes += stretch.toMin - stretch.fromMin
  return minutes
}

/**
 * The time after which the curve stays below a threshold for good, at or after `afterMin`; null when it never falls
 * below it (a pump that runs on).
 */
export function fallsBelowAt(curve: Curve, threshold: number, afterMin: number): number | null {
  const end = Math.max(afterMin, horizon(curve))
  const stretches = stretchesAbove(curve, threshold, afterMin, end)
  const last = stretches[stretches.length - 1]
  if (!last) return afterMin
  return last.toMin >= end ? null : last.toMin
}
