import { type ChangeStep, describeChangeBy, type Instrument } from '@evenkeel/questionnaires'
import type { Instant } from '../../platform/time.ts'
import { RESULT_WINDOW_DAYS } from '../dataset/definition.ts'
import { movedInWords, oneDecimal } from './score-change-words.ts'
import type { ScorePointOfDay } from './score-lines.ts'

/** A finished result. */
export type FinishedPoint = ScorePointOfDay & { readonly score: number }

/** What one definition makes of a comparison. */
export type ChangeReading = {
  readonly name: string
  /** "at least 50 % lower"; undefined where no source gives one. */
  readonly rule: string | undefined
  readonly verdict: 'yes' | 'no' | 'unknown' | 'not-defined'
  /** The verdict with the figures it rests on. */
  readonly words: string
}

export type Comparison =
  | {
      readonly told: true
      readonly before: FinishedPoint
      readonly after: FinishedPoint
      /** "18 to 9: 50 % lower". */
      readonly moved: string
      readonly readings: readonly ChangeReading[]
    }
  | { readonly told: false; readonly why: string }

export type ScoreChange = {
  readonly baseline: FinishedPoint | undefined
  /** By the definitions of response, remission and reliable change. */
  readonly afterTreatment: Comparison
  /** The same thresholds on the newest result; no figure of the clinic rests on it. */
  readonly newest: Comparison
}

/** When doses were given: the first as an instant, the last and today as days counted from the first (day 0). */
export type DoseTimes = { readonly firstAt: Instant; readonly lastDay: number; readonly today: number }

/** Points of one line, oldest first, days counted from the first dose. */
type Line = { readonly points: readonly ScorePointOfDay[]; readonly scoredAsNow: boolean }

/**
 * What a line of scores says by the definitions of response, remission and reliable change (`dataset/definitions.ts`):
 * the last finished result before the first dose was begun, compared with the first finished one on days 1 to 28 after the
 * last dose. `dataset/result-rows.ts` picks the same two for the clinic's figures, and a test holds both together.
 * Thresholds are those of `describeChange`; there are no others here.
 *
 * @param line one of `lines`; its `scoredAsNow` is false when another scoring made it, so that thresholds do not hold
 * @param lines every line of the instrument: what is picked may stand on two of them, and is then not compared
 * @param doses undefined when nobody was dosed: then nothing is compared
 */
export function scoreChange(
  line: Line,
  lines: readonly Line[],
  doses: DoseTimes | undefined,
  instrument: Pick<Instrument, 'id' | 'change' | 'direction'>,
): ScoreChange {
  if (!doses) {
    const none = { told: false, why: 'There was no dose here yet, so nothing is compared.' } as const
    return { baseline: undefined, afterTreatment: none, newest: none }
  }
  const own = finishedOf(line)
  const baseline = baselineOf(own, doses)
  const newest = own.findLast(({ at }) => at >= doses.firstAt)
  const compare = (before: FinishedPoint, after: FinishedPoint): Comparison => ({
    told: true,
    before,
    after,
    moved: movedInWords(before.score, after.score),
    readings: readingsOf(instrument, before.score, after.score, line.scoredAsNow),
  })
  const notTold = (why: string): Comparison => ({ told: false, why })
  return {
    baseline,
    afterTreatment: afterTreatment(line, lines, doses, compare, notTold),
    newest: !baseline
      ? notTold(NO_BASELINE)
      : newest
        ? compare(baseline, newest)
        : notTold('No finished result after the first dose.'),
  }
}

const NO_BASELINE = 'No finished result before the first dose: there is no baseline.'

function finishedOf({ points }: Line): FinishedPoint[] {
  return points.filter((point): point is FinishedPoint => point.score !== undefined)
}

function baselineOf(points: readonly FinishedPoint[], { firstAt }: DoseTimes): FinishedPoint | undefined {
  return points.findLast(({ at }) => at < firstAt)
}

