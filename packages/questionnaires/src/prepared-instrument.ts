import { readAnswers } from './answer-validation.ts'
import {
  type CategoryFact,
  type ConditionTest,
  type Facts,
  type Names,
  prepareCondition,
  type ScoreFact,
} from './conditions.ts'
import type {
  Flag,
  ItemScore,
  SafetyTrigger,
  ScoringDefinition,
  ScoringItem,
  SeriesScore,
} from './instrument.ts'
import type { Answers, ScoringContext } from './response.ts'
import { type PreparedScore, prepareScore } from './score-values.ts'
import { applySkipLogic, type EffectiveAnswers, type PreparedItem } from './skip-logic.ts'

type PreparedFlag = { readonly id: string; readonly test: ConditionTest }

/** A definition with every name looked up and every condition turned into a function, once. */
export type PreparedInstrument = {
  readonly definition: ScoringDefinition
  readonly items: readonly PreparedItem[]
  readonly places: ReadonlyMap<string, number>
  readonly scores: readonly PreparedScore[]
  readonly series: SeriesScore | null
  readonly flags: readonly PreparedFlag[]
  readonly categories: readonly { readonly id: string; readonly levels: readonly PreparedFlag[] }[]
  readonly triggers: readonly { readonly trigger: SafetyTrigger; readonly test: ConditionTest }[]
}

/** Answers after validation and skip logic. */
export type ReadResponse = {
  readonly errors: readonly string[]
  readonly raw: readonly number[]
  readonly series: ReadonlyMap<string, unknown>
  readonly effective: EffectiveAnswers
}

function prepareItem(item: ScoringItem, names: Names): PreparedItem {
  const values = item.values?.map(({ value }) => value) ?? []
  const ends = item.range === undefined ? values : [item.range.min, item.range.max]
  if (ends.length === 0 && item.type === undefined) {
    throw new Error(`${names.instrument}: item ${item.id} has neither values nor a range`)
  }
  return {
    item,
    min: ends.length === 0 ? Number.NaN : Math.min(...ends),
    max: ends.length === 0 ? Number.NaN : Math.max(...ends),
    skip: item.skipIf === undefined ? null : prepareCondition(item.skipIf, names),
  }
}

function placesOf(parts: readonly { readonly id: string }[], instrument: string): Map<string, number> {
  const places = new Map(parts.map(({ id }, place) => [id, place]))
  if (places.size !== parts.length) throw new Error(`${instrument}: an id stands twice`)
  return places
}

/**
 * Checks a definition and makes it ready for scoring.
 *
 * @throws when the data is wrong in itself (an unknown id, an empty comparison): a defect, not an answer
 */
function prepare(definition: ScoringDefinition): PreparedInstrument {
  const { id: instrument, items, subscales, total } = definition
  const series = total?.method === 'algorithm' ? total : null
  const scores: ItemScore[] = [...subscales]
  if (total !== null && total.method !== 'algorithm') scores.push(total)
  const nothing = new Map<string, number>()
  const itemNames: Names = {
    instrument,
    items: placesOf(items, instrument),
    scores: nothing,
    flags: nothing,
    categories: nothing,
  }
  const flagNames: Names = { ...itemNames, scores: placesOf(scores, instrument) }
  const categoryNames: Names = { ...flagNames, flags: placesOf(definition.flags, instrument) }
  const triggerNames: Names = { ...categoryNames, categories: placesOf(definition.categories, instrument) }
  const prepareFlag = (names: Names) => (flag: Flag) => ({
    id: flag.id,
    test: prepareCondition(flag.when, names),
  })
  return {
    definition,
    items: items.map((item) => prepareItem(item, itemNames)),
    places: itemNames.items,
    scores: scores.map((score) => prepareScore(score, itemNames, (place) => items[place]?.scored !== false)),
    series,
    flags: definition.flags.map(prepareFlag(flagNames)),
    categories: definition.categories.map(({ id, firstMatch }) => ({
      id,
      levels: firstMatch.map(prepareFlag(categoryNames)),
    })),
    triggers: definition.safetyTriggers.map((trigger) => ({
      trigger,
      test: prepareCondition(trigger.when, triggerNames),
    })),
  }
}

// Preparing depends on the definition alone, so keeping the result changes no answer, only the time it takes.
const prepared = new WeakMap<ScoringDefinition, PreparedInstrument>()

/** The prepared form of a definition, made on first use. */
export function preparedInstrument(definition: ScoringDefinition): PreparedInstrument {
  let instrument = prepared.get(definition)
  if (instrument === undefined) {
    instrument = prepare(definition)
    prepared.set(definition, instrument)
  }
  return instrument
}

/** Validates answers and applies skip logic; values that do not fit are read as missing and named in `errors`. */
export function readResponse(
  instrument: PreparedInstrument,
  answers: Answers,
  context: ScoringContext,
): ReadResponse {
  const { values, series, errors } = readAnswers(instrument.definition.items, instrument.places, answers)
  return { errors, raw: values, series, effective: applySkipLogic(instrument.items, values, context) }
}

/** Facts before anything but the items is known. Scores, flags and categories are added as they are found. */
export function emptyFacts(
  effective: EffectiveAnswers,
  context: ScoringContext,
  specimens: Facts['specimens'] = [],
): Facts & { scores: ScoreFact[]; flags: Facts['flags'][number][]; categories: CategoryFact[] } {
  return { values: effective.values, scores: [], flags: [], categories: [], context, specimens }
}
