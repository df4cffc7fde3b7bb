import { describe, expect, it } from 'vitest'
import { citedReferences, plainText, renderMarkdown } from './article-markdown.ts'
import { siteContent } from './content.server.ts'
import { readFrontMatter } from './front-matter.ts'
import { citationTarget, readSiteContent } from './site-content.ts'

const study = JSON.stringify(siteContent().studies.get('grabski-2022-kare'))
const sources = JSON.stringify({
  notice: { short: 'Notice', label: 'A notice', url: 'https://example.org/notice', checked: 'memory' },
})

const head = {
  title: 'A page',
  summary: 'About something.',
  authorRole: 'editor',
  reviewerRole: 'director',
  reviewedOn: 'none',
}

function page(
  body: string,
  facts: Record<string, string | undefined> = {},
  list = ['study:grabski-2022-kare'],
): string {
  const lines = Object.entries({ ...head, ...facts }).filter(([, value]) => value !== undefined)
  return [
    '---',
    ...lines.map(([key, value]) => `${key}: ${value}`),
    'sources:',
    ...list.map((item) => `- ${item}`),
    '---',
    '',
    body,
  ].join('\n')
}

function read(file: string, path = 'pages/a-page.md') {
  return readSiteContent(
    new Map([
      [path, file],
      ['studies/grabski-2022-kare.json', study],
      ['sources.json', sources],
    ]),
  )
}

describe('content that may be published', () => {
  it('is all of ours', () => {
    expect(siteContent().articles.length).toBeGreaterThan(15)
    expect(siteContent().studies.size).toBe(67)
  })

  it('reads a text with a cited claim', () => {
    const content = read(page('It helped 96 people [[study:grabski-2022-kare]]. See [all](/studies).'))
    expect(content.articles).toMatchObject([{ id: 'a-page', kind: 'page', title: 'A page', order: 100 }])
  })

  it('names the off-label status and the FDA warning wherever treatment is offered', () => {
    const conditions = siteContent().articles.filter(({ kind }) => kind === 'condition')
    for (const id of [
      'home',
      'how-treatment-works',
      'inside-a-session',
      'services',
      'what-is-ketamine',
      'how-ketamine-may-act',
      'what-it-feels-like',
      'what-it-costs',
      'what-else-works',
      'who-should-not',
      'side-effects',
      'bladder-and-dependence',
      'after-care',
      'for-families',
      'team',
      'one-infusion',
      'why-therapy',
      'cravings-first-week',
      'opioids-two-trials',
      'lozenges-at-home',
      'street-and-clinic',
      'no-difference',
      'when-it-does-not-help',
      ...conditions.map(({ id }) => id),
    ]) {
      const article = siteContent().articles.find(
        (candidate) => candidate.id === id && candidate.kind !== 'question',
      )!
      expect(article.body, id).toMatch(/off-label/)
      expect(article.body, id).toMatch(/10 October 2023/)
      expect(citedReferences(article.body), id).toContain('source:fda-2023-compounded')
    }
  })

  it('has no name, address, telephone number or price of a clinic in it', () => {
    for (const article of siteContent().articles) {
      expect(article.body, article.id).not.toMatch(/nova health|fairfax|virginia|703-|\$\s?\d/i)
    }
  })
})

describe('content that may not', () => {
  it.each([
    ['no title', page('Text.', { title: undefined }), /title/],
    ['no reviewer', page('Text.', { reviewerRole: undefined }), /reviewerRole/],
    ['no review day', page('Text.', { reviewedOn: undefined }), /reviewedOn/],
    ['a review day that is none', page('Text.', { reviewedOn: '2026-13-40' }), /reviewedOn/],
    ['an unknown fact', page('Text.', { colour: 'blue' }), /colour/],
    ['no source', page('Text.', {}, []), /sources/],
    [
      'a source that does not exist',
      page('Text.', {}, ['study:nobody-1900']),
      /study:nobody-1900 does not exist/,
    ],
    ['a malformed source', page('Text.', {}, ['grabski']), /must be study/],
    ['a citation its head does not list', page('Text [[source:notice]].'), /cites source:notice/],
    ['a dead link', page('See [this](/nowhere).'), /link \/nowhere leads nowhere/],
    ['a dead study link', page('See [this](/studies/nobody).'), /link \/studies\/nobody/],
    ['a percentage without a source', page('It helped 60% of us.'), /figure without a source/],
    ['a count of people without a source', page('It helped 12 of 40 people.'), /figure without a source/],
    [
      'a claim in a list item whose neighbor is cited',
      page('- 60% did\n- 40% [[study:grabski-2022-kare]]'),
      /60% did/,
    ],
    ['no text', page(''), /no text/],
    ['no head', 'Text', /must begin with ---/],
  ])('%s', (_, file, problem) => {
    expect(() => read(file)).toThrow(problem)
  })

  it('a study whose file has another name', () => {
    expect(() => readSiteContent(new Map([['studies/other.json', study]]))).toThrow(
      /not the name of the file/,
    )
  })

  it('a study without its number of people said or left unknown', () => {
    const { peopleTotal, ...rest } = JSON.parse(study)
    expect(peopleTotal).toBe(96)
    expect(() =>
      readSiteContent(new Map([['studies/grabski-2022-kare.json', JSON.stringify(rest)]])),
    ).toThrow(/peopleTotal/)
  })

  it('a text in a folder that is none', () => {
    expect(() => read(page('Text.'), 'letters/a-page.md')).toThrow(/pages, conditions, questions or articles/)
  })

  it('names every problem at once', () => {
    expect(() => read(page('See [this](/nowhere) and 50%.'))).toThrow(/nowhere[\s\S]*figure without/)
  })
})

