import {
  binomialLowerTail,
  binomialProbability,
  poissonLowerTail,
  poissonProbability,
} from '../count-distributions.ts'
import { type Limits, normalCritical, requireConfidence } from '../critical-values.ts'
import { type Refusal, refuse } from '../refusal.ts'

export type FunnelOptions = {
  /** What each unit is held against, between 0 and 1; the pooled proportion unless told. */
  readonly target?: number
  /** Share of units at each end whose z is drawn in before the spread is judged; 0.1 unless told. */
  readonly winsorise?: number
}

/** Units (sites, clinicians) with their proportions beside a common target. */
export type Funnel = {
  readonly ok: true
  readonly target: number
  readonly n: Float64Array
  readonly proportion: Float64Array
  /** Standard errors from the target. */
  readonly z: Float64Array
  readonly winsorisedZ: Float64Array
  /** Mean squared winsorised z: above 1 the units spread wider than chance. */
  readonly overdispersion: number
  /** Variance between units that would explain it, 0 or more. */
  readonly betweenVariance: number
}

/**
 * Proportions of many units held against one target, and how much wider than chance they spread.
 *
 * A unit outside the limits is a question, not a verdict: other patients, other records, chance.
 * Source: Spiegelhalter, Stat Med 2005;24:1185; Qual Saf Health Care 2005;14:347 (overdispersion).
 * @param count events of each unit, whole numbers
 * @param n people of each unit, whole numbers > 0
 * @returns or a refusal: `not-a-count` or `no-rows` with the unit, `one-group`, `no-variation` (target 0 or 1)
 * @throws RangeError when the lengths differ, or for a target or share out of range
 * Cost: O(units log units).
 * @example
 * const funnel = funnelOfProportions([37, 58, 39], [69, 92, 66])
 * if (funnel.ok) funnelLimits(funnel, 0.95, 'exact') // lower and upper of each unit
 */
export function funnelOfProportions(
  count: ArrayLike<number>,
  n: ArrayLike<number>,
  options: FunnelOptions = {},
): Funnel | Refusal<'not-a-count' | 'no-rows' | 'one-group' | 'no-variation'> {
  const units = count.length
  if (n.length !== units) throw new RangeError('count and n have different lengths')
  const { winsorise = 0.1 } = options
  if (!(winsorise >= 0 && winsorise < 0.5))
    throw new RangeError(`winsorise ${winsorise}: needs 0 to under 0.5`)
  let events = 0
  let people = 0
  for (let i = 0; i < units; i++) {
    const [c, size] = [count[i]!, n[i]!]
    if (!Number.isSafeInteger(c) || !Number.isSafeInteger(size) || c < 0 || c > size)
      return refuse('not-a-count', i)
    if (size === 0) return refuse('no-rows', i)
    events += c
    people += size
  }
  if (units < 2) return refuse('one-group')
  const target = options.target ?? events / people
  if (!(target >= 0 && target <= 1)) throw new RangeError(`target ${target}: needs 0 to 1`)
  if (target === 0 || target === 1) return refuse('no-variation')
  const sizes = Float64Array.from(n)
  const proportion = sizes.map((size, i) => count[i]! / size)
  const z = proportion.map((p, i) => (p - target) / Math.sqrt(varianceAt(target, sizes[i]!)))
  const winsorisedZ = winsorised(z, winsorise)
  const overdispersion = winsorisedZ.reduce((sum, value) => sum + value * value, 0) / units
  let weight = 0
  let squares = 0
  for (const size of sizes) {
    const w = 1 / varianceAt(target, size)
    weight += w
    squares += w * w
  }
  const between = (units * overdispersion - (units - 1)) / (weight - squares / weight)
  return {
    ok: true,
    target,
    n: sizes,
    proportion,
    z,
    winsorisedZ,
    overdispersion,
    betweenVariance: Math.max(0, between),
  }
}

/** Each value beyond the share at either end drawn in to the next one inside. */
function winsorised(z: Float64Array, share: number): Float64Array {
  const ascending = Float64Array.from(z).sort()
  const cut = Math.floor(z.length * share)
  const low = ascending[cut]!
  const high = ascending[z.length - 1 - cut]!
  return z.map((value) => Math.min(high, Math.max(low, value)))
}

