import type { SafetyTrigger } from './instrument.ts'
import { requireInstrument } from './registry.ts'
import type { Answers, ScoringContext, ScoringOutcome } from './response.ts'
import { scoreBy } from './scoring.ts'

/**
 * Scores a response to one of our instruments.
 *
 * @param instrumentId for example `phq-9`
 * @param answers item id to raw value; null and absent mean not answered
 * @param context what some bands need, for example `{ sex: 'female' }`
 * @throws when there is no such instrument
 * @example score('craving-nrs', { q1: 7 }) // scores.total.value 7, band 'severe', triggers ['craving-severe']
 */
export function score(instrumentId: string, answers: Answers, context: ScoringContext = {}): ScoringOutcome {
  return scoreBy(requireInstrument(instrumentId), answers, context)
}

/**
 * The safety triggers that are certain already, on answers that may still be partial or in part unusable.
 * Call it on every saved answer: a trigger that fired stays fired whatever the open questions bring.
 *
 * @throws when there is no such instrument
 */
export function firedTriggers(
  instrumentId: string,
  answers: Answers,
  context: ScoringContext = {},
): readonly SafetyTrigger[] {
  const definition = requireInstrument(instrumentId)
  const ids = scoreBy(definition, answers, context).triggers ?? []
  return definition.safetyTriggers.filter(({ id }) => ids.includes(id))
}
