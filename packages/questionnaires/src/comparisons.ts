import type { Comparison, Scalar } from './instrument.ts'
import { FALSE, TRUE, type Truth, truthOf, UNKNOWN } from './truth.ts'

export type PreparedComparison = {
  /** Whether a known value passes. */
  readonly holds: (value: Scalar) => boolean
  /** Whether every, none or only some of the values from `low` to `high` pass. */
  readonly over: (low: number, high: number) => Truth
}

type Holds = PreparedComparison['holds']

/** A test that, once passed, every higher value passes too: the ends of the span tell all. */
function rising(holds: Holds): PreparedComparison {
  return { holds, over: (low, high) => (holds(low) ? TRUE : holds(high) ? UNKNOWN : FALSE) }
}

/** A test that, once passed, every lower value passes too. */
function falling(holds: Holds): PreparedComparison {
  const { over } = rising(holds)
  return { holds, over: (low, high) => over(high, low) }
}

function oneOf(wanted: readonly Scalar[]): PreparedComparison {
  return {
    holds: (value) => wanted.includes(value),
    // A span that holds several values is never one of them for certain.
    over: (low, high) =>
      low === high
        ? truthOf(wanted.includes(low))
        : wanted.some((one) => typeof one === 'number' && one >= low && one <= high)
          ? UNKNOWN
          : FALSE,
  }
}

function partsOf({ eq, gte, gt, lte, lt, in: inside, notIn }: Comparison): PreparedComparison[] {
  const parts: PreparedComparison[] = []
  if (eq !== undefined) parts.push(oneOf([eq]))
  if (gte !== undefined) parts.push(rising((value) => (value as number) >= gte))
  if (gt !== undefined) parts.push(rising((value) => (value as number) > gt))
  if (lte !== undefined) parts.push(falling((value) => (value as number) <= lte))
  if (lt !== undefined) parts.push(falling((value) => (value as number) < lt))
  if (inside !== undefined) parts.push(oneOf(inside))
  if (notIn !== undefined) {
    const { holds, over } = oneOf(notIn)
    parts.push({ holds: (value) => !holds(value), over: (low, high) => (0 - over(low, high)) as Truth })
  }
  return parts
}

/**
 * Turns a comparison written as data into two functions.
 *
 * @param where named when the comparison is wrong
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
