import { normalCritical } from '../critical-values.ts'
import { normalUpperTail } from '../distributions.ts'
import { type Refusal, refuse } from '../refusal.ts'
import { medianOf, type PairOrder, pairwiseDifferences, pairwiseMeans } from './pair-order.ts'
import {
  mannWhitneyDistribution,
  type RankDistribution,
  signedRankDistribution,
} from './rank-distributions.ts'
import { midRanks, refuseSample, type Sample, type SampleRefusal, sorted } from './sample.ts'

/** Below this many values a sample without ties is judged by the exact distribution, as R does. */
const EXACT_BELOW = 50

/** A p value and limits, either exact or from the normal approximation. */
type Judged = {
  readonly method: 'exact' | 'normal'
  /** Two-sided: exact, or normal without continuity correction. */
  readonly p: number
  /** Normal with continuity correction; null where exact. */
  readonly pCorrected: number | null
  /** One-sided, that the first (or the differences) are larger. */
  readonly pGreater: number
  /** Limits of the shift; null: so few values that no limit at this confidence exists. */
  readonly lower: number | null
  readonly upper: number | null
}

export type MannWhitney = Judged & {
  readonly ok: true
  /** Pairs in which the first sample's value is larger, ties counted by half. */
  readonly u: number
  /** P(X > Y) + P(X = Y) / 2 for one of each sample. */
  readonly superiority: number
  /** Hodges and Lehmann's shift: median of all differences x − y. */
  readonly shift: number
  readonly conf: number
}

/**
 * The rank test of Mann and Whitney (Wilcoxon's rank sum) for two samples, with the shift between them.
 *
 * Exact where both samples have under fifty values and none is tied, otherwise normal with the variance corrected for
 * ties. The limits of the shift are those values at which the test would just not refuse; they are differences of
 * observed values.
 * Source: Mann & Whitney 1947; Hodges & Lehmann, Ann Math Stat 1963;34:598; Moses 1965. Agrees with R's wilcox.test.
 * @param x first sample
 * @param y second sample
 * @param conf confidence level, 0.95 unless told
 * @returns or a refusal: `too-few` (an empty sample), `not-a-number` with its index, `no-variation` (all values equal)
 * Cost: one sort and some 200 walks along both samples; the exact distribution O((m n)²).
 * @example mannWhitney(Float64Array.of(4, 7, 12, 19, 22, 31), Float64Array.of(1, 2, 5, 6, 9, 14, 16)) // U 32, p 0.138
 */
export function mannWhitney(
  x: Sample,
  y: Sample,
  conf = 0.95,
): MannWhitney | SampleRefusal | Refusal<'no-variation'> {
  const z = normalCritical(conf)
  const refusal = refuseSample(x, 1) ?? refuseSample(y, 1)
  if (refusal) return refusal
  const m = x.length
  const n = y.length
  const all = new Float64Array(m + n)
  all.set(x)
  all.set(y, m)
  const { rank, ties } = midRanks(all)
  let u = (-m * (m + 1)) / 2
  for (let i = 0; i < m; i++) u += rank[i]!
  const order = pairwiseDifferences(sorted(x), sorted(y))
  const varianceWith = (tied: number) => ((m * n) / 12) * (m + n + 1 - tied / ((m + n) * (m + n - 1)))
  if (!(varianceWith(ties) > 0)) return refuse('no-variation')
  const exact = m < EXACT_BELOW && n < EXACT_BELOW && ties === 0
  const judged = exact
    ? judgeExactly(u, order, mannWhitneyDistribution(m, n), (1 - conf) / 2)
    : // Once one sample is shifted between two differences, values are tied within their own sample only.
      judgeNormally(u, order, varianceWith(ties), varianceWith(midRanks(x).ties + midRanks(y).ties), z)
  return { ok: true, u, superiority: u / (m * n), shift: medianOf(order), ...judged, conf }
}

export type SignedRank = Judged & {
  readonly ok: true
  /** Differences that are not zero. */
  readonly n: number
  readonly zeros: number
  /** Sum of the ranks of positive differences. */
  readonly v: number
  /** Hodges and Lehmann's median of the means of all pairs of differences. */
  readonly pseudomedian: number
  readonly conf: number
}

/**
 * Wilcoxon's signed rank test that differences lie evenly about zero, with their pseudomedian.
 *
 * Zeros are left out, as in R. Exact under fifty differences without ties and zeros.
 * Source: Wilcoxon 1945; Hodges & Lehmann 1963; Tukey 1949. Agrees with R's wilcox.test(paired = TRUE).
 * @param d differences, pair by pair
 * @param conf confidence level, 0.95 unless told
 * @returns or a refusal: `too-few` (none but zeros), `not-a-number` with its index
 * @example wilcoxonSignedRank(Float64Array.of(-3.1, 4.2, 5.5, -1.2, 8.8, 2.3, 9.1, 6.4)) // V 32, p 0.055
 */
export function wilcoxonSignedRank(d: Sample, conf = 0.95): SignedRank | SampleRefusal {
  const z = normalCritical(conf)
  const refusal = refuseSample(d, 1)
  if (refusal) return refusal
  const moved = d.filter((value) => value !== 0)
  const n = moved.length
  if (n === 0) return refuse('too-few')
  const { rank, ties } = midRanks(moved.map(Math.abs))
  let v = 0
  for (let i = 0; i < n; i++) if (moved[i]! > 0) v += rank[i]!
  const order = pairwiseMeans(sorted(moved))
  const varianceWith = (tied: number) => (n * (n + 1) * (2 * n + 1)) / 24 - tied / 48
  const zeros = d.length - n
  const judged =
    n < EXACT_BELOW && ties === 0 && zeros === 0
      ? judgeExactly(v, order, signedRankDistribution(n), (1 - conf) / 2)
      : judgeNormally(v, order, varianceWith(ties), varianceWith(midRanks(moved).ties), z)
  return { ok: true, n, zeros, v, pseudomedian: medianOf(order), ...judged, conf }
}

function judgeExactly(s: number, order: PairOrder, underNull: RankDistribution, tail: number): Judged {
  // The distribution is symmetric, so an upper tail is a lower one and keeps its digits.
  const orMore = underNull.lowerTail(order.count - s)
  const orLess = underNull.lowerTail(s)
  const first = Math.max(1, underNull.quantile(tail))
  // At the very ends the achieved confidence may be less than asked for: then there is no limit.
  const reached = underNull.lowerTail(first - 1) <= tail
  return {
    method: 'exact',
    p: Math.min(1, 2 * Math.min(orMore, orLess)),
    pCorrected: null,
    pGreater: orMore,
    lower: reached ? order.at(first) : null,
    upper: reached ? order.at(order.count + 1 - first) : null,
  }
}

function judgeNormally(
  s: number,
  order: PairOrder,
  variance: number,
  varianceShifted: number,
  z: number,
): Judged {
  const half = order.count / 2
  const from = s - half
  const sd = Math.sqrt(variance)
  const twoSided = (distance: number) => Math.min(1, 2 * normalUpperTail(Math.max(0, distance) / sd))
  // The statistic falls by one at each difference that the shift passes.
  const first = Math.ceil(half - z * Math.sqrt(varianceShifted))
  return {
    method: 'normal',
    p: twoSided(Math.abs(from)),
    pCorrected: twoSided(Math.abs(from) - 0.5),
    pGreater: normalUpperTail(from / sd),
    lower: first >= 1 ? order.at(first) : null,
    upper: first >= 1 ? order.at(order.count + 1 - first) : null,
  }
}
