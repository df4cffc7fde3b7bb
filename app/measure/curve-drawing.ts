import { medianSurvival, numbersAtRisk, type SurvivalCurve } from '@evenkeel/outcome-statistics'
import type { SurvivalGroup } from '../ui/index.ts'

/** Steps between ticks of a time axis in days that people can read. */
const TICK_STEPS = [7, 14, 30, 60, 90, 180, 365, 730, 1825, 3650]
const MOST_TICKS = 8

/** Round places on a time axis from 0 to `endDay`. */
export function dayTicks(endDay: number): number[] {
  const step = TICK_STEPS.find((days) => endDay / days < MOST_TICKS) ?? Math.ceil(endDay / MOST_TICKS)
  return Array.from({ length: Math.floor(endDay / step) + 1 }, (_, at) => at * step)
}

/** A curve as the chart draws it: places where it changes, and where people left observation. */
export function drawnSteps(curve: SurvivalCurve, untilDay = Number.POSITIVE_INFINITY) {
  const steps: { time: number; survival: number; lower?: number; upper?: number }[] = []
  const censorTimes: number[] = []
  for (let i = 0; i < curve.time.length && curve.time[i]! <= untilDay; i++) {
    const time = curve.time[i]!
    if (curve.events[i]! > 0) {
      steps.push({
        time,
        survival: curve.survival[i]!,
        ...(curve.bandKnown[i] ? { lower: curve.lower[i]!, upper: curve.upper[i]! } : {}),
      })
    }
    if (curve.censored[i]! > 0) censorTimes.push(time)
  }
  return { steps, censorTimes }
}

/** A group of the chart with the numbers at risk beneath the ticks. */
export function drawnGroup(label: string, curve: SurvivalCurve, ticks: readonly number[]): SurvivalGroup {
  const atRisk = numbersAtRisk(curve, ticks)
  return {
    label,
    n: curve.n,
    ...drawnSteps(curve),
    atRisk: ticks.map((time, at) => ({ time, n: atRisk[at]! })),
    untilTime: curve.time.at(-1) ?? 0,
  }
}

export type Median = { readonly days: number; readonly lower: number | null; readonly upper: number | null }

/** When half had the event; undefined when that is not reached within what is known. */
export function medianOf(curve: SurvivalCurve, untilDay = Number.POSITIVE_INFINITY): Median | undefined {
  const { time, lower, upper } = medianSurvival(curve)
  if (time === null || time > untilDay) return undefined
  const within = (limit: number | null) => (limit !== null && limit <= untilDay ? limit : null)
  return { days: time, lower: within(lower), upper: within(upper) }
}
