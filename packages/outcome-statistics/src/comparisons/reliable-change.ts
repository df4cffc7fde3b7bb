import { type Refusal, refuse } from '../refusal.ts'
import { mean, refuseSample, requireSameLength, type Sample, type SampleRefusal, variance } from './sample.ts'

export type ChangeClass = 'recovered' | 'improved' | 'unchanged' | 'deteriorated'

export type ReliableChangeOptions = {
  /** Test–retest or internal consistency of the scale, from 0 to under 1. Say which, and from which source. */
  readonly reliability: number
  /** True for scales on which less is better (depression scores). */
  readonly lowerIsBetter: boolean
  /** Standard deviation before treatment; that of `pre` unless told. Needed for a single person. */
  readonly sdPre?: number
  /** Healthy people on the same scale. */
  readonly norm?: { readonly mean: number; readonly sd: number }
  /** A published cut-off between ill and healthy instead of one computed here. */
  readonly cutOff?: number
}

export type ReliableChange = {
  readonly ok: true
  readonly n: number
  /** Standard error of measurement. */
  readonly sem: number
  /** Standard error of a difference of two measurements. */
  readonly seDifference: number
  /** Points by which a person must change for it to be more than measurement error (1.96 standard errors). */
  readonly changeNeeded: number
  /** Two standard deviations from the mean before treatment; null for one person. */
  readonly cutOffA: number | null
  /** Two standard deviations from the healthy; null without norms. */
  readonly cutOffB: number | null
  /** As probable among the ill as among the healthy; null without norms. */
  readonly cutOffC: number | null
  /** The given one, else C, else A. Null when none exists: then nobody is classed as recovered. */
  readonly cutOffUsed: number | null
  /** Each person's change in standard errors of a difference; minus is less. */
  readonly index: Float64Array
  readonly classOf: readonly ChangeClass[]
  readonly counts: Readonly<Record<ChangeClass, number>>
}

const RELIABLE = 1.96

/**
 * Reliable and clinically significant change after Jacobson and Truax: has a person changed by more than the scale's
 * error, and crossed from the ill to the healthy side?
 *
 * `recovered`: improved reliably, before on the ill side of the cut-off, after on the healthy one. The classes are about
 * scores, not persons: some improve by regression to the mean alone.
 * Source: Jacobson & Truax, J Consult Clin Psychol 1991;59:12.
 * @param pre score before, one a person
 * @param post score after, of the same person
 * @returns or a refusal: `too-few` (nobody; or one person without `sdPre`), `not-a-number` with the row, `no-variation`
 * @throws RangeError when the lengths differ, or for a reliability outside 0 to 1 or a standard deviation not above 0
 * Cost: one pass.
 * @example
 * reliableChange(Float64Array.of(47.5), Float64Array.of(32.5), { reliability: 0.88, sdPre: 7.5, lowerIsBetter: true })
 * // index −4.08: more than 1.96 standard errors
 */
export function reliableChange(
  pre: Sample,
  post: Sample,
  options: ReliableChangeOptions,
): ReliableChange | SampleRefusal | Refusal<'no-variation'> {
  requireSameLength(pre, post)
  const { reliability, lowerIsBetter, norm } = options
  if (!(reliability >= 0 && reliability < 1)) {
    throw new RangeError(`reliability ${reliability}: needs 0 <= reliability < 1`)
  }
  for (const sd of [options.sdPre, norm?.sd]) {
    if (sd !== undefined && !(sd > 0)) throw new RangeError(`standard deviation ${sd}: needs a number > 0`)
  }
  const refusal = refuseSample(pre, options.sdPre === undefined ? 2 : 1) ?? refuseSample(post, 1)
  if (refusal) return refusal
  const ownSd = pre.length > 1 ? Math.sqrt(variance(pre)) : null
  const sdPre = options.sdPre ?? ownSd!
  if (!(sdPre > 0)) return refuse('no-variation')
  const better = lowerIsBetter ? -1 : 1
  const sem = sdPre * Math.sqrt(1 - reliability)
  const seDifference = Math.SQRT2 * sem
  const meanPre = mean(pre)
  const cutOffA = ownSd === null ? null : meanPre + better * 2 * ownSd
  const cutOffB = norm ? norm.mean - better * 2 * norm.sd : null
  const cutOffC = norm && ownSd !== null ? (norm.sd * meanPre + ownSd * norm.mean) / (norm.sd + ownSd) : null
  const cutOffUsed = options.cutOff ?? cutOffC ?? cutOffA
  const index = post.map((after, i) => (after - pre[i]!) / seDifference)
  const endless = index.findIndex((change) => !Number.isFinite(change))
  if (endless >= 0) return refuse('out-of-range', endless)
  const counts = { recovered: 0, improved: 0, unchanged: 0, deteriorated: 0 }
  const classOf = Array.from(index, (change, i): ChangeClass => {
    const healthier = (score: number) => cutOffUsed !== null && better * (score - cutOffUsed) > 0
    const gain = better * change
    const found =
      gain > RELIABLE
        ? healthier(post[i]!) && !healthier(pre[i]!)
          ? 'recovered'
          : 'improved'
        : gain < -RELIABLE
          ? 'deteriorated'
          : 'unchanged'
    counts[found]++
    return found
  })
  return {
    ok: true,
    n: pre.length,
    sem,
    seDifference,
    changeNeeded: RELIABLE * seDifference,
    cutOffA,
    cutOffB,
    cutOffC,
    cutOffUsed,
    index,
    classOf,
    counts,
  }
}

export type PercentChange = {
  readonly ok: true
  readonly n: number
  /** Percent of the score before; minus is less. */
  readonly percent: Float64Array
  /** People whose score after is at most half of the one before. */
  readonly responders: number
  /** People whose score after is at most `remissionAt`. */
  readonly remitters: number
}

/**
 * Change in percent, response and remission on a scale where less is better and 0 is none.
 *
 * @param remissionAt highest score that counts as remission, of the scale's authors
 * @param responseShare least fall that counts as response, 0.5 unless told
 * @returns or a refusal: `too-few`, `not-a-number` with the row, `nothing-to-lose` with the row of a score of 0 before,
 * `out-of-range` with the row of a score that no scale has (beyond 1e60, or so near 0 that no percentage holds it)
 * @throws RangeError when the lengths differ
 * @example percentChange(Float64Array.of(35, 40), Float64Array.of(10, 30), { remissionAt: 10 }) // −71 %, −25 %; one, one
 */
export function percentChange(
  pre: Sample,
  post: Sample,
  options: { readonly remissionAt: number; readonly responseShare?: number },
): PercentChange | SampleRefusal | Refusal<'nothing-to-lose'> {
  requireSameLength(pre, post)
  const refusal = refuseSample(pre, 1) ?? refuseSample(post, 1)
  if (refusal) return refusal
  const none = pre.findIndex((score) => !(score > 0))
  if (none >= 0) return refuse('nothing-to-lose', none)
  const percent = post.map((after, i) => ((after - pre[i]!) / pre[i]!) * 100)
  const endless = percent.findIndex((share) => !Number.isFinite(share))
  if (endless >= 0) return refuse('out-of-range', endless)
  const left = 1 - (options.responseShare ?? 0.5)
  return {
    ok: true,
    n: pre.length,
    percent,
    responders: post.filter((after, i) => after <= pre[i]! * left).length,
    remitters: post.filter((after) => after <= options.remissionAt).length,
  }
}
