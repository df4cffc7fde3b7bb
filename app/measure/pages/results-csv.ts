import { runQuery } from '../../platform/command.server.ts'
import { csvDownload } from '../../platform/csv-download.server.ts'
import { writeCsv } from '../../platform/csv-file.ts'
import { WITHHELD } from '../../platform/disclosure.ts'
import { guardedLoader } from '../../platform/page.server.ts'
import { clinicResults } from '../clinic/results.server.ts'
import { bringOutcomesUpToDate } from '../dataset/refresh-outcomes.server.ts'
import { timeToFirstUseDefinition } from '../definitions.ts'
import { readResults } from '../measure-access.ts'

/** The numbers of the clinic's curve as shown: no day and no count that the page withholds. */
export const loader = guardedLoader(readResults, async ({ services, actor, clinic }) => {
  await bringOutcomesUpToDate(services, clinic.id)
  return runQuery(services, actor, async (needs) => {
    const { figure, invented, today } = await clinicResults(needs, clinic)
    needs.audit.read(readResults.id, { object: 'results', detail: { download: true } })
    const { id, version } = timeToFirstUseDefinition
    const head = [
      ['figure', `${id}, version ${version}${invented}`],
      ['clinic', clinic.name],
      ['seen on', today],
    ]
    if (figure.kind === 'no-curve') {
      return csvDownload('time-to-first-use.csv', writeCsv([...head, ['no curve', figure.why]]))
    }
    return csvDownload(
      'time-to-first-use.csv',
      writeCsv([
        ...head,
        ['people', figure.people ?? WITHHELD],
        ['day', 'still_observed', 'not_yet_used', 'lower_95', 'upper_95'],
        ...figure.points.map((point) => [
          point.day,
          point.atRisk ?? WITHHELD,
          point.notYetUsed,
          point.limits?.lower ?? '',
          point.limits?.upper ?? '',
        ]),
      ]),
    )
  })
})
