import { chiSquareUpperTail } from '../distributions.ts'
import { type Refusal, refuse } from '../refusal.ts'

/** Counts by row and column: whole numbers, every row of the same length. */
export type CountTable = readonly (readonly number[])[]

export type TableRefusal = Refusal<'not-a-table' | 'not-a-count' | 'one-row-or-column' | 'empty-margin'>

/** Margins of a table, or the refusal it deserves: the index of a bad row is its `row`. */
export function tableMargins(
  table: CountTable,
): { ok: true; rows: number[]; columns: number[]; total: number } | TableRefusal {
  const width = table[0]?.length ?? 0
  const rows: number[] = []
  const columns = new Array<number>(width).fill(0)
  for (const [i, row] of table.entries()) {
    if (row.length !== width) return refuse('not-a-table', i)
    let sum = 0
    for (const [j, count] of row.entries()) {
      if (!Number.isSafeInteger(count) || count < 0) return refuse('not-a-count', i)
      sum += count
      columns[j]! += count
    }
    rows.push(sum)
  }
  if (rows.length < 2 || width < 2) return refuse('one-row-or-column')
  const emptyRow = rows.indexOf(0)
  if (emptyRow >= 0) return refuse('empty-margin', emptyRow)
  if (columns.includes(0)) return refuse('empty-margin')
  return { ok: true, rows, columns, total: rows.reduce((a, b) => a + b) }
}

export type ChiSquareTest = {
  readonly ok: true
  readonly statistic: number
  readonly df: number
  readonly p: number
  /** Counts to be expected without association, in the shape of the table. */
  readonly expected: readonly (readonly number[])[]
  /** Strength of association from 0 to 1. */
  readonly cramersV: number
}

/**
 * Pearson's chi-square test that rows and columns of a table have nothing to do with each other.
 *
 * Trust it while hardly any expected count is below 5; otherwise take `fisherExactTest`.
 * Source: Pearson 1900; Yates, J R Stat Soc Suppl 1934;1:217; Cramér 1946. Agrees with R's chisq.test.
 * @param options.yates continuity correction, for 2 × 2 tables only (RangeError otherwise)
 * @returns or a refusal: no table, no counts, one row or column, an empty row or column
 * @example chiSquareTest([[56, 14], [48, 32]]) // 7.02 on 1 degree of freedom, p 0.008
 */
export function chiSquareTest(
  table: CountTable,
  options: { readonly yates?: boolean } = {},
): ChiSquareTest | TableRefusal {
  const margins = tableMargins(table)
  if (!margins.ok) return margins
  const { rows, columns, total } = margins
  if (options.yates && (rows.length !== 2 || columns.length !== 2)) {
    throw new RangeError('the continuity correction of Yates is for 2 × 2 tables')
  }
  const expected = rows.map((row) => columns.map((column) => (row * column) / total))
  // In a 2 × 2 table all four distances are equal; the correction never goes past the expected count.
  const correction = options.yates ? Math.min(0.5, Math.abs(table[0]![0]! - expected[0]![0]!)) : 0
  let statistic = 0
  for (const [i, row] of table.entries()) {
    for (const [j, count] of row.entries()) {
      const e = expected[i]![j]!
      statistic += (Math.abs(count - e) - correction) ** 2 / e
    }
  }
  const df = (rows.length - 1) * (columns.length - 1)
  return {
    ok: true,
    statistic,
    df,
    p: chiSquareUpperTail(statistic, df),
    expected,
    cramersV: Math.sqrt(statistic / (total * (Math.min(rows.length, columns.length) - 1))),
  }
}

export type TrendTest = {
  readonly ok: true
  readonly statistic: number
  readonly df: 1
  readonly p: number
}

/**
 * The Cochran–Armitage test for a trend in proportions over ordered groups.
 *
 * Source: Cochran, Biometrics 1954;10:417; Armitage, Biometrics 1955;11:375. Agrees with R's prop.trend.test.
 * @param count events in each group, whole numbers
 * @param n people in each group, whole numbers > 0
 * @param score place of each group on the scale, 1, 2, 3, … unless told
 * @returns or a refusal: bad counts, one group or score, nobody or everybody with the event
 * @throws RangeError when the lengths differ
 * @example trendTest([12, 15, 18, 30], [60, 60, 60, 60]) // 12.6, p 0.0004
 */
export function trendTest(
  count: readonly number[],
  n: readonly number[],
  score: readonly number[] = count.map((_, i) => i + 1),
): TrendTest | Refusal<'not-a-count' | 'no-rows' | 'one-group' | 'no-variation' | 'not-a-number'> {
  if (n.length !== count.length || score.length !== count.length) {
    throw new RangeError('count, n and score have different lengths')
  }
  let events = 0
  let people = 0
  for (const [i, size] of n.entries()) {
    const c = count[i]!
    if (!Number.isSafeInteger(c) || !Number.isSafeInteger(size) || c < 0 || c > size) {
      return refuse('not-a-count', i)
    }
    if (size === 0) return refuse('no-rows', i)
    if (!Number.isFinite(score[i]!)) return refuse('not-a-number', i)
    events += c
    people += size
  }
  if (count.length < 2) return refuse('one-group')
  if (events === 0 || events === people) return refuse('no-variation')
  const overall = events / people
  const centre = n.reduce((sum, size, i) => sum + size * score[i]!, 0) / people
  let slope = 0
  let spread = 0
  for (const [i, size] of n.entries()) {
    const from = score[i]! - centre
    slope += from * (count[i]! - size * overall)
    spread += size * from * from
  }
  if (!(spread > 0)) return refuse('one-group')
  const statistic = (slope * slope) / (overall * (1 - overall) * spread)
  return { ok: true, statistic, df: 1, p: chiSquareUpperTail(statistic, 1) }
}
