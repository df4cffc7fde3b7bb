import { type PreparedComparison, prepareComparison } from './comparisons.ts'
import type { Condition } from './instrument.ts'
import type { ScoringContext } from './response.ts'
import type { Specimen } from './specimen-series.ts'
import { FALSE, TRUE, type Truth, truthOf, UNKNOWN } from './truth.ts'

/** What is known of a score: a point when it is complete, else all it may still become. */
export type ScoreFact = {
  readonly value: number | string | null
  readonly low: number
  readonly high: number
}

export type CategoryFact = { readonly value: string | null; readonly lowerBound: string | null }

/** Everything a condition may look at. A missing answer is NaN. */
export type Facts = {
  readonly values: readonly number[]
  readonly scores: readonly ScoreFact[]
  readonly flags: readonly Truth[]
  readonly categories: readonly CategoryFact[]
  readonly context: ScoringContext
  readonly specimens: readonly Specimen[]
}

const NOTHING: readonly never[] = []

/** What is known before anything but the answers: scores, flags and categories are added as they are found. */
export function factsOf(
  values: readonly number[],
  context: ScoringContext,
  specimens: readonly Specimen[] = NOTHING,
): Facts {
  return { values, scores: NOTHING, flags: NOTHING, categories: NOTHING, context, specimens }
}

/** The names a condition may use, each with its place in `Facts`. */
export type Names = {
  readonly instrument: string
  readonly items: ReadonlyMap<string, number>
  readonly scores: ReadonlyMap<string, number>
  readonly flags: ReadonlyMap<string, number>
  readonly categories: ReadonlyMap<string, number>
}

export type ConditionTest = (facts: Facts) => Truth

type CountCondition = Extract<Condition, { countItems: readonly string[] }>

/** @throws when the instrument has no such item, score, flag or category (or none yet, in the order of scoring) */
export function placeOf(names: Names, kind: 'items' | 'scores' | 'flags' | 'categories', id: string): number {
  const place = names[kind].get(id)
  if (place === undefined) throw new Error(`${names.instrument}: ${id} is not among its ${kind}`)
  return place
}

function itemTest(place: number, { holds }: PreparedComparison): ConditionTest {
  return ({ values }) => {
    const value = values[place] as number
    return Number.isNaN(value) ? UNKNOWN : truthOf(holds(value))
  }
}

function scoreTest(place: number, { holds, over }: PreparedComparison): ConditionTest {
  return ({ scores }) => {
    const { value, low, high } = scores[place] as ScoreFact
    if (typeof value === 'string') return truthOf(holds(value))
    return Number.isNaN(low) ? UNKNOWN : over(low, high)
  }
}

/** A context that was not given is unknown, except that it is certainly "not in" a list of known ones. */
function contextTest(id: string, { holds }: PreparedComparison, whenAbsent: Truth): ConditionTest {
  return ({ context }) => {
    const given = Object.hasOwn(context, id) ? context[id] : null
    return typeof given === 'string' || typeof given === 'number' || typeof given === 'boolean'
      ? truthOf(holds(given))
      : whenAbsent
  }
}

function countTest(
  names: Names,
  { countItems, overrides, atLeast = 0, atMost = countItems.length, ...comparison }: CountCondition,
): ConditionTest {
  const { instrument } = names
  const own = (id: string) => (overrides?.[id] === undefined ? comparison : { gte: overrides[id] })
  const places = countItems.map((id) => placeOf(names, 'items', id))
  const tests = countItems.map((id) => prepareComparison(own(id), instrument).holds)
  return ({ values }) => {
    let passed = 0
    let most = 0
    for (let index = 0; index < places.length; index += 1) {
      const value = values[places[index] as number] as number
      if (Number.isNaN(value)) most += 1
      else if (tests[index]?.(value)) {
        passed += 1
        most += 1
      }
    }
    if (most < atLeast || passed > atMost) return FALSE
    return passed >= atLeast && most <= atMost ? TRUE : UNKNOWN
  }
}

/** Without a level: whether the category is unknown. */
function categoryTest(place: number, level: string | undefined): ConditionTest {
  return ({ categories }) => {
    const { value, lowerBound } = categories[place] as CategoryFact
    if (level === undefined) return truthOf(value === null)
    if (value !== null) return truthOf(value === level)
    // A level that is reached for certain counts as reached, although a graver one is still open.
    return lowerBound === level ? TRUE : UNKNOWN
  }
}

function analyteTest(condition: Extract<Condition, { result: string }>): ConditionTest {
  const analytes = typeof condition.analyte === 'string' ? [condition.analyte] : condition.analyte
  return (facts) =>
    truthOf(facts.specimens.some((s) => analytes.includes(s.analyte) && s.result === condition.result))
}

/**
 * Turns a condition written as data into a function from facts to true, false or unknown.
 *
 * @throws when the condition names an item, score, flag or category that the instrument does not have
 */
export function prepareCondition(condition: Condition, names: Names): ConditionTest {
  if ('all' in condition) {
    const tests = condition.all.map((part) => prepareCondition(part, names))
    return (facts) => {
      let least: Truth = TRUE
      for (const test of tests) {
        const truth = test(facts)
        if (truth === FALSE) return FALSE
        if (truth < least) least = truth
      }
      return least
    }
  }
  if ('any' in condition) {
    const tests = condition.any.map((part) => prepareCondition(part, names))
    return (facts) => {
      let most: Truth = FALSE
      for (const test of tests) {
        const truth = test(facts)
        if (truth === TRUE) return TRUE
        if (truth > most) most = truth
      }
      return most
    }
  }
  if ('not' in condition) {
    const test = prepareCondition(condition.not, names)
    return (facts) => (0 - test(facts)) as Truth
  }
  if ('countItems' in condition) return countTest(names, condition)
  if ('analyte' in condition) return analyteTest(condition)
  if ('category' in condition) {
    return categoryTest(placeOf(names, 'categories', condition.category), condition.eq)
  }
  if ('flag' in condition) {
    const place = placeOf(names, 'flags', condition.flag)
    return ({ flags }) => flags[place] as Truth
  }
  const comparison = prepareComparison(condition, names.instrument)
  if ('item' in condition) return itemTest(placeOf(names, 'items', condition.item), comparison)
  if ('score' in condition) return scoreTest(placeOf(names, 'scores', condition.score), comparison)
  return contextTest(condition.context, comparison, condition.notIn === undefined ? UNKNOWN : TRUE)
}
