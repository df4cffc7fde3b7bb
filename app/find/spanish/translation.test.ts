import { describe, expect, it } from 'vitest'
import type { Article } from '../article.ts'
import { articleHref } from '../article.ts'
import { siteContent } from '../content.server.ts'
import { localLinks, spanishView } from './spanish-view.ts'
import { byEnglishHref, englishEdition, readTranslation } from './translation.ts'

const english: Article = {
  id: 'page',
  kind: 'page',
  title: 'A page',
  summary: 'About something.',
  authorRole: 'editor',
  reviewerRole: 'director',
  reviewedOn: 'none',
  sources: ['source:one', 'source:two'],
  keywords: [],
  order: 1,
  body: 'It helped 96 people [[source:one]]. See [who](/who).',
}

function spanish(body: string, edition = englishEdition(english)): string {
  return `---\ntitle: Una página\nsummary: Sobre algo.\ntranslates: ${edition}\nreviewedOn: none\n---\n\n${body}`
}

const read = (file: string, path = 'pages/page.md') => readTranslation(path, file, [english])

describe('a translation', () => {
  it('says what the English text says, with its citations, links and figures', () => {
    expect(read(spanish('Ayudó a 96 personas [[source:one]]. Vea [quién](/who).'))).toMatchObject({
      english: { id: 'page' },
      title: 'Una página',
      behind: false,
    })
  })

  it.each([
    [
      'another figure',
      'Ayudó a 69 personas [[source:one]]. Vea [quién](/who).',
      /figures.*missing 96, too many 69/,
    ],
    ['a figure more', 'Ayudó a 96 de 100 [[source:one]]. Vea [quién](/who).', /too many 100/],
    ['no citation', 'Ayudó a 96 personas. Vea [quién](/who).', /citations.*missing source:one/],
    ['another citation', 'Ayudó a 96 [[source:two]]. Vea [quién](/who).', /citations/],
    ['a citation the English text may not use', 'Ayudó a 96 [[source:three]]. [quién](/who)', /source:three/],
    ['a link less', 'Ayudó a 96 personas [[source:one]].', /links.*missing \/who/],
  ])('is refused with %s', (_, body, problem) => {
    expect(() => read(spanish(body))).toThrow(problem)
  })

  it('is refused without an English text of its name, and with a fact nobody knows', () => {
    expect(() => read(spanish('Texto.'), 'pages/other.md')).toThrow(/no English text/)
    expect(() => read(spanish('Texto.').replace('title:', 'colour: x\ntitle:'))).toThrow()
  })

  it('is behind, and published all the same, when the English text has changed since', () => {
    const old = englishEdition({ ...english, body: 'It helped 90 people.' })
    expect(read(spanish('Ayudó a 90 personas.', old)).behind).toBe(true)
  })

  it('knows a change of a single letter in title, summary and body', () => {
    const editions = [
      english,
      { ...english, title: 'B page' },
      { ...english, summary: 'About nothing.' },
      { ...english, body: `${english.body} ` },
    ].map(englishEdition)
    expect(new Set(editions).size).toBe(4)
    for (const edition of editions) expect(edition).toMatch(/^[0-9a-f]{12}$/)
  })
})

describe('links of a Spanish text', () => {
  const known = byEnglishHref([read(spanish('Ayudó a 96 personas [[source:one]]. Vea [quién](/who).'))])

  it('stay in Spanish where they can, and say “en inglés” where they cannot', () => {
    expect(localLinks('[a](/page), [b](/studies), [c](https://example.org)', known)).toBe(
      '[a](/es/page), [b](/studies) (en inglés), [c](https://example.org)',
    )
  })
})

describe('our Spanish texts', () => {
  const content = siteContent()

  it('are the ten most important pages', () => {
    expect([...content.spanish.keys()].sort()).toEqual([
      '/',
      '/conditions/alcohol',
      '/conditions/opioids',
      '/help-now',
      '/how-treatment-works',
      '/location',
      '/side-effects',
      '/what-else-works',
      '/what-is-ketamine',
      '/who-should-not',
    ])
  })

  it('name the off-label status and the warning of the FDA wherever the English text does', () => {
    for (const [href, { english: original, body }] of content.spanish) {
      if (!/10 October 2023/.test(original.body)) continue
      expect(body, href).toMatch(/off-label/)
      expect(body, href).toMatch(/10 de octubre de 2023/)
    }
  })

  it('speak of people, with usted, and promise nothing', () => {
    for (const [href, { title, summary, body }] of content.spanish) {
      const text = [title, summary, body].join('\n')
      expect(text, href).not.toMatch(
        /\badict[oa]s?\b|drogadict|\babus[oa]|\brecaíd|\bvosotros|\btú\b|\btienes\b|\bpuedes\b/i,
      )
      expect(text, href).not.toMatch(/\bcura\b|garantiza|milagro|probado que/i)
    }
  })

  it('leave no English word of the page around a text', () => {
    for (const [href, translation] of content.spanish) {
      const { html } = spanishView(content, href, translation)
      const words = html.replace(/<[^>]*>/g, ' ')
      expect(words, href).not.toMatch(
        /\b(unverified|rules|guideline|(?<!off-)label|under way|withdrawn|the|and|with)\b/,
      )
    }
  })

  // What is behind is published and says so itself; here it is listed for whoever translates.
  it('are told when they are behind the English text', () => {
    const behind = [...content.spanish.values()].filter((one) => one.behind)
    for (const { english: original } of behind) {
      process.emitWarning(
        `content/es: the Spanish text of ${articleHref(original)} is behind; its English edition is now ${englishEdition(original)}`,
      )
    }
    for (const { translates, english: original } of behind)
      expect(translates).not.toBe(englishEdition(original))
  })
})