function afterTreatment(
  line: Line,
  lines: readonly Line[],
  doses: DoseTimes,
  compare: (before: FinishedPoint, after: FinishedPoint) => Comparison,
  notTold: (why: string) => Comparison,
): Comparison {
  const { lastDay, today } = doses
  if (today - lastDay <= RESULT_WINDOW_DAYS) {
    return notTold(
      `Told once ${RESULT_WINDOW_DAYS} days have passed since the last dose; that was ${daysAgo(today - lastDay)}.`,
    )
  }
  const all = lines.flatMap(finishedOf).sort((a, b) => a.day - b.day || a.at.localeCompare(b.at))
  const before = baselineOf(all, doses)
  const after = all.find(({ day }) => day > lastDay && day <= lastDay + RESULT_WINDOW_DAYS)
  if (!before) return notTold(NO_BASELINE)
  if (!after) return notTold(`No finished result on days 1 to ${RESULT_WINDOW_DAYS} after the last dose.`)
  const onThis = [before, after].map((point) => line.points.includes(point))
  if (onThis.every(Boolean)) return compare(before, after)
  return notTold(
    onThis.some(Boolean) || !lines.some(({ points }) => points.includes(before) && points.includes(after))
      ? 'Baseline and the result after treatment were asked or scored otherwise: not compared.'
      : 'The results that are compared stand on another line of this questionnaire.',
  )
}

function daysAgo(days: number): string {
  return days === 0 ? 'today' : days === 1 ? 'yesterday' : `${days} days ago`
}

function readingsOf(
  instrument: Pick<Instrument, 'id' | 'change' | 'direction'>,
  before: number,
  after: number,
  scoredAsNow: boolean,
): ChangeReading[] {
  const { change } = instrument
  const better = instrument.direction === 'higher-better' ? 'higher' : 'lower'
  const found = describeChangeBy(instrument, before, after)
  const reading = (
    name: string,
    rule: string | undefined,
    verdict: boolean | null,
    because: string,
  ): ChangeReading => {
    if (rule === undefined) return { name, rule, verdict: 'not-defined', words: 'not defined by a source' }
    if (!scoredAsNow) {
      return { name, rule, verdict: 'unknown', words: 'unknown: these results were scored by other rules' }
    }
    if (verdict === null) return { name, rule, verdict: 'unknown', words: `unknown: ${because}` }
    return { name, rule, verdict: verdict ? 'yes' : 'no', words: `${verdict ? 'yes' : 'no'}, ${because}` }
  }
  const reliable = change.reliableChange ?? []
  return [
    reading(
      'Response',
      responseRule(change.response, better),
      found.response,
      found.response === null ? `there is no percentage from ${before}` : movedInWords(before, after),
    ),
    reading(
      'Remission range',
      remissionRule(change.remission),
      found.remission,
      `the later value is ${after}`,
    ),
    ...(reliable.length === 0 ? [reading('Reliable change', undefined, null, '')] : []),
    ...reliable.map(({ source }, at) => {
      const step = found.reliableChange?.[at]
      return reading(
        'Reliable change',
        step ? `${step.points} points, ${source}` : source,
        step ? step.verdict !== 'within' : null,
        reliableBecause(step, after - before),
      )
    }),
  ]
}

function responseRule(rule: Instrument['change']['response'], better: string): string | undefined {
  if (rule === null) return undefined
  return 'fallPercent' in rule
    ? `at least ${rule.fallPercent} % ${better}`
    : `at least ${rule.fallPoints} points ${better}`
}

function remissionRule(rule: Instrument['change']['remission']): string | undefined {
  if (rule === null) return undefined
  return 'below' in rule ? `below ${rule.below}` : `${rule.atMost} or less`
}

function reliableBecause(step: ChangeStep | undefined, difference: number): string {
  const points = `${oneDecimal(Math.abs(difference))} points ${difference < 0 ? 'lower' : 'higher'}`
  if (!step) return 'no size of it can be applied'
  if (difference === 0) return 'the same value'
  if (step.verdict === 'within') return `${points} is within measurement error`
  return `${points} is beyond measurement error, ${step.verdict === 'improved' ? 'for the better' : 'for the worse'}`
}
