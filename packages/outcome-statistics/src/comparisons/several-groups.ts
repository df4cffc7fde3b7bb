import { chiSquareUpperTail } from '../distributions.ts'
import { fUpperTail } from '../f-distribution.ts'
import { numberGroups } from '../groups.ts'
import { type Refusal, refuse } from '../refusal.ts'
import {
  midRanks,
  refuseSample,
  requireSameLength,
  type Sample,
  type SampleRefusal,
  sumOfSquares,
} from './sample.ts'

export type GroupsRefusal = SampleRefusal | Refusal<'one-group' | 'no-variation'>

/** A statistic with its degrees of freedom and p value. */
export type Tested<Df> = {
  readonly ok: true
  readonly statistic: number
  readonly df: Df
  readonly p: number
}

/**
 * The rank test of Kruskal and Wallis that several groups lie alike.
 *
 * Source: Kruskal & Wallis, J Am Stat Assoc 1952;47:583. Corrected for ties; agrees with R's kruskal.test.
 * @param values one a row
 * @param group label of each row, any finite numbers
 * @returns chi-square on groups − 1, or a refusal: `too-few`, `not-a-number` with its row, `one-group`, `no-variation`
 * @throws RangeError when the lengths differ
 * @example kruskalWallis(Float64Array.of(1, 5, 2, 8, 9, 4), Uint8Array.of(0, 0, 0, 1, 1, 1))
 */
export function kruskalWallis(values: Sample, group: ArrayLike<number>): Tested<number> | GroupsRefusal {
  requireSameLength(values, group)
  const refusal = refuseSample(values, 2)
  if (refusal) return refusal
  const groups = numberGroups(group)
  if (groups.labels.length < 2) return refuse('one-group')
  const n = values.length
  const { rank, ties } = midRanks(values)
  const sums = new Float64Array(groups.labels.length)
  for (let row = 0; row < n; row++) sums[groups.code[row]!]! += rank[row]!
  let between = 0
  for (const [g, sum] of sums.entries()) {
    const size = groups.size[g]!
    between += (sum - (size * (n + 1)) / 2) ** 2 / size
  }
  const correction = 1 - ties / (n * n * n - n)
  if (!(correction > 0)) return refuse('no-variation')
  const statistic = ((12 / (n * (n + 1))) * between) / correction
  const df = groups.labels.length - 1
  return { ok: true, statistic, df, p: chiSquareUpperTail(statistic, df) }
}

/**
 * One-way analysis of variance, which supposes equal variances. Arguments as `kruskalWallis`; F on two degrees of freedom.
 *
 * Source: Fisher 1925. Agrees with R's oneway.test(var.equal = TRUE).
 */
export function oneWayAnova(
  values: Sample,
  group: ArrayLike<number>,
): Tested<[number, number]> | GroupsRefusal {
  const parts = partsOf(values, group)
  if (!Array.isArray(parts)) return parts
  const n = values.length
  const k = parts.length
  const centre = parts.reduce((sum, part) => sum + part.n * part.mean, 0) / n
  const between = parts.reduce((sum, part) => sum + part.n * (part.mean - centre) ** 2, 0)
  const within = parts.reduce((sum, part) => sum + part.squares, 0)
  if (n === k) return refuse('too-few')
  if (!(within > 0)) return refuse('no-variation')
  return fTested(between / (k - 1) / (within / (n - k)), k - 1, n - k)
}

/**
 * Welch's analysis of variance, for unequal variances. Arguments as `kruskalWallis`; each group needs two values.
 *
 * Source: Welch, Biometrika 1951;38:330. Agrees with R's oneway.test.
 */
export function welchAnova(
  values: Sample,
  group: ArrayLike<number>,
): Tested<[number, number]> | GroupsRefusal {
  const parts = partsOf(values, group)
  if (!Array.isArray(parts)) return parts
  if (parts.some((part) => part.n < 2)) return refuse('too-few')
  if (parts.some((part) => !(part.squares > 0))) return refuse('no-variation')
  const k = parts.length
  const weights = parts.map((part) => part.n / (part.squares / (part.n - 1)))
  const total = weights.reduce((a, b) => a + b)
  const centre = parts.reduce((sum, part, g) => sum + weights[g]! * part.mean, 0) / total
  const uneven =
    parts.reduce((sum, part, g) => sum + (1 - weights[g]! / total) ** 2 / (part.n - 1), 0) / (k * k - 1)
  const between = parts.reduce((sum, part, g) => sum + weights[g]! * (part.mean - centre) ** 2, 0)
  return fTested(between / ((k - 1) * (1 + 2 * (k - 2) * uneven)), k - 1, 1 / (3 * uneven))
}

type Part = { readonly n: number; readonly mean: number; readonly squares: number }

function partsOf(values: Sample, group: ArrayLike<number>): Part[] | GroupsRefusal {
  requireSameLength(values, group)
  const refusal = refuseSample(values, 2)
  if (refusal) return refusal
  const groups = numberGroups(group)
  if (groups.labels.length < 2) return refuse('one-group')
  return groups.labels.map((_, g) => {
    const own = values.filter((_, row) => groups.code[row] === g)
    const mean = own.reduce((a, b) => a + b, 0) / own.length
    return { n: own.length, mean, squares: sumOfSquares(own, mean) }
  })
}

function fTested(statistic: number, df1: number, df2: number): Tested<[number, number]> {
  return { ok: true, statistic, df: [df1, df2], p: fUpperTail(statistic, df1, df2) }
}
