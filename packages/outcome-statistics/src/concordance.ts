import { ascendingOrder } from './ascending-order.ts'
import { normalQuantile } from './distributions.ts'
import { numberGroups, splitByGroup } from './groups.ts'
import { type Refusal, refuse } from './refusal.ts'
import { type RowsRefusal, refuseRows, type SurvivalRows } from './survival-rows.ts'

export type Concordance = {
  readonly ok: true
  /** Share of the comparable pairs in which the higher score had the event first; ties of the score count one half. */
  readonly concordance: number
  readonly se: number
  readonly lower: number
  readonly upper: number
  readonly concordant: number
  readonly discordant: number
  readonly tiedScore: number
  /** Pairs with events at the same time: not compared. */
  readonly tiedTime: number
  readonly tiedBoth: number
}

export type ConcordanceOptions = {
  readonly conf?: number
  /** Compare within strata only and add up: one label a row. */
  readonly strata?: ArrayLike<number>
  /** Rows that belong together (a person's stretches of time): one label a row, for the standard error. */
  readonly cluster?: ArrayLike<number>
}

/**
 * Harrell's C: of two people, does the one with the higher score have the event first?
 *
 * A pair is comparable when one has the event while the other is at risk and goes on without it (censored at that very
 * time counts as going on). 0.5 is no better than chance. Standard error by the infinitesimal jackknife, limits cut at
 * 0 and 1. Source: Harrell et al., JAMA 1982;247:2543; Therneau & Watson 2015. Agrees with R's survival::concordance.
 * Refuses bad rows, `score-not-finite` (with the row) and `no-comparable-pairs`; weights are not taken (throws).
 * Cost: O(n log n).
 * @param score one number a row: a linear predictor, a questionnaire score; higher = earlier event expected
 * @example concordance(rows, linearPredictors(rows.covariates, fit))
 */
export function concordance(
  rows: SurvivalRows,
  score: Float64Array,
  options: ConcordanceOptions = {},
): Concordance | RowsRefusal | Refusal<'score-not-finite' | 'no-comparable-pairs'> {
  const { conf = 0.95, strata, cluster } = options
  const n = rows.time.length
  if (score.length !== n || (strata && strata.length !== n) || (cluster && cluster.length !== n)) {
    throw new RangeError('the columns have different lengths')
  }
  if (rows.weight) throw new RangeError('concordance takes no weights')
  const refusal = refuseRows(rows)
  if (refusal) return refusal
  for (let row = 0; row < n; row++) if (!Number.isFinite(score[row])) return refuse('score-not-finite', row)

  const { rank, ranks } = ranked(score)
  const pairs: Pairs = {
    rows,
    rank,
    ranks,
    concordant: new Float64Array(n),
    discordant: new Float64Array(n),
    tied: new Float64Array(n),
    tiedTime: 0,
    tiedBoth: 0,
  }
  const order = ascendingOrder(rows.time)
  if (strata) {
    const split = splitByGroup(order, numberGroups(strata))
    for (let s = 0; s + 1 < split.start.length; s++) {
      countPairs(pairs, split.rows.subarray(split.start[s]!, split.start[s + 1]!))
    }
  } else countPairs(pairs, order)
  return summed(pairs, cluster, conf)
}

/** Position of each score among the distinct scores, ascending. */
function ranked(score: Float64Array): { rank: Uint32Array; ranks: number } {
  const order = ascendingOrder(score)
  const rank = new Uint32Array(score.length)
  let ranks = 0
  for (let i = 0; i < order.length; i++) {
    if (i === 0 || score[order[i]!] !== score[order[i - 1]!]) ranks++
    rank[order[i]!] = ranks - 1
  }
  return { rank, ranks }
}

/** Counts of pairs that each row is part of, on whichever side. */
type Pairs = {
  readonly rows: SurvivalRows
  readonly rank: Uint32Array
  readonly ranks: number
  readonly concordant: Float64Array
  readonly discordant: Float64Array
  readonly tied: Float64Array
  tiedTime: number
  tiedBoth: number
}

function summed(
  { concordant, discordant, tied, tiedTime, tiedBoth }: Pairs,
  cluster: ArrayLike<number> | undefined,
  conf: number,
): Concordance | Refusal<'no-comparable-pairs'> {
  const sum = (counts: Float64Array) => counts.reduce((total, count) => total + count, 0) / 2
  const all = { concordant: sum(concordant), discordant: sum(discordant), tiedScore: sum(tied) }
  const comparable = all.concordant + all.discordant + all.tiedScore
  if (comparable === 0) return refuse('no-comparable-pairs')
  const c = (all.concordant + all.tiedScore / 2) / comparable
  const groups = cluster ? numberGroups(cluster) : null
  const influence = new Float64Array(groups ? groups.labels.length : concordant.length)
  for (let row = 0; row < concordant.length; row++) {
    const own = concordant[row]! + discordant[row]! + tied[row]!
    influence[groups ? groups.code[row]! : row]! += (concordant[row]! + tied[row]! / 2 - c * own) / comparable
  }
  const se = Math.sqrt(influence.reduce((total, value) => total + value * value, 0))
  const width = -normalQuantile((1 - conf) / 2) * se
  return {
    ok: true,
    concordance: c,
    se,
    lower: Math.max(0, c - width),
    upper: Math.min(1, c + width),
    ...all,
    tiedTime,
    tiedBoth,
  }
}

