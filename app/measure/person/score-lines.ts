import { instrumentById, onOneLine, type ResponseStamp, responseStamp } from '@evenkeel/questionnaires'
import { type InstrumentResponse, titleForPerson } from '../../assess/index.ts'
import { type CheckIn, currentCheckIns } from '../../follow-up/index.ts'
import { daysBetween, type Instant, type LocalDate, localDateOf } from '../../platform/time.ts'

/** The instruments a person's page draws, in this order: course of an illness, craving, use, life, and what ketamine may harm. */
export const DRAWN_INSTRUMENTS = [
  'phq-9',
  'gad-7',
  'qids-sr16',
  'madrs',
  'pcl-5',
  'y-bocs',
  'oci-r',
  'isi',
  'ymrs',
  'craving-nrs',
  'pacs',
  'ocds',
  'ocds-5',
  'audit',
  'audit-c',
  'sds',
  'dast-10',
  'cudit-r',
  'ftnd',
  'pgsi',
  'igds9-sf',
  'who-5',
  'swls',
  'q-les-q-sf',
  'bpic-ss',
  'icsi-icpi',
] as const

export type ScorePointOfDay = {
  readonly day: number
  readonly date: LocalDate
  /** When it was finished. */
  readonly at: Instant
  /** undefined: answered in part, so that there is no score. Never zero. */
  readonly score: number | undefined
  /** Some answers were missing and the score was made up for them by the instrument's own rule. */
  readonly estimate: boolean
}

/** One line of one chart: results that may be compared with each other. */
export type ScoreLine = {
  readonly key: string
  readonly instrumentId: string
  readonly name: string
  readonly shortName: string
  /** What it is about, as a person reads it. */
  readonly about: string
  readonly range: readonly [number, number]
  readonly bands: readonly { readonly from: number; readonly label: string }[]
  readonly lowerIsBetter: boolean
  /** Whether the source's thresholds may be laid on this line: it was scored as we score now. */
  readonly scoredAsNow: boolean
  /** Said when an instrument has more than one line. */
  readonly edition: string | undefined
  /** What was asked and how it was scored, for downloads. */
  readonly editionId: string
  readonly points: readonly ScorePointOfDay[]
}

type Result = {
  readonly stamp: ResponseStamp
  readonly date: LocalDate
  readonly at: Instant
  readonly score: number | undefined
  readonly estimate: boolean
}

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
      at: response.completedAt,
      ...totalOf(response),
    })),
    // A check-in asks the craving question of the questionnaire; left open it is no result.
    ...currentCheckIns(checkIns).flatMap((entry) =>
      entry.craving0to10 === null
        ? []
        : [
            {
              stamp: entry.cravingStamp,
              date: entry.forDate,
              at: entry.submittedAt,
              score: entry.craving0to10,
              estimate: false,
            },
          ],
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
  const editionId = `${stamp.edition}, ${stamp.version}, scoring ${stamp.scoringVersion}`
  const today = onOneLine(stamp, responseStamp(instrument))
  return {
    key: `${instrumentId} ${at}`,
    instrumentId,
    name: instrument.name,
    shortName: instrument.shortName,
    about: titleForPerson(instrument),
    range: isItemScore ? [total.min ?? 0, total.max ?? 10] : [0, 10],
    // Bands of another edition are not ours to draw.
    bands:
      isItemScore && today
        ? (total.bands ?? [])
            .filter((band) => band.when === undefined)
            .map(({ min, label }) => ({ from: min, label }))
        : [],
    lowerIsBetter: instrument.direction === 'higher-worse',
    scoredAsNow: stamp.scoringVersion === instrument.scoringVersion,
    edition: lines > 1 ? editionId : undefined,
    editionId,
    points: results
      .map(({ stamp: _, ...result }) => ({ day: daysBetween(dayZero, result.date), ...result }))
      .sort((a, b) => a.day - b.day || a.at.localeCompare(b.at)),
  }
}

function stampOf(response: InstrumentResponse): ResponseStamp {
  const { instrumentId, version, edition, formHash, recallPeriod, scoringVersion } = response
  return { instrumentId, version, edition, formHash, recallPeriod, scoringVersion }
}

function totalOf({ scores }: InstrumentResponse): Pick<Result, 'score' | 'estimate'> {
  const total = scores.valid && 'scores' in scores ? scores.scores.total : undefined
  // A score made of part of the answers says only what is reached so far: no point, and nothing is compared with it.
  return total && typeof total.value === 'number' && (total.status === 'ok' || total.status === 'prorated')
    ? { score: total.value, estimate: total.status === 'prorated' }
    : { score: undefined, estimate: false }
}

/** Where days are counted from on a person's charts. */
export function dayZeroOf(
  firstDose: LocalDate | undefined,
  responses: readonly InstrumentResponse[],
  checkIns: readonly CheckIn[],
  today: LocalDate,
  timeZone: string,
): { readonly date: LocalDate; readonly from: 'first-session' | 'first-result' } {
  if (firstDose) return { date: firstDose, from: 'first-session' }
  const dates = [
    ...responses.map((response) => localDateOf(response.completedAt, timeZone)),
    ...checkIns.map((entry) => entry.forDate),
  ].sort()
  return { date: dates[0] ?? today, from: 'first-result' }
}
