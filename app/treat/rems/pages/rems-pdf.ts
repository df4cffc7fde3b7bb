import { guardedLoader } from '../../../platform/page.server.ts'
import { pdfDocument, pdfDownload } from '../../../platform/pdf-document.server.ts'
import { readSession } from '../../treat-access.ts'
import { loadRems } from '../rems-page.server.ts'
import { remsContent } from '../rems-pdf.ts'

/** The sheet as PDF. Its name says neither whose it is nor of what. */
export const loader = guardedLoader(readSession, async (page) => {
  const sheet = await loadRems(page)
  return pdfDownload(`sheet-${sheet.sessionId.slice(-8)}`, await pdfDocument(remsContent(sheet)))
})
