import { guardedLoader } from '../../../platform/page.server.ts'
import { pdfDocument, pdfDownload } from '../../../platform/pdf-document.server.ts'
import { readOrders } from '../../plan-access.ts'
import { orderSheet } from '../order-sheet.server.ts'
import { orderContent } from '../order-sheet-pdf.ts'

/** The sheet of one order as PDF. Its name says neither whose it is nor of what. */
export const loader = guardedLoader(readOrders, async (page) => {
  const sheet = await orderSheet(page)
  return pdfDownload(`order-sheet-${sheet.order.id.slice(-8)}`, await pdfDocument(orderContent(sheet)))
})