/**
 * Counts one stratum's pairs, first for each event against those still at risk, walking back from the last time, then
 * for each row against the events it outlived, walking forward.
 */
function countPairs(pairs: Pairs, order: Uint32Array): void {
  const { rows, rank, ranks } = pairs
  const { time, event, entry } = rows
  const byEntry = entry ? orderedBy(entry, order) : null
  const atRisk = new Counts(ranks)
  let entering = order.length - 1
  for (let to = order.length; to > 0; ) {
    const t = time[order[to - 1]!]!
    let from = to
    while (from > 0 && time[order[from - 1]!] === t) from--
    for (let i = from; i < to; i++) if (event[order[i]!] === 0) atRisk.add(rank[order[i]!]!, 1)
    while (byEntry && entering >= 0 && entry![byEntry[entering]!]! >= t) {
      atRisk.add(rank[byEntry[entering]!]!, -1)
      entering--
    }
    for (let i = from; i < to; i++) {
      const row = order[i]!
      if (event[row] === 0) continue
      const below = atRisk.below(rank[row]!)
      const same = atRisk.at(rank[row]!)
      pairs.concordant[row]! += below
      pairs.tied[row]! += same
      pairs.discordant[row]! += atRisk.total - below - same
    }
    countTiedTimes(pairs, order, from, to)
    for (let i = from; i < to; i++) if (event[order[i]!] === 1) atRisk.add(rank[order[i]!]!, 1)
    to = from
  }

  // Events up to a row's leaving, less those up to its entry.
  const past = new Counts(ranks)
  const outlived = (row: number, sign: 1 | -1) => {
    const below = past.below(rank[row]!)
    const same = past.at(rank[row]!)
    pairs.discordant[row]! += sign * below
    pairs.tied[row]! += sign * same
    pairs.concordant[row]! += sign * (past.total - below - same)
  }
  let entered = 0
  for (let from = 0; from < order.length; ) {
    const t = time[order[from]!]!
    let to = from
    while (to < order.length && time[order[to]!] === t) to++
    while (byEntry && entered < byEntry.length && entry![byEntry[entered]!]! < t) {
      outlived(byEntry[entered]!, -1)
      entered++
    }
    for (let i = from; i < to; i++) if (event[order[i]!] === 1) outlived(order[i]!, 1)
    for (let i = from; i < to; i++) if (event[order[i]!] === 1) past.add(rank[order[i]!]!, 1)
    for (let i = from; i < to; i++) if (event[order[i]!] === 0) outlived(order[i]!, 1)
    from = to
  }
}

function orderedBy(entry: Float64Array, order: Uint32Array): Uint32Array {
  const within = ascendingOrder(Float64Array.from(order, (row) => entry[row]!))
  return within.map((i) => order[i]!)
}

function countTiedTimes(pairs: Pairs, order: Uint32Array, from: number, to: number): void {
  const byRank = new Map<number, number>()
  let events = 0
  for (let i = from; i < to; i++) {
    if (pairs.rows.event[order[i]!] === 0) continue
    const r = pairs.rank[order[i]!]!
    byRank.set(r, (byRank.get(r) ?? 0) + 1)
    events++
  }
  let both = 0
  for (const count of byRank.values()) both += (count * (count - 1)) / 2
  pairs.tiedBoth += both
  pairs.tiedTime += (events * (events - 1)) / 2 - both
}

/** How many stand at each rank, with sums below a rank in O(log ranks) (Fenwick's tree). */
class Counts {
  readonly #tree: Int32Array
  readonly #own: Int32Array
  total = 0

  constructor(ranks: number) {
    this.#tree = new Int32Array(ranks + 1)
    this.#own = new Int32Array(ranks)
  }

  add(rank: number, count: 1 | -1): void {
    this.#own[rank]! += count
    this.total += count
    for (let i = rank + 1; i < this.#tree.length; i += i & -i) this.#tree[i]! += count
  }

  at(rank: number): number {
    return this.#own[rank]!
  }

  below(rank: number): number {
    let sum = 0
    for (let i = rank; i > 0; i -= i & -i) sum += this.#tree[i]!
    return sum
  }
}
