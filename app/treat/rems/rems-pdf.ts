import type { PdfBlock, PdfContent } from '../../platform/pdf-block.ts'
import type { RemsPage } from './rems-page.server.ts'

/** The sheet of a session's monitoring form as a document to print, field by field in the form's order. Pure. */
export function remsContent(
  page: Pick<RemsPage, 'form' | 'clinic' | 'made' | 'printed' | 'sections' | 'missing' | 'contradictions'>,
): PdfContent {
  const title = page.form.name
  const blocks: PdfBlock[] = [
    { kind: 'heading', level: 1, text: title },
    {
      kind: 'paragraph',
      tone: 'notice',
      text: `A sheet to fill the form from, by fields known on ${page.form.version}. Compare with the form in force. To be sent within ${page.form.withinDays} calendar days.`,
    },
    ...page.contradictions.map((text): PdfBlock => ({ kind: 'paragraph', tone: 'notice', text })),
    ...(page.sections ?? []).flatMap(({ title: heading, fields }): PdfBlock[] => [
      { kind: 'heading', level: 2, text: heading },
      { kind: 'facts', facts: fields.map(({ title: term, value }) => ({ term, value })) },
    ]),
    { kind: 'sign-here', labels: ['Sent by', 'Date and time'] },
  ]
  return {
    title,
    language: 'en',
    made: page.made,
    blocks,
    everyPage: { clinic: page.clinic, printed: page.printed },
  }
}
