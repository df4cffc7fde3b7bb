import {
  type Instrument,
  type ItemScore,
  missingItemsBy,
  type ScoreResult,
  type ScoreStatus,
  type ScoringContext,
} from '@evenkeel/questionnaires'
import type { InstrumentResponse } from '../instrument-response.ts'
import { isSetAside, leadingScores } from './result-line.ts'
import { inOrder, metricInWords, metricTitle } from './series-words.ts'

/** One score as staff read it. What is not known has no value, whatever is missing; it is never a low one. */
export type ScoreView = {
  readonly id: string
  readonly label: string
  /** "14", "at least 3", "11213"; undefined is unknown. */
  readonly value: string | undefined
  /** The value as a number on its range, for drawing; undefined for an unknown or partial one and for a profile. */
  readonly place: number | undefined
  readonly range: readonly [number, number] | undefined
  /** Where bands begin above the lowest, for drawing. */
  readonly bandStarts: readonly number[]
  /** The lowest and the highest value still possible. */
  readonly span: readonly [number, number] | undefined
  /** In words, with how sure it is; undefined when no band is certain. */
  readonly band: string | undefined
  /** False for a score that has no bands by any source. */
  readonly hasBands: boolean
  readonly status: ScoreStatus
  /** Prorated: the value before rounding. */
  readonly exact: number | undefined
}

export type FlagView = { readonly id: string; readonly label: string; readonly value: boolean | null }

export type CategoryView = {
  readonly id: string
  readonly label: string
  readonly value: string | undefined
  /** When the level is not known: one that is reached for certain. */
  readonly atLeast: string | undefined
}

export type MetricView = { readonly id: string; readonly title: string; readonly value: string | undefined }

export type ResultView = {
  /** Answers that do not fit: nothing was scored. One sentence a kind, with the ids. */
  readonly rejected: readonly string[] | undefined
  /** How many answers do not fit. */
  readonly misfits: number
  readonly scores: readonly ScoreView[]
  /** Ids of the scores that stand for the result; see `leadingScores`. */
  readonly leading: readonly string[]
  readonly flags: readonly FlagView[]
  readonly categories: readonly CategoryView[]
  readonly metrics: readonly MetricView[]
  /** Items that still want an answer. */
  readonly missing: readonly string[]
  /** Items that a person was shown. */
  readonly asked: number
  /** Ids of questions whose answers were set aside because an earlier answer made them needless. */
  readonly ignored: readonly string[]
  /** Its form was set aside: these are the scores of the answers given until then. */
  readonly setAside: boolean
  /** The whole in one word. */
  readonly state: 'complete' | 'estimate' | 'partial' | 'incomplete' | 'rejected' | 'series'
}

/**
 * A stored result as it is shown. Values, bands, flags and levels are the stored ones; names, ranges and what is
 * missing come from the instrument, and only while it is scored as it was then.
 *
 * @param instrument undefined when we no longer ship it: ids stand for names then
 */
export function resultView(
  response: InstrumentResponse,
  instrument: Instrument | undefined,
  context: ScoringContext = {},
): ResultView {
  const { scores: outcome } = response
  const sameScoring = instrument !== undefined && instrument.scoringVersion === response.scoringVersion
  const missing = instrument ? missingItemsBy(instrument, response.answers, context) : []
  const answered = Object.entries(response.answers).filter(
    ([, value]) => value !== null && value !== undefined,
  )
  const known = instrument && new Set(instrument.items.map(({ id }) => id))
  const given = answered.filter(([id]) => known?.has(id) ?? true).length
  const common = { missing, asked: missing.length + given, setAside: isSetAside(response) }
  const nothing = {
    scores: [],
    leading: [],
    flags: [],
    categories: [],
    metrics: [],
    ignored: [],
    rejected: undefined,
    misfits: 0,
  }
  if (!outcome.valid) {
    return {
      ...common,
      ...nothing,
      rejected: errorsInWords(outcome.errors),
      misfits: outcome.errors.length,
      state: 'rejected',
    }
  }
  if ('metrics' in outcome) {
    const metrics = inOrder(Object.keys(outcome.metrics)).map((id) => ({
      id,
      title: metricTitle(id),
      value: metricInWords(outcome.metrics, id),
    }))
    return { ...common, ...nothing, metrics, state: 'series' }
  }
  const defined = (instrument ? [instrument.total, ...instrument.subscales] : []).filter(
    (one): one is ItemScore => one !== null && 'items' in one,
  )
  // Total first, then the parts in the order of the instrument; a score it no longer has comes last.
  const order = [...defined.map(({ id }) => id), 'total', ...Object.keys(outcome.scores)]
  const scores = [...new Set(order)].flatMap((id) => {
    const stored = outcome.scores[id]
    const definition = sameScoring ? defined.find((one) => one.id === id) : undefined
    return stored ? [scoreView(id, stored, definition)] : []
  })
  const leading = instrument ? leadingScores(instrument) : scores.slice(0, 1).map(({ id }) => id)
  const categories = Object.entries(outcome.categories ?? {}).map(([id, found]) => {
    const definition = instrument?.categories.find((one) => one.id === id)
    const level = (value: string | null | undefined) =>
      value === null || value === undefined
        ? undefined
        : (definition?.firstMatch.find((one) => one.id === value)?.label ?? value)
    return {
      id,
      label: definition?.label ?? id,
      value: level(found.value),
      atLeast: found.value === null ? level(found.lowerBound) : undefined,
    }
  })
  return {
    ...common,
    rejected: undefined,
    misfits: 0,
    scores,
    leading,
    flags: Object.entries(outcome.flags ?? {}).map(([id, value]) => ({
      id,
      label: instrument?.flags.find((one) => one.id === id)?.label ?? id,
      value,
    })),
    categories,
    metrics: [],
    ignored: (outcome.warnings ?? []).flatMap((warning) =>
      warning.startsWith('ignored-skipped-item:') ? [warning.slice('ignored-skipped-item:'.length)] : [],
    ),
    state: stateOf(
      scores.filter(({ id }) => leading.includes(id)),
      categories,
    ),
  }
}

