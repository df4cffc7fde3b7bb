import { type ConditionTest, factsOf } from './conditions.ts'
import type { ScoringItem } from './instrument.ts'
import type { ScoringContext } from './response.ts'
import { FALSE, TRUE, type Truth, UNKNOWN } from './truth.ts'

/** An item with its allowed answers and its skip condition made ready. */
export type PreparedItem = {
  readonly item: ScoringItem
  /** The least and the greatest answer; a series has none. */
  readonly min: number
  readonly max: number
  /** From one answer to the next; 0 where only the list tells. */
  readonly step: number
  readonly allowed: readonly number[]
  readonly skip: ConditionTest | null
}

/** The answers as they count: after skip logic and reversal. */
export type EffectiveAnswers = {
  /** What scores add, by item place; NaN = missing. */
  readonly values: readonly number[]
  /** The least and the most each item may still contribute. */
  readonly low: readonly number[]
  readonly high: readonly number[]
  readonly skips: readonly Truth[]
  readonly warnings: readonly string[]
}

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
  const facts = factsOf(settled, context)
  const skips: Truth[] = []
  const warnings: string[] = []
  let open = false
  for (let place = 0; place < items.length; place += 1) {
    const { item, min, max, skip } = items[place] as PreparedItem
    const skipped = skip === null ? FALSE : skip(facts)
    skips.push(skipped)
    const answer = raw[place] as number
    const answered = !Number.isNaN(answer)
    const kept = answered && item.skipMode === 'optional'
    if (skipped === TRUE && answered && answer !== 0) {
      warnings.push(`${kept ? 'answered-though-skipped' : 'ignored-skipped-item'}:${item.id}`)
    }
    if (skipped === TRUE && !kept) values[place] = settled[place] = 0
    else {
      if (item.reverse === true) values[place] = min + max - answer
      if (!answered || skipped === UNKNOWN) open = true
      if (skipped === UNKNOWN && !kept && answer !== 0) settled[place] = Number.NaN
    }
  }
  if (!open) return { values, low: values, high: values, skips, warnings }

  const possible = (end: 'min' | 'max') =>
    values.map((value, place) => {
      const prepared = items[place] as PreparedItem
      const answered = !Number.isNaN(value)
      const maybe = skips[place] === UNKNOWN && !(answered && prepared.item.skipMode === 'optional')
      const furthest = answered ? value : prepared[end]
      return maybe ? Math[end](0, furthest) : furthest
    })
  return { values, low: possible('min'), high: possible('max'), skips, warnings }
}
