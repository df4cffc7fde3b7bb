import { betaLogOddsQuantile, betaLogOddsUpperQuantile } from '../beta-distribution.ts'
import { around, aroundLog, type Limits, normalCritical } from '../critical-values.ts'
import { chiSquareQuantile } from '../distributions.ts'
import { binomialProbabilities, MOST_WEIGHED, noMoreProbable } from '../proportions/exact-weights.ts'
import { type Refusal, refuse } from '../refusal.ts'

export type RateRefusal = Refusal<'not-a-count' | 'no-exposure'>

export type Rate = {
  readonly ok: true
  readonly events: number
  readonly exposure: number
  readonly rate: number
  readonly lower: number
  readonly upper: number
  readonly conf: number
}

/**
 * A rate of events per unit of exposure (person-days, sessions), with an interval.
 *
 * - `exact` (unless told): Garwood's, never covers less than `conf`; means something for no events too
 * - `byar`: Byar's approximation to it
 * - `log`: normal on the logarithm, to compare with published figures; refuses `no-events`
 *
 * It supposes events that do not pull each other along; where some people have many, see `negativeBinomialRegression`.
 * Source: Garwood, Biometrika 1936;28:437; Breslow & Day 1987, p. 69 (Byar).
 * @param events whole number
 * @param exposure > 0 in the unit the rate is to have, else refused as `no-exposure`
 * @param options.conf confidence level, 0.95 unless told
 * @example poissonRate(3, 100) // 0.03, from 0.006 to 0.088
 */
export function poissonRate(
  events: number,
  exposure: number,
  options: { readonly conf?: number; readonly method?: 'exact' | 'byar' | 'log' } = {},
): Rate | RateRefusal | Refusal<'no-events'> {
  const { conf = 0.95, method = 'exact' } = options
  const z = normalCritical(conf)
  if (!isCount(events)) return refuse('not-a-count')
  if (!isExposure(exposure)) return refuse('no-exposure')
  if (method === 'log' && events === 0) return refuse('no-events')
  const rate = events / exposure
  const limits: Limits =
    method === 'exact'
      ? perExposure(exactCount(events, (1 - conf) / 2), exposure)
      : method === 'byar'
        ? perExposure(byarCount(events, z), exposure)
        : aroundLog(rate, z / Math.sqrt(events))
  return { ok: true, events, exposure, rate, ...limits, conf }
}

function perExposure({ lower, upper }: Limits, exposure: number): Limits {
  return { lower: lower / exposure, upper: upper / exposure }
}

/** The means under which this many events, or more, or fewer, have probability `tail`. */
function exactCount(events: number, tail: number): Limits {
  return {
    lower: events === 0 ? 0 : chiSquareQuantile(tail, 2 * events) / 2,
    upper: chiSquareQuantile(1 - tail, 2 * (events + 1)) / 2,
  }
}

function byarCount(events: number, z: number): Limits {
  const cube = (x: number, by: number) => x * (1 - 1 / (9 * x) + by / (3 * Math.sqrt(x))) ** 3
  return { lower: events === 0 ? 0 : Math.max(0, cube(events, -z)), upper: cube(events + 1, z) }
}

/** Events in a time (or other exposure) of the same unit, in two groups. */
export type TwoRates = {
  readonly events1: number
  readonly exposure1: number
  readonly events2: number
  readonly exposure2: number
}

export type RateComparison = {
  readonly ok: true
  /** First rate by second; null: no event in the second group. */
  readonly ratio: number | null
  /** Exact limits. */
  readonly lower: number
  /** Null: no upper limit. */
  readonly upper: number | null
  /** Exact, two-sided: all splits of the events no more probable than this one. */
  readonly p: number
  /** Normal limits on the logarithm; null when a group has no event. */
  readonly logLimits: Limits | null
  /** First rate minus second, with normal limits. */
  readonly difference: number
  readonly differenceLower: number
  readonly differenceUpper: number
  readonly conf: number
}

/**
 * Two rates compared: their ratio with the exact interval and test, and their difference.
 *
 * Given how many events there were in all, those of the first group are binomial; the limits are Clopper–Pearson's.
 * Source: Przyborowski & Wilenski, Biometrika 1940;31:313. Agrees with R's poisson.test.
 * @param groups whole numbers of events, exposures > 0
 * @param conf confidence level, 0.95 unless told
 * @returns or a refusal: `not-a-count`, `no-exposure`, `no-events` in both groups, `too-many-events` beyond a million
 * Cost: O(events).
 * @example rateRatio({ events1: 12, exposure1: 430, events2: 7, exposure2: 515 }) // 2.05, from 0.75 to 6.16, p 0.166
 */
export function rateRatio(
  groups: TwoRates,
  conf = 0.95,
): RateComparison | RateRefusal | Refusal<'no-events' | 'too-many-events'> {
  const z = normalCritical(conf)
  const { events1, exposure1, events2, exposure2 } = groups
  if (!isCount(events1) || !isCount(events2)) return refuse('not-a-count')
  if (!isExposure(exposure1) || !isExposure(exposure2)) return refuse('no-exposure')
  const events = events1 + events2
  if (events === 0) return refuse('no-events')
  if (events > MOST_WEIGHED) return refuse('too-many-events')
  const tail = (1 - conf) / 2
  const time = exposure2 / exposure1
  const rate1 = events1 / exposure1
  const rate2 = events2 / exposure2
  const ratio = events2 === 0 ? null : rate1 / rate2
  const probability = binomialProbabilities(events, exposure1 / (exposure1 + exposure2))
  const seLog = Math.sqrt(1 / events1 + 1 / events2)
  const seDifference = Math.sqrt(events1 / exposure1 ** 2 + events2 / exposure2 ** 2)
  const difference = around(rate1 - rate2, z * seDifference)
  return {
    ok: true,
    ratio,
    lower: events1 === 0 ? 0 : time * Math.exp(betaLogOddsQuantile(tail, events1, events2 + 1)),
    upper: events2 === 0 ? null : time * Math.exp(betaLogOddsUpperQuantile(tail, events1 + 1, events2)),
    p: noMoreProbable(probability, events1),
    logLimits: ratio === null || events1 === 0 ? null : aroundLog(ratio, z * seLog),
    difference: rate1 - rate2,
    differenceLower: difference.lower,
    differenceUpper: difference.upper,
    conf,
  }
}

function isCount(events: number): boolean {
  return Number.isSafeInteger(events) && events >= 0
}

/** From 1e-100 to 1e100: rates and the squares of exposures then are numbers. */
function isExposure(exposure: number): boolean {
  return exposure >= 1e-100 && exposure <= 1e100
}
