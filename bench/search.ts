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

/** One query over the whole site, ranking, corrections and marked snippets included; beside MiniSearch alone. */
export const measure: Measure = async ({ smoke }) => {
  const documents = searchDocuments(siteContent(), relevanceClinic)
  const ours = buildSearchIndex(documents)
  const plain = new MiniSearch({ idField: 'href', fields: ['title', 'summary', 'keywords', 'body'] })
  plain.addAll(documents.map((document) => ({ ...document, keywords: document.keywords.join(' ') })))
  const queries = [...relevanceQueries.map(({ query }) => query), ...HARDEST]
  const rounds = smoke ? 20 : 10 * queries.length
  const query = (i: number) => queries[i % queries.length]!
  const warmUp = smoke ? 20 : 2 * queries.length
  const taken = await timed(rounds, (i) => ours.search(query(i)), warmUp)
  const bare = await timed(rounds, (i) => plain.search(query(i), { prefix: true, fuzzy: 0.2 }), warmUp)
  const how = `${documents.length} documents, ${queries.length} queries of the relevance set in turn, ${rounds} rounds, load ${loadavg()[0]!.toFixed(1)}`
  return [
    {
      name: 'query, median',
      unit: 'ms',
      ours: median(taken),
      peer: { name: 'MiniSearch alone', value: median(bare) },
      how,
    },
    {
      name: 'query, p99',
      unit: 'ms',
      ours: quantile(taken, 0.99),
      peer: { name: 'MiniSearch alone', value: quantile(bare, 0.99) },
      how,
    },
  ]
}
