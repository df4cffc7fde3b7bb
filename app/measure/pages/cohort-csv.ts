import { runQuery } from '../../platform/command.server.ts'
import { csvDownload } from '../../platform/csv-download.server.ts'
import { writeCsv } from '../../platform/csv-file.ts'
import { parseId } from '../../platform/ids.ts'
import { guardedLoader, notFound } from '../../platform/page.server.ts'
import { tableRows } from '../clinic/numbers-words.ts'
import type { CohortBlock } from '../cohorts/cohort-block.ts'
import { mappingWords } from '../cohorts/cohort-mapping.ts'
import { cohortWithFigures } from '../cohorts/cohort-view.server.ts'
import { readResults } from '../measure-access.ts'

/** The numbers of an outside cohort as its page shows them, unrounded: tables, tests, definitions, every step of every curve. */
export const loader = guardedLoader(readResults, async ({ services, actor, params, url }) => {
  const id = parseId<'outside-cohort'>(params.id) ?? notFound()
  const ask = url.searchParams
  const asked = {
    days: ask.get('days'),
    until: ask.get('until'),
    endpoint: ask.get('endpoint'),
    reference: ask.get('reference'),
    every: true,
  }
  return runQuery(services, actor, async (needs) => {
    const { cohort, blocks } = (await cohortWithFigures(needs, id, asked)) ?? notFound()
    needs.audit.read(readResults.id, { object: 'outside-cohort', objectId: id, detail: { download: true } })
    return csvDownload(
      `${cohort.name}.csv`,
      writeCsv([
        ['outside cohort', cohort.name],
        ['source', cohort.fileName],
        ['read as', mappingWords(cohort.mapping)],
        ...(cohort.published === undefined ? [] : [['published', cohort.published]]),
        ['people', cohort.people],
        ['rows not wanted', cohort.rowsNotWanted],
        ['rows left out', cohort.rowsLeftOut],
        ...blocks.flatMap(blockRows),
      ]),
    )
  })
})

function blockRows(block: CohortBlock): (string | number)[][] {
  return [
    [],
    ['figure', block.id, block.title],
    ['says', ...block.finding],
    ...(block.caution === undefined ? [] : [['note', block.caution]]),
    ...block.definitions.map(({ id, version, text }) => ['definition', id, version, text]),
    ...block.numbers.map(([name, value]) => ['number', name, value]),
    ...block.tables.flatMap(tableRows),
    ...(block.drawing?.kind === 'curves'
      ? [
          ['table', 'group', 'time', 'without_event', 'lower_95', 'upper_95'],
          ...block.drawing.groups.flatMap(({ label, steps }) =>
            steps.map((step) => [
              `${block.id}-steps`,
              label,
              step.time,
              step.survival,
              step.lower ?? '',
              step.upper ?? '',
            ]),
          ),
        ]
      : []),
  ]
}
