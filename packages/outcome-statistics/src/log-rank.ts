import { ascendingOrder } from './ascending-order.ts'
import { chiSquareUpperTail, normalQuantile } from './distributions.ts'
import { type Groups, numberGroups, splitByGroup } from './groups.ts'
import { type Refusal, refuse } from './refusal.ts'
import { type RowsRefusal, refuseRows } from './survival-rows.ts'

export type LogRankRows = {
  readonly time: Float64Array
  readonly event: Uint8Array
  /** Delayed entry: the row is at risk in (entry, time]. Left out, everybody is at risk from the origin. */
  readonly entry?: Float64Array
  readonly group: ArrayLike<number>
  /** Compare within strata only and add up: one label a row. */
  readonly strata?: ArrayLike<number>
}

export type LogRank = {
  readonly ok: true
  /** The labels of the groups, ascending; the arrays below follow this order. */
  readonly groups: readonly number[]
  readonly n: Float64Array
  /** Events, weighted by S(t−)^rho. */
  readonly observed: Float64Array
  readonly expected: Float64Array
  /** Covariance of observed − expected, row by row, groups × groups. */
  readonly variance: Float64Array
  readonly chiSquare: number
  readonly df: number
  readonly p: number
  readonly rho: number
}

export type LogRankRefusal =
  | RowsRefusal
  | Refusal<'one-group' | 'no-events' | 'groups-never-at-risk-together'>

/**
 * The log-rank test that groups have the same hazard, for any number of groups, also stratified, and its G-rho family.
 *
 * At each event time the events of a group are compared with its share of those at risk (hypergeometric mean and
 * variance), weighted by S(t−)^rho of the pooled sample of the stratum: rho = 0 is the log-rank test, rho = 1 the
 * Peto–Peto modification of the Wilcoxon test, which looks at early differences.
 *
 * Source: Mantel 1966; Peto & Peto, J R Stat Soc A 1972;135:185; Harrington & Fleming, Biometrika 1982;69:553. Agrees
 * with R's survival::survdiff to 1e-12, which takes no delayed entry; with `entry` and without ties this is the score
 * test of coxRegression. It assumes that leaving follow-up has nothing to do with the event.
 * Refuses by name: bad rows, one group, no events, groups that are never at risk together (no variance to judge by).
 * Groups that are nowhere expected to have an event are left out of the degrees of freedom.
 * Cost: O(n + event times × groups²); a million rows in two groups take about 0.1 s.
 * @example logRank({ time, event, group: Uint8Array.of(1, 2, 1, 2) }, { rho: 0 })
 */
export function logRank(
  rows: LogRankRows,
  options: { readonly rho?: number } = {},
): LogRank | LogRankRefusal {
  const rho = options.rho ?? 0
  if (!Number.isFinite(rho)) throw new RangeError(`rho ${rho}: needs a finite number`)
  if (rows.group.length !== rows.time.length) throw new RangeError('group has another length than time')
  if (rows.strata && rows.strata.length !== rows.time.length) {
    throw new RangeError('strata has another length than time')
  }
  const refusal = refuseRows(rows)
  if (refusal) return refusal
  const groups = numberGroups(rows.group)
  const k = groups.labels.length
  if (k < 2) return refuse('one-group')
  if (!rows.event.includes(1)) return refuse('no-events')

  const sums: Sums = {
    observed: new Float64Array(k),
    expected: new Float64Array(k),
    variance: new Float64Array(k * k),
  }
  const order = ascendingOrder(rows.time)
  if (rows.strata) {
    const split = splitByGroup(order, numberGroups(rows.strata))
    for (let s = 0; s + 1 < split.start.length; s++) {
      addStratum(rows, split.rows.subarray(split.start[s]!, split.start[s + 1]!), groups, rho, sums)
    }
  } else {
    addStratum(rows, order, groups, rho, sums)
  }

  const expecting: number[] = []
  for (let g = 0; g < k; g++) if (sums.expected[g]! > 0) expecting.push(g)
  const chiSquare = quadraticForm(sums, expecting.slice(1), k)
  if (expecting.length < 2 || chiSquare === null) return refuse('groups-never-at-risk-together')
  const df = expecting.length - 1
  return {
    ok: true,
    groups: groups.labels,
    n: Float64Array.from(groups.size),
    ...sums,
    chiSquare,
    df,
    p: chiSquareUpperTail(chiSquare, df),
    rho,
  }
}

type Sums = {
  readonly observed: Float64Array
  readonly expected: Float64Array
  readonly variance: Float64Array
}

