import type { SurvivalCurve } from './kaplan-meier.ts'

/** What a curve says at chosen times; one entry per time asked, in the order asked. */
export type SurvivalAtTimes = {
  readonly time: Float64Array
  readonly survival: Float64Array
  readonly seSurvival: Float64Array
  readonly lower: Float64Array
  readonly upper: Float64Array
  /** As in the curve: 0 where the limits only repeat the estimate. */
  readonly bandKnown: Uint8Array
  /** At risk just before the time. */
  readonly atRisk: Float64Array
  /** 1 where nobody was followed that long and the curve had not reached 0: the value is the last one known, not an estimate. */
  readonly beyondFollowUp: Uint8Array
}

/**
 * Survival, its standard error and limits, and the number at risk at chosen times.
 *
 * @param curve from kaplanMeier
 * @param times any finite numbers in the curve's unit, in any order
 * @throws RangeError for a time that is not a finite number
 * Cost: a binary search each.
 * @example survivalAt(curve, [180, 365]).survival
 */
export function survivalAt(curve: SurvivalCurve, times: ArrayLike<number>): SurvivalAtTimes {
  requireTimes(times)
  const count = times.length
  const survival = new Float64Array(count).fill(1)
  const seSurvival = new Float64Array(count)
  const lower = new Float64Array(count).fill(1)
  const upper = new Float64Array(count).fill(1)
  const bandKnown = new Uint8Array(count)
  const beyondFollowUp = new Uint8Array(count)
  const last = curve.time.length - 1
  for (let i = 0; i < count; i++) {
    const t = times[i]!
    const step = firstAfter(curve.time, t) - 1
    if (step < 0) continue
    survival[i] = curve.survival[step]!
    seSurvival[i] = curve.seSurvival[step]!
    lower[i] = curve.lower[step]!
    upper[i] = curve.upper[step]!
    bandKnown[i] = curve.bandKnown[step]!
    beyondFollowUp[i] = t > curve.time[last]! && curve.survival[last]! > 0 ? 1 : 0
  }
  const atRisk = numbersAtRisk(curve, times)
  return {
    time: Float64Array.from(times),
    survival,
    seSurvival,
    lower,
    upper,
    bandKnown,
    atRisk,
    beyondFollowUp,
  }
}

/**
 * How many were at risk just before each time: entered earlier, and neither with the event nor censored earlier.
 * This is the row of figures beneath a survival curve.
 *
 * @throws RangeError for a time that is not a finite number
 * @example numbersAtRisk(curve, [0, 180, 365])
 */
export function numbersAtRisk(curve: SurvivalCurve, times: ArrayLike<number>): Float64Array {
  const { time, atRisk, entries } = curve
  requireTimes(times)
  const counts = new Float64Array(times.length)
  for (let i = 0; i < times.length; i++) {
    const t = times[i]!
    const next = firstAtOrAfter(time, t)
    if (next === time.length) continue
    let count = atRisk[next]!
    // Whoever enters between t and the next time of leaving is counted there, but not yet at t.
    if (entries) count -= enteredBefore(entries, time[next]!) - enteredBefore(entries, t)
    counts[i] = count
  }
  return counts
}

/** @throws RangeError for a time that is not a finite number: nobody can be looked up at such a time */
function requireTimes(times: ArrayLike<number>): void {
  for (let i = 0; i < times.length; i++) {
    if (!Number.isFinite(times[i])) throw new RangeError(`time ${times[i]}: needs a finite number`)
  }
}

function enteredBefore(entries: NonNullable<SurvivalCurve['entries']>, t: number): number {
  const count = firstAtOrAfter(entries.time, t)
  return count === 0 ? 0 : entries.entered[count - 1]!
}

/** The time by which a share of the people had the event, with its limits; null = not reached within follow-up. */
export type SurvivalQuantile = {
  readonly share: number
  readonly time: number | null
  readonly lower: number | null
  readonly upper: number | null
}

/** How near a flat stretch must be to the share asked for to count as equal to it: products round. */
const SAME_LEVEL = 1.4901161193847656e-8

/**
 * The times by which given shares of the people have had the event.
 *
 * The smallest t with S(t) ≤ 1 − share. Where S runs flat exactly at 1 − share, the middle of the flat stretch (at the
 * end of the curve: the middle between the last event and the last follow-up), as R does. Limits are the same crossing
 * of the band (Brookmeyer & Crowley, Biometrics 1982;38:29). Not reached is null, an answer of its own.
 *
 * @param shares each > 0 and < 1
 * @example survivalQuantiles(curve, [0.25, 0.5])
 */
export function survivalQuantiles(curve: SurvivalCurve, shares: readonly number[]): SurvivalQuantile[] {
  return shares.map((share) => {
    if (!(share > 0 && share < 1)) throw new RangeError(`share ${share}: needs 0 < share < 1`)
    return {
      share,
      time: crossing(curve, curve.survival, share, false),
      lower: crossing(curve, curve.lower, share, true),
      upper: crossing(curve, curve.upper, share, true),
    }
  })
}

/** The median time to the event, with its limits; see survivalQuantiles. */
export function medianSurvival(curve: SurvivalCurve): SurvivalQuantile {
  return survivalQuantiles(curve, [0.5])[0]!
}

function crossing(curve: SurvivalCurve, level: Float64Array, share: number, isLimit: boolean): number | null {
  const { time, bandKnown } = curve
  const target = 1 - share
  let first = -1
  for (let i = 0; i < time.length; i++) {
    if (isLimit && bandKnown[i] === 0) continue
    if (level[i]! > target + SAME_LEVEL) continue
    if (first < 0) first = i
    if (level[i]! < target - SAME_LEVEL) {
      return first === i ? time[i]! : (time[first]! + time[i]!) / 2
    }
  }
  return first < 0 ? null : (time[first]! + time[time.length - 1]!) / 2
}

function firstAfter(sorted: Float64Array, value: number): number {
  let from = 0
  let to = sorted.length
  while (from < to) {
    const middle = (from + to) >>> 1
    if (sorted[middle]! <= value) from = middle + 1
    else to = middle
  }
  return from
}

function firstAtOrAfter(sorted: Float64Array, value: number): number {
  let from = 0
  let to = sorted.length
  while (from < to) {
    const middle = (from + to) >>> 1
    if (sorted[middle]! < value) from = middle + 1
    else to = middle
  }
  return from
}
