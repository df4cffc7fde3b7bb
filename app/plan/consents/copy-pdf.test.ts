import { parseHTML } from 'linkedom'
import { describe, expect, it } from 'vitest'
import { readPdf } from '../../../tests/pdf/read-pdf.ts'
import { parseInstant } from '../../platform/time.ts'
import type { ConsentDocument } from './consent-document.ts'
import { copyDownload, copyPdf } from './copy-file.server.ts'
import { PART_2_STATEMENT } from './copy-pdf.ts'
import { documentView } from './document-view.server.ts'
import { dataNotice } from './documents/data-notice.ts'
import { disclosureConsent } from './documents/disclosure.ts'
import { treatmentConsent3 } from './documents/treatment-3.ts'
import type { SignedCopy } from './signed-copy.server.ts'

const copyOf = (document: ConsentDocument, part: Partial<SignedCopy> = {}): SignedCopy => ({
  clinic: 'Harbor Clinic',
  person: 'Robin Sample',
  synthetic: true,
  document: documentView(document),
  signatureId: '0190aaaa-0000-7000-8000-00000abc1234',
  elements: [{ term: 'To whom', value: 'Dr. Ito' }],
  answers: document.teachBack.map((q) => ({ term: q.question, value: q.answers[0]!.label })),
  acknowledged: document.acknowledgements.map((a) => a.text),
  typedName: 'Robin Sample',
  drawing: 'M10 10L200 90M300 20L310 170',
  signedAt: 'Monday 2 November 2026, 10:00',
  helpers: [
    { term: 'Device held by', value: 'Noor Aziz: cannot hold it' },
    { term: 'Witness', value: 'Kim Bell (sister)' },
    { term: 'Interpreter', value: 'Ana Ruiz (interpreter of the county), Spanish' },
  ],
  withdrawn: { at: 'Tuesday 3 November 2026, 11:00', by: 'Robin Sample' },
  textHash: 'a'.repeat(64),
  signatureHash: '0123456789abcdef'.repeat(4),
  intact: 'intact',
  intactWords: 'Checked just now: text, answers, fields and signature are what was signed.',
  printed: 'Tuesday 24 November 2026, 12:00',
  printedAt: parseInstant('2026-11-24T17:00:00Z'),
  ...part,
})
const flat = (text: string) => text.replace(/\s+/g, ' ').trim()
const pdfOf = async (copy: SignedCopy) => readPdf(new Uint8Array(await (await copyPdf(copy)).arrayBuffer()))
/** Lines of a page read on as one text; a hash is broken anywhere, so spaces do not count. */
const packed = (text: string) => text.replace(/\s+/g, '')

describe('a signed copy as PDF', () => {
  it.each([treatmentConsent3, disclosureConsent, dataNotice])(
    '$id has everything the HTML copy has',
    async (document) => {
      const copy = copyOf(document)
      const { document: html } = parseHTML(await copyDownload(copy).text())
      const { pages } = await pdfOf(copy)
      // Without the head and foot of the pages, which stand between the lines of what goes on over two pages.
      const text = packed(
        pages
          .map((page) =>
            page
              .filter((t) => t.y < 740 && t.y > 80)
              .map((t) => t.text)
              .join(' '),
          )
          .join(' '),
      )
      const said = [...html.querySelectorAll('h1,h2,p,dt,dd,li')].map((e) => flat(e.textContent ?? ''))
      expect(said.length).toBeGreaterThan(20)
      for (const one of said.filter((t) => !/^(Version|Taken back|Hash of|Name$|Harbor Clinic$)/.test(t)))
        expect(text, one).toContain(packed(one))
      for (const one of [
        `Version ${document.version}.`,
        'Taken back Tuesday 3 November 2026, 11:00, said by Robin Sample',
        copy.textHash,
        copy.signatureHash!,
        'witness, interpreter, who helped, account, time',
        'an invented person',
      ])
        expect(text, one).toContain(packed(one))
    },
  )

  it.each([treatmentConsent3, disclosureConsent, dataNotice])(
    '$id as a file has all that the hash of its text covers',
    async (document) => {
      const { document: html } = parseHTML(await copyDownload(copyOf(document)).text())
      const text = packed(html.body.textContent ?? '')
      const { title, version, summary, sections, acknowledgements, teachBack, withdrawal } = document
      const covered = [
        title,
        `Version ${version}.`,
        summary,
        ...sections.flatMap(({ heading, blocks }) => [heading, ...blocks.flat()]),
        ...acknowledgements.map((a) => a.text),
        ...teachBack.map((q) => q.question),
        ...withdrawal.stops,
        ...withdrawal.leaves,
      ]
      for (const one of covered) expect(text, one).toContain(packed(one))
    },
  )

  it('draws the signature as strokes with words for it, and is a tagged file of the clinic', async () => {
    const { about } = await pdfOf(copyOf(treatmentConsent3))
    expect(about).toContain('/Alt (Signature drawn by Robin Sample)')
    expect(about).not.toContain('/Subtype /Image')
    expect(about).toContain('(Harbor Clinic)')
    expect((await pdfOf(copyOf(treatmentConsent3, { drawing: undefined }))).about).not.toContain('/S /Figure')
  })

  it('of a paper to disclose carries the statement of the law on every page, and no other does', async () => {
    const paper = await pdfOf(copyOf(disclosureConsent))
    for (const page of paper.pages) expect(page.map((t) => t.text)).toContain(PART_2_STATEMENT)
    expect((await pdfOf(copyOf(treatmentConsent3))).text).not.toContain(PART_2_STATEMENT)
  })

  it('says first that it is not what was signed, when it is not', async () => {
    const intactWords = 'This is not what was signed. Do not rely on it; tell the manager.'
    const { pages } = await pdfOf(
      copyOf(treatmentConsent3, { intact: 'changed', intactWords, withdrawn: undefined }),
    )
    expect(flat(pages[0]!.map((t) => t.text).join(' '))).toContain(intactWords)
  })

  it('has a name that says neither what nor for what, and stays in no cache', async () => {
    const { headers } = await copyPdf(copyOf(treatmentConsent3))
    expect(headers.get('Content-Disposition')).toBe('attachment; filename="signed-copy-0abc1234.pdf"')
    expect(headers.get('Cache-Control')).toContain('no-store')
  })
})
