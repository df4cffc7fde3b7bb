import type { ChangeRules, ChangeThreshold, Direction } from './instrument.ts'
import { requireInstrument } from './registry.ts'
import { roundHalfUp } from './rounding.ts'
import { directionOf } from './score-direction.ts'

export type ChangeStep = {
  /** Size of change in points that has to be reached. */
  readonly points: number
  readonly verdict: 'improved' | 'worsened' | 'within'
  readonly source: string
}

export type ChangeDescription = {
  /** The score compared. */
  readonly score: string
  /** after - before; null when one is unknown. */
  readonly difference: number | null
  readonly direction: 'better' | 'worse' | 'same' | null
  /** Improvement as a percentage of the first value, one decimal; negative when worse; null at a first value of 0. */
  readonly improvementPercent: number | null
  readonly response: boolean | null
  /** Whether the later value lies in the range called remission, wherever it began. */
  readonly remission: boolean | null
  /** One verdict per published threshold: where sources differ, all are given. */
  readonly mcid: readonly ChangeStep[] | null
  readonly reliableChange: readonly ChangeStep[] | null
}

/** Points of a threshold; for a standard deviation and a reliability the Jacobson-Truax reliable change. */
function pointsOf(threshold: ChangeThreshold): number {
  if ('points' in threshold) return threshold.points
  return roundHalfUp(1.96 * threshold.sd * Math.SQRT2 * Math.sqrt(1 - threshold.reliability), 2)
}

function steps(
  thresholds: readonly ChangeThreshold[] | null,
  improvement: number | null,
): ChangeStep[] | null {
  if (thresholds === null || thresholds.length === 0 || improvement === null) return null
  return thresholds.map((threshold) => {
    const points = pointsOf(threshold)
    const verdict = improvement >= points ? 'improved' : improvement <= -points ? 'worsened' : 'within'
    return { points, verdict, source: threshold.source }
  })
}

function responded(
  rule: ChangeRules['response'],
  improvement: number | null,
  before: number | null,
): boolean | null {
  if (rule === null || improvement === null || before === null) return null
  if ('fallPoints' in rule) return improvement >= rule.fallPoints
  // Compared without dividing, so that exactly half is half.
  return before <= 0 ? null : improvement * 100 >= rule.fallPercent * before
}

function remitted(rule: ChangeRules['remission'], after: number | null): boolean | null {
  if (rule === null || after === null) return null
  return 'below' in rule ? after < rule.below : after <= rule.atMost
}

/**
 * Judges change by a definition that need not be one of ours. See `describeChange`.
 *
 * @param definition without an `id` its direction holds for every score
 */
export function describeChangeBy(
  definition: { readonly id?: string; readonly change: ChangeRules; readonly direction: Direction },
  before: number | null,
  after: number | null,
  scoreId: string = definition.change.score,
): ChangeDescription {
  const { id, change } = definition
  const judged = scoreId === change.score
  const direction = directionOf(id, definition.direction, scoreId)
  const difference = before === null || after === null ? null : roundHalfUp(after - before, 9)
  const improvement =
    difference === null || direction === null
      ? null
      : difference * (direction === 'higher-worse' ? -1 : 1) + 0
  return {
    score: scoreId,
    difference,
    direction: improvement === null ? null : improvement > 0 ? 'better' : improvement < 0 ? 'worse' : 'same',
    improvementPercent:
      !judged || improvement === null || before === null || before <= 0
        ? null
        : roundHalfUp((100 * improvement) / before, 1),
    response: judged ? responded(change.response, improvement, before) : null,
    remission: judged ? remitted(change.remission, after) : null,
    mcid: judged ? steps(change.mcid, improvement) : null,
    reliableChange: judged ? steps(change.reliableChange, improvement) : null,
  }
}

/**
 * What a change between two values of one score means, as far as a source defines it: for the instrument's main score
 * response, remission, minimal important and reliable change; for its other scores the difference and which way is
 * better. Unknown stays unknown: a null value, a first value of 0 (for percentages) or a missing definition give null.
 * Compare only results that `onOneLine` accepts.
 *
 * @param before the earlier value (often the baseline), null when that score is incomplete
 * @param after the later value
 * @param scoreId a score of the instrument, or a figure of its series; the main score when not given
 * @throws RangeError when there is no such instrument or score
 * @example describeChange('phq-9', 16, 8).response // true: at least half lower
 */
export function describeChange(
  instrumentId: string,
  before: number | null,
  after: number | null,
  scoreId?: string,
): ChangeDescription {
  const instrument = requireInstrument(instrumentId)
  const { subscales, total, change, direction } = instrument
  const known =
    scoreId === undefined ||
    scoreId === change.score ||
    [...subscales, total].some((score) => score?.id === scoreId) ||
    (total?.method === 'algorithm' && directionOf(instrumentId, direction, scoreId) !== null)
  if (!known) throw new RangeError(`${instrumentId} has no score ${scoreId}`)
  return describeChangeBy(instrument, before, after, scoreId)
}
