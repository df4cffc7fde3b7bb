import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { readPdf } from '../../tests/pdf/read-pdf.ts'
import type { PdfBlock, PdfContent } from './pdf-block.ts'
import { pdfDocument, pdfDownload } from './pdf-document.server.ts'
import { parseInstant } from './time.ts'

const content = (blocks: readonly PdfBlock[], part: Partial<PdfContent> = {}): PdfContent => ({
  title: 'Consent & <treatment>',
  language: 'en',
  made: parseInstant('2026-11-24T17:00:00Z'),
  blocks,
  everyPage: { clinic: 'Harbor & Daughters', printed: 'Printed 24 November 2026', reference: 'a1b2c3' },
  ...part,
})
const read = async (blocks: readonly PdfBlock[], part: Partial<PdfContent> = {}) =>
  readPdf(await pdfDocument(content(blocks, part)))
const paragraph = (text: string): PdfBlock => ({ kind: 'paragraph', text })
const words = (many: number, from = 0) => Array.from({ length: many }, (_, i) => `w${from + i}`).join(' ')
const flat = (text: string) => text.replaceAll('\u{A0}', ' ').replace(/\s+/g, ' ')

describe('a document as PDF', () => {
  it('is the same file for the same content, and says when it was made', async () => {
    const blocks = [{ kind: 'heading', level: 1, text: 'One' } as const, paragraph('Two')]
    const [one, two] = [await pdfDocument(content(blocks)), await pdfDocument(content(blocks))]
    expect(Buffer.compare(one, two)).toBe(0)
    const later = await pdfDocument(content(blocks, { made: parseInstant('2026-11-25T17:00:00Z') }))
    expect(Buffer.compare(one, later)).not.toBe(0)
    expect(readPdf(one).about).toContain('(D:20261124170000Z)')
  })

  it('is tagged: language, title, headings, list, table heads, words for a drawing', async () => {
    const { catalog, about, metadata } = await read([
      { kind: 'heading', level: 1, text: 'One' },
      { kind: 'heading', level: 3, text: 'Two' },
      { kind: 'list', items: ['a', 'b'] },
      { kind: 'facts', facts: [{ term: 'Name', value: 'Robin' }] },
      { kind: 'table', caption: 'Readings', columns: [{ title: 'Minute' }], rows: [['5']] },
      {
        kind: 'drawing',
        path: 'M0 0L600 180',
        box: { width: 600, height: 180 },
        width: 200,
        alt: 'Drawn signature',
      },
    ])
    expect(catalog).toContain('/Lang (en)')
    expect(catalog).toMatch(/\/MarkInfo .*\/StructTreeRoot|\/StructTreeRoot .*\/MarkInfo/s)
    expect(about).toContain('/Marked true')
    expect(about).toContain('/DisplayDocTitle true')
    expect(about).toContain('(Consent & <treatment>)')
    for (const tag of [
      'Document',
      'H1',
      'H3',
      'L',
      'LI',
      'Lbl',
      'LBody',
      'Table',
      'Caption',
      'THead',
      'TH',
      'TD',
    ])
      expect(about, tag).toContain(`/S /${tag}\n`)
    expect(about).toContain('/Alt (Drawn signature)')
    expect(about).toContain('/Scope /Column')
    expect(metadata).toContain('Consent &amp; &lt;treatment&gt;')
    expect(metadata).toContain('Harbor &amp; Daughters')
  })

  it('holds its text as text, with letters of many scripts, and says what is unknown', async () => {
    const names = ['Zoë Łuczak', 'Жанна Ωmega', 'Đặng Văn Lâm', 'efficient office']
    const { text } = await read([
      ...names.map(paragraph),
      { kind: 'facts', facts: [{ term: 'Born', value: undefined }] },
    ])
    for (const name of names) expect(flat(text)).toContain(name)
    expect(flat(text)).toContain('Born unknown')
    expect(text).not.toContain('could not be printed')
  })

  it('marks what the fonts lack, in title lines too, and names it at its end', async () => {
    const { text, pages } = await read([
      { kind: 'heading', level: 1, text: '山 here' },
      paragraph('and 田, and 山 again'),
      ...Array.from({ length: 60 }, (_, i) => paragraph(`line ${i}`)),
    ])
    expect(flat(text)).toContain('\u{FFFD} here and \u{FFFD}, and \u{FFFD} again')
    const last = flat(
      pages
        .at(-1)!
        .map((t) => t.text)
        .join(' '),
    )
    expect(last).toContain('What could not be printed')
    expect(last).toContain('U+5C71, U+7530')
  })

  it('loses no word over pages, and writes nothing outside the paper', async () => {
    const { text, pages } = await read([
      paragraph(words(900)),
      { kind: 'list', items: [words(700, 1000), words(3, 2000)] },
      {
        kind: 'facts',
        facts: [
          { term: words(5, 3000), value: words(40, 3100) },
          { term: 'Hash', value: 'f'.repeat(400), as: 'code' },
        ],
      },
      {
        kind: 'table',
        columns: [{ title: 'A' }, { title: 'B', width: 3, align: 'right' }],
        rows: [
          ['x', words(3500, 5000)],
          [words(2, 9000), 'y'.repeat(300)],
        ],
      },
    ])
    const found = new Set(flat(text).split(' '))
    for (const [from, many] of [
      [0, 900],
      [1000, 700],
      [2000, 3],
      [3000, 5],
      [3100, 40],
      [5000, 3500],
      [9000, 2],
    ] as const)
      for (let i = from; i < from + many; i++) expect(found.has(`w${i}`), `w${i}`).toBe(true)
    expect(text.replace(/[^f]/g, '')).toMatch(/f{400}/)
    expect(pages.length).toBeGreaterThan(5)
    for (const page of pages)
      for (const { x, y } of page) {
        expect(x).toBeGreaterThanOrEqual(62)
        expect(x).toBeLessThan(550)
        expect(y).toBeGreaterThan(20)
      }
  })

  it('has clinic, print date, reference and page k of n on every page', async () => {
    const { pages } = await read(Array.from({ length: 120 }, (_, i) => paragraph(`line ${i}`)))
    expect(pages.length).toBeGreaterThan(2)
    pages.forEach((page, i) => {
      const all = page.map((t) => t.text)
      expect(all).toEqual(
        expect.arrayContaining([
          'Harbor & Daughters',
          'Printed 24 November 2026',
          'a1b2c3',
          `Page ${i + 1} of ${pages.length}`,
        ]),
      )
    })
  })

  it('never leaves a heading without the first lines of what follows, whatever stands before', async () => {
    const after: readonly ((i: number) => PdfBlock)[] = [
      (i) => paragraph(`first${i} ${words(60)}`),
      (i) => ({ kind: 'list', items: [`first${i} ${words(60)}`] }),
      (i) => ({ kind: 'facts', facts: [{ term: `first${i}`, value: words(50) }] }),
      (i) => ({ kind: 'table', columns: [{ title: 'T' }], rows: [[`first${i}`]] }),
      (i) => ({ kind: 'sign-here', labels: [`first${i}`] }),
    ]
    const sections = Array.from({ length: 150 }, (_, i): PdfBlock[] => [
      paragraph(words((i * 37) % 90)),
      { kind: 'heading', level: i % 2 ? 2 : 3, text: `Heading${i}.` },
      ...(i % 3 === 0 ? [{ kind: 'heading', level: 3, text: `Below${i}.` } as const] : []),
      after[i % after.length]!(i),
    ])
    const { pages } = await read(sections.flat())
    expect(pages.length).toBeGreaterThan(10)
    const pageOf = (word: string) =>
      pages.findIndex((page) => page.some((t) => t.text.split(/ /).includes(word)))
    for (let i = 0; i < 150; i++) {
      expect(pageOf(`first${i}`), `section ${i}`).toBeGreaterThanOrEqual(0)
      expect(pageOf(`Heading${i}.`), `section ${i}`).toBe(pageOf(`first${i}`))
    }
  })

  it('keeps a paragraph that ends with a colon with the list it announces', async () => {
    const sections = Array.from({ length: 80 }, (_, i): PdfBlock[] => [
      paragraph(words((i * 41) % 70)),
      paragraph(`This${i} stays:`),
      { kind: 'list', items: [`point${i} ${words(30)}`] },
    ])
    const { pages } = await read(sections.flat())
    const pageOf = (word: string) =>
      pages.findIndex((page) => page.some((t) => t.text.startsWith(`${word} `)))
    for (let i = 0; i < 80; i++) expect(pageOf(`This${i}`), `section ${i}`).toBe(pageOf(`point${i}`))
  })

  it('repeats the head of a table on each page and each row once', async () => {
    const rows = Array.from({ length: 120 }, (_, i) => [`r${i}.`, 'reading'])
    const { pages } = await read([{ kind: 'table', columns: [{ title: 'Minute' }, { title: 'What' }], rows }])
    expect(pages.length).toBeGreaterThan(2)
    for (const page of pages) expect(page.filter((t) => t.text === 'Minute')).toHaveLength(1)
    const all = pages.flat().map((t) => t.text)
    for (const [cell] of rows) expect(all.filter((t) => t === cell)).toHaveLength(1)
  })

  it('breaks no word of a table that fits its line: neither a head nor a lot number', async () => {
    const columns = [
      { title: 'Place', width: 2 },
      { title: 'Drug', width: 3 },
      { title: 'Lot', width: 2 },
      { title: 'Usable through', width: 2 },
      { title: 'Sealed' },
      { title: 'Opened', width: 1.5 },
      { title: 'mg' },
      { title: 'Counted', width: 3 },
    ]
    const row = ['Cabinet', 'Ketamine', 'KETW8812/2026A', 'Sun', '12', '100.00 mL', '10000.25', 'not counted']
    const { pages } = await read([{ kind: 'table', columns, rows: [row] }])
    const texts = pages.flat().map(({ text }) => text)
    expect(texts).toEqual(expect.arrayContaining(['Sealed', 'Opened', 'KETW8812/2026A', '10000.25']))
  })

  it('draws a PNG, and refuses what is no picture and no path', async () => {
    const png = onePixel()
    expect((await read([{ kind: 'image', png, alt: 'A dot', width: 40 }])).about).toContain('/Subtype /Image')
    const box = { width: 10, height: 10 }
    await expect(read([{ kind: 'image', png: new Uint8Array(30), alt: '', width: 40 }])).rejects.toThrow(
      'not a PNG',
    )
    await expect(read([{ kind: 'drawing', path: 'url(x)', box, alt: '', width: 40 }])).rejects.toThrow(
      'not the data of an SVG path',
    )
  })
})

it('a download has a plain name and is kept by no cache', () => {
  const { headers } = pdfDownload('signed copy/"1', new Uint8Array([1]))
  expect(headers.get('Content-Disposition')).toBe('attachment; filename="signed-copy--1.pdf"')
  expect(headers.get('Cache-Control')).toBe('private, no-store')
  expect(headers.get('Content-Type')).toBe('application/pdf')
})

/** The smallest PNG there is: one grey dot. */
function onePixel(): Uint8Array {
  const chunk = (type: string, data: Buffer) => {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(data.length)
    return Buffer.concat([length, Buffer.from(type, 'latin1'), data, Buffer.alloc(4)])
  }
  const head = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0])
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.from([0, 128]))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