describe('the head of a file', () => {
  it('holds facts and lists', () => {
    const { facts, body } = readFrontMatter(
      '---\ntitle: One: two\nkeywords:\n- a\n  - b\n---\n\nText\n---\nmore\n',
    )
    expect(facts).toEqual({ title: 'One: two', keywords: ['a', 'b'] })
    expect(body).toBe('Text\n---\nmore')
  })

  it.each([
    ['---\ntitle: a\ntitle: b\n---\n', /line 3: title is given twice/],
    ['---\n- a\n---\n', /line 2: a list item/],
    ['---\nnot a fact\n---\n', /line 2: neither/],
    ['---\ntitle: a\n', /not closed/],
  ])('%j is refused', (file, problem) => {
    expect(() => readFrontMatter(file)).toThrow(problem)
  })
})

describe('Markdown', () => {
  const content = read(page('It helped 96 people [[study:grabski-2022-kare]].'))
  const html = (text: string) => renderMarkdown(text, (reference) => citationTarget(content, reference))

  it('turns citations into links and marks the unverified', () => {
    expect(html('A [[study:grabski-2022-kare]].')).toContain(
      '<a class="citation" href="/studies/grabski-2022-kare">Grabski 2022</a>',
    )
    expect(html('B [[source:notice]].')).toContain('href="#source-notice">Notice, unverified</a>')
  })

  it('refuses a citation that leads nowhere', () => {
    expect(() => html('[[study:nobody]]')).toThrow(/No study nobody/)
  })

  it('never obeys HTML or dangerous addresses', () => {
    expect(html('<script>alert(1)</script>')).not.toContain('<script')
    expect(html('a <b onclick="x">b</b>')).not.toContain('<b ')
    expect(html('[x](javascript:alert(1))')).not.toContain('href')
    expect(html('[x](//evil.example)')).not.toContain('href')
    expect(html('![x"onerror=1](y)')).not.toContain('<img')
    expect(html('[call](tel:988)')).toContain('href="tel:988"')
  })

  it('gives headings an id', () => {
    expect(html('## What it is')).toContain('<h2 id="what-it-is">What it is</h2>')
  })

  it('sets sections side by side, their headings kept', () => {
    const text =
      'Before.\n\n::: columns\n### Known\n\nA [[study:grabski-2022-kare]].\n\n### Not known\n\nB.\n:::\n\nAfter.'
    expect(html(text)).toMatch(
      /<p>Before\.<\/p>\n<div class="prose-columns"><section><h3 id="known">Known<\/h3>\n<p>A <a class="citation"[^>]*>Grabski 2022<\/a>\.<\/p>\n<\/section><section><h3 id="not-known">Not known<\/h3>\n<p>B\.<\/p>\n<\/section><\/div>\n<p>After\.<\/p>/,
    )
    expect(plainText(text)).toBe('Before. Known A. Not known B. After.')
  })

  it('gives no id twice', () => {
    expect(html('### Known\n\na\n\n### Known\n\nb')).toMatch(/id="known">[\s\S]*id="known-2">/)
  })

  it('reads plain for the search', () => {
    expect(plainText('## Head\n\nA **b** [c](/d) [[study:x-1]].\n\n- e\n1. f')).toBe('Head A b c. e f')
  })
})
