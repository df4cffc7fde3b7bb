import { loadavg } from 'node:os'
import MiniSearch from 'minisearch'
import { siteContent } from '../app/find/content.server.ts'
import { buildSearchIndex } from '../app/find/search.ts'
import { searchDocuments } from '../app/find/search-documents.ts'
import { relevanceClinic, relevanceQueries } from '../app/find/search-relevance.ts'
import { type Measure, median, quantile, timed } from './figure.ts'

/** What the relevance set does not have: as long and as misspelled as the search reads. */
const HARDEST = [
  'alkohoal ketamien depresion cocane withdrawl insurrance bladdder gambeling benzodiazapine naltrxone methadnoe herion',
  'zzzzzzzz '.repeat(30),
]

/**
 * One query over the whole site, ranking, corrections and marked snippets included; beside MiniSearch alone. A query's
 * own time is the fastest of its calls, because on a shared machine the others measure the neighbors; every call, as the
 * clock saw it, stands in a row of its own.
 */
export const measure: Measure = async ({ smoke }) => {
  const documents = searchDocuments(siteContent(), relevanceClinic)
  const ours = buildSearchIndex(documents)
  const plain = new MiniSearch({ idField: 'href', fields: ['title', 'summary', 'keywords', 'body'] })
  plain.addAll(documents.map((document) => ({ ...document, keywords: document.keywords.join(' ') })))
  const all = [...relevanceQueries.map(({ query }) => query), ...HARDEST]
  const queries = smoke ? all.slice(-20) : all
  const calls = smoke ? 2 : 10
  const run = async (search: (query: string) => unknown) => {
    const taken = await timed(
      calls * queries.length,
      (i) => search(queries[i % queries.length]!),
      2 * queries.length,
    )
    const own = queries.map((_, at) => Math.min(...taken.filter((_, i) => i % queries.length === at)))
    return { taken, own }
  }
  const mine = await run((query) => ours.search(query))
  const bare = await run((query) => plain.search(query, { prefix: true, fuzzy: 0.2 }))
  const how = `${documents.length} documents, ${queries.length} queries of the relevance set, ${calls} calls each, load ${loadavg()[0]!.toFixed(1)}`
  const row = (name: string, value: (times: typeof mine) => number) => ({
    name,
    unit: 'ms',
    ours: value(mine),
    peer: { name: 'MiniSearch alone', value: value(bare) },
    how,
  })
  return [
    row('query, median', ({ own }) => median(own)),
    row('query, p99', ({ own }) => quantile(own, 0.99)),
    row('every call by the clock, p99', ({ taken }) => quantile(taken, 0.99)),
  ]
}
