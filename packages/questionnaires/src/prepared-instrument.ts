import { readAnswers } from './answer-validation.ts'
import { type ConditionTest, type Names, placeOf, prepareCondition } from './conditions.ts'
import type { Flag, ItemScore, SafetyTrigger, ScoringDefinition, ScoringItem } from './instrument.ts'
import type { Answers, ScoringContext } from './response.ts'
import { type PreparedScore, prepareScore } from './score-values.ts'
import { applySkipLogic, type EffectiveAnswers, type PreparedItem } from './skip-logic.ts'

type PreparedFlag = { readonly id: string; readonly test: ConditionTest }

/** A definition with every name looked up and every condition turned into a function, once. */
export type PreparedInstrument = {
  readonly items: readonly PreparedItem[]
  readonly places: ReadonlyMap<string, number>
  /** One NaN for each item: a response without an answer. */
  readonly unanswered: readonly number[]
  /** Items of which one answer leaves the others to be blank, by place. */
  readonly eitherOr: readonly (readonly number[])[]
  readonly scores: readonly PreparedScore[]
  readonly flags: readonly PreparedFlag[]
  readonly categories: readonly { readonly id: string; readonly levels: readonly PreparedFlag[] }[]
  readonly triggers: readonly { readonly trigger: SafetyTrigger; readonly test: ConditionTest }[]
}

/** Answers after validation and skip logic. */
export type ReadResponse = {
  readonly errors: readonly string[]
  readonly raw: readonly number[]
  /** Places of blank items whose twin is answered: not missing. */
  readonly dispensable: readonly number[]
  readonly effective: EffectiveAnswers
}

function prepareItem(item: ScoringItem, names: Names): PreparedItem {
  const { values = [], range, type, skipIf } = item
  const allowed = range === undefined ? values.map(({ value }) => value) : [range.min, range.max]
  if (allowed.length === 0 && type === undefined) {
    throw new Error(`${names.instrument}: item ${item.id} has neither values nor a range`)
  }
  const min = Math.min(...allowed)
  const max = Math.max(...allowed)
  // A list of whole numbers without holes is a range of step 1, which is quicker to look at.
  const whole = allowed.every(Number.isInteger) && max - min + 1 === allowed.length
  return {
    item,
    min,
    max,
    step: range?.step ?? (whole ? 1 : 0),
    allowed,
    skip: skipIf === undefined ? null : prepareCondition(skipIf, names),
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
  const scores = [...subscales, total].filter(
    (score): score is ItemScore => score !== null && score.method !== 'algorithm',
  )
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
    items: items.map((item) => prepareItem(item, itemNames)),
    places: itemNames.items,
    unanswered: items.map(() => Number.NaN),
    eitherOr: scores
      .flatMap((score) => (score.method === 'sumOfGroups' ? score.groups : []))
      .flatMap((group) => group.eitherOr ?? [])
      .map((pair) => pair.map((id) => placeOf(itemNames, 'items', id))),
    scores: scores.map((score) => prepareScore(score, itemNames, (place) => items[place]?.scored !== false)),
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
  { items, places, unanswered, eitherOr }: PreparedInstrument,
  answers: Answers,
  context: ScoringContext,
): ReadResponse {
  const { values: raw, errors } = readAnswers(items, places, unanswered, answers)
  const dispensable: number[] = []
  for (const twins of eitherOr) {
    const open = twins.filter((place) => Number.isNaN(raw[place]))
    if (open.length < twins.length) dispensable.push(...open)
  }
  return { errors, raw, dispensable, effective: applySkipLogic(items, raw, context) }
}
