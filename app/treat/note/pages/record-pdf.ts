import { guardedLoader } from '../../../platform/page.server.ts'
import { pdfDocument, pdfDownload } from '../../../platform/pdf-document.server.ts'
import { readSession } from '../../treat-access.ts'
import { loadRecord } from '../record-page.server.ts'
import { recordContent } from '../record-pdf.ts'

/** The record of a session as PDF; its name says neither whose it is nor of what. */
export const loader = guardedLoader(readSession, async (page) => {
  const sheet = await loadRecord(page)
  return pdfDownload(`record-${sheet.sessionId.slice(-8)}`, await pdfDocument(recordContent(sheet)))
})
