import { guardedLoader } from '../../../../platform/page.server.ts'
import { pdfDocument, pdfDownload } from '../../../../platform/pdf-document.server.ts'
import { readInventory } from '../../../treat-access.ts'
import { loadInventory } from '../inventory-page.server.ts'
import { inventoryContent } from '../inventory-pdf.ts'

/** A signed inventory as PDF. */
export const loader = guardedLoader(readInventory, async (page) => {
  const signed = await loadInventory(page)
  return pdfDownload(`inventory-${signed.id.slice(-8)}`, await pdfDocument(inventoryContent(signed)))
})
