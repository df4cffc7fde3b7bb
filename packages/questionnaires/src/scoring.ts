import { factsOf } from './conditions.ts'
import { calendarMetrics, readCalendar } from './drinking-calendar.ts'
import type { SafetyTrigger, ScoringDefinition, SeriesScore } from './instrument.ts'
import { firedItemTriggersBy, firing, scoreItemsBy } from './item-scoring.ts'
import { preparedInstrument, readResponse } from './prepared-instrument.ts'
import type { Answers, MeasuredSeries, ScoringContext, ScoringOutcome } from './response.ts'
import { readSpecimens, type Specimen, specimenMetrics } from './specimen-series.ts'

type Measured = { readonly metrics: MeasuredSeries['metrics']; readonly specimens: readonly Specimen[] }

/** The algorithm of a definition whose answers are a series of records. */
function algorithmOf({ total }: ScoringDefinition): SeriesScore['algorithm'] | null {
  return total?.method === 'algorithm' ? total.algorithm : null
}

/** A series answer read by its algorithm; null when it does not fit. */
function measureSeries(
  algorithm: SeriesScore['algorithm'],
  answer: unknown,
  context: ScoringContext,
): Measured | null {
  if (algorithm === 'tlfb-metrics') {
    const days = readCalendar(answer)
    return days === null ? null : { metrics: calendarMetrics(days, context), specimens: [] }
  }
  const specimens = readSpecimens(answer)
  return specimens === null ? null : { metrics: specimenMetrics(specimens), specimens }
}

/** What a series comes to: its figures or null, the errors by name, and the triggers that fired. */
function readSeries(
  definition: ScoringDefinition,
  algorithm: SeriesScore['algorithm'],
  answers: Answers,
  context: ScoringContext,
) {
  const instrument = preparedInstrument(definition)
  const { errors, effective } = readResponse(instrument, answers, context)
  const id = definition.items[0]?.id ?? ''
  const measured = measureSeries(algorithm, answers[id] ?? [], context)
  return {
    metrics: measured?.metrics ?? null,
    errors: measured === null ? [...errors, `invalid-value:${id}`].sort() : errors,
    fired: firing(instrument, factsOf(effective.values, context, measured?.specimens)),
  }
}

function scoreSeries({ metrics, errors, fired }: ReturnType<typeof readSeries>): ScoringOutcome {
  const triggers = fired.map(({ id }) => id)
  if (metrics === null || errors.length > 0) return { valid: false, errors, triggers }
  return triggers.length > 0 ? { valid: true, metrics, triggers } : { valid: true, metrics }
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
  const algorithm = algorithmOf(definition)
  return algorithm === null
    ? scoreItemsBy(definition, answers, context)
    : scoreSeries(readSeries(definition, algorithm, answers, context))
}

/**
 * The safety triggers that are certain already, by a definition that need not be one of ours, on answers that may still
 * be partial or in part unusable. Call it on every saved answer: a trigger that fired stays fired whatever the open
 * questions bring.
 *
 * @throws only when the definition itself is wrong
 */
export function firedTriggersBy(
  definition: ScoringDefinition,
  answers: Answers,
  context: ScoringContext = {},
): readonly SafetyTrigger[] {
  const algorithm = algorithmOf(definition)
  return algorithm === null
    ? firedItemTriggersBy(definition, answers, context)
    : readSeries(definition, algorithm, answers, context).fired
}
