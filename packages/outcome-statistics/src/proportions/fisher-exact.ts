import { bracketedRoot } from '../bracketed-root.ts'
import { requireConfidence } from '../critical-values.ts'
import { type Refusal, refuse } from '../refusal.ts'
import { type CountTable, type TableRefusal, tableMargins } from './contingency-table.ts'
import { MOST_WEIGHED, noMoreProbable, probabilitiesByRatio } from './exact-weights.ts'
import { refuseTwoGroups, type TwoGroups, type TwoGroupsRefusal } from './two-proportions.ts'

export type FisherExactTest = {
  readonly ok: true
  /** Sum over all tables with the same margins that are no more probable than this one. */
  readonly p: number
  /** That the first group has the event more often. */
  readonly pGreater: number
  readonly pLess: number
  /** Conditional maximum likelihood, not ad / bc; null: without limit (an empty cell). */
  readonly oddsRatio: number | null
  readonly lower: number
  /** Null: no upper limit. */
  readonly upper: number | null
  readonly conf: number
}

/**
 * Fisher's exact test of two proportions, with the conditional odds ratio and its exact interval.
 *
 * The interval holds all odds ratios that neither one-sided test refuses at (1 − conf) / 2; the two-sided p is made in
 * another way, so the two may disagree at the border. Agrees with R's fisher.test (whose odds ratio and interval are good
 * to about 1e-4 only).
 * Source: Fisher 1934; Cornfield 1956.
 * @param groups as in `newcombeDifference`; nobody or everybody with the event is refused as `no-variation`
 * @param conf confidence level, 0.95 unless told
 * @returns or a refusal, as above, or `too-many-events` beyond a million possible tables: take `miettinenNurminenDifference`
 * Cost: O(events) for p, some thirty times that for the interval.
 * @example fisherExactTest({ count1: 9, n1: 10, count2: 3, n2: 10 }) // p 0.020, odds ratio 17.3 from 1.39 to 1039
 */
export function fisherExactTest(
  groups: TwoGroups,
  conf = 0.95,
): FisherExactTest | TwoGroupsRefusal | Refusal<'no-variation' | 'too-many-events'> {
  requireConfidence(conf)
  const refusal = refuseTwoGroups(groups)
  if (refusal) return refusal
  const { count1, n1, count2, n2 } = groups
  const events = count1 + count2
  if (events === 0 || events === n1 + n2) return refuse('no-variation')
  const low = Math.max(0, events - n2)
  const high = Math.min(n1, events)
  if (high - low > MOST_WEIGHED) return refuse('too-many-events')
  const ratio = (k: number) => ((n1 - k + 1) * (events - k + 1)) / (k * (n2 - events + k))
  const peak = Math.floor(((n1 + 1) * (events + 1)) / (n1 + n2 + 2))
  const probability = probabilitiesByRatio(low, high, peak, ratio)
  const x = count1 - low

  const logRatio = Float64Array.from({ length: high - low }, (_, i) => Math.log(ratio(low + i + 1)))
  const under = (logOdds: number) => tilted(logRatio, logOdds)
  const tail = (1 - conf) / 2
  return {
    ok: true,
    p: noMoreProbable(probability, x),
    pGreater: Math.min(1, sumBackwards(probability, x)),
    pLess: Math.min(1, sumForwards(probability, x)),
    oddsRatio: x === 0 ? 0 : x === high - low ? null : logOddsWhere((l) => mean(under(l)) - x),
    lower: x === 0 ? 0 : logOddsWhere((l) => sumBackwards(under(l), x) - tail),
    upper: x === high - low ? null : logOddsWhere((l) => tail - sumForwards(under(l), x)),
    conf,
  }
}

/** The odds ratio at which a function that rises with its logarithm is 0. */
function logOddsWhere(rising: (logOdds: number) => number): number {
  let reach = 1
  while (rising(-reach) > 0 || rising(reach) < 0) reach *= 2
  return Math.exp(bracketedRoot(rising, -reach, reach))
}

