import { guardedLoader } from '../../../platform/page.server.ts'
import { pdfDocument, pdfDownload } from '../../../platform/pdf-document.server.ts'
import { readSession } from '../../treat-access.ts'
import { loadHandOver } from '../sheets-page.server.ts'
import { handOverContent } from '../sheets-pdf.ts'

/** The hand-over as PDF; its name says neither whose it is nor of what. */
export const loader = guardedLoader(readSession, async (page) => {
  const sheet = await loadHandOver(page)
  return pdfDownload(`hand-over-${sheet.sessionId.slice(-8)}`, await pdfDocument(handOverContent(sheet)))
})
