/** The engine by instrument id: our own instruments, in the edition we ship. */
import { missingItemsBy, type VisibleItem, visibleItemsBy } from './form-flow.ts'
import type { SafetyTrigger } from './instrument.ts'
import { requireInstrument } from './registry.ts'
import type { Answers, ScoringContext, ScoringOutcome } from './response.ts'
import { firedTriggersBy, scoreBy } from './scoring.ts'

/**
 * Scores a response to one of our instruments.
 *
 * @param instrumentId for example `phq-9`
 * @param answers item id to raw value; null and absent mean not answered
 * @param context what some bands need, for example `{ sex: 'female' }`
 * @throws RangeError when there is no such instrument
 * @example score('craving-nrs', { q1: 7 }) // scores.total.value 7, band 'severe', triggers ['craving-severe']
 */
export function score(instrumentId: string, answers: Answers, context: ScoringContext = {}): ScoringOutcome {
  return scoreBy(requireInstrument(instrumentId), answers, context)
}

/**
 * The safety triggers that are certain already on answers so far. See `firedTriggersBy`.
 *
 * @throws RangeError when there is no such instrument
 */
export function firedTriggers(
  instrumentId: string,
  answers: Answers,
  context: ScoringContext = {},
): readonly SafetyTrigger[] {
  return firedTriggersBy(requireInstrument(instrumentId), answers, context)
}

/**
 * The questions to show on answers so far. See `visibleItemsBy`.
 *
 * @throws RangeError when there is no such instrument
 */
export function visibleItems(
  instrumentId: string,
  answers: Answers,
  context: ScoringContext = {},
): readonly VisibleItem[] {
  return visibleItemsBy(requireInstrument(instrumentId), answers, context)
}

/**
 * Ids of the questions that still want an answer. See `missingItemsBy`.
 *
 * @throws RangeError when there is no such instrument
 */
export function missingItems(
  instrumentId: string,
  answers: Answers,
  context: ScoringContext = {},
): readonly string[] {
  return missingItemsBy(requireInstrument(instrumentId), answers, context)
}
