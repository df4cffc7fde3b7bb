import { describe, expect, it } from 'vitest'
import { siteContent } from '../content.server.ts'
import { hidesFromSearch, xmlText } from './addresses.ts'
import { feed } from './feed.ts'
import { type PublicPage, publicPageAt, publicPages } from './public-pages.ts'
import { robots } from './robots.ts'
import { scriptSafeJson } from './script-safe-json.ts'
import { cardFile } from './share-card.server.ts'
import { shareCard } from './share-card.ts'
import { sitemap } from './sitemap.ts'
import { type Node, structuredData } from './structured-data.ts'

const address = { linkBase: 'https://clinic.example', publicUrl: 'https://clinic.example' }
const clinic = {
  name: 'A & B <Clinic>',
  city: 'Fairfax',
  region: 'Virginia',
  addressLines: ['1 Main Street'],
  phoneDisplay: '703-555-0100',
  email: 'hello@example.org',
  openingHours: [
    { days: 'Monday to Friday', opens: '08:00', closes: '17:00' },
    { days: 'Saturday', opens: '09:00', closes: '12:00' },
    { days: 'Sunday', opens: '', closes: '' },
    { days: 'by arrangement', opens: '08:00', closes: '17:00' },
  ],
  services: [{ name: 'First conversation', summary: 'By telephone.', price: '$0' }],
  demonstration: false,
}
const page = (facts: Partial<PublicPage> = {}): PublicPage => ({
  path: '/conditions/alcohol',
  kind: 'condition',
  title: 'Alcohol',
  summary: 'What is known.',
  reviewedOn: null,
  ...facts,
})
const home = page({ path: '/', kind: 'home' })
const graph = (node: Node) => node['@graph'] as Node[]
const nodeOf = (node: Node, type: string) => graph(node).find((one) => one['@type'] === type)!

describe('public pages', () => {
  const pages = publicPages(siteContent())

  it('are the texts, the lists and the studies, each once', () => {
    const paths = pages.map(({ path }) => path)
    expect(new Set(paths).size).toBe(paths.length)
    for (const wanted of ['/', '/conditions/alcohol', '/studies/grabski-2022-kare', '/articles', '/request'])
      expect(paths).toContain(wanted)
    for (const path of paths) expect(path).toMatch(/^\/[a-z0-9/-]*$/)
    expect(pages.filter(({ kind }) => kind === 'study')).toHaveLength(siteContent().studies.size)
  })

  it('are found as the address tree finds them; nothing else is', () => {
    const at = (path: string) => publicPageAt(siteContent(), path)?.path
    expect(at('/Conditions/ALCOHOL/')).toBe('/conditions/alcohol')
    expect(at('/')).toBe('/')
    expect(at('/conditions/"><script>')).toBeUndefined()
    expect(at('/search')).toBeUndefined()
    expect(at('/sign-in')).toBeUndefined()
  })
})