/** The probabilities of the table's first cell under another odds ratio. */
function tilted(logRatio: Float64Array, logOdds: number): Float64Array {
  const result = new Float64Array(logRatio.length + 1)
  let log = 0
  let top = 0
  for (let i = 0; i < logRatio.length; i++) {
    log += logRatio[i]! + logOdds
    result[i + 1] = log
    if (log > top) top = log
  }
  let sum = 0
  for (let i = 0; i < result.length; i++) {
    result[i] = Math.exp(result[i]! - top)
    sum += result[i]!
  }
  for (let i = 0; i < result.length; i++) result[i]! /= sum
  return result
}

function mean(probability: Float64Array): number {
  let sum = 0
  for (let i = 0; i < probability.length; i++) sum += i * probability[i]!
  return sum
}

function sumForwards(probability: Float64Array, to: number): number {
  let sum = 0
  for (let i = 0; i <= to; i++) sum += probability[i]!
  return sum
}

function sumBackwards(probability: Float64Array, from: number): number {
  let sum = 0
  for (let i = probability.length - 1; i >= from; i--) sum += probability[i]!
  return sum
}

/** More steps than this are not walked; a table takes one or two, and a dead end one as well. */
const MOST_STEPS = 40_000_000

/** More probabilities of single cells than this are not kept. */
const MOST_PROBABILITIES = 5_000_000

/**
 * The exact test of Freeman and Halton for a table of any size: Fisher's two-sided p, from all tables with the same
 * margins.
 *
 * Walks through every such table, so it is meant for small ones; beyond some twenty million tables, or counts in the
 * millions, it refuses with `too-many-tables` and `chiSquareTest` is good enough.
 * Source: Freeman & Halton, Biometrika 1951;38:141. Agrees with R's fisher.test.
 * @example freemanHaltonTest([[40, 60], [55, 45], [30, 70]]) // p 0.0015
 */
export function freemanHaltonTest(
  table: CountTable,
): { readonly ok: true; readonly p: number } | TableRefusal | Refusal<'too-many-tables'> {
  const margins = tableMargins(table)
  if (!margins.ok) return margins
  const { rows, columns, total } = margins
  let probabilities = 0
  for (const row of rows) for (const column of columns) probabilities += Math.min(row, column) + 1
  if (probabilities > MOST_PROBABILITIES) return refuse('too-many-tables')
  // A product of Poisson probabilities with the expected counts is proportional to a table's probability: the margins
  // fix everything but the factorials. Each is taken relative to its peak, so no number gets too small on the way.
  const cell = rows.map((row) =>
    columns.map((column) => poissonShape((row * column) / total, Math.min(row, column))),
  )
  let observed = 1
  for (const [i, row] of table.entries())
    for (const [j, count] of row.entries()) observed *= cell[i]![j]![count]!
  const limit = observed * (1 + 1e-7)
  const last = columns.length - 1
  const left = [...columns]
  let steps = 0
  let all = 0
  let extreme = 0

  const walk = (i: number, j: number, rest: number, weight: number): boolean => {
    if (++steps > MOST_STEPS) return false
    if (weight === 0) return true
    if (i === rows.length - 1) {
      // The last row is what the others left over.
      let product = weight
      for (const [column, count] of left.entries()) product *= cell[i]![column]![count]!
      all += product
      if (product <= limit) extreme += product
      return true
    }
    if (j === last) {
      if (rest > left[j]!) return true
      left[j]! -= rest
      const more = walk(i + 1, 0, rows[i + 1]!, weight * cell[i]![j]![rest]!)
      left[j]! += rest
      return more
    }
    const most = Math.min(rest, left[j]!)
    for (let count = 0; count <= most; count++) {
      left[j]! -= count
      const more = walk(i, j + 1, rest - count, weight * cell[i]![j]![count]!)
      left[j]! += count
      if (!more) return false
    }
    return true
  }
  return walk(0, 0, rows[0]!, 1) ? { ok: true, p: Math.min(1, extreme / all) } : refuse('too-many-tables')
}

/** λ^k / k! for k = 0 … most, divided by the largest of them. */
function poissonShape(lambda: number, most: number): Float64Array {
  const shape = new Float64Array(most + 1)
  const peak = Math.min(most, Math.floor(lambda))
  shape[peak] = 1
  for (let k = peak + 1; k <= most; k++) shape[k] = (shape[k - 1]! * lambda) / k
  for (let k = peak; k > 0; k--) shape[k - 1] = (shape[k]! * k) / lambda
  return shape
}