function scoreView(id: string, stored: ScoreResult, definition: ItemScore | undefined): ScoreView {
  const { value, status, band, label } = stored
  const partial = status === 'partial'
  const known = value === null ? undefined : String(value)
  return {
    id,
    label: definition ? capital(definition.label) : id === 'total' ? 'Total' : id,
    // Part of the answers says what is reached so far, and no more.
    value: known === undefined ? undefined : partial ? `at least ${known}` : known,
    place: typeof value === 'number' && !partial ? value : undefined,
    range:
      definition?.min !== undefined && definition.max !== undefined
        ? [definition.min, definition.max]
        : undefined,
    bandStarts: (definition?.bands ?? [])
      .filter(({ min, when }) => when === undefined && min > (definition?.min ?? min))
      .map(({ min }) => min),
    span:
      partial && typeof value === 'number' && definition?.max !== undefined
        ? [value, definition.max]
        : value === null
          ? stored.bounds
          : undefined,
    band: bandInWords(stored, definition),
    hasBands: band !== undefined || label !== undefined,
    status,
    exact: stored.exact,
  }
}

/** The lowest band of a score made of part of the answers says nothing: what is missing may lie anywhere above. */
function bandInWords(stored: ScoreResult, definition: ItemScore | undefined): string | undefined {
  const band = stored.band ?? stored.label ?? undefined
  if (band === undefined || stored.value === null) return undefined
  if (stored.status === 'prorated') return `${band}, an estimate`
  if (stored.status !== 'partial') return band
  const lowest = [...(definition?.bands ?? [])].sort((a, b) => a.min - b.min)[0]
  return lowest === undefined || lowest.label === band ? undefined : `at least ${band}`
}

/** What a score is called. */
export function scoreLabel({ total, subscales }: Instrument, scoreId: string): string {
  const found = [total, ...subscales].find((one) => one?.id === scoreId)
  return capital(found?.label ?? scoreId)
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** What does not fit, by kind, each with the ids of its answers. */
function errorsInWords(errors: readonly string[]): string[] {
  const of = (kind: string) =>
    errors.flatMap((error) => (error.startsWith(`${kind}:`) ? [error.slice(kind.length + 1)] : []))
  const values = of('invalid-value')
  const items = of('unknown-item')
  const others = errors.filter((error) => !/^(invalid-value|unknown-item):/.test(error))
  return [
    ...(values.length > 0 ? [`Answers that do not fit their question: ${values.join(', ')}`] : []),
    ...(items.length > 0 ? [`Not questions of this questionnaire: ${items.join(', ')}`] : []),
    ...others,
  ]
}

function stateOf(leading: readonly ScoreView[], categories: readonly CategoryView[]): ResultView['state'] {
  const statuses = new Set<ScoreStatus>(leading.map(({ status }) => status))
  // Where a level stands for the result, it is the level that must be known.
  if (leading.length === 0) {
    return categories.every(({ value }) => value !== undefined) && categories.length > 0
      ? 'complete'
      : 'incomplete'
  }
  if (statuses.size === 1 && statuses.has('incomplete')) return 'incomplete'
  if (statuses.has('incomplete') || statuses.has('partial')) return 'partial'
  return statuses.has('prorated') ? 'estimate' : 'complete'
}

/** How far a result may be relied on, in words. */
export function stateInWords(result: ResultView): string {
  return result.setAside ? `set aside, not finished; ${howWhole(result)}` : howWhole(result)
}

function howWhole({ state, missing, misfits }: ResultView): string {
  const open = missing.length === 1 ? '1 answer missing' : `${missing.length} answers missing`
  switch (state) {
    case 'complete':
      return missing.length === 0 ? 'complete' : `complete; ${open} that it does not need`
    case 'estimate':
      return `prorated, an estimate; ${open}`
    case 'partial':
      return `partial; ${open}`
    case 'incomplete':
      return `incomplete; ${open}`
    case 'rejected':
      return `not scored; ${misfits === 1 ? '1 answer does' : `${misfits} answers do`} not fit`
    case 'series':
      return missing.length === 0 ? 'figures, not a score' : 'no days or tests entered'
  }
}
