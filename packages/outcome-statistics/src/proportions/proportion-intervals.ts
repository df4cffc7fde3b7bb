import { betaLogOddsUpperQuantile, betaQuantile, fromLogOdds } from '../beta-distribution.ts'
import { bracketedRoot } from '../bracketed-root.ts'
import { around, type Limits, normalCritical, requireConfidence } from '../critical-values.ts'
import { incompleteBeta } from '../incomplete-beta.ts'
import { type Refusal, refuse } from '../refusal.ts'
import type { ProportionInterval } from '../wilson-interval.ts'

type IntervalOrRefusal = ProportionInterval | Refusal<'no-rows' | 'not-a-count'>

/**
 * A proportion with the exact interval of Clopper and Pearson: never covers less than `conf`, usually more.
 *
 * The limits are the proportions for which `count` or more, or `count` or fewer, has probability (1 − conf) / 2.
 * Source: Clopper & Pearson, Biometrika 1934;26:404. Cost: two beta quantiles.
 * @param count how many of them, a whole number
 * @param n of how many, a whole number; 0 is refused as `no-rows`
 * @param conf confidence level, 0.95 unless told; RangeError outside 0 to 1
 * @example clopperPearsonInterval(7, 20) // 0.35, from 0.154 to 0.592
 */
export function clopperPearsonInterval(count: number, n: number, conf = 0.95): IntervalOrRefusal {
  return interval(count, n, conf, () => ({
    lower: count === 0 ? 0 : betaQuantile((1 - conf) / 2, count, n - count + 1),
    upper: count === n ? 1 : upperBetaQuantile((1 - conf) / 2, count + 1, n - count),
  }))
}

/** The beta quantile of an upper tail, with full digits where it is small. */
function upperBetaQuantile(tail: number, a: number, b: number): number {
  return fromLogOdds(betaLogOddsUpperQuantile(tail, a, b)).x
}

/**
 * A proportion with Jeffreys's interval: the middle of the posterior beta distribution after a prior beta(½, ½), with
 * the ends 0 and 1 at none and all.
 *
 * Source: Brown, Cai & DasGupta, Stat Sci 2001;16:101. Arguments, refusals and cost as `clopperPearsonInterval`.
 * @example jeffreysInterval(7, 20) // 0.35, from 0.172 to 0.568
 */
export function jeffreysInterval(count: number, n: number, conf = 0.95): IntervalOrRefusal {
  return interval(count, n, conf, () => ({
    lower: count === 0 ? 0 : betaQuantile((1 - conf) / 2, count + 0.5, n - count + 0.5),
    upper: count === n ? 1 : upperBetaQuantile((1 - conf) / 2, count + 0.5, n - count + 0.5),
  }))
}

/**
 * A proportion with the mid-p interval: Clopper–Pearson with the observed count itself given half its weight, which
 * covers about `conf` on average instead of always more.
 *
 * Source: Lancaster, J Am Stat Assoc 1961;56:223; Berry & Armitage, Statistician 1995;44:417. Arguments and refusals as
 * `clopperPearsonInterval`. Cost: some twenty incomplete beta functions.
 * @example midPInterval(7, 20) // 0.35, from 0.168 to 0.573
 */
export function midPInterval(count: number, n: number, conf = 0.95): IntervalOrRefusal {
  return interval(count, n, conf, () => {
    const tail = (1 - conf) / 2
    // P(X ≥ k) = I_p(k, n − k + 1); the mean of "k or more" and "k + 1 or more" gives k half its weight.
    const from = (k: number, p: number) => {
      if (k <= 0) return { lower: 1, upper: 0 }
      return k > n ? { lower: 0, upper: 1 } : incompleteBeta(k, n - k + 1, p, 1 - p)
    }
    const above = (p: number) => (from(count, p).lower + from(count + 1, p).lower) / 2 - tail
    const below = (p: number) => (from(count, p).upper + from(count + 1, p).upper) / 2 - tail
    return {
      lower: count === 0 ? 0 : bracketedRoot(above, 0, 1),
      upper: count === n ? 1 : bracketedRoot(below, 0, 1),
    }
  })
}

/**
 * A proportion with Wilson's interval and continuity correction: wider, nearly as careful as the exact one.
 *
 * Source: Newcombe, Stat Med 1998;17:857 (method 4). Arguments and refusals as `clopperPearsonInterval`.
 * @example wilsonCorrectedInterval(81, 263) // 0.308, from 0.2535 to 0.3682
 */
export function wilsonCorrectedInterval(count: number, n: number, conf = 0.95): IntervalOrRefusal {
  return interval(count, n, conf, () => {
    const z = normalCritical(conf)
    const z2 = z * z
    const p = count / n
    const limit = (side: -1 | 1) => {
      const width = z * Math.sqrt(z2 + side * 2 - 1 / n + 4 * p * (n * (1 - p) - side))
      return (2 * count + z2 + side * (1 + width)) / (2 * (n + z2))
    }
    // With a very wide interval the correction would push a limit out of 0 to 1.
    return {
      lower: count === 0 ? 0 : Math.max(0, limit(-1)),
      upper: count === n ? 1 : Math.min(1, limit(1)),
    }
  })
}

/**
 * A proportion with the interval of Agresti and Coull ("add two of each"). Near 0 and n its limits may leave 0 to 1, for
 * which a page rather takes Wilson's; here to compare with published figures.
 *
 * Source: Agresti & Coull, Am Stat 1998;52:119. Arguments and refusals as `clopperPearsonInterval`.
 * @example agrestiCoullInterval(7, 20) // 0.35, from 0.180 to 0.568
 */
export function agrestiCoullInterval(count: number, n: number, conf = 0.95): IntervalOrRefusal {
  return interval(count, n, conf, () => {
    const z = normalCritical(conf)
    const total = n + z * z
    const centre = (count + (z * z) / 2) / total
    return around(centre, z * Math.sqrt((centre * (1 - centre)) / total))
  })
}

/**
 * A proportion with the textbook interval p ± z √(p(1 − p)/n). Of width 0 at none and all, and it may leave 0 to 1; here
 * only to compare with published figures.
 *
 * Source: Laplace 1812. Arguments and refusals as `clopperPearsonInterval`.
 * @example waldInterval(7, 20) // 0.35, from 0.141 to 0.559
 */
export function waldInterval(count: number, n: number, conf = 0.95): IntervalOrRefusal {
  return interval(count, n, conf, () => {
    const p = count / n
    return around(p, normalCritical(conf) * Math.sqrt((p * (1 - p)) / n))
  })
}

function interval(count: number, n: number, conf: number, limits: () => Limits): IntervalOrRefusal {
  requireConfidence(conf)
  if (!isCountOf(count, n)) return refuse('not-a-count')
  if (n === 0) return refuse('no-rows')
  return { ok: true, count, n, proportion: count / n, ...limits(), conf }
}

/** True for whole numbers 0 ≤ count ≤ n. */
export function isCountOf(count: number, n: number): boolean {
  return Number.isSafeInteger(count) && Number.isSafeInteger(n) && count >= 0 && count <= n
}
