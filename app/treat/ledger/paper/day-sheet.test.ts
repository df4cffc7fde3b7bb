import { expect, it } from 'vitest'
import { readPdf } from '../../../../tests/pdf/read-pdf.ts'
import { pdfDocument } from '../../../platform/pdf-document.server.ts'
import type { Instant } from '../../../platform/time.ts'
import { type DaySheet, daySheetContent, SHEET_COLUMNS } from './day-sheet.ts'

const sheet: DaySheet = {
  clinic: 'Harbor',
  place: 'The safe',
  number: '1042-9f3ab2c1',
  made: '2026-11-24T17:00:00.000Z' as Instant,
  printed: 'Tue 24 Nov 2026, 12:00',
  printedBy: 'Mara Quill',
  stands: [
    { lot: 'L1, Ketamine hydrochloride 50 mg/mL', what: '3 sealed vials of 10 mL', amount: '30.00 mL' },
    { lot: 'L1, Ketamine hydrochloride 50 mg/mL', what: 'vial 2, opened 09:10', amount: '4.40 mL' },
  ],
}
const tables = (made: DaySheet) =>
  daySheetContent(made).blocks.flatMap((block) => (block.kind === 'table' ? [block] : []))

it('says what stood there, and has twelve empty lines with a cell for everything', () => {
  const [stands, lines] = tables(sheet)
  expect(stands?.rows.map(([, what, amount]) => [what, amount])).toEqual([
    ['3 sealed vials of 10 mL', '30.00 mL'],
    ['vial 2, opened 09:10', '4.40 mL'],
  ])
  expect(lines?.rows).toHaveLength(12)
  expect(lines?.rows.flat().join('').trim()).toBe('')
  expect(lines?.columns.map(({ title }) => title)).toEqual(SHEET_COLUMNS.map(({ title }) => title))
})

it('joins the paper to the ledger on the page itself, and one page holds it', async () => {
  const bytes = await pdfDocument(daySheetContent(sheet))
  const pdf = readPdf(bytes)
  expect(pdf.pages).toHaveLength(1)
  const text = pdf.text
  for (const part of ['1042-9f3ab2c1', 'Mara Quill', 'Witness']) expect(text).toContain(part)
})

const standing = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    lot: `K${index}, Ketamine hydrochloride 50 mg/mL`,
    what: index % 2 ? 'vial 2 (serial 77123), opened Tue 24 Nov 2026, 09:10' : '3 sealed vials of 10 mL',
    amount: '30.00 mL',
  }))

it.each([
  [5, 1, 11],
  [8, 1, 8],
  [12, 2, 24],
  [40, 3, 20],
])(
  'with %i lots it takes %i pages and has %i lines, under their head on each page',
  async (count, pages, blank) => {
    const many = { ...sheet, stands: standing(count) }
    expect(tables(many).at(-1)?.rows).toHaveLength(blank)
    const pdf = readPdf(await pdfDocument(daySheetContent(many)))
    expect(pdf.pages).toHaveLength(pages)
  },
)

it('says that nothing stood there rather than leaving it out', () => {
  expect(tables({ ...sheet, stands: [] })).toHaveLength(1)
  expect(JSON.stringify(daySheetContent({ ...sheet, stands: [] }))).toContain('nothing stood here')
})
