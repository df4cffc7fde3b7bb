import type { LocalDate } from '../../platform/time.ts'
import { NOTED } from './public-figures.ts'
import type { ReleasePage } from './release-page.ts'
import { correctionWords, NOTED_WORDS, WAY_WORDS } from './release-words.ts'

type Rows = (string | number)[][]

/** Too few people so far. */
const NOT_YET = 'not shown yet'

/**
 * The numbers of a published page, no more and no less, as rows of a file.
 *
 * @param release its number; 'example' for counts of people who never were, which the first row then says
 */
export function releaseRows(page: ReleasePage, release: number | 'example'): Rows {
  const { course, noted } = page.figures
  return [
    ...(release === 'example' ? [['example', 'invented counts; nobody was treated']] : []),
    ['clinic', `${page.clinicName}${page.invented}`],
    ['release', release],
    ...(page.corrections ?? []).map((correction) => ['correction', correctionWords(correction)]),
    ['first sessions', `${page.firstSessions.from} to ${page.firstSessions.to}`],
    ['counted on', page.countedOn],
    ['definitions', page.definitions.map(({ id, version }) => `${id} v${version}`).join('; ')],
    ['people', page.figures.people],
    ['people whose course is shown', course?.people ?? NOT_YET],
    ['not heard from in the week up to day 90', course?.week.missing ?? NOT_YET],
    ['used in that week', course?.week.use ?? NOT_YET],
    [],
    ['up_to_day', 'first_use', 'lost', 'still_followed', 'not_yet_used', 'lower_95', 'upper_95'],
    ...(page.curve ?? []).map((point) => [
      point.day,
      point.used,
      point.lost,
      point.left,
      point.notYetUsed,
      point.limits?.lower ?? '',
      point.limits?.upper ?? '',
    ]),
    [],
    ['week_up_to_day_90', 'without_use', 'of', 'share', 'lower_95', 'upper_95'],
    ...(page.shares ?? []).map(({ missing, count, of, share, lower, upper }) => [
      WAY_WORDS[missing],
      count,
      of,
      share,
      lower,
      upper,
    ]),
    [],
    ['noted_in_sessions', 'people', 'of'],
    ...NOTED.map((what) => [
      NOTED_WORDS[what],
      noted[what]?.count ?? NOT_YET,
      noted[what]?.people ?? NOT_YET,
    ]),
  ]
}

/** What the file says of a release that was taken back: that it was, when and why, and no figure of it. */
export function withdrawnRows(release: {
  readonly clinicName: string
  readonly number: number
  readonly withdrawnOn: LocalDate
  readonly reason: string
}): Rows {
  return [
    ['clinic', release.clinicName],
    ['release', release.number],
    ['withdrawn on', release.withdrawnOn],
    ['reason', release.reason],
  ]
}
