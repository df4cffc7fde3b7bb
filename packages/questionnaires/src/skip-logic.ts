import type { ConditionTest, Facts } from './conditions.ts'
import type { ScoringItem } from './instrument.ts'
import type { ScoringContext } from './response.ts'
import { FALSE, TRUE, type Truth } from './truth.ts'

/** An item with its lowest and highest answer and its skip condition made ready. */
export type PreparedItem = {
  readonly item: ScoringItem
  readonly min: number
  readonly max: number
  readonly skip: ConditionTest | null
}

/** The answers as they count: after skip logic and reversal. */
export type EffectiveAnswers = {
  /** What scores add, by item place; NaN = missing. */
  readonly values: readonly number[]
  /** The least and the most each item may still contribute. The same array as `values` when nothing is open. */
  readonly low: readonly number[]
  readonly high: readonly number[]
  readonly skips: readonly Truth[]
  readonly warnings: readonly string[]
}

const NOTHING: readonly never[] = []

/**
 * Applies skip logic in item order, then reversal.
 *
 * A skipped item counts 0; an answer on it is ignored with a warning (a 0 changes nothing and is not worth one),
 * unless the item keeps its answers (`skipMode: 'optional'`). An item whose skip condition is unknown is not skipped,
 * but what it may contribute in the end includes 0.
 *
 * @param raw validated answers by item place, NaN = missing
 */
export function applySkipLogic(
  items: readonly PreparedItem[],
  raw: readonly number[],
  context: ScoringContext,
): EffectiveAnswers {
  const values = raw.slice()
  // What later skip conditions may rely on: an answer that may yet be skipped away is not settled.
  const settled = raw.slice()
  const facts: Facts = {
    values: settled,
    scores: NOTHING,
    flags: NOTHING,
    categories: NOTHING,
    context,
    specimens: NOTHING,
  }
  const skips: Truth[] = new Array(items.length)
  const warnings: string[] = []
  let open = false
  for (let place = 0; place < items.length; place += 1) {
    const { item, skip, min, max } = items[place] as PreparedItem
    const skipped = skip === null ? FALSE : skip(facts)
    skips[place] = skipped
    const answer = raw[place] as number
    const answered = !Number.isNaN(answer)
    const keepsAnswer = item.skipMode === 'optional'
    if (skipped === TRUE) {
      if (answered && answer !== 0) {
        warnings.push(`${keepsAnswer ? 'answered-though-skipped' : 'ignored-skipped-item'}:${item.id}`)
      }
      if (!answered || !keepsAnswer) {
        values[place] = 0
        settled[place] = 0
        continue
      }
    } else if (skipped !== FALSE) {
      open = true
      if (answered && answer !== 0 && !keepsAnswer) settled[place] = Number.NaN
    }
    if (!answered) open = true
    else if (item.reverse === true) values[place] = min + max - answer
  }
  if (!open) return { values, low: values, high: values, skips, warnings }
  return { values, ...possibleContributions(items, values, skips), skips, warnings }
}

function possibleContributions(
  items: readonly PreparedItem[],
  values: readonly number[],
  skips: readonly Truth[],
) {
  const low = values.slice()
  const high = values.slice()
  for (let place = 0; place < items.length; place += 1) {
    const { item, min, max } = items[place] as PreparedItem
    const missing = Number.isNaN(values[place] as number)
    if (missing) {
      low[place] = min
      high[place] = max
    }
    const mayBeSkipped = skips[place] !== TRUE && skips[place] !== FALSE
    if (mayBeSkipped && (missing || item.skipMode !== 'optional')) {
      low[place] = Math.min(0, low[place] as number)
      high[place] = Math.max(0, high[place] as number)
    }
  }
  return { low, high }
}
