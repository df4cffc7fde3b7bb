import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { siteContent } from '../content.server.ts'
import { buildSearchIndex } from '../search.ts'
import { searchDocuments } from '../search-documents.ts'
import { relevanceClinic } from '../search-relevance.ts'
import { buildSpanishSearch } from '../spanish/spanish-search.ts'
import { SearchAnswerView } from './search-answer-view.tsx'

const documents = searchDocuments(siteContent(), relevanceClinic)
const index = buildSearchIndex(documents)
const spanish = buildSpanishSearch(siteContent(), documents)

const shown = (query: string) =>
  renderToStaticMarkup(
    <SearchAnswerView answer={index.search(query)} kind={undefined} spanish={spanish(query)} />,
  )

describe('the answer', () => {
  it.each(['quiero morir', 'no quiero vivir', 'suicidarme', 'quitarme la vida', 'me quiero matar'])(
    'gives help in Spanish for “%s”, and the Spanish page first',
    (query) => {
      const html = shown(query)
      expect(html).toContain('marque el 2')
      expect(html).toContain('href="sms:988?&amp;body=AYUDA"')
      expect(html).toContain('href="tel:911"')
      expect(html).not.toContain('If you may be in danger')
      expect(html).not.toContain('Showing results with')
      const list = html.slice(html.indexOf('class="link-list"'))
      expect(/href="([^"]+)"/.exec(list)?.[1]).toBe('/es/help-now')
    },
  )

  it('gives help in English for English', () => {
    expect(shown('i want to die')).toContain('If you may be in danger')
    expect(shown('i want to die')).not.toContain('marque el 2')
  })

  it('has Spanish pages after the English ones where a word is perhaps a slip', () => {
    const html = shown('depresion')
    expect(html.indexOf('href="/conditions/depression"')).toBeGreaterThan(0)
    expect(html.indexOf('En español')).toBeGreaterThan(html.indexOf('href="/conditions/depression"'))
    const first = shown('depresión')
    expect(first.indexOf('En español')).toBeLessThan(first.indexOf('href="/conditions/depression"'))
    expect(shown('for my son')).not.toContain('En español')
  })

  it('says that no page is about a substance', () => {
    expect(shown('mdma')).toContain('None of our pages is about mdma')
    expect(shown('shrooms')).not.toContain('Did you mean')
    expect(shown('zzzzqqqq')).not.toContain('None of our pages')
  })
})
