import type { SortedRows } from './cox-rows.ts'
import type { LikelihoodAt } from './newton-raphson.ts'
import { type RiskSet, risksAt, walkRiskSets } from './risk-sets.ts'

/** How events at one time are taken: Efron's and Breslow's approximations to Cox's likelihood without ties. */
export type TieMethod = 'efron' | 'breslow'

/**
 * What one time with d tied events contributes. The l-th of them (l = 0 … d − 1) meets a risk set from which the share
 * f = l/d of those with the event has already gone (Efron), or the whole of it (Breslow, f = 0). With
 * D(f) = atRisk0 − f·events0, the sums over l of f^a / D^b.
 */
export type TieSums = {
  logs: number
  f0d1: number
  f1d1: number
  f0d2: number
  f1d2: number
  f2d2: number
}

/** Fills `sums` for a risk set. Cost: O(tied) for Efron, O(1) for Breslow. */
export function sumTies(set: RiskSet, ties: TieMethod, sums: TieSums): void {
  const { tied, atRisk0, events0 } = set
  if (ties === 'breslow' || tied === 1) {
    const inverse = 1 / atRisk0
    sums.logs = tied * Math.log(atRisk0)
    sums.f0d1 = tied * inverse
    sums.f0d2 = tied * inverse * inverse
    sums.f1d1 = 0
    sums.f1d2 = 0
    sums.f2d2 = 0
    return
  }
  // The logarithm of a product, taken whenever the product of the shares left grows small.
  let logs = tied * Math.log(atRisk0)
  let product = 1
  let f0d1 = 0
  let f1d1 = 0
  let f0d2 = 0
  let f1d2 = 0
  let f2d2 = 0
  const step = 1 / tied
  const whole = 1 / atRisk0
  for (let l = 0; l < tied; l++) {
    const f = l * step
    const left = atRisk0 - f * events0
    const inverse = 1 / left
    product *= left * whole
    if (product < 1e-250) {
      logs += Math.log(product)
      product = 1
    }
    f0d1 += inverse
    f1d1 += f * inverse
    const square = inverse * inverse
    f0d2 += square
    f1d2 += f * square
    f2d2 += f * f * square
  }
  sums.logs = logs + Math.log(product)
  sums.f0d1 = f0d1
  sums.f1d1 = f1d1
  sums.f0d2 = f0d2
  sums.f1d2 = f1d2
  sums.f2d2 = f2d2
}

export const emptyTieSums = (): TieSums => ({ logs: 0, f0d1: 0, f1d1: 0, f0d2: 0, f1d2: 0, f2d2: 0 })

/**
 * Adds a time's covariance of the covariates among those at risk, summed over its events, to `information` (lower
 * triangle of size × size, row by row), times `times`.
 */
export function addInformation(
  set: RiskSet,
  { f0d1, f1d1, f0d2, f1d2, f2d2 }: TieSums,
  times: number,
  information: Float64Array,
): void {
  const { atRisk1, atRisk2, events1, events2 } = set
  const size = atRisk1.length
  let packed = 0
  for (let j = 0; j < size; j++) {
    const a = atRisk1[j]!
    const d = events1[j]!
    for (let k = 0; k <= j; k++) {
      information[j * size + k]! +=
        times *
        (f0d1 * atRisk2[packed]! -
          f1d1 * events2[packed]! -
          f0d2 * a * atRisk1[k]! +
          f1d2 * (a * events1[k]! + d * atRisk1[k]!) -
          f2d2 * d * events1[k]!)
      packed++
    }
  }
}

/** Σ w·x over the events: the part of the score that does not change with the coefficients. */
export function eventTotals(rows: SortedRows): Float64Array {
  const { n, size, x, event, weight } = rows
  const totals = new Float64Array(size)
  for (let i = 0; i < n; i++) {
    if (event[i] !== 1) continue
    const w = weight ? weight[i]! : 1
    for (let j = 0; j < size; j++) totals[j]! += w * x[i * size + j]!
  }
  return totals
}

/**
 * Cox's log partial likelihood at scaled coefficients, with score and information.
 *
 * Source: Cox, J R Stat Soc B 1972;34:187; Breslow, Biometrics 1974;30:89; Efron, J Am Stat Assoc 1977;72:557. With
 * weights each of the tied events counts with their mean weight.
 * Cost: O(n·size²), one exponential a row, one logarithm an event.
 */
export function partialLikelihood(
  rows: SortedRows,
  ties: TieMethod,
  totals: Float64Array,
  at: Float64Array,
): LikelihoodAt {
  const { size } = rows
  const score = totals.slice()
  const information = new Float64Array(size * size)
  let logLikelihood = 0
  for (let j = 0; j < size; j++) logLikelihood += at[j]! * totals[j]!
  const sums = emptyTieSums()
  walkRiskSets(rows, risksAt(rows, at), true, (set) => {
    sumTies(set, ties, sums)
    const weight = set.eventWeight / set.tied
    logLikelihood -= weight * sums.logs
    for (let j = 0; j < size; j++) {
      score[j]! -= weight * (sums.f0d1 * set.atRisk1[j]! - sums.f1d1 * set.events1[j]!)
    }
    addInformation(set, sums, weight, information)
  })
  return { logLikelihood, score, information }
}
