import { refuseSample, type Sample, type SampleRefusal, sorted } from './sample.ts'

/** The nine definitions in Hyndman and Fan's numbering: 1 to 3 take observed values, 4 to 9 interpolate. */
export type QuantileDefinition = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9

/**
 * Quantiles of a sample. Definition 7 is what most programs print; 8 is the one its authors advise; 2 averages at steps.
 *
 * Source: Hyndman & Fan, Am Stat 1996;50:361. Agrees with R's quantile(type =).
 * @param values one or more
 * @param p probabilities from 0 to 1, else RangeError
 * @param definition 7 unless told
 * @returns one value for each p, or a refusal: `too-few`, `not-a-number` with its index
 * @example sampleQuantiles(Float64Array.of(3, 9, 1, 27, 14, 8.5), [0.25, 0.5]) // 4.375, 8.75
 */
export function sampleQuantiles(
  values: Sample,
  p: readonly number[],
  definition: QuantileDefinition = 7,
): { readonly ok: true; readonly values: Float64Array } | SampleRefusal {
  const refusal = refuseSample(values, 1)
  if (refusal) return refusal
  for (const one of p) if (!(one >= 0 && one <= 1)) throw new RangeError(`p ${one}: needs 0 to 1`)
  const ascending = sorted(values)
  return { ok: true, values: Float64Array.from(p, (one) => quantileOf(ascending, one, definition)) }
}

/** Rounding in n p must not take a place for the one before it. */
const FUZZ = 4 * Number.EPSILON

function quantileOf(ascending: Sample, p: number, definition: QuantileDefinition): number {
  const n = ascending.length
  const at = (place: number) => ascending[Math.max(1, Math.min(n, place)) - 1]!
  const place = placeOf(n, p, definition)
  const below = Math.floor(place + FUZZ)
  const beyond = place - below
  const share = shareOfNext(beyond, below, definition)
  if (share === 0) return at(below)
  return share === 1 ? at(below + 1) : (1 - share) * at(below) + share * at(below + 1)
}

function placeOf(n: number, p: number, definition: QuantileDefinition): number {
  switch (definition) {
    case 1:
    case 2:
    case 4:
      return n * p
    case 3:
      return n * p - 0.5
    case 5:
      return 0.5 + n * p
    case 6:
      return (n + 1) * p
    case 7:
      return 1 + (n - 1) * p
    case 8:
      return 1 / 3 + p * (n + 1 / 3)
    case 9:
      return 3 / 8 + p * (n + 1 / 4)
  }
}

/** How much of the value after `below` counts. */
function shareOfNext(beyond: number, below: number, definition: QuantileDefinition): number {
  const onStep = beyond < FUZZ
  if (definition === 1) return onStep ? 0 : 1
  if (definition === 2) return onStep ? 0.5 : 1
  if (definition === 3) return onStep && below % 2 === 0 ? 0 : 1
  return onStep ? 0 : beyond
}
