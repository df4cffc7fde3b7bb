import { describe, expect, it } from 'vitest'
import { renderMarkdown } from './article-markdown.ts'
import { readGlossary } from './glossary.ts'
import { termMarker } from './term-marks.ts'

const filler = 'Said here in so many plain words for the test.'
const glossary = readGlossary(
  JSON.stringify([
    { id: 'receptor', term: 'Receptor', definition: filler },
    { id: 'nmda-receptor', term: 'NMDA receptor', also: ['NMDA'], definition: filler },
    {
      id: 'craving',
      term: 'Craving',
      definition: 'A strong pull & more: “use” <now> or later, as people say.',
    },
    { id: 'intravenous', term: 'Intravenous', also: ['IV'], definition: filler },
    { id: 'off-label', term: 'Off-label', definition: filler },
    { id: 'audit', term: 'AUDIT', marks: ['AUDIT'], definition: filler },
    { id: 'dose', term: 'Dose', marks: [], definition: filler },
  ]),
)

/** The terms marked in a text, as `id:word`. */
function marked(...texts: string[]): string[] {
  const mark = termMarker(glossary)
  return texts.flatMap((text) =>
    mark(text).flatMap((segment) =>
      segment.term === undefined ? [] : [`${segment.term.id}:${segment.text}`],
    ),
  )
}

describe('finding terms in a text', () => {
  it.each<[string, string[]]>([
    ['A craving comes.', ['craving:craving']],
    ['Cravings come.', ['craving:Cravings']],
    ['The NMDA receptor is a receptor.', ['nmda-receptor:NMDA receptor', 'receptor:receptor']],
    ['Two NMDA receptors.', ['nmda-receptor:NMDA receptors']],
    ['By IV, and iv in a list.', ['intravenous:IV']],
    ['chapter iv', []],
    ['It is off-label.', ['off-label:off-label']],
    ['An audit of stock.', []],
    ['The AUDIT asks.', ['audit:AUDIT']],
    ['A dose.', []],
    ['cravingly, anti-craving, craving-like', []],
    ['(craving)', ['craving:craving']],
    ['', []],
  ])('%s', (text, found) => {
    expect(marked(text)).toEqual(found)
  })

  it('marks a term once, under whichever of its names, over all texts of a page', () => {
    expect(marked('NMDA, then the NMDA receptor.', 'NMDA again, and a craving.')).toEqual([
      'nmda-receptor:NMDA',
      'craving:craving',
    ])
  })

  it('forgets nothing of the text', () => {
    const text = 'A craving, an IV line, a craving; the end'
    expect(
      termMarker(glossary)(text)
        .map((segment) => segment.text)
        .join(''),
    ).toBe(text)
  })

  it('finds nothing in an empty glossary', () => {
    expect(termMarker(new Map())('craving')).toEqual([{ text: 'craving' }])
  })
})

describe('terms in Markdown', () => {
  const html = (markdown: string) =>
    renderMarkdown(
      markdown,
      () => ({ href: '/studies/craving', label: 'Craving 2020', unverified: false }),
      termMarker(glossary),
    )

  it('link to the glossary, with the definition as the description of the link and hidden from the text', () => {
    expect(html('A craving.')).toBe(
      '<p>A <span class="term"><a href="/glossary#craving" aria-describedby="term-craving">craving</a>' +
        '<span class="term-note" id="term-craving" aria-hidden="true">A strong pull &amp; more: “use” &lt;now&gt; or later, as people say.</span></span>.</p>\n',
    )
  })

  it.each([
    ['a list item', '- a craving'],
    ['a loose list', '- a craving\n\n- more'],
    ['bold words', 'a **strong craving**'],
    ['a quotation', '> a craving'],
    ['a column', '::: columns\n### One\n\na craving\n:::'],
  ])('are marked in %s', (_, markdown) => {
    expect(html(markdown).match(/class="term"/g)).toHaveLength(1)
  })

  it.each([
    ['a heading', '## A craving'],
    ['a link', '[a craving](/studies)'],
    ['a link in bold words', '**[craving](/studies)**'],
    ['a citation', '[[study:craving]]'],
    ['code', '`craving`'],
    ['a table', '| craving |\n| --- |\n| craving |'],
    ['HTML that is shown as text', '<craving>'],
  ])('are left alone in %s', (_, markdown) => {
    expect(html(markdown)).not.toContain('class="term"')
  })

  it('leave the first mark to the first place that may have one', () => {
    expect(html('## Craving\n\n[Craving](/studies), then craving.')).toContain(', then <span class="term">')
  })

  it('are not marked without a marker', () => {
    expect(renderMarkdown('A craving.', () => ({ href: '', label: '', unverified: false }))).toBe(
      '<p>A craving.</p>\n',
    )
  })
})
