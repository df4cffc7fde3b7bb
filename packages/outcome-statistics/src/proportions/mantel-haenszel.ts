import { aroundLog, normalCritical } from '../critical-values.ts'
import { chiSquareUpperTail } from '../distributions.ts'
import { type Refusal, refuse } from '../refusal.ts'
import { refuseTwoGroups, type TwoGroups } from './two-proportions.ts'

type Estimate = { readonly ratio: number; readonly lower: number; readonly upper: number }

export type MantelHaenszel = {
  readonly ok: true
  readonly oddsRatio: Estimate
  readonly riskRatio: Estimate
  readonly riskDifference: number
  /** Test of no association within strata, without continuity correction. */
  readonly chiSquare: number
  readonly chiSquareCorrected: number
  readonly df: 1
  /** Of `chiSquare`. */
  readonly p: number
  readonly conf: number
}

/**
 * Two groups compared within strata (sites, trials) and added up: common odds ratio, risk ratio and risk difference, with
 * the test that there is no association in any stratum.
 *
 * Source: Mantel & Haenszel, J Natl Cancer Inst 1959;22:719; Robins, Breslow & Greenland, Biometrics 1986;42:311 (odds
 * ratio's interval); Greenland & Robins, Biometrics 1985;41:55 (risk ratio). Agrees with R's mantelhaen.test.
 * @param strata one entry a stratum; its index is the `row` of a refusal
 * @param conf confidence level, 0.95 unless told
 * @returns or a refusal: no strata, bad counts, `no-comparison` when no stratum has both outcomes on both sides to form
 *   a finite ratio
 * Cost: one pass.
 * @example mantelHaenszel([{ count1: 9, n1: 48, count2: 0, n2: 33 }, { count1: 23, n1: 140, count2: 9, n2: 140 }])
 */
export function mantelHaenszel(
  strata: readonly TwoGroups[],
  conf = 0.95,
): MantelHaenszel | Refusal<'no-rows' | 'not-a-count' | 'no-comparison'> {
  const z = normalCritical(conf)
  if (strata.length === 0) return refuse('no-rows')
  const odds = { r: 0, s: 0, pr: 0, cross: 0, qs: 0 }
  const risk = { numerator: 0, denominator: 0, variance: 0 }
  const test = { excess: 0, variance: 0 }
  let difference = 0
  let differenceWeight = 0
  for (const [index, stratum] of strata.entries()) {
    const bad = refuseTwoGroups(stratum)
    if (bad) return refuse(bad.reason, index)
    const { count1: a, n1, count2: c, n2 } = stratum
    const b = n1 - a
    const d = n2 - c
    const n = n1 + n2
    const events = a + c
    const r = (a * d) / n
    const s = (b * c) / n
    const p = (a + d) / n
    odds.r += r
    odds.s += s
    odds.pr += p * r
    odds.cross += p * s + (1 - p) * r
    odds.qs += (1 - p) * s
    risk.numerator += (a * n2) / n
    risk.denominator += (c * n1) / n
    risk.variance += (n1 * n2 * events - a * c * n) / (n * n)
    test.excess += a - (n1 * events) / n
    test.variance += (n1 * n2 * events * (n - events)) / (n * n * (n - 1))
    difference += (a * n2 - c * n1) / n
    differenceWeight += (n1 * n2) / n
  }
  if (!(odds.r > 0 && odds.s > 0 && test.variance > 0)) return refuse('no-comparison')
  const { r, s } = odds
  const seLogOdds = Math.sqrt(odds.pr / (2 * r * r) + odds.cross / (2 * r * s) + odds.qs / (2 * s * s))
  const seLogRisk = Math.sqrt(risk.variance / (risk.numerator * risk.denominator))
  const oddsRatio = r / s
  const riskRatio = risk.numerator / risk.denominator
  const excess = Math.abs(test.excess)
  const chiSquare = (excess * excess) / test.variance
  return {
    ok: true,
    oddsRatio: { ratio: oddsRatio, ...aroundLog(oddsRatio, z * seLogOdds) },
    riskRatio: { ratio: riskRatio, ...aroundLog(riskRatio, z * seLogRisk) },
    riskDifference: difference / differenceWeight,
    chiSquare,
    chiSquareCorrected: (excess - (excess >= 0.5 ? 0.5 : 0)) ** 2 / test.variance,
    df: 1,
    p: chiSquareUpperTail(chiSquare, 1),
    conf,
  }
}
