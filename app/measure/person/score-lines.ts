import { instrumentById, onOneLine, type ResponseStamp, responseStamp } from '@evenkeel/questionnaires'
import type { InstrumentResponse } from '../../assess/index.ts'
import { type CheckIn, currentCheckIns } from '../../follow-up/index.ts'
import { daysBetween, type Instant, type LocalDate, localDateOf } from '../../platform/time.ts'

/** The instruments a person's page draws, in this order. */
export const DRAWN_INSTRUMENTS = ['phq-9', 'gad-7', 'audit', 'craving-nrs'] as const

export type ScorePointOfDay = {
  readonly day: number
  readonly date: LocalDate
  /** undefined: answered in part, so that there is no score. Never zero. */
  readonly score: number | undefined
}

/** One line of one chart: results that may be compared with each other. */
export type ScoreLine = {
  readonly key: string
  readonly instrumentId: string
  readonly name: string
  readonly shortName: string
  readonly range: readonly [number, number]
  readonly bands: readonly { readonly from: number; readonly label: string }[]
  readonly lowerIsBetter: boolean
  readonly change: string
  /** Said when an instrument has more than one line. */
  readonly edition: string | undefined
  readonly points: readonly ScorePointOfDay[]
}

type Result = { readonly stamp: ResponseStamp; readonly date: LocalDate; readonly score: number | undefined }

/**
 * A person's scores as lines, from questionnaires and check-ins. Results stand on one line only when they were asked and
 * scored alike (`onOneLine`): another edition, recall window or scoring begins another line.
 *
 * @param dayZero the day of the first session, or of the first result when there was none
 */
export function scoreLines(
  responses: readonly InstrumentResponse[],
  checkIns: readonly CheckIn[],
  dayZero: LocalDate,
  timeZone: string,
): ScoreLine[] {
  const results: Result[] = [
    ...responses.map((response) => ({
      stamp: stampOf(response),
      date: localDateOf(response.completedAt, timeZone),
      score: totalOf(response),
    })),
    // A check-in asks the craving question of the questionnaire; left open it is no result.
    ...currentCheckIns(checkIns).flatMap((entry) =>
      entry.craving0to10 === null
        ? []
        : [{ stamp: entry.cravingStamp, date: entry.forDate, score: entry.craving0to10 }],
    ),
  ]
  return DRAWN_INSTRUMENTS.flatMap((instrumentId) => {
    const groups: Result[][] = []
    for (const result of results.filter(({ stamp }) => stamp.instrumentId === instrumentId)) {
      const group = groups.find(([first]) => onOneLine(first!.stamp, result.stamp))
      if (group) group.push(result)
      else groups.push([result])
    }
    return groups.map((group, at) => lineOf(instrumentId, group, at, groups.length, dayZero))
  })
}

function lineOf(
  instrumentId: string,
  results: readonly Result[],
  at: number,
  lines: number,
  dayZero: LocalDate,
): ScoreLine {
  const instrument = instrumentById(instrumentId)!
  const { stamp } = results[0]!
  const total = instrument.total
  const isItemScore = total !== null && 'items' in total
  const today = onOneLine(stamp, responseStamp(instrument))
  return {
    key: `${instrumentId} ${at}`,
    instrumentId,
    name: instrument.name,
    shortName: instrument.shortName,
    range: isItemScore ? [total.min ?? 0, total.max ?? 10] : [0, 10],
    // Bands of another edition are not ours to draw.
    bands:
      isItemScore && today
        ? (total.bands ?? [])
            .filter((band) => band.when === undefined)
            .map(({ min, label }) => ({ from: min, label }))
        : [],
    lowerIsBetter: instrument.direction === 'higher-worse',
    change: instrument.change.note,
    edition: lines > 1 ? `${stamp.edition}, ${stamp.version}, scoring ${stamp.scoringVersion}` : undefined,
    points: results
      .map(({ date, score }) => ({ day: daysBetween(dayZero, date), date, score }))
      .sort((a, b) => a.day - b.day),
  }
}

function stampOf(response: InstrumentResponse): ResponseStamp {
  const { instrumentId, version, edition, formHash, recallPeriod, scoringVersion } = response
  return { instrumentId, version, edition, formHash, recallPeriod, scoringVersion }
}

function totalOf({ scores }: InstrumentResponse): number | undefined {
  if (!scores.valid || !('scores' in scores)) return undefined
  const value = scores.scores.total?.value
  return typeof value === 'number' ? value : undefined
}

/** Where days are counted from on a person's charts. */
export function dayZeroOf(
  firstDoseAt: Instant | undefined,
  responses: readonly InstrumentResponse[],
  checkIns: readonly CheckIn[],
  today: LocalDate,
  timeZone: string,
): { readonly date: LocalDate; readonly from: 'first-session' | 'first-result' } {
  if (firstDoseAt) return { date: localDateOf(firstDoseAt, timeZone), from: 'first-session' }
  const dates = [
    ...responses.map((response) => localDateOf(response.completedAt, timeZone)),
    ...checkIns.map((entry) => entry.forDate),
  ].sort()
  return { date: dates[0] ?? today, from: 'first-result' }
}
