import type { Comparison, Scalar } from './instrument.ts'
import { FALSE, TRUE, type Truth, truthOf, UNKNOWN } from './truth.ts'

export type PreparedComparison = {
  /** Whether a known value passes. */
  readonly holds: (value: Scalar) => boolean
  /** Whether every, none or only some of the values from `low` to `high` pass. */
  readonly over: (low: number, high: number) => Truth
}

type Part = PreparedComparison

function within(low: number, high: number, wanted: number): Truth {
  if (low === high) return truthOf(low === wanted)
  return wanted < low || wanted > high ? FALSE : UNKNOWN
}

function anyWithin(low: number, high: number, wanted: readonly Scalar[]): Truth {
  let best: Truth = FALSE
  for (const one of wanted) {
    const truth = typeof one === 'number' ? within(low, high, one) : FALSE
    if (truth > best) best = truth
  }
  return best
}

function partsOf(comparison: Comparison): Part[] {
  const { eq, gte, gt, lte, lt } = comparison
  const parts: Part[] = []
  if (eq !== undefined) {
    parts.push({ holds: (v) => v === eq, over: (low, high) => anyWithin(low, high, [eq]) })
  }
  if (gte !== undefined) {
    parts.push({
      holds: (v) => (v as number) >= gte,
      over: (low, high) => (low >= gte ? TRUE : high < gte ? FALSE : UNKNOWN),
    })
  }
  if (gt !== undefined) {
    parts.push({
      holds: (v) => (v as number) > gt,
      over: (low, high) => (low > gt ? TRUE : high <= gt ? FALSE : UNKNOWN),
    })
  }
  if (lte !== undefined) {
    parts.push({
      holds: (v) => (v as number) <= lte,
      over: (low, high) => (high <= lte ? TRUE : low > lte ? FALSE : UNKNOWN),
    })
  }
  if (lt !== undefined) {
    parts.push({
      holds: (v) => (v as number) < lt,
      over: (low, high) => (high < lt ? TRUE : low >= lt ? FALSE : UNKNOWN),
    })
  }
  const inside = comparison.in
  if (inside !== undefined) {
    parts.push({ holds: (v) => inside.includes(v), over: (low, high) => anyWithin(low, high, inside) })
  }
  const outside = comparison.notIn
  if (outside !== undefined) {
    parts.push({
      holds: (v) => !outside.includes(v),
      over: (low, high) => -anyWithin(low, high, outside) as Truth,
    })
  }
  return parts
}

/**
 * Turns a comparison written as data into two functions.
 *
 * @throws when the comparison compares nothing: such data is a defect, not an answer
 */
export function prepareComparison(comparison: Comparison, where: string): PreparedComparison {
  const parts = partsOf(comparison)
  const [only] = parts
  if (only === undefined) throw new Error(`${where}: a condition without a comparison`)
  if (parts.length === 1) return only
  return {
    holds: (value) => parts.every((part) => part.holds(value)),
    over: (low, high) => Math.min(...parts.map((part) => part.over(low, high))) as Truth,
  }
}
