import { ascendingOrder } from '../ascending-order.ts'
import { chiSquareUpperTail } from '../distributions.ts'
import { kaplanMeier } from '../kaplan-meier.ts'
import { quadraticInverse } from '../positive-definite.ts'
import { type Refusal, refuse } from '../refusal.ts'
import type { CoxFit } from './cox-regression.ts'
import { sortedForFit } from './cox-residuals.ts'
import type { CoxRows, SortedRows } from './cox-rows.ts'
import { addInformation, emptyTieSums, sumTies } from './partial-likelihood.ts'
import { risksAt, walkRiskSets } from './risk-sets.ts'

/**
 * The clock against which a coefficient may drift: `km` one minus Kaplan–Meier just before the time (robust against long
 * tails), `rank`, `identity` the time itself, `log` its logarithm.
 */
export type TimeTransform = 'km' | 'rank' | 'identity' | 'log'

export type ProportionalHazardsTest = {
  readonly ok: true
  readonly transform: TimeTransform
  /** One per covariate, one degree of freedom each. */
  readonly chiSquare: Float64Array
  readonly p: Float64Array
  /** All covariates together. */
  readonly global: { readonly chiSquare: number; readonly df: number; readonly p: number }
}

/**
 * Does the hazard ratio stay the same over time? The score test that coefficient(t) = b + θ·g(t) has θ = 0.
 *
 * A small p says that one ratio for all times misdescribes the data; a large p does not prove that it fits.
 * Source: Grambsch & Therneau, Biometrika 1994;81:515, in the form of the exact score test as R's cox.zph since
 * survival 3.0; agrees with it to 1e-8.
 * Refuses `time-not-positive` (with the row) for `log` with a time of 0, and `too-few-event-times` when they cannot tell
 * a drift from the coefficients.
 * Throws for exact ties and for other rows than the model's. Cost: O(n·covariates²) and a sort.
 * @example proportionalHazardsTest(rows, fit) // p of each covariate and of all together
 */
export function proportionalHazardsTest(
  rows: CoxRows,
  fit: CoxFit,
  options: { readonly transform?: TimeTransform } = {},
): ProportionalHazardsTest | Refusal<'time-not-positive' | 'too-few-event-times'> {
  const { transform = 'km' } = options
  const { sorted, at, ties } = sortedForFit(rows, fit)
  if (transform === 'log') {
    const row = rows.time.indexOf(0)
    if (row >= 0) return refuse('time-not-positive', row)
  }
  const clock = centredClock(rows, sorted, transform)
  const { size, n, x, event, blockStart } = sorted
  const plain = new Float64Array(size * size)
  const byClock = new Float64Array(size * size)
  const byClockSquared = new Float64Array(size * size)
  const drift = new Float64Array(size)
  const sums = emptyTieSums()
  walkRiskSets(sorted, risksAt(sorted, at), true, (set) => {
    sumTies(set, ties, sums)
    const { block, tied, atRisk1, events1 } = set
    const weight = set.eventWeight / tied
    const g = clock[block]!
    addInformation(set, sums, weight, plain)
    addInformation(set, sums, weight * g, byClock)
    addInformation(set, sums, weight * g * g, byClockSquared)
    for (let j = 0; j < size; j++) {
      let residual = -weight * (sums.f0d1 * atRisk1[j]! - sums.f1d1 * events1[j]!)
      for (let i = blockStart[block]!; i < blockStart[block + 1]!; i++) {
        if (event[i] === 1) residual += (sorted.weight ? sorted.weight[i]! : 1) * x[i * size + j]!
      }
      drift[j]! += g * residual
    }
  })
  const full = joined(plain, byClock, byClockSquared, size)
  const test = (over: readonly number[]) => scoreOver(full, drift, over, size)
  const every = Array.from({ length: size }, (_, j) => j)
  const global = test(every)
  const single = every.map((j) => test([j]))
  if (global === null || single.includes(null) || n === 0) return refuse('too-few-event-times')
  const chiSquare = Float64Array.from(single as number[])
  return {
    ok: true,
    transform,
    chiSquare,
    p: chiSquare.map((value) => chiSquareUpperTail(value, 1)),
    global: { chiSquare: global, df: size, p: chiSquareUpperTail(global, size) },
  }
}

/** g(t) of each block, minus its mean over the events. */
function centredClock(rows: CoxRows, sorted: SortedRows, transform: TimeTransform): Float64Array {
  const { blockTime, blockStart, event } = sorted
  const clock = clockOf(rows, blockTime, transform)
  let sum = 0
  let events = 0
  for (let block = 0; block < blockTime.length; block++) {
    for (let i = blockStart[block]!; i < blockStart[block + 1]!; i++) {
      if (event[i] !== 1) continue
      sum += clock[block]!
      events++
    }
  }
  return clock.map((g) => g - sum / events)
}

function clockOf(rows: CoxRows, times: Float64Array, transform: TimeTransform): Float64Array {
  if (transform === 'identity') return times.slice()
  if (transform === 'log') return times.map(Math.log)
  const known = new Map<number, number>()
  if (transform === 'rank') {
    const order = ascendingOrder(rows.time)
    for (let i = 0; i < order.length; ) {
      const t = rows.time[order[i]!]!
      let end = i
      while (end < order.length && rows.time[order[end]!] === t) end++
      known.set(t, (i + 1 + end) / 2)
      i = end
    }
  } else {
    const { time, event, entry, weight } = rows
    const curve = kaplanMeier({ time, event, ...(entry ? { entry } : {}), ...(weight ? { weight } : {}) })
    if (!curve.ok) throw new RangeError(curve.reason)
    curve.time.forEach((t, i) => {
      known.set(t, i === 0 ? 0 : 1 - curve.survival[i - 1]!)
    })
  }
  return times.map((t) => known.get(t)!)
}

/** The information of (b, θ), 2·size square, lower triangle. */
function joined(plain: Float64Array, byClock: Float64Array, squared: Float64Array, size: number) {
  const full = new Float64Array(4 * size * size)
  const lower = (matrix: Float64Array, j: number, k: number) =>
    j >= k ? matrix[j * size + k]! : matrix[k * size + j]!
  for (let j = 0; j < size; j++) {
    for (let k = 0; k < size; k++) {
      full[j * 2 * size + k] = lower(plain, j, k)
      full[(size + j) * 2 * size + k] = lower(byClock, j, k)
      full[(size + j) * 2 * size + size + k] = lower(squared, j, k)
    }
  }
  return full
}

/** The score statistic of θ for some of the covariates, given all of b; null when singular. */
function scoreOver(
  full: Float64Array,
  drift: Float64Array,
  over: readonly number[],
  size: number,
): number | null {
  const at = [...Array.from({ length: size }, (_, j) => j), ...over.map((j) => size + j)]
  const part = new Float64Array(at.length * at.length)
  at.forEach((from, i) => {
    at.forEach((to, j) => {
      part[i * at.length + j] = full[from * 2 * size + to]!
    })
  })
  const score = Float64Array.from(at, (_, i) => (i < size ? 0 : drift[over[i - size]!]!))
  const result = quadraticInverse(part, score)
  return result.ok ? result.value : null
}
