import { runQuery } from '../../platform/command.server.ts'
import { csvDownload } from '../../platform/csv-download.server.ts'
import { writeCsv } from '../../platform/csv-file.ts'
import { guardedLoader, notFound } from '../../platform/page.server.ts'
import { localDateOf } from '../../platform/time.ts'
import { examplePage } from '../public/example-people.ts'
import { readPublicResults } from '../public/release-access.ts'
import { releaseRows, withdrawnRows } from '../public/release-csv.ts'
import { newestRelease } from '../public/release-queries.server.ts'

/** The numbers of the page `/results`, or of its example; while there are none it says why. */
export const loader = guardedLoader(readPublicResults, async ({ services, actor, clinic, url }) => {
  if (url.searchParams.has('example')) {
    if (!clinic.demonstration) notFound()
    const page = examplePage(clinic.name, localDateOf(services.clock.now(), clinic.timeZone))
    return csvDownload('results-example-invented.csv', writeCsv(releaseRows(page, 'example')))
  }
  const release = await runQuery(services, actor, ({ db }) => newestRelease(db, clinic.id))
  if (!release) return csvDownload('results.csv', writeCsv([['nothing published yet']]))
  const { number, page, withdrawn } = release
  if (!withdrawn) return csvDownload(`results-release-${number}.csv`, writeCsv(releaseRows(page, number)))
  const rows = withdrawnRows({
    clinicName: `${page.clinicName}${page.invented}`,
    number,
    withdrawnOn: localDateOf(withdrawn.at, clinic.timeZone),
    reason: withdrawn.reason,
  })
  return csvDownload(`results-release-${number}-withdrawn.csv`, writeCsv(rows))
})
