import type { Item, ScoringDefinition } from './instrument.ts'
import { preparedInstrument, readResponse } from './prepared-instrument.ts'
import { requireInstrument } from './registry.ts'
import type { Answers, ScoringContext } from './response.ts'
import { TRUE, UNKNOWN } from './truth.ts'

export type VisibleItem = {
  readonly item: Item
  /** `undecided`: an earlier question, still open, may yet make this one needless. */
  readonly visibility: 'shown' | 'undecided'
}

/**
 * The questions of a form as it stands, in order, without those that the answers so far skip for certain.
 * A form that asks one question at a time takes the first of these without an answer.
 * A question whose answer counts although it is skipped stays, so that nothing that counts is hidden.
 *
 * @throws when there is no such instrument
 */
export function visibleItems(
  instrumentId: string,
  answers: Answers,
  context: ScoringContext = {},
): readonly VisibleItem[] {
  const definition = requireInstrument(instrumentId)
  const { raw, effective } = readResponse(preparedInstrument(definition), answers, context)
  return definition.items.flatMap((item, place): VisibleItem[] => {
    const skip = effective.skips[place]
    const counts = item.skipMode === 'optional' && !Number.isNaN(raw[place])
    if (skip === TRUE && !counts) return []
    return [{ item, visibility: skip === UNKNOWN && !counts ? 'undecided' : 'shown' }]
  })
}

function blankTwins(definition: ScoringDefinition, isAnswered: (id: string) => boolean): Set<string> {
  const blank = new Set<string>()
  const scores = [...definition.subscales, definition.total]
  for (const score of scores) {
    if (score?.method !== 'sumOfGroups') continue
    for (const pair of score.groups.flatMap((group) => group.eitherOr ?? [])) {
      if (pair.some(isAnswered)) for (const id of pair) blank.add(id)
    }
  }
  return blank
}

/**
 * Ids of the questions that still want an answer, by a definition that need not be one of ours.
 * Not among them: skipped questions, optional ones, and the blank one of two of which one is answered.
 * An answer that does not fit counts as missing.
 */
export function missingItemsBy(
  definition: ScoringDefinition,
  answers: Answers,
  context: ScoringContext = {},
): readonly string[] {
  const { raw, series, effective } = readResponse(preparedInstrument(definition), answers, context)
  const answered = new Set(
    definition.items
      .filter(({ id }, place) => !Number.isNaN(raw[place]) || series.has(id))
      .map(({ id }) => id),
  )
  const twins = blankTwins(definition, (id) => answered.has(id))
  return definition.items.flatMap(({ id, optional }, place) =>
    optional === true || answered.has(id) || twins.has(id) || effective.skips[place] === TRUE ? [] : [id],
  )
}

/**
 * Ids of the questions of one of our instruments that still want an answer.
 *
 * @throws when there is no such instrument
 */
export function missingItems(
  instrumentId: string,
  answers: Answers,
  context: ScoringContext = {},
): readonly string[] {
  return missingItemsBy(requireInstrument(instrumentId), answers, context)
}
