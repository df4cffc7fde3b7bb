import { runQuery } from '../../platform/command.server.ts'
import { csvDownload } from '../../platform/csv-download.server.ts'
import { writeCsv } from '../../platform/csv-file.ts'
import { parseId } from '../../platform/ids.ts'
import { guardedLoader, notFound } from '../../platform/page.server.ts'
import { readDays } from '../chosen-days.ts'
import { cohortWithFigures } from '../cohort-page.server.ts'
import { readResults } from '../measure-access.ts'

/** The numbers of an outside cohort: the chosen days, the test, and every step of every curve. */
export const loader = guardedLoader(readResults, async ({ services, actor, params, url }) => {
  const id = parseId<'outside-cohort'>(params.id) ?? notFound()
  const { days } = readDays(url.searchParams.get('days'))
  return runQuery(services, actor, async (needs) => {
    const { cohort, figures } = (await cohortWithFigures(needs, id, days)) ?? notFound()
    needs.audit.read(readResults.id, { object: 'outside-cohort', objectId: id, detail: { download: true } })
    const { comparison } = figures
    return csvDownload(
      `${cohort.name}.csv`,
      writeCsv([
        ['outside cohort', cohort.name],
        ['source', cohort.fileName],
        ...(comparison.ok
          ? [['log-rank chi-square, df, p', comparison.chiSquare, comparison.df, comparison.p]]
          : [['log-rank', comparison.reason]]),
        ['kind', 'group', 'day', 'still_observed', 'without_event', 'lower_95', 'upper_95'],
        ...figures.groups.flatMap((group) => [
          ...group.points.map((point) => [
            'chosen day',
            group.label,
            point.day,
            point.atRisk,
            point.survival,
            point.limits?.lower ?? '',
            point.limits?.upper ?? '',
          ]),
          ...group.drawn.steps.map((step) => [
            'step',
            group.label,
            step.time,
            '',
            step.survival,
            step.lower ?? '',
            step.upper ?? '',
          ]),
        ]),
      ]),
    )
  })
})