describe('structured data', () => {
  it('gives the whole clinic on the first page and on the location page, elsewhere its name', () => {
    const whole = nodeOf(structuredData(home, clinic, address.linkBase), 'MedicalClinic')
    expect(whole).toMatchObject({
      telephone: '703-555-0100',
      openingHours: ['Mo-Fr 08:00-17:00', 'Sa 09:00-12:00'],
      address: { streetAddress: '1 Main Street', addressLocality: 'Fairfax' },
    })
    expect(nodeOf(structuredData(page(), clinic, address.linkBase), 'MedicalClinic')).toEqual({
      '@type': 'MedicalClinic',
      '@id': 'https://clinic.example/#clinic',
      name: clinic.name,
      url: 'https://clinic.example/',
    })
  })

  it('claims nothing that a demonstration has invented', () => {
    const said = JSON.stringify(structuredData(home, { ...clinic, demonstration: true }, address.linkBase))
    expect(said).toContain('invented')
    for (const invented of ['Main Street', '555', 'hello@', 'Mo-Fr', 'First conversation'])
      expect(said).not.toContain(invented)
  })

  it('says a review only when there was one', () => {
    const of = (facts: Partial<PublicPage>) =>
      nodeOf(structuredData(page(facts), clinic, address.linkBase), 'MedicalWebPage')
    expect(of({})).not.toHaveProperty('lastReviewed')
    expect(of({ reviewedOn: '2026-10-01' }).lastReviewed).toBe('2026-10-01')
  })

  it('is a page of questions where there are questions', () => {
    const faq = structuredData(page({ path: '/questions', kind: 'list' }), clinic, address.linkBase, [
      { id: 'age', question: 'How old?', answer: 'Adults only.' },
    ])
    expect(nodeOf(faq, 'FAQPage').mainEntity).toMatchObject([
      { '@type': 'Question', name: 'How old?', url: 'https://clinic.example/questions#age' },
    ])
  })

  it('ends no script element and comes back as it was', () => {
    const value = { a: '</script><!--<script>', b: 'x\u2028y & z' }
    const json = scriptSafeJson(value)
    expect(json).not.toMatch(/[<>&\u2028]/)
    expect(JSON.parse(json)).toEqual(value)
  })
})

describe('sitemap, feed and robots', () => {
  it('lists every page, with a day only where somebody reviewed', () => {
    const xml = sitemap([home, page({ reviewedOn: '2026-10-01' })], address)
    expect(xml).toContain('<url><loc>https://clinic.example/</loc></url>')
    expect(xml).toContain('<lastmod>2026-10-01</lastmod>')
    expect(xml.match(/<lastmod>/g)).toHaveLength(1)
  })

  it('feeds articles first, invents no date, and shows a changed text anew', () => {
    const article = page({ path: '/articles/one', kind: 'article', title: 'A & B' })
    const make = (edition: string) => feed([page(), home, article], clinic.name, address, () => edition)
    const xml = make('e1')
    expect(xml.indexOf('/articles/one')).toBeLessThan(xml.indexOf('/conditions/alcohol'))
    expect(xml).toContain('<title>A &amp; B</title>')
    expect(xml).not.toContain('pubDate')
    expect(xml.match(/<item>/g)).toHaveLength(2)
    expect(make('e2')).toContain('/articles/one@e2')
    expect(feed([page({ reviewedOn: '2026-10-01' })], 'x', address, () => 'e')).toContain(
      '<pubDate>Thu, 01 Oct 2026 00:00:00 GMT</pubDate>',
    )
  })

  it('keeps robots out of rooms, and away from a demonstration in public', () => {
    expect(robots(false, address)).toContain('Disallow: /work\n')
    expect(robots(false, address)).toContain('Sitemap: https://clinic.example/sitemap.xml')
    expect(robots(true, address)).toBe('User-agent: *\nDisallow: /\n')
    expect(hidesFromSearch(true, { linkBase: 'http://127.0.0.1:3000', publicUrl: undefined })).toBe(false)
  })

  it('writes XML that holds any text', () => {
    expect(xmlText(`<a b="c">'&\u0000\u000b`)).toBe('&lt;a b=&quot;c&quot;&gt;&apos;&amp;')
  })
})

describe('the picture of a shared link', () => {
  it('holds every title in three lines that fit', () => {
    for (const one of publicPages(siteContent())) {
      const lines = [...shareCard(one).matchAll(/<text x="84" y="\d+">([^<]*)<\/text>/g)].map(
        ([, said]) => said!,
      )
      expect(lines.length, one.title).toBeLessThanOrEqual(3)
      expect(lines.join(' ').replaceAll('&amp;', '&'), one.title).toBe(one.title)
    }
  })

  it('gets another address when it is drawn otherwise', () => {
    expect(cardFile(page())).toMatch(/^conditions-alcohol-[0-9a-f]{10}\.png$/)
    expect(cardFile(page({ title: 'Alcohol?' }))).not.toBe(cardFile(page()))
  })
})
