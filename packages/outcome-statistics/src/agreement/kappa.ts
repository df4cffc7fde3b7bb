import { around, normalCritical } from '../critical-values.ts'
import type { CountTable } from '../proportions/contingency-table.ts'
import { type Refusal, refuse } from '../refusal.ts'

export type KappaRefusal = Refusal<'not-a-table' | 'not-a-count' | 'no-rows' | 'one-category'>

export type Kappa = {
  readonly ok: true
  readonly n: number
  readonly kappa: number
  readonly se: number
  readonly lower: number
  readonly upper: number
  /** Share of people on whom both said the same. */
  readonly agreement: number
  /** Weighted agreement to be expected by chance. */
  readonly expected: number
  readonly conf: number
}

/**
 * How a disagreement counts: not at all as agreement, by how many categories apart, or by their square (which makes kappa
 * an intraclass correlation).
 */
export type KappaWeights = 'unweighted' | 'linear' | 'quadratic'

/**
 * Cohen's kappa: how much more two raters, or two scales, agree than chance would have it; also weighted.
 *
 * Depends on how common the categories are: print the agreement itself beside it.
 * Source: Cohen, Educ Psychol Meas 1960;20:37; Psychol Bull 1968;70:213; Fleiss, Cohen & Everitt, Psychol Bull
 * 1969;72:323 (standard error). Agrees with R's vcd::Kappa.
 * @param table people by category of the first (rows) and of the second (columns), categories in order
 * @param options.weights 'unweighted' unless told
 * @param options.conf confidence level, 0.95 unless told
 * @returns or a refusal: no square table, no counts, nobody, or only one category ever used (chance explains all)
 * @example cohensKappa([[6, 1], [1, 45]]) // 0.84, from 0.61 to 1.06
 */
export function cohensKappa(
  table: CountTable,
  options: { readonly weights?: KappaWeights; readonly conf?: number } = {},
): Kappa | KappaRefusal {
  const { weights = 'unweighted', conf = 0.95 } = options
  const z = normalCritical(conf)
  const k = table.length
  const rows = new Float64Array(k)
  const columns = new Float64Array(k)
  let n = 0
  for (const [i, row] of table.entries()) {
    if (row.length !== k) return refuse('not-a-table', i)
    for (const [j, count] of row.entries()) {
      if (!Number.isSafeInteger(count) || count < 0) return refuse('not-a-count', i)
      rows[i]! += count
      columns[j]! += count
      n += count
    }
  }
  if (n === 0) return refuse('no-rows')
  // Everybody in the same one category by both: chance explains all, or there is only one.
  if (rows.some((count, i) => count === n && columns[i] === n)) return refuse('one-category')
  const weight = (i: number, j: number) => {
    if (weights === 'unweighted') return i === j ? 1 : 0
    const apart = Math.abs(i - j) / (k - 1)
    return 1 - (weights === 'linear' ? apart : apart * apart)
  }
  // Mean weight of a row over the columns as they are distributed, and the reverse.
  const ofRow = Float64Array.from(
    { length: k },
    (_, i) => columns.reduce((s, c, j) => s + weight(i, j) * c, 0) / n,
  )
  const ofColumn = Float64Array.from(
    { length: k },
    (_, j) => rows.reduce((s, r, i) => s + weight(i, j) * r, 0) / n,
  )
  let observed = 0
  let agreement = 0
  let expected = 0
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) {
      observed += (weight(i, j) * table[i]![j]!) / n
      expected += (weight(i, j) * rows[i]! * columns[j]!) / (n * n)
    }
    agreement += table[i]![i]! / n
  }
  const kappa = (observed - expected) / (1 - expected)
  let spread = 0
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) {
      spread += (table[i]![j]! / n) * (weight(i, j) - (ofRow[i]! + ofColumn[j]!) * (1 - kappa)) ** 2
    }
  }
  const variance = (spread - (kappa - expected * (1 - kappa)) ** 2) / (n * (1 - expected) ** 2)
  const se = Math.sqrt(Math.max(0, variance))
  return { ok: true, n, kappa, se, ...around(kappa, z * se), agreement, expected, conf }
}

export type FleissKappa = {
  readonly ok: true
  readonly kappa: number
  /** Mean share of pairs of raters who agree. */
  readonly agreement: number
  readonly expected: number
}

/**
 * Fleiss's kappa: agreement beyond chance of the same number of raters for each person, whoever they are.
 *
 * Source: Fleiss, Psychol Bull 1971;76:378.
 * @param counts a row for each person: how many raters chose each category; all rows add up to the same two or more
 * @returns or a refusal: `not-a-table` (rows of different lengths), `not-a-count`, `no-rows`, `uneven-raters` with the
 *   row, `one-category`
 * @example fleissKappa([[0, 3], [3, 0], [1, 2]])
 */
export function fleissKappa(counts: CountTable): FleissKappa | KappaRefusal | Refusal<'uneven-raters'> {
  const first = counts[0]
  if (!first) return refuse('no-rows')
  const raters = first.reduce((a, b) => a + b, 0)
  const totals = new Float64Array(first.length)
  let pairs = 0
  for (const [i, row] of counts.entries()) {
    if (row.length !== first.length) return refuse('not-a-table', i)
    let sum = 0
    for (const [j, count] of row.entries()) {
      if (!Number.isSafeInteger(count) || count < 0) return refuse('not-a-count', i)
      sum += count
      totals[j]! += count
      pairs += count * (count - 1)
    }
    if (sum !== raters || sum < 2) return refuse('uneven-raters', i)
  }
  const agreement = pairs / (counts.length * raters * (raters - 1))
  const expected = totals.reduce((sum, total) => sum + (total / (counts.length * raters)) ** 2, 0)
  if (totals.some((total) => total === counts.length * raters)) return refuse('one-category')
  return { ok: true, kappa: (agreement - expected) / (1 - expected), agreement, expected }
}
