import { ascendingOrder } from '../ascending-order.ts'
import { normalCritical } from '../critical-values.ts'
import { type Refusal, refuse } from '../refusal.ts'
import { studentTUpperTail } from '../student-t.ts'
import {
  correlationOf,
  midRanks,
  refuseSample,
  requireSameLength,
  type Sample,
  type SampleRefusal,
  variance,
} from './sample.ts'

export type CorrelationRefusal = SampleRefusal | Refusal<'no-variation'>

export type Correlation = {
  readonly ok: true
  readonly r: number
  /** Null: fewer than four pairs. */
  readonly lower: number | null
  readonly upper: number | null
  /** Null with `p` 0: the points lie on a line. */
  readonly t: number | null
  readonly df: number
  /** Two-sided. */
  readonly p: number
  readonly conf: number
}

/**
 * Pearson's correlation with Fisher's interval and its test.
 *
 * Source: Fisher, Biometrika 1915;10:507. Agrees with R's cor.test.
 * @param x first values
 * @param y second values of the same people, three pairs or more
 * @param conf confidence level, 0.95 unless told
 * @returns or a refusal: `too-few`, `not-a-number` with its index, `no-variation`
 * @throws RangeError when the lengths differ
 * @example pearsonCorrelation(Float64Array.of(1, 2, 3, 4), Float64Array.of(2, 4, 5, 9))
 */
export function pearsonCorrelation(x: Sample, y: Sample, conf = 0.95): Correlation | CorrelationRefusal {
  const z = normalCritical(conf)
  const refusal = refusePairs(x, y, 3)
  if (refusal) return refusal
  const r = correlationOf(x, y)
  const df = x.length - 2
  const t = Math.abs(r) === 1 ? null : r * Math.sqrt(df / ((1 - r) * (1 + r)))
  const width = x.length > 3 ? z / Math.sqrt(x.length - 3) : null
  return {
    ok: true,
    r,
    lower: width === null ? null : Math.tanh(Math.atanh(r) - width),
    upper: width === null ? null : Math.tanh(Math.atanh(r) + width),
    t,
    df,
    p: t === null ? 0 : 2 * studentTUpperTail(Math.abs(t), df),
    conf,
  }
}

type Coefficient = { readonly ok: true; readonly coefficient: number }

/**
 * Spearman's rank correlation: Pearson's of the mid-ranks. Arguments and refusals as `pearsonCorrelation`, from two pairs.
 *
 * Source: Spearman, Am J Psychol 1904;15:72.
 */
export function spearmanRho(x: Sample, y: Sample): Coefficient | CorrelationRefusal {
  const refusal = refusePairs(x, y, 2)
  if (refusal) return refusal
  return { ok: true, coefficient: correlationOf(midRanks(x).rank, midRanks(y).rank) }
}

/**
 * Kendall's rank correlation tau-b: pairs in the same order less pairs in opposite order, corrected for ties. Arguments
 * and refusals as `pearsonCorrelation`, from two pairs.
 *
 * Source: Kendall, Biometrika 1945;33:239; Knight, J Am Stat Assoc 1966;61:436 (counting by merge sort). Cost: O(n log n).
 */
export function kendallTauB(x: Sample, y: Sample): Coefficient | CorrelationRefusal {
  const refusal = refusePairs(x, y, 2)
  if (refusal) return refusal
  const n = x.length
  // By x, and by y where x is tied: a stable sort by y first, then by x.
  const byY = ascendingOrder(y)
  const byX = ascendingOrder(Float64Array.from(byY, (row) => x[row]!))
  const order = Uint32Array.from(byX, (place) => byY[place]!)
  const pairs = (n * (n - 1)) / 2
  const tiedX = tiedPairs(order, (a, b) => x[a] === x[b])
  const tiedBoth = tiedPairs(order, (a, b) => x[a] === x[b] && y[a] === y[b])
  const tiedY = tiedPairs(byY, (a, b) => y[a] === y[b])
  const opposite = inversions(Float64Array.from(order, (row) => y[row]!))
  const same = pairs - tiedX - tiedY + tiedBoth - opposite
  return { ok: true, coefficient: (same - opposite) / Math.sqrt((pairs - tiedX) * (pairs - tiedY)) }
}

function refusePairs(x: Sample, y: Sample, atLeast: number): CorrelationRefusal | null {
  requireSameLength(x, y)
  const refusal = refuseSample(x, atLeast) ?? refuseSample(y, atLeast)
  if (refusal) return refusal
  return variance(x) > 0 && variance(y) > 0 ? null : refuse('no-variation')
}

/** Pairs within stretches of neighbours that are alike. */
function tiedPairs(order: Uint32Array, alike: (a: number, b: number) => boolean): number {
  let pairs = 0
  let stretch = 0
  for (let i = 1; i < order.length; i++) {
    stretch = alike(order[i - 1]!, order[i]!) ? stretch + 1 : 0
    pairs += stretch
  }
  return pairs
}

/** Pairs in which a larger value stands before a smaller one, by merge sort. */
function inversions(values: Float64Array): number {
  let from = values
  let to: Float64Array = new Float64Array(values.length)
  let count = 0
  for (let width = 1; width < values.length; width *= 2) {
    for (let start = 0; start < values.length; start += 2 * width) {
      const middle = Math.min(start + width, values.length)
      const end = Math.min(start + 2 * width, values.length)
      let i = start
      let j = middle
      for (let k = start; k < end; k++) {
        if (i < middle && (j >= end || from[i]! <= from[j]!)) to[k] = from[i++]!
        else {
          count += middle - i
          to[k] = from[j++]!
        }
      }
    }
    const swap = from
    from = to
    to = swap
  }
  return count
}
