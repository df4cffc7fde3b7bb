import { runQuery } from '../../../../platform/command.server.ts'
import { csvDownload } from '../../../../platform/csv-download.server.ts'
import { writeCsv } from '../../../../platform/csv-file.ts'
import { goTo, guardedLoader } from '../../../../platform/page.server.ts'
import { readForInspector } from '../../../treat-access.ts'
import { inspect } from '../inspector-page.server.ts'
import { administrationTable, movementTable } from '../inspector-rows.ts'

/** Movements or what was given as a file; its name tells neither whose nor of what. */
export const loader = guardedLoader(readForInspector, async ({ services, actor, clinic, url }) => {
  const { movements, given, from, to, isRead } = await runQuery(services, actor, (needs) =>
    inspect({ ...needs, actor }, clinic, url),
  )
  // The page says which field it is.
  if (!isRead) return goTo(`/work/stock/inspector${url.search}`)
  const what = url.searchParams.get('what') === 'given' ? 'given' : 'movements'
  const rows = what === 'given' ? administrationTable(given) : movementTable(movements)
  return csvDownload(`${what}-${from}-${to}.csv`, writeCsv(rows))
})
