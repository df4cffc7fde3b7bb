import { runQuery } from '../../platform/command.server.ts'
import { csvDownload } from '../../platform/csv-download.server.ts'
import { writeCsv } from '../../platform/csv-file.ts'
import { guardedLoader } from '../../platform/page.server.ts'
import { NOTED } from '../public/public-figures.ts'
import { readPublicResults } from '../public/release-access.ts'
import { newestRelease } from '../public/release-queries.server.ts'
import { NOTED_WORDS, WAY_WORDS } from '../public/release-words.ts'

/** Too few people so far. */
const NOT_YET = 'not shown yet'

/** The numbers of the published page, no more and no less; while nothing is published it says that. */
export const loader = guardedLoader(readPublicResults, async ({ services, actor, clinic }) => {
  const release = await runQuery(services, actor, ({ db }) => newestRelease(db, clinic.id))
  if (!release || release.withdrawn) {
    return csvDownload('results.csv', writeCsv([[release ? 'withdrawn' : 'nothing published yet']]))
  }
  const { page, number } = release
  const { course, noted } = page.figures
  return csvDownload(
    `results-release-${number}.csv`,
    writeCsv([
      ['clinic', `${page.clinicName}${page.invented}`],
      ['release', number],
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
    ]),
  )
})
