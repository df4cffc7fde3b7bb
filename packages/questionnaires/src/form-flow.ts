import type { Item, ScoringDefinition, ScoringItem } from './instrument.ts'
import { preparedInstrument, readResponse } from './prepared-instrument.ts'
import type { Answers, ScoringContext } from './response.ts'
import { TRUE, UNKNOWN } from './truth.ts'

export type VisibleItem<I extends ScoringItem = Item> = {
  readonly item: I
  /** `undecided`: an earlier question, still open, may yet make this one needless. */
  readonly visibility: 'shown' | 'undecided'
}

/**
 * The questions of a form as it stands, in order, without those that the answers so far skip for certain, by a
 * definition that need not be one of ours (an imported wording).
 * A form that asks one question at a time takes the first of these without an answer.
 * A question whose answer counts although it is skipped stays, so that nothing that counts is hidden.
 *
 * @throws only when the definition itself is wrong
 */
export function visibleItemsBy<I extends ScoringItem>(
  definition: Omit<ScoringDefinition, 'items'> & { readonly items: readonly I[] },
  answers: Answers,
  context: ScoringContext = {},
): readonly VisibleItem<I>[] {
  const { raw, effective } = readResponse(preparedInstrument(definition), answers, context)
  return definition.items.flatMap((item, place): VisibleItem<I>[] => {
    const skip = effective.skips[place]
    const counts = item.skipMode === 'optional' && !Number.isNaN(raw[place])
    if (skip === TRUE && !counts) return []
    return [{ item, visibility: skip === UNKNOWN && !counts ? 'undecided' : 'shown' }]
  })
}

/**
 * Ids of the questions that still want an answer, by a definition that need not be one of ours.
 * Not among them: skipped questions, optional ones, and the blank one of two of which one is answered.
 * An answer that does not fit counts as missing. A series counts as answered once it holds a value.
 */
export function missingItemsBy(
  definition: ScoringDefinition,
  answers: Answers,
  context: ScoringContext = {},
): readonly string[] {
  const { raw, dispensable, effective } = readResponse(preparedInstrument(definition), answers, context)
  return definition.items.flatMap(({ id, type, optional }, place) => {
    const answered = type === undefined ? !Number.isNaN(raw[place]) : (answers[id] ?? null) !== null
    const needed = !answered && optional !== true && effective.skips[place] !== TRUE
    return needed && !dispensable.includes(place) ? [id] : []
  })
}
