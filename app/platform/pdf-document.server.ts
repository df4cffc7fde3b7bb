import type { PdfBlock, PdfContent } from './pdf-block.ts'
import { drawBlocks } from './pdf-blocks.server.ts'
import { openSheet } from './pdf-sheet.server.ts'
import { codePointName, LACKING_MARK } from './pdf-text.ts'

/**
 * A document as PDF 1.7: US letter, text that can be copied and searched, fonts inside, tagged (headings, lists, tables
 * with heads, pictures with words) for people who have it read out. The same content gives the same bytes.
 *
 * Characters the fonts lack (they have Latin, Greek, Cyrillic, Hebrew, Arabic and more, not Chinese, Japanese or Korean)
 * are printed as a mark, and the document says at its end which ones they are.
 *
 * @throws RangeError when a picture is no PNG or a drawing no path
 * @example
 * const bytes = await pdfDocument({
 *   title: 'Order 3', language: 'en', made: at,
 *   everyPage: { clinic: clinic.name, printed: momentInWords(at, clinic.timeZone) },
 *   blocks: [{ kind: 'heading', level: 1, text: 'Order 3' }, { kind: 'facts', facts: [{ term: 'Dose', value: '40 mg' }] }],
 * })
 */
export function pdfDocument(content: PdfContent): Promise<Uint8Array> {
  const sheet = openSheet(content)
  drawBlocks(sheet, content.blocks)
  const lacking = sheet.lacking()
  if (lacking.length > 0) drawBlocks(sheet, aboutLacking(lacking))
  return sheet.close()
}

function aboutLacking(lacking: readonly number[]): PdfBlock[] {
  return [
    { kind: 'heading', level: 2, text: 'What could not be printed' },
    {
      kind: 'paragraph',
      tone: 'notice',
      text: `The fonts of this file lack ${lacking.length === 1 ? 'a character' : `${lacking.length} characters`}. Each place shows ${LACKING_MARK}. The record and the page on the screen show the text as it was written.`,
    },
    {
      kind: 'paragraph',
      text: `By their Unicode numbers, in the order of their first place: ${lacking.map(codePointName).join(', ')}.`,
    },
  ]
}

/**
 * A PDF as a download that no cache keeps.
 *
 * @param fileName without ending, and neutral: it may lie in a folder that others open
 */
export function pdfDownload(fileName: string, bytes: Uint8Array): Response {
  return new Response(new Uint8Array(bytes), {
    headers: {
      'Content-Type': 'application/pdf',
      'Content-Disposition': `attachment; filename="${fileName.replace(/[^\w-]/g, '-')}.pdf"`,
      'Cache-Control': 'private, no-store',
      'X-Content-Type-Options': 'nosniff',
    },
  })
}
