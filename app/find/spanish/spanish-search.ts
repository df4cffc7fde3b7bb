import { plainText } from '../article-markdown.ts'
import { buildSearchIndex, type SearchDocument, type SearchIndex, type SearchResult } from '../search.ts'
import type { SiteContent } from '../site-content.ts'
import { spanishHref } from './spanish-view.ts'
import { requestPage } from './spanish-words.ts'
import { spanishnessOf } from './spanish-words-typed.ts'

export type SpanishAnswer = {
  /** The Spanish pages that answer a query, the best first; none when nothing in it is Spanish. */
  readonly results: readonly SearchResult[]
  /** Whether they stand before the English ones: the query is clearly more Spanish than English. */
  readonly first: boolean
}

export type SpanishSearch = (query: string) => SpanishAnswer

/** What stands beside the English results: a few, so that neither language hides the other. */
const MOST = 3

/** The Spanish pages as documents. They have an index of their own, so that they move nothing in the English one. */
function spanishDocuments(content: SiteContent): SearchDocument[] {
  const texts = [...content.spanish].map(
    ([href, { english, title, summary, keywords, body }]): SearchDocument => ({
      href: spanishHref(href),
      kind: english.kind,
      title,
      summary,
      keywords,
      body: plainText(body),
    }),
  )
  return [
    ...texts,
    {
      href: '/es/request',
      kind: 'page',
      ...requestPage,
      keywords: [
        'cita',
        'solicitud',
        'pedir',
        'consulta',
        'visita',
        'español',
        'hablan español',
        'intérprete',
      ],
      body: '',
    },
  ]
}

/**
 * The search of the Spanish pages, for queries that may be Spanish.
 *
 * @param english documents of the English pages
 */
export function buildSpanishSearch(content: SiteContent, english: readonly SearchDocument[]): SpanishSearch {
  const documents = spanishDocuments(content)
  const index: SearchIndex = buildSearchIndex(documents, spanishHref('/help-now'))
  const spanishness = spanishnessOf(documents, english)
  return (query) => {
    const how = spanishness(query)
    if (how === 'no') return { results: [], first: false }
    return { results: index.search(query).results.slice(0, MOST), first: how === 'spanish' }
  }
}
