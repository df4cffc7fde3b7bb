import { csvDownload } from '../../platform/csv-download.server.ts'
import { writeCsv } from '../../platform/csv-file.ts'
import { goTo, guardedLoader } from '../../platform/page.server.ts'
import { compareRegimens } from '../plan-access.ts'
import { regimenFile } from '../regimens/regimen-page.server.ts'

/** The minutes behind the pictures; a question that cannot be computed leads to its page, which says why. */
export const loader = guardedLoader(compareRegimens, async (page) => {
  const rows = await regimenFile(page)
  return 'page' in rows ? goTo(rows.page) : csvDownload('regimens.csv', writeCsv(rows))
})
