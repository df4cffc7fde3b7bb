import type { CategoryFact, Facts, ScoreFact } from './conditions.ts'
import { calendarMetrics, readCalendar } from './drinking-calendar.ts'
import type { SafetyTrigger, ScoringDefinition } from './instrument.ts'
import {
  emptyFacts,
  type PreparedInstrument,
  preparedInstrument,
  readResponse,
} from './prepared-instrument.ts'
import type {
  Answers,
  CategoryResult,
  MeasuredSeries,
  ScoreResult,
  ScoringContext,
  ScoringOutcome,
} from './response.ts'
import { readSpecimens, specimenMetrics } from './specimen-series.ts'
import { FALSE, knownOrNull, TRUE, type Truth } from './truth.ts'

type OpenFacts = Facts & { scores: ScoreFact[]; flags: Truth[]; categories: CategoryFact[] }

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

/** Scores, flags and categories in their order; each sees only what comes before it. */
function findFacts(
  instrument: PreparedInstrument,
  effective: Parameters<typeof emptyFacts>[0],
  facts: OpenFacts,
): Record<string, ScoreResult> {
  const results: Record<string, ScoreResult> = {}
  for (const { id, score: compute } of instrument.scores) {
    const { result, fact } = compute(effective, facts)
    results[id] = result
    facts.scores.push(fact)
  }
  for (const { test } of instrument.flags) facts.flags.push(test(facts))
  for (const { levels } of instrument.categories) facts.categories.push(findCategory(levels, facts))
  return results
}

function firing({ triggers }: PreparedInstrument, facts: Facts): SafetyTrigger[] {
  const fired: SafetyTrigger[] = []
  for (const { trigger, test } of triggers) if (test(facts) === TRUE) fired.push(trigger)
  return fired
}

/** A series answer read by the algorithm of its instrument; null when it does not fit. */
function measureSeries(
  instrument: PreparedInstrument,
  answer: unknown,
  context: ScoringContext,
): { metrics: MeasuredSeries['metrics']; specimens: Facts['specimens'] } | null {
  if (instrument.series?.algorithm === 'tlfb-metrics') {
    const days = readCalendar(answer)
    return days === null ? null : { metrics: calendarMetrics(days, context), specimens: [] }
  }
  const specimens = readSpecimens(answer)
  return specimens === null ? null : { metrics: specimenMetrics(specimens), specimens }
}

function scoreSeries(
  instrument: PreparedInstrument,
  answers: Answers,
  context: ScoringContext,
): ScoringOutcome {
  const { errors, series, effective } = readResponse(instrument, answers, context)
  const id = instrument.definition.items[0]?.id ?? ''
  const measured = measureSeries(instrument, series.get(id) ?? [], context)
  const facts = emptyFacts(effective, context, measured?.specimens)
  const triggers = firing(instrument, facts).map((trigger) => trigger.id)
  if (measured === null) return { valid: false, errors: [...errors, `invalid-value:${id}`].sort(), triggers }
  if (errors.length > 0) return { valid: false, errors, triggers }
  return triggers.length > 0
    ? { valid: true, metrics: measured.metrics, triggers }
    : { valid: true, metrics: measured.metrics }
}

/**
 * Scores a response by a definition that need not be one of ours (an imported form, a reference file).
 *
 * Order: validation, skip logic, reversal, scores, flags, categories, triggers. A response with an answer that does not
 * fit is rejected as a whole, but its triggers are still evaluated with that answer read as missing.
 *
 * @throws only when the definition itself is wrong
 */
export function scoreBy(
  definition: ScoringDefinition,
  answers: Answers,
  context: ScoringContext = {},
): ScoringOutcome {
  const instrument = preparedInstrument(definition)
  if (instrument.series !== null) return scoreSeries(instrument, answers, context)
  const { errors, effective } = readResponse(instrument, answers, context)
  const facts = emptyFacts(effective, context)
  const scores = findFacts(instrument, effective, facts)
  const triggers = firing(instrument, facts).map(({ id }) => id)
  if (errors.length > 0) return { valid: false, errors, triggers }

  const outcome: Writable<Extract<ScoringOutcome, { scores: unknown }>> = { valid: true, scores, triggers }
  if (instrument.flags.length > 0) {
    const flags: Record<string, boolean | null> = {}
    instrument.flags.forEach(({ id }, place) => {
      flags[id] = knownOrNull(facts.flags[place] as Truth)
    })
    outcome.flags = flags
  }
  if (instrument.categories.length > 0) {
    const categories: Record<string, CategoryResult> = {}
    instrument.categories.forEach(({ id }, place) => {
      const { value, lowerBound } = facts.categories[place] as CategoryFact
      categories[id] = value === null ? { value, lowerBound } : { value }
    })
    outcome.categories = categories
  }
  if (effective.warnings.length > 0) outcome.warnings = effective.warnings
  return outcome
}

type Writable<T> = { -readonly [K in keyof T]: T[K] }
