import type { PdfBlock, PdfContent } from '../../platform/pdf-block.ts'
import type { Instant } from '../../platform/time.ts'
import type { HandOverPage } from './sheets-page.server.ts'
import type { TakeHomePart } from './take-home.ts'

/** The sheet for the next colleague as a document. Pure. */
export function handOverContent(page: HandOverPage): PdfContent {
  return {
    title: 'Hand-over',
    language: 'en',
    made: page.made,
    blocks: [
      { kind: 'heading', level: 1, text: `Hand-over: ${page.personName}, session ${page.sessionNumber}` },
      {
        kind: 'paragraph',
        tone: 'quiet',
        text: `${page.when}. From the log; what it does not say is unknown.`,
      },
      ...page.parts.flatMap(({ title, lines }): PdfBlock[] => [
        { kind: 'heading', level: 2, text: title },
        { kind: 'facts', facts: lines.map(({ term, value }) => ({ term, value })) },
      ]),
      { kind: 'sign-here', labels: ['Handed over by', 'Taken over by'] },
    ],
    everyPage: { clinic: page.clinic, printed: page.printed },
  }
}

/** The sheet for the way home as a document: no name, no drug. Pure. */
export function takeHomeContent(page: {
  readonly clinicName: string
  readonly made: Instant
  readonly printed: string
  readonly parts: readonly TakeHomePart[]
}): PdfContent {
  return {
    title: 'For the way home',
    language: 'en',
    made: page.made,
    blocks: [
      { kind: 'heading', level: 1, text: 'For the way home' },
      ...page.parts.flatMap(({ title, points }): PdfBlock[] => [
        { kind: 'heading', level: 2, text: title },
        { kind: 'list', items: points },
      ]),
    ],
    everyPage: { clinic: page.clinicName, printed: page.printed },
  }
}
