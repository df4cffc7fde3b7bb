import { prepareComparison } from './comparisons.ts'
import type { Comparison, Condition } from './instrument.ts'
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

/** The names a condition may use, each with its place in `Facts`. */
export type Names = {
  readonly instrument: string
  readonly items: ReadonlyMap<string, number>
  readonly scores: ReadonlyMap<string, number>
  readonly flags: ReadonlyMap<string, number>
  readonly categories: ReadonlyMap<string, number>
}

export type ConditionTest = (facts: Facts) => Truth

function placeOf(names: Names, kind: 'items' | 'scores' | 'flags' | 'categories', id: string): number {
  const place = names[kind].get(id)
  if (place === undefined)
    throw new Error(`${names.instrument}: a condition names ${id}, not among its ${kind}`)
  return place
}

function itemTest(names: Names, id: string, comparison: Comparison): ConditionTest {
  const place = placeOf(names, 'items', id)
  const { holds } = prepareComparison(comparison, `${names.instrument}: item ${id}`)
  return (facts) => {
    const value = facts.values[place] as number
    return Number.isNaN(value) ? UNKNOWN : truthOf(holds(value))
  }
}

function scoreTest(names: Names, id: string, comparison: Comparison): ConditionTest {
  const place = placeOf(names, 'scores', id)
  const { holds, over } = prepareComparison(comparison, `${names.instrument}: score ${id}`)
  return (facts) => {
    const fact = facts.scores[place] as ScoreFact
    if (typeof fact.value === 'string') return truthOf(holds(fact.value))
    return Number.isNaN(fact.low) ? UNKNOWN : over(fact.low, fact.high)
  }
}

/** A context that was not given is unknown, except that it is certainly "not in" a list of known ones. */
function contextTest(names: Names, id: string, comparison: Comparison): ConditionTest {
  const { holds } = prepareComparison(comparison, `${names.instrument}: context ${id}`)
  const whenAbsent: Truth = comparison.notIn === undefined ? UNKNOWN : TRUE
  return (facts) => {
    const given = Object.hasOwn(facts.context, id) ? facts.context[id] : null
    if (typeof given === 'string' || typeof given === 'number' || typeof given === 'boolean') {
      return truthOf(holds(given))
    }
    return whenAbsent
  }
}

function countTest(
  names: Names,
  condition: Extract<Condition, { countItems: readonly string[] }>,
): ConditionTest {
  const { countItems, overrides, atLeast = 0, atMost = countItems.length, ...comparison } = condition
  const counted = countItems.map((id) => {
    const own = overrides?.[id]
    const { holds } = prepareComparison(
      own === undefined ? comparison : { gte: own },
      `${names.instrument}: ${id}`,
    )
    return { place: placeOf(names, 'items', id), holds }
  })
  return (facts) => {
    let passed = 0
    let open = 0
    for (const { place, holds } of counted) {
      const value = facts.values[place] as number
      if (Number.isNaN(value)) open += 1
      else if (holds(value)) passed += 1
    }
    const most = passed + open
    if (most < atLeast || passed > atMost) return FALSE
    return passed >= atLeast && most <= atMost ? TRUE : UNKNOWN
  }
}

function categoryTest(names: Names, condition: Extract<Condition, { category: string }>): ConditionTest {
  const place = placeOf(names, 'categories', condition.category)
  const { eq } = condition
  if (eq === undefined) {
    return (facts) => truthOf((facts.categories[place] as CategoryFact).value === null)
  }
  // A level that is reached for certain counts as reached, although a graver one is still open.
  return (facts) => {
    const { value, lowerBound } = facts.categories[place] as CategoryFact
    if (value !== null) return truthOf(value === eq)
    return lowerBound === eq ? TRUE : UNKNOWN
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
  if ('item' in condition) return itemTest(names, condition.item, condition)
  if ('score' in condition) return scoreTest(names, condition.score, condition)
  if ('context' in condition) return contextTest(names, condition.context, condition)
  if ('category' in condition) return categoryTest(names, condition)
  if ('analyte' in condition) return analyteTest(condition)
  const place = placeOf(names, 'flags', condition.flag)
  return (facts) => facts.flags[place] as Truth
}
