import { LARGEST_VALUE, type SampleRefusal } from '../comparisons/sample.ts'
import { requireConfidence } from '../critical-values.ts'
import { fQuantile, fUpperTail } from '../f-distribution.ts'
import { type Refusal, refuse } from '../refusal.ts'

/** One form: which raters, one or the mean of all. */
export type IntraclassForm = {
  readonly icc: number
  readonly lower: number
  readonly upper: number
  /** Test that the correlation is 0. */
  readonly f: number
  readonly df1: number
  readonly df2: number
  readonly p: number
}

/** A form for one rating and for the mean of all k. */
export type IntraclassPair = { readonly single: IntraclassForm; readonly average: IntraclassForm }

export type IntraclassCorrelation = {
  readonly ok: true
  readonly people: number
  readonly raters: number
  /** Each person rated by other raters: ICC(1,1) and ICC(1,k). */
  readonly oneWay: IntraclassPair
  /** The same raters, drawn from many; their levels must agree: ICC(2,1) and ICC(2,k). */
  readonly twoWayRandom: IntraclassPair
  /** The same raters, only these; their levels may differ: ICC(3,1) and ICC(3,k). */
  readonly twoWayMixed: IntraclassPair
  readonly conf: number
}

/**
 * Intraclass correlations in the six forms of Shrout and Fleiss: how much of the spread of ratings is between people.
 *
 * Choose the form before looking: for one rater in daily use that of a single rating, for a mean of raters the average.
 * Source: Shrout & Fleiss, Psychol Bull 1979;86:420; McGraw & Wong, Psychol Methods 1996;1:30. Agrees with R's psych::ICC.
 * @param ratings people × raters, row by row, finite
 * @param raters how many ratings each person has, two or more; RangeError when the length is no multiple
 * @param conf confidence level, 0.95 unless told
 * @returns or a refusal: `too-few` (under two people), `not-a-number` or `out-of-range` with the person, `no-variation` (ratings differ
 *   by rater alone, or not at all)
 * Cost: two passes.
 * @example intraclassCorrelation(Float64Array.of(9, 2, 5, 8, 6, 1, 3, 2, 8, 4, 6, 8, 7, 1, 2, 6), 4)
 */
export function intraclassCorrelation(
  ratings: Float64Array,
  raters: number,
  conf = 0.95,
): IntraclassCorrelation | SampleRefusal | Refusal<'no-variation'> {
  requireConfidence(conf)
  const k = raters
  const n = ratings.length / k
  if (!Number.isInteger(k) || k < 2 || !Number.isInteger(n)) {
    throw new RangeError(`${ratings.length} ratings are not rows of ${k}, two or more`)
  }
  const bad = ratings.findIndex((value) => !Number.isFinite(value))
  if (bad >= 0) return refuse('not-a-number', Math.floor(bad / k))
  const large = ratings.findIndex((value) => Math.abs(value) > LARGEST_VALUE)
  if (large >= 0) return refuse('out-of-range', Math.floor(large / k))
  if (n < 2) return refuse('too-few')
  const { people, judges, rest } = sumsOfSquares(ratings, n, k)
  const between = people / (n - 1)
  const within = (judges + rest) / (n * (k - 1))
  const judge = judges / (k - 1)
  const error = rest / ((n - 1) * (k - 1))
  // What rounding leaves of no spread is no spread.
  if (!(error > 1e-24 * (people + judges)) || !(between > 1e-24 * within)) return refuse('no-variation')
  const tail = (1 - conf) / 2
  const df1 = n - 1
  const dfError = (n - 1) * (k - 1)

  const byRatio = (ms: number, df2: number): IntraclassPair => {
    const f = between / ms
    const low = f / fQuantile(tail, df1, df2, { tail: 'upper' })
    const high = f * fQuantile(tail, df2, df1, { tail: 'upper' })
    const test = { f, df1, df2, p: fUpperTail(f, df1, df2) }
    const single = (ratio: number) => (ratio - 1) / (ratio + k - 1)
    const average = (ratio: number) => 1 - 1 / ratio
    return {
      single: { icc: single(f), lower: single(low), upper: single(high), ...test },
      average: { icc: average(f), lower: average(low), upper: average(high), ...test },
    }
  }

  const twoWay = (): IntraclassPair => {
    const icc = (between - error) / (between + (k - 1) * error + (k * (judge - error)) / n)
    // The error and judge mean squares together are taken as one with Satterthwaite's degrees of freedom.
    const fJudge = judge / error
    const a = k * icc * fJudge
    const b = n * (1 + (k - 1) * icc) - k * icc
    const df = (dfError * (a + b) ** 2) / (df1 * a * a + b * b)
    const fLow = fQuantile(tail, df1, df, { tail: 'upper' })
    const fHigh = fQuantile(tail, df, df1, { tail: 'upper' })
    const both = k * judge + (k * n - k - n) * error
    const lower = (n * (between - fLow * error)) / (fLow * both + n * between)
    const upper = (n * (fHigh * between - error)) / (both + n * fHigh * between)
    const f = between / error
    const test = { f, df1, df2: dfError, p: fUpperTail(f, df1, dfError) }
    const ofMean = (single: number) => (single * k) / (1 + single * (k - 1))
    const average = (between - error) / (between + (judge - error) / n)
    return {
      single: { icc, lower, upper, ...test },
      average: { icc: average, lower: ofMean(lower), upper: ofMean(upper), ...test },
    }
  }

  return {
    ok: true,
    people: n,
    raters: k,
    oneWay: byRatio(within, n * (k - 1)),
    twoWayRandom: twoWay(),
    twoWayMixed: byRatio(error, dfError),
    conf,
  }
}

function sumsOfSquares(ratings: Float64Array, n: number, k: number) {
  const ofPerson = new Float64Array(n)
  const ofRater = new Float64Array(k)
  let total = 0
  for (let i = 0; i < ratings.length; i++) {
    const value = ratings[i]!
    ofPerson[Math.floor(i / k)]! += value / k
    ofRater[i % k]! += value / n
    total += value
  }
  const centre = total / ratings.length
  let people = 0
  for (const mean of ofPerson) people += k * (mean - centre) ** 2
  let judges = 0
  for (const mean of ofRater) judges += n * (mean - centre) ** 2
  let rest = 0
  for (let i = 0; i < ratings.length; i++) {
    rest += (ratings[i]! - ofPerson[Math.floor(i / k)]! - ofRater[i % k]! + centre) ** 2
  }
  return { people, judges, rest }
}
