import { guardedLoader } from '../../../platform/page.server.ts'
import { pdfDocument, pdfDownload } from '../../../platform/pdf-document.server.ts'
import { readSession } from '../../treat-access.ts'
import { loadTakeHome } from '../sheets-page.server.ts'
import { takeHomeContent } from '../sheets-pdf.ts'

/** The sheet for the way home as PDF; its name says neither whose it is nor of what. */
export const loader = guardedLoader(readSession, async (page) => {
  const sheet = await loadTakeHome(page)
  return pdfDownload(`way-home-${sheet.sessionId.slice(-8)}`, await pdfDocument(takeHomeContent(sheet)))
})
