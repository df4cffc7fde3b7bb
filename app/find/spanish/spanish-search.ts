import { plainText } from '../article-markdown.ts'
import { buildSearchIndex, type SearchDocument, type SearchIndex, type SearchResult } from '../search.ts'
import { emptyWords, words } from '../search-words.ts'
import type { SiteContent } from '../site-content.ts'
import { spanishHref } from './spanish-view.ts'
import { requestPage } from './spanish-words.ts'

/** The Spanish pages that answer a query, the best first; none when the query is not Spanish. */
export type SpanishSearch = (query: string) => readonly SearchResult[]

/** What stands above the English results: a few, so that neither language hides the other. */
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

/** Who types the name of the language looks for these pages; English ones name it, too. */
const namesOfIt = words('español spanish')

/**
 * The search of the Spanish pages. A query is Spanish when one of its words stands on a Spanish page and on no English one:
 * `presión` is, `alcohol` is not.
 *
 * @param english documents of the English pages
 */
export function buildSpanishSearch(content: SiteContent, english: readonly SearchDocument[]): SpanishSearch {
  const documents = spanishDocuments(content)
  const index: SearchIndex = buildSearchIndex(documents)
  const inEnglish = wordsOf(english.map((document) => ({ ...document, keywords: [] })))
  const onlySpanish = new Set([...wordsOf(documents)].filter((word) => !inEnglish.has(word)))
  for (const word of namesOfIt) onlySpanish.add(word)
  return (query) => {
    const asked = words(query)
    if (!asked.some((word) => onlySpanish.has(word) && !emptyWords.has(word))) return []
    return index.search(query).results.slice(0, MOST)
  }
}

function wordsOf(documents: readonly SearchDocument[]): Set<string> {
  return new Set(
    documents.flatMap(({ title, summary, keywords, body }) =>
      words([title, summary, ...keywords, body].join(' ')),
    ),
  )
}
