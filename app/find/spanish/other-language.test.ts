import { describe, expect, it } from 'vitest'
import { hrefIn } from '../../platform/language.ts'
import { siteContent } from '../content.server.ts'
import { publicPageAt, publicPages } from '../meta/public-pages.ts'
import { pageLanguages } from './other-language.server.ts'
import { spanishFooter, spanishNav } from './spanish-words.ts'

const translated = [...siteContent().spanish.keys(), '/request']

describe('a page in two languages', () => {
  it.each(translated)('%s names both from both', (english) => {
    const spanish = hrefIn('es', english)
    expect(pageLanguages(english)).toEqual({
      language: 'en',
      other: { href: spanish, language: 'es' },
      both: { en: english, es: spanish },
    })
    expect(pageLanguages(spanish)).toEqual({
      language: 'es',
      other: { href: english, language: 'en' },
      both: { en: english, es: spanish },
    })
    expect(publicPageAt(siteContent(), spanish)?.path).toBe(spanish)
  })

  it('is each page that the Spanish frame leads to, and each of them is led to', () => {
    const led = new Set(
      [...spanishNav, ...spanishFooter.flatMap(({ items }) => items)].map(({ href }) => href),
    )
    expect([...led].sort()).toEqual(translated.map((href) => hrefIn('es', href)).sort())
  })
})

describe('a page in English only', () => {
  it('leads to the Spanish home, which is told where the reader came from, and has no twin', () => {
    expect(pageLanguages('/studies')).toEqual({
      language: 'en',
      other: { href: '/es?from=%2Fstudies', language: 'es' },
      both: undefined,
    })
    const english = publicPages(siteContent()).filter(({ path }) => !path.startsWith('/es'))
    for (const { path } of english) {
      const { both, other } = pageLanguages(path)
      expect(both !== undefined, path).toBe(translated.includes(path))
      expect(other.href, path).toMatch(/^\/es/)
    }
  })

  it('is none of ours: an unknown address leads to the home of the other language and is repeated nowhere', () => {
    expect(pageLanguages('/what"><b>').other.href).toBe('/es')
    expect(pageLanguages('/es/what"><b>').other.href).toBe('/')
    expect(pageLanguages('/search').other.href).toBe('/es')
  })
})
