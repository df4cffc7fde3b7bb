import { type ChangeStep, describeChangeBy, type Instrument } from '@evenkeel/questionnaires'
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

/** Days of doses, and today, counted from the first dose (day 0). */
export type DoseDays = { readonly lastDose: number; readonly today: number }

/**
 * What a line of scores says by the definitions of response, remission and reliable change (`dataset/definitions.ts`):
 * baseline is the last finished result up to the day of the first dose, compared with the first finished one on days 1 to 28
 * after the last dose. Thresholds are those of `describeChange`; there are no others here.
 *
 * @param points of one line, oldest first, days counted from the first dose
 * @param doses undefined when nobody was dosed: then nothing is compared
 * @param scoredAsNow false when another scoring made the line, so that thresholds do not hold
 */
export function scoreChange(
  points: readonly ScorePointOfDay[],
  doses: DoseDays | undefined,
  instrument: Pick<Instrument, 'id' | 'change' | 'direction'>,
  scoredAsNow: boolean,
): ScoreChange {
  if (!doses) {
    const none = { told: false, why: 'There was no dose here yet, so nothing is compared.' } as const
    return { baseline: undefined, afterTreatment: none, newest: none }
  }
  const finished = points.filter((point): point is FinishedPoint => point.score !== undefined)
  const baseline = finished.findLast(({ day }) => day <= 0)
  const compare = (after: FinishedPoint | undefined, whyNone: string): Comparison => {
    if (!baseline) {
      return { told: false, why: 'No finished result up to the day of the first dose: there is no baseline.' }
    }
    if (!after) return { told: false, why: whyNone }
    return {
      told: true,
      before: baseline,
      after,
      moved: movedInWords(baseline.score, after.score),
      readings: readingsOf(instrument, baseline.score, after.score, scoredAsNow),
    }
  }
  const { lastDose, today } = doses
  const windowOver = today > lastDose + RESULT_WINDOW_DAYS
  const inWindow = finished.find(({ day }) => day > lastDose && day <= lastDose + RESULT_WINDOW_DAYS)
  return {
    baseline,
    afterTreatment: windowOver
      ? compare(inWindow, `No finished result on days 1 to ${RESULT_WINDOW_DAYS} after the last dose.`)
      : {
          told: false,
          why: `Told once ${RESULT_WINDOW_DAYS} days have passed since the last dose; that was ${daysAgo(today - lastDose)}.`,
        },
    newest: compare(
      finished.findLast(({ day }) => day > 0),
      'No finished result after the day of the first dose.',
    ),
  }
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
