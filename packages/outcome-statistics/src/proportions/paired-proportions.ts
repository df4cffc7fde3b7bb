import { betaLogOddsQuantile, betaLogOddsUpperQuantile } from '../beta-distribution.ts'
import { binomialLowerTail, binomialProbability } from '../count-distributions.ts'
import { normalCritical } from '../critical-values.ts'
import { chiSquareUpperTail } from '../distributions.ts'
import { type Refusal, refuse } from '../refusal.ts'

/** The same people asked twice: how many said yes both times, only the first time, only the second, never. */
export type PairedCounts = {
  readonly both: number
  readonly onlyFirst: number
  readonly onlySecond: number
  readonly neither: number
}

export type McNemarTest = {
  readonly ok: true
  readonly chiSquare: number
  readonly p: number
  /** With continuity correction. */
  readonly chiSquareCorrected: number
  readonly pCorrected: number
  /** Binomial test of the people who changed. */
  readonly pExact: number
  /** The exact p less half the weight of what was observed; the one to print for few people. */
  readonly pMid: number
  /** Conditional odds ratio onlyFirst / onlySecond; null: without limit. */
  readonly oddsRatio: number | null
  readonly oddsLower: number
  /** Null: no upper limit. */
  readonly oddsUpper: number | null
  /** Proportion at first minus proportion at second. */
  readonly difference: number
  readonly differenceLower: number
  readonly differenceUpper: number
  readonly conf: number
}

/**
 * McNemar's test that a proportion is the same in the same people at two times (or in matched pairs). Only those who
 * changed tell anything.
 *
 * Source: McNemar, Psychometrika 1947;12:153; Fagerland, Lydersen & Laake, BMC Med Res Methodol 2013;13:91 (mid-p);
 * the odds ratio's limits are Clopper–Pearson's of onlyFirst among the changed; the difference's are Wald's.
 * @param pairs whole numbers ≥ 0
 * @param conf confidence level, 0.95 unless told
 * @returns or a refusal: `not-a-count`, `no-rows`, `nobody-changed`
 * Cost: two binomial tails, whatever the counts.
 * @example mcNemarTest({ both: 20, onlyFirst: 5, onlySecond: 14, neither: 33 }) // exact p 0.064, mid-p 0.041
 */
export function mcNemarTest(
  pairs: PairedCounts,
  conf = 0.95,
): McNemarTest | Refusal<'not-a-count' | 'no-rows' | 'nobody-changed'> {
  const z = normalCritical(conf)
  const { both, onlyFirst, onlySecond, neither } = pairs
  for (const count of [both, onlyFirst, onlySecond, neither]) {
    if (!Number.isSafeInteger(count) || count < 0) return refuse('not-a-count')
  }
  const n = both + onlyFirst + onlySecond + neither
  if (n === 0) return refuse('no-rows')
  const changed = onlyFirst + onlySecond
  if (changed === 0) return refuse('nobody-changed')
  const apart = onlyFirst - onlySecond
  const chiSquare = (apart * apart) / changed
  const chiSquareCorrected = Math.max(0, Math.abs(apart) - 1) ** 2 / changed
  // Heads and tails are alike, so whatever is no more probable than what was seen lies in two equal tails.
  const pExact =
    apart === 0 ? 1 : Math.min(1, 2 * binomialLowerTail(Math.min(onlyFirst, onlySecond), changed, 0.5))
  const tail = (1 - conf) / 2
  const difference = apart / n
  const width = (z * Math.sqrt(changed - (apart * apart) / n)) / n
  return {
    ok: true,
    chiSquare,
    p: chiSquareUpperTail(chiSquare, 1),
    chiSquareCorrected,
    pCorrected: chiSquareUpperTail(chiSquareCorrected, 1),
    pExact,
    // With as many changes in one direction as in the other the exact p is cut off at 1 already.
    pMid: pExact - binomialProbability(onlyFirst, changed, 0.5) * (apart === 0 ? 0.5 : 1),
    oddsRatio: onlySecond === 0 ? null : onlyFirst / onlySecond,
    oddsLower: onlyFirst === 0 ? 0 : Math.exp(betaLogOddsQuantile(tail, onlyFirst, onlySecond + 1)),
    oddsUpper: onlySecond === 0 ? null : Math.exp(betaLogOddsUpperQuantile(tail, onlyFirst + 1, onlySecond)),
    difference,
    differenceLower: difference - width,
    differenceUpper: difference + width,
    conf,
  }
}
