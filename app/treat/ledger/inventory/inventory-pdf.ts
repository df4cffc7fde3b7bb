import type { PdfBlock, PdfContent } from '../../../platform/pdf-block.ts'
import { dateInWords } from '../../../platform/time.ts'
import { amountInWords, mgFigure } from '../movement-words.ts'
import {
  countedInWords,
  DAY_PART_WORDS,
  type InventoryDocument,
  inventoryTotals,
  KIND_TITLES,
  restsOn,
} from './inventory.ts'

/** A signed inventory as a document to print or to keep. Pure: the same document gives the same content. */
export function inventoryContent(page: {
  readonly document: InventoryDocument
  readonly digest: string
  readonly printed: string
}): PdfContent {
  const { document, digest } = page
  const title = KIND_TITLES[document.kind]
  const blocks: PdfBlock[] = [
    { kind: 'heading', level: 1, text: `${title} of controlled substances` },
    {
      kind: 'facts',
      facts: [
        { term: 'Registrant', value: [document.clinic, ...document.address].join(', ') },
        { term: 'Taken', value: `${document.when}, at ${DAY_PART_WORDS[document.dayPart]}` },
        { term: 'Signed by', value: `${document.signedBy} and ${document.secondSignedBy}` },
        { term: 'Covers the ledger up to movement', value: String(document.ledgerSeq) },
        { term: 'Digest (SHA-256)', value: digest, as: 'code' },
      ],
    },
    { kind: 'heading', level: 2, text: 'What the figures rest on' },
    { kind: 'list', items: restsOn(document) },
    { kind: 'heading', level: 2, text: 'By place and lot' },
    {
      kind: 'table',
      columns: [
        { title: 'Place', width: 2 },
        { title: 'Drug', width: 3 },
        { title: 'Lot', width: 2 },
        { title: 'Usable through', width: 2 },
        { title: 'Sealed', align: 'right' },
        { title: 'Opened', width: 1.5, align: 'right' },
        { title: 'mg', align: 'right' },
        { title: 'Counted', width: 3 },
      ],
      rows: document.rows.map((row) => [
        row.place,
        `${row.drug} ${row.strength}${row.containerMl ? `, vials of ${row.containerMl} mL` : ''}`,
        row.lotNumber,
        dateInWords(row.expiresOn),
        String(row.sealed),
        row.openedHundredths === 0 ? '0' : amountInWords(row.openedHundredths, row.form),
        mgFigure(row.micrograms),
        countedInWords(row),
      ]),
    },
    { kind: 'heading', level: 2, text: 'Altogether' },
    {
      kind: 'table',
      columns: [
        { title: 'Drug', width: 3 },
        { title: 'Amount', align: 'right' },
        { title: 'mg', align: 'right' },
      ],
      rows: inventoryTotals(document.rows).map(({ what, form, hundredths, micrograms }) => [
        what,
        amountInWords(hundredths, form),
        mgFigure(micrograms),
      ]),
    },
    ...(document.discrepancies.length > 0
      ? ([
          { kind: 'heading', level: 2, text: 'Open discrepancies' },
          { kind: 'list', items: document.discrepancies },
        ] satisfies PdfBlock[])
      : []),
    { kind: 'sign-here', labels: ['Signature', 'Second signature'] },
  ]
  return {
    title,
    language: 'en',
    made: document.at,
    blocks,
    everyPage: { clinic: document.clinic, printed: page.printed, reference: digest.slice(0, 16) },
  }
}
