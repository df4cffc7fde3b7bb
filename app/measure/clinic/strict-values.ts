import { sampleQuantiles, studentTQuantile } from '@evenkeel/outcome-statistics'
import { SMALLEST_SHOWN } from '../../platform/disclosure.ts'

/** The range of a value and the step to which strict means and quartiles of it are rounded, in the same unit. */
export type Scale = { readonly least: number; readonly most: number; readonly step: number }

/** Shares of days, 0 to 1. */
export const SHARE_OF_DAYS: Scale = { least: 0, most: 1, step: 0.05 }
/** Percent of days. */
export const PERCENT_OF_DAYS: Scale = { least: 0, most: 100, step: 5 }
/** Craving, points. */
export const CRAVING_POINTS: Scale = { least: 0, most: 10, step: 1 }

/** Of whom a quarter holds ten. */
export const FEWEST_FOR_QUARTILES = 4 * SMALLEST_SHOWN

export type StrictMean = { readonly mean: number; readonly lower: number; readonly upper: number }

/**
 * A mean with its 95 % interval (Student) as it may be told to who does not treat people here: of ten people or more, the mean
 * rounded to the step, the interval widened to it. Undefined when from both, and from the number of people, anything at all would
 * follow of one person: a mean near an end holds everybody near it, and a narrow interval holds everybody near the mean.
 *
 * Whoever reads it knows the sum of n values to n steps, and at most the sum of their squared distances from the mean;
 * within both each single value may still be any of the scale.
 *
 * @param values one for each person, on the scale
 * @example strictMean(Array(40).fill(0.5), SHARE_OF_DAYS) // undefined: the interval would tell that all are alike
 */
export function strictMean(values: readonly number[], scale: Scale): StrictMean | undefined {
  const n = values.length
  if (n < SMALLEST_SHOWN) return undefined
  const { least, most, step } = scale
  const mean = values.reduce((sum, value) => sum + value, 0) / n
  const t = studentTQuantile(0.975, n - 1)
  const half = t * Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1) / n)
  const told = {
    mean: toStep(mean, step, Math.round),
    lower: Math.max(least, toStep(mean - half, step, Math.floor)),
    upper: Math.min(most, toStep(mean + half, step, Math.ceil)),
  }
  return isEachOpen(told, n, scale, t) ? told : undefined
}

/** Judged by what is shown alone, so that whether it is shown tells little more. */
function isEachOpen({ mean, lower, upper }: StrictMean, n: number, { least, most, step }: Scale, t: number) {
  const range = most - least
  // One value at either end, the others anywhere: the sum is known to half a step for each person.
  const bySum = n * (mean - step / 2 - least) >= range && n * (mean + step / 2 - least) <= (n - 1) * range
  // Half of the interval is at least this, and one value lies at most (n - 1) * half / t from the mean.
  const half = Math.max(mean - lower, upper - mean) - 1.5 * step
  return bySum && ((n - 1) * half) / t >= Math.max(most - mean, mean - least) + step / 2
}

/**
 * Lower quartile, median and upper quartile (definition 7) rounded to the step, from forty people on: then ten stand in each
 * quarter. Undefined with fewer.
 */
export function strictQuartiles(
  values: readonly number[],
  { step }: Scale,
): readonly [lower: number, median: number, upper: number] | undefined {
  if (values.length < FEWEST_FOR_QUARTILES) return undefined
  const found = sampleQuantiles(Float64Array.from(values), [0.25, 0.5, 0.75])
  if (!found.ok) return undefined
  const [lower, median, upper] = [...found.values].map((value) => toStep(value, step, Math.round))
  return [lower!, median!, upper!]
}

/** A value rounded to the step of its scale. */
export function rounded(value: number, { step }: Scale): number {
  return toStep(value, step, Math.round)
}

/** Without the remains of binary fractions. */
function toStep(value: number, step: number, way: (value: number) => number): number {
  return Number((way(Number((value / step).toFixed(9))) * step).toFixed(9))
}