function addStratum(
  rows: LogRankRows,
  order: Uint32Array,
  groups: Groups,
  rho: number,
  { observed, expected, variance }: Sums,
): void {
  const { time, event, entry } = rows
  const k = groups.labels.length
  const atRisk = new Float64Array(k)
  const byEntry = entry ? orderOfEntry(entry, order) : null
  // With delayed entry nobody is at risk at first; people are counted in as time passes their entry.
  if (!byEntry) for (let i = 0; i < order.length; i++) atRisk[groups.code[order[i]!]!]!++
  const leaving = new Float64Array(k)
  const eventsOf = new Float64Array(k)
  let pooledAtRisk = byEntry ? 0 : order.length
  let entered = 0
  let survivalBefore = 1
  let i = 0
  while (i < order.length) {
    const t = time[order[i]!]!
    let events = 0
    let left = 0
    leaving.fill(0)
    eventsOf.fill(0)
    while (byEntry && entered < byEntry.length && entry![byEntry[entered]!]! < t) {
      atRisk[groups.code[byEntry[entered]!]!]!++
      pooledAtRisk++
      entered++
    }
    while (i < order.length) {
      const row = order[i]!
      if (time[row]! !== t) break
      const g = groups.code[row]!
      leaving[g]!++
      left++
      if (event[row] === 1) {
        eventsOf[g]!++
        events++
      }
      i++
    }
    if (events > 0) {
      const weight = rho === 0 ? 1 : survivalBefore ** rho
      const spread =
        pooledAtRisk > 1
          ? (weight * weight * events * (pooledAtRisk - events)) / (pooledAtRisk * (pooledAtRisk - 1))
          : 0
      for (let g = 0; g < k; g++) {
        const share = atRisk[g]! / pooledAtRisk
        observed[g]! += weight * eventsOf[g]!
        expected[g]! += weight * events * share
        if (spread === 0 || share === 0) continue
        for (let h = 0; h < k; h++) {
          variance[g * k + h]! += spread * atRisk[g]! * ((g === h ? 1 : 0) - atRisk[h]! / pooledAtRisk)
        }
      }
      survivalBefore *= (pooledAtRisk - events) / pooledAtRisk
    }
    for (let g = 0; g < k; g++) atRisk[g]! -= leaving[g]!
    pooledAtRisk -= left
  }
}

/** Rows in order of entry. */
function orderOfEntry(entry: Float64Array, order: Uint32Array): Uint32Array {
  const within = ascendingOrder(Float64Array.from(order, (row) => entry[row]!))
  return within.map((i) => order[i]!)
}

/** (O − E)ᵀ V⁻¹ (O − E) over the given groups by Cholesky; null when V is singular. */
function quadraticForm({ observed, expected, variance }: Sums, over: readonly number[], k: number) {
  const m = over.length
  const factor = new Float64Array(m * m)
  const solved = new Float64Array(m)
  let sum = 0
  for (let i = 0; i < m; i++) {
    for (let j = 0; j <= i; j++) {
      let value = variance[over[i]! * k + over[j]!]!
      for (let l = 0; l < j; l++) value -= factor[i * m + l]! * factor[j * m + l]!
      if (i === j) {
        if (!(value > 1e-12 * variance[over[i]! * k + over[i]!]!)) return null
        factor[i * m + i] = Math.sqrt(value)
      } else {
        factor[i * m + j] = value / factor[j * m + j]!
      }
    }
    let rest = observed[over[i]!]! - expected[over[i]!]!
    for (let l = 0; l < i; l++) rest -= factor[i * m + l]! * solved[l]!
    solved[i] = rest / factor[i * m + i]!
    sum += solved[i]! * solved[i]!
  }
  return sum
}

export type PetoHazardRatio = {
  readonly ok: true
  readonly hazardRatio: number
  readonly lower: number
  readonly upper: number
}

/**
 * Peto's one-step hazard ratio of the first of two groups against the second, exp((O − E) / V), from a log-rank result.
 *
 * Near 1 it agrees with Cox's ratio; far from 1 it leans towards 1. Source: Yusuf et al., Prog Cardiovasc Dis 1985;27:335.
 * @param conf confidence level, 0.95 unless told
 */
export function petoHazardRatio(
  test: LogRank,
  conf = 0.95,
): PetoHazardRatio | Refusal<'not-two-groups' | 'not-log-rank'> {
  if (test.groups.length !== 2) return refuse('not-two-groups')
  if (test.rho !== 0) return refuse('not-log-rank')
  const v = test.variance[0]!
  const log = (test.observed[0]! - test.expected[0]!) / v
  const width = -normalQuantile((1 - conf) / 2) / Math.sqrt(v)
  return {
    ok: true,
    hazardRatio: Math.exp(log),
    lower: Math.exp(log - width),
    upper: Math.exp(log + width),
  }
}
