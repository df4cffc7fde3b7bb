import { normalQuantile } from './distributions.ts'
import { type Refusal, refuse } from './refusal.ts'

export type ProportionInterval = {
  readonly ok: true
  readonly count: number
  readonly n: number
  readonly proportion: number
  readonly lower: number
  readonly upper: number
  readonly conf: number
}

/**
 * A proportion with Wilson's score interval, which stays inside 0 and 1 and means something for 0 of n too.
 *
 * Source: Wilson, J Am Stat Assoc 1927;22:209; Newcombe, Stat Med 1998;17:857 (method 3).
 * @param count how many of them, a whole number
 * @param n of how many, a whole number; 0 is refused as `no-rows`
 * @param conf confidence level, 0.95 unless told
 * @example wilsonInterval(7, 20) // 0.35, from 0.181 to 0.567
 */
export function wilsonInterval(
  count: number,
  n: number,
  conf = 0.95,
): ProportionInterval | Refusal<'no-rows' | 'not-a-count'> {
  if (!(conf > 0 && conf < 1)) throw new RangeError(`confidence level ${conf}: needs 0 < conf < 1`)
  if (!Number.isSafeInteger(count) || !Number.isSafeInteger(n) || count < 0 || count > n) {
    return refuse('not-a-count')
  }
  if (n === 0) return refuse('no-rows')
  const z = -normalQuantile((1 - conf) / 2)
  const z2 = z * z
  const p = count / n
  const width = z * Math.sqrt(z2 + 4 * count * (1 - p))
  const denominator = 2 * (n + z2)
  return {
    ok: true,
    count,
    n,
    proportion: p,
    // At the ends the limit is exact; the formula would leave a rounding remainder.
    lower: count === 0 ? 0 : (2 * count + z2 - width) / denominator,
    upper: count === n ? 1 : (2 * count + z2 + width) / denominator,
    conf,
  }
}
