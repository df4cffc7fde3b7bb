import { runQuery } from '../../platform/command.server.ts'
import { csvDownload } from '../../platform/csv-download.server.ts'
import { writeCsv } from '../../platform/csv-file.ts'
import { guardedLoader, notFound } from '../../platform/page.server.ts'
import { clinicPage } from '../clinic/clinic-page.server.ts'
import { tableRows } from '../clinic/numbers-words.ts'
import { readyFigures } from '../clinic/take-snapshot.server.ts'
import { topicBlocks } from '../clinic/topic-blocks.server.ts'
import { topicById } from '../clinic/topics.ts'
import { readResults } from '../measure-access.ts'

/** The numbers of one page of figures, as shown: no count that the page withholds. */
export const loader = guardedLoader(readResults, async ({ services, actor, clinic, params, url }) => {
  const topic = topicById(/^(.+)\.csv$/.exec(params.file ?? '')?.[1]) ?? notFound()
  await readyFigures(services, actor)
  return runQuery(services, actor, async (needs) => {
    const { question, invented, period, today, strictWords } = await clinicPage(
      needs,
      clinic,
      url.searchParams,
    )
    const blocks = await topicBlocks(topic.id, question)
    needs.audit.read(readResults.id, { object: 'results', detail: { download: topic.id } })
    return csvDownload(
      `${topic.id}-${today}.csv`,
      writeCsv([
        ['figures', `${topic.title}${invented}`],
        ['clinic', clinic.name],
        ['people', period],
        ...(strictWords ? [['coarser', strictWords]] : []),
        ...blocks.flatMap(({ id, finding, nothing, definitions, tables }) => [
          [],
          ['figure', id],
          ['finding', finding ?? nothing?.text ?? ''],
          ...definitions.map((definition) => [
            'definition',
            `${definition.id}, version ${definition.version}`,
            definition.text,
          ]),
          ...tables.flatMap((table) => [[], ...tableRows(table)]),
        ]),
      ]),
    )
  })
})
