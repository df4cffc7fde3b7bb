import type { PdfContent } from '../../../platform/pdf-block.ts'
import type { Instant } from '../../../platform/time.ts'

/** What is asked of each line, and how much of the width it gets. */
export const SHEET_COLUMNS = [
  { title: 'Time', width: 1 },
  { title: 'Lot', width: 1.3 },
  { title: 'Vial no.', width: 0.8 },
  { title: 'Person: initials, record no.', width: 1.7 },
  { title: 'Drawn mL', width: 1 },
  { title: 'Given mL', width: 1 },
  { title: 'Wasted mL', width: 1 },
  { title: 'Back, or to', width: 1.1 },
  { title: 'Who', width: 1.2 },
  { title: 'Witness signs', width: 1.7 },
] as const

/** Lines of a sheet that is one page, and the fewest worth beginning to write on. */
const MOST_LINES = 12
const FEWEST_LINES = 6
/** Heights on paper in points: what a page has for both tables, the first one's head and rules left out; a row; a line to write on. */
const ROOM = { firstPage: 460, furtherPage: 590, row: 8, textLine: 12, blank: 29.8 }
/** With more characters than these a cell of what stands here takes two lines. */
const ONE_LINE = { lot: 38, what: 34 }

/**
 * How many empty lines a sheet gets: twelve where they fit under what stands here, fewer where more stands there, so that it stays one
 * page; and where that leaves too few, enough to fill the further page.
 */
export function blankLines(stands: DaySheet['stands']): number {
  const used = stands.reduce((sum, { lot, what }) => {
    const texts = lot.length > ONE_LINE.lot || what.length > ONE_LINE.what ? 2 : 1
    return sum + ROOM.row + texts * ROOM.textLine
  }, 0)
  const linesIn = (room: number) => Math.floor((room - used) / ROOM.blank)
  let room = ROOM.firstPage
  if (linesIn(room) >= FEWEST_LINES) return Math.min(MOST_LINES, linesIn(room))
  while (linesIn(room) < FEWEST_LINES) room += ROOM.furtherPage
  return linesIn(room)
}

/** What stood in one place when the sheet was printed. */
export type DaySheet = {
  readonly clinic: string
  /** "The safe" */
  readonly place: string
  /** `sheetNumber`: joins the paper to the ledger. */
  readonly number: string
  readonly made: Instant
  readonly printed: string
  readonly printedBy: string
  readonly stands: readonly { readonly lot: string; readonly what: string; readonly amount: string }[]
}

/** How the sheet is used, above its lines. */
export const SHEET_RULES = [
  'A line for each draw, vial opened, waste, carrying or return, in ink; a slip is struck through once and initialled.',
  'mL to two places. Number each vial as it is opened, on it and here. Initials and record number, no names.',
  'Whoever sees waste signs on its line. With the power back: Stock, Enter from paper. Keep the sheet.',
] as const

/** The sheet as a document for printing. Pure. */
export function daySheetContent(sheet: DaySheet): PdfContent {
  return {
    title: `Day sheet: ${sheet.place}`,
    language: 'en',
    made: sheet.made,
    blocks: [
      { kind: 'heading', level: 1, text: `Day sheet: ${sheet.place}` },
      {
        kind: 'paragraph',
        text: `Controlled drugs while there is no power. Sheet ${sheet.number}, printed ${sheet.printed} by ${sheet.printedBy}. Date: ____________________`,
      },
      sheet.stands.length === 0
        ? { kind: 'paragraph', text: 'By the ledger nothing stood here when this was printed.' }
        : {
            kind: 'table',
            caption: 'Stands here by the ledger as this is printed',
            columns: [
              { title: 'Lot', width: 3 },
              { title: 'What', width: 2.8 },
              { title: 'Amount', width: 1, align: 'right' },
              { title: 'Counted', width: 0.9 },
            ],
            rows: sheet.stands.map(({ lot, what, amount }) => [lot, what, amount, '']),
          },
      { kind: 'paragraph', tone: 'quiet', text: SHEET_RULES.join(' ') },
      {
        kind: 'table',
        columns: SHEET_COLUMNS,
        rows: Array.from({ length: blankLines(sheet.stands) }, () => SHEET_COLUMNS.map(() => '\n')),
      },
    ],
    everyPage: { clinic: sheet.clinic, printed: sheet.printed, reference: `Sheet ${sheet.number}` },
  }
}
