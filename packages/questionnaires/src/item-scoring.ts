import { type CategoryFact, type Facts, factsOf } from './conditions.ts'
import type { SafetyTrigger, ScoringDefinition } from './instrument.ts'
import { type PreparedInstrument, preparedInstrument, readResponse } from './prepared-instrument.ts'
import type { Answers, ScoredResponse, ScoringContext, ScoringOutcome } from './response.ts'
import { FALSE, knownOrNull, TRUE } from './truth.ts'

type Writable<T> = { -readonly [K in keyof T]: T[K] }
type OpenFacts = Writable<Facts>

/**
 * The first level whose condition holds. A level above it that is still unknown makes the category unknown,
 * with the level found as what is reached for certain.
 */
function findCategory(
  levels: PreparedInstrument['categories'][number]['levels'],
  facts: Facts,
): CategoryFact {
  let graverOpen = false
  for (const { id, test } of levels) {
    const truth = test(facts)
    if (truth === TRUE) return graverOpen ? { value: null, lowerBound: id } : { value: id, lowerBound: null }
    if (truth !== FALSE) graverOpen = true
  }
  return { value: null, lowerBound: null }
}

/** Everything found in a response: scores, flags and categories in their order, each seeing only what comes before. */
function find(definition: ScoringDefinition, answers: Answers, context: ScoringContext) {
  if (definition.total?.method === 'algorithm') {
    throw new TypeError(`${definition.id} is a series of records: this entry scores single answers only`)
  }
  const instrument = preparedInstrument(definition)
  const read = readResponse(instrument, answers, context)
  const facts: OpenFacts = factsOf(read.effective.values, context)
  const scored = instrument.scores.map(({ score }) => score(read, facts))
  facts.scores = scored.map(({ fact }) => fact)
  facts.flags = instrument.flags.map(({ test }) => test(facts))
  facts.categories = instrument.categories.map(({ levels }) => findCategory(levels, facts))
  return { instrument, read, facts, scored }
}

/** The triggers whose condition holds for certain, in the order of the instrument. */
export function firing({ triggers }: PreparedInstrument, facts: Facts): SafetyTrigger[] {
  const fired: SafetyTrigger[] = []
  for (const { trigger, test } of triggers) if (test(facts) === TRUE) fired.push(trigger)
  return fired
}

/** The results of one kind by id. */
function named<T, R>(
  parts: readonly { readonly id: string }[],
  found: readonly T[],
  write: (one: T) => R,
): Record<string, R> {
  const results: Record<string, R> = {}
  for (let place = 0; place < parts.length; place += 1) {
    results[(parts[place] as { id: string }).id] = write(found[place] as T)
  }
  return results
}

/**
 * Scores a response made of single answers. See `scoreBy` for the order of things.
 *
 * @throws TypeError for a definition whose total is an algorithm over a series of records, and when the definition is
 *   wrong in itself
 */
export function scoreItemsBy(
  definition: ScoringDefinition,
  answers: Answers,
  context: ScoringContext = {},
): ScoringOutcome {
  const { instrument, read, facts, scored } = find(definition, answers, context)
  const triggers = firing(instrument, facts).map(({ id }) => id)
  if (read.errors.length > 0) return { valid: false, errors: read.errors, triggers }

  const outcome: Writable<ScoredResponse> = {
    valid: true,
    scores: named(instrument.scores, scored, ({ result }) => result),
    triggers,
  }
  if (facts.flags.length > 0) outcome.flags = named(instrument.flags, facts.flags, knownOrNull)
  if (facts.categories.length > 0) {
    outcome.categories = named(instrument.categories, facts.categories, ({ value, lowerBound }) =>
      value === null ? { value, lowerBound } : { value },
    )
  }
  if (read.effective.warnings.length > 0) outcome.warnings = read.effective.warnings
  return outcome
}

/**
 * The safety triggers that are certain on single answers so far. See `firedTriggersBy`.
 *
 * @throws TypeError for a definition whose total is an algorithm over a series of records
 */
export function firedItemTriggersBy(
  definition: ScoringDefinition,
  answers: Answers,
  context: ScoringContext = {},
): readonly SafetyTrigger[] {
  const { instrument, facts } = find(definition, answers, context)
  return firing(instrument, facts)
}
