import { beforeAll, describe, expect, it } from 'vitest'
import { siteContent } from './content.server.ts'
import { buildSearchIndex, type SearchDocument, type SearchIndex } from './search.ts'
import { searchDocuments } from './search-documents.ts'
import {
  gradedGain,
  heldOutQueries,
  type RelevanceQuery,
  reciprocalRank,
  relevanceClinic,
  relevanceQueries,
} from './search-relevance.ts'
import { buildSpanishSearch } from './spanish/spanish-search.ts'

let documents: readonly SearchDocument[]
let index: SearchIndex

beforeAll(() => {
  documents = searchDocuments(siteContent(), relevanceClinic)
  index = buildSearchIndex(documents)
})

const found = (query: string) => index.search(query).results.map(({ href }) => href)

function mean(queries: Iterable<RelevanceQuery>, score = reciprocalRank): number {
  const scores = [...queries].map((query) => score(query, found(query.query)))
  return scores.reduce((sum, one) => sum + one, 0) / scores.length
}

/** What a reader of a red test needs: the query, where it should lead, and where it leads. */
function misses(queries: Iterable<RelevanceQuery>): string {
  return [...queries]
    .map((query) => ({ query, hrefs: found(query.query) }))
    .filter(({ query, hrefs }) => reciprocalRank(query, hrefs) < 1)
    .map(
      ({ query, hrefs }) =>
        `“${query.query}” → ${query.pages[0] ?? 'nothing'}, not ${hrefs.slice(0, 3).join(' ')}`,
    )
    .join('\n')
}

describe('the relevance set', () => {
  it('has at least 120 queries, each once, and names pages that exist', () => {
    expect(relevanceQueries.length).toBeGreaterThanOrEqual(120)
    const hrefs = new Set(documents.map(({ href }) => href))
    const lost = relevanceQueries.flatMap(({ query, pages }) =>
      pages.filter((page) => !hrefs.has(page)).map((page) => `${query}: ${page}`),
    )
    expect(lost).toEqual([])
  })

  it('is answered with a mean reciprocal rank of at least 0.9', () => {
    expect(mean(relevanceQueries), misses(relevanceQueries)).toBeGreaterThanOrEqual(0.9)
  })

  it('is answered as well where the search was not tuned on it', () => {
    expect(heldOutQueries.size).toBeGreaterThan(relevanceQueries.length / 5)
    expect(mean(heldOutQueries), misses(heldOutQueries)).toBeGreaterThanOrEqual(0.9)
  })

  it('has its best pages first among the good ones, mostly', () => {
    expect(mean(relevanceQueries, gradedGain)).toBeGreaterThanOrEqual(0.85)
  })

  it('hears every cry for help in it', () => {
    const cries = relevanceQueries.filter(({ sort }) => sort.startsWith('crisis'))
    const missed = cries.filter(({ query }) => {
      const answer = index.search(query)
      return !answer.crisis || answer.results[0]?.href !== '/help-now'
    })
    expect(missed.map(({ query }) => query)).toEqual([])
  })

  it('shows Spanish pages first to no English query, and to most Spanish ones', () => {
    const spanish = buildSpanishSearch(siteContent(), documents)
    const first = relevanceQueries.filter(({ query }) => spanish(query).first)
    const words =
      /quiero|suicidi|suicidarme|matarme|puedo|pastillas|muriendo|convulsiones|quitarme|español|spanish/
    expect(first.filter(({ sort, query }) => sort !== 'Spanish' && !words.test(query))).toEqual([])
    expect(first.filter(({ sort }) => sort === 'Spanish').length).toBeGreaterThan(10)
  })

  it.each(relevanceQueries.filter(({ sort }) => sort === 'no Spanish' || sort === 'gap'))(
    'leads “$query” where it should',
    (row) => {
      expect(reciprocalRank(row, found(row.query)), misses([row])).toBe(1)
    },
  )
})

describe('the measures', () => {
  const query: RelevanceQuery = { sort: 'plain', query: 'x', pages: ['/a', '/b'] }

  it('count the place of the first expected page', () => {
    expect(reciprocalRank(query, ['/z', '/b', '/a'])).toBe(1 / 2)
    expect(reciprocalRank(query, ['/z'])).toBe(0)
    expect(reciprocalRank({ ...query, pages: [] }, [])).toBe(1)
    expect(reciprocalRank({ ...query, pages: [] }, ['/z'])).toBe(0)
  })

  it('grade the order', () => {
    expect(gradedGain(query, ['/a', '/b', '/z'])).toBe(1)
    expect(gradedGain(query, ['/b', '/a'])).toBeLessThan(1)
    expect(gradedGain(query, ['/z'])).toBe(0)
  })
})
