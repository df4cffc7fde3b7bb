import type { ChangeRules, ChangeThreshold, Direction } from './instrument.ts'
import { requireInstrument } from './registry.ts'
import { roundHalfUp } from './rounding.ts'

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

/** Judges change by rules given as data. See `describeChange`. */
export function describeChangeBy(
  { change, direction }: { readonly change: ChangeRules; readonly direction: Direction },
  before: number | null,
  after: number | null,
): ChangeDescription {
  const sign = direction === 'higher-worse' ? -1 : direction === 'higher-better' ? 1 : null
  const difference = before === null || after === null ? null : roundHalfUp(after - before, 9)
  const improvement = difference === null || sign === null ? null : difference * sign + 0
  return {
    score: change.score,
    difference,
    direction: improvement === null ? null : improvement > 0 ? 'better' : improvement < 0 ? 'worse' : 'same',
    improvementPercent:
      improvement === null || before === null || before <= 0
        ? null
        : roundHalfUp((100 * improvement) / before, 1),
    response: responded(change.response, improvement, before),
    remission: remitted(change.remission, after),
    mcid: steps(change.mcid, improvement),
    reliableChange: steps(change.reliableChange, improvement),
  }
}

/**
 * What a change between two values of an instrument's main score means, as far as a source defines it.
 * Unknown stays unknown: a null value, a first value of 0 (for percentages) or a missing definition give null.
 * Compare only results that `onOneLine` accepts.
 *
 * @param before the earlier value (often the baseline), null when that score is incomplete
 * @param after the later value
 * @throws when there is no such instrument
 * @example describeChange('phq-9', 16, 8).response // true: at least half lower
 */
export function describeChange(
  instrumentId: string,
  before: number | null,
  after: number | null,
): ChangeDescription {
  return describeChangeBy(requireInstrument(instrumentId), before, after)
}