function varianceAt(target: number, n: number): number {
  return (target * (1 - target)) / n
}

/**
 * - `exact`: binomial, interpolated between counts
 * - `normal`: target ± z standard errors
 * - `multiplicative`: the same, widened by the root of the overdispersion where it is above 1
 * - `additive`: the same, with the variance between units added
 */
export type FunnelKind = 'exact' | 'normal' | 'multiplicative' | 'additive'

/** Limits of each unit, in the order of the units. Those of very small units may lie outside 0 to 1: cut when drawing. */
export type FunnelLimits = { readonly lower: Float64Array; readonly upper: Float64Array }

/**
 * Control limits of a funnel plot: a share `conf` of units that only chance sets apart lies between them.
 *
 * @param funnel from `funnelOfProportions`; with `n` replaced by a grid of sizes it gives smooth lines
 * @param conf 0.95 and 0.998 by custom; RangeError outside 0 to 1
 * Source: Spiegelhalter 2005, appendix A.1.1 (interpolated exact limits).
 */
export function funnelLimits(
  funnel: Pick<Funnel, 'target' | 'n' | 'overdispersion' | 'betweenVariance'>,
  conf: number,
  kind: FunnelKind,
): FunnelLimits {
  const { target, n, overdispersion, betweenVariance } = funnel
  if (kind === 'exact') {
    return eachUnit(n, (size) => {
      const at = (p: number) =>
        interpolatedCount(p, size * target, {
          lowerTail: (k) => binomialLowerTail(k, size, target),
          probability: (k) => binomialProbability(k, size, target),
        }) / size
      return tails(conf, at)
    })
  }
  const z = normalCritical(conf)
  return eachUnit(n, (size) => {
    const chance = varianceAt(target, size)
    const variance =
      kind === 'normal'
        ? chance
        : kind === 'multiplicative'
          ? chance * Math.max(1, overdispersion)
          : chance + betweenVariance
    return { lower: target - z * Math.sqrt(variance), upper: target + z * Math.sqrt(variance) }
  })
}

/**
 * Exact control limits for observed by expected events (standardised ratios, rates), interpolated between counts.
 *
 * @param expected events to be expected in each unit, > 0 (person-time × common rate, say); RangeError otherwise
 * @param conf 0.95 and 0.998 by custom
 * Source: Spiegelhalter 2005.
 * @example funnelRatioLimits([27.7, 39.7], 0.95) // a ratio of 1.4 is inside for 27.7 expected events? upper is 1.37
 */
export function funnelRatioLimits(expected: ArrayLike<number>, conf: number): FunnelLimits {
  return eachUnit(expected, (mean) => {
    if (!(mean > 0 && mean < Number.POSITIVE_INFINITY))
      throw new RangeError(`expected ${mean}: needs a number > 0`)
    const at = (p: number) =>
      interpolatedCount(p, mean, {
        lowerTail: (k) => poissonLowerTail(k, mean),
        probability: (k) => poissonProbability(k, mean),
      }) / mean
    return tails(conf, at)
  })
}

function tails(conf: number, at: (p: number) => number): Limits {
  requireConfidence(conf)
  return { lower: at((1 - conf) / 2), upper: at(1 - (1 - conf) / 2) }
}

function eachUnit(sizes: ArrayLike<number>, limits: (size: number) => Limits): FunnelLimits {
  const lower = new Float64Array(sizes.length)
  const upper = new Float64Array(sizes.length)
  for (let i = 0; i < sizes.length; i++) {
    const found = limits(sizes[i]!)
    lower[i] = found.lower
    upper[i] = found.upper
  }
  return { lower, upper }
}

type Counts = { readonly lowerTail: (k: number) => number; readonly probability: (k: number) => number }

/** The smallest count whose lower tail reaches p, less the part of it that is not needed to reach p. */
function interpolatedCount(p: number, start: number, counts: Counts): number {
  let low = -1
  let step = 1
  let high = Math.ceil(start)
  while (counts.lowerTail(high) < p) {
    low = high
    high += step
    step *= 2
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (counts.lowerTail(middle) < p) low = middle
    else high = middle
  }
  return high - (counts.lowerTail(high) - p) / counts.probability(high)
}
