import { guardedLoader } from '../../../../platform/page.server.ts'
import { pdfDocument, pdfDownload } from '../../../../platform/pdf-document.server.ts'
import { readStock } from '../../../treat-access.ts'
import { daySheetContent } from '../day-sheet.ts'
import { loadDaySheet } from '../day-sheet-page.server.ts'

/** The sheet as PDF, to be kept where the printer works without the network. */
export const loader = guardedLoader(readStock, async (page) => {
  const { sheet } = await loadDaySheet(page)
  return pdfDownload(`day-sheet-${sheet.number}`, await pdfDocument(daySheetContent(sheet)))
})
