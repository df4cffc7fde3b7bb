import MiniSearch from 'minisearch'
import { siteContent } from '../app/find/content.server.ts'
import { buildSearchIndex } from '../app/find/search.ts'
import { searchDocuments } from '../app/find/search-documents.ts'
import { type Measure, median, quantile, timed } from './figure.ts'

const QUERIES = [
  'alcohol',
  'alchohol',
  'ketmine and the bladder',
  'booze',
  'is it legal',
  'naltrexon',
  'cost of a session',
  'I want to die',
  'zzzz',
  'depresion trial',
]

/** One query over the whole site, ranking, corrections and marked snippets included; beside MiniSearch alone. */
export const measure: Measure = async ({ smoke }) => {
  const documents = searchDocuments(siteContent(), [])
  const ours = buildSearchIndex(documents)
  const plain = new MiniSearch({ idField: 'href', fields: ['title', 'summary', 'keywords', 'body'] })
  plain.addAll(documents.map((document) => ({ ...document, keywords: document.keywords.join(' ') })))
  const rounds = smoke ? 20 : 400
  const query = (i: number) => QUERIES[i % QUERIES.length]!
  const taken = await timed(rounds, (i) => ours.search(query(i)), 20)
  const bare = await timed(rounds, (i) => plain.search(query(i), { prefix: true, fuzzy: 0.2 }), 20)
  const how = `${documents.length} documents, ${QUERIES.length} queries in turn, ${rounds} rounds`
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
