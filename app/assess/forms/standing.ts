import { type Instrument, type ScoringContext, scoreBy, visibleItems } from '@evenkeel/questionnaires'

/** How a form stands while it is filled in: never a number that an open question could still change without saying so. */
export type Standing = {
  readonly answered: number
  readonly asked: number
  /** In words: each main score, and each level. */
  readonly words: string
  /** Items that the answers so far make needless. */
  readonly hidden: readonly string[]
}

/**
 * Describes the answers so far.
 *
 * @param values item id to answer; null and absent are open
 */
export function standingOf(
  instrument: Instrument,
  values: Readonly<Record<string, number | null>>,
  context: ScoringContext,
): Standing {
  const visible = new Set(visibleItems(instrument.id, values, context).map(({ item }) => item.id))
  const hidden = instrument.items.filter(({ id }) => !visible.has(id)).map(({ id }) => id)
  const answered = instrument.items.filter(
    ({ id }) => visible.has(id) && typeof values[id] === 'number',
  ).length
  return { answered, asked: visible.size, words: wordsOf(instrument, values, context), hidden }
}

function wordsOf(
  instrument: Instrument,
  values: Readonly<Record<string, number | null>>,
  context: ScoringContext,
): string {
  const outcome = scoreBy(instrument, values, context)
  if (!outcome.valid || !('scores' in outcome)) return 'unknown'
  const { total } = instrument
  const shown = total === null || total.method === 'algorithm' ? instrument.subscales : [total]
  const scores = shown.flatMap(({ id, label }) => {
    const result = outcome.scores[id]
    if (result === undefined) return []
    const band = result.band ? `, ${result.band}` : ''
    if (result.value !== null) {
      return [`${label} ${result.value}${band}${result.status === 'prorated' ? ', an estimate' : ''}`]
    }
    return [`${label} not known yet${result.bounds ? `, ${result.bounds[0]} to ${result.bounds[1]}` : ''}`]
  })
  const levels = instrument.categories.map(({ id, label, firstMatch }) => {
    const found = outcome.categories?.[id]
    const nameOf = (level: string | null | undefined) => firstMatch.find((one) => one.id === level)?.label
    if (found?.value != null) return `${label}: ${nameOf(found.value)}`
    const atLeast = found && 'lowerBound' in found ? nameOf(found.lowerBound) : undefined
    return `${label}: not certain yet${atLeast ? `, at least ${atLeast}` : ''}`
  })
  return [...levels, ...scores].join('; ') || 'no score is defined'
}
