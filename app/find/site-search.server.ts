import type { ClinicProfile } from '../platform/clinic-profile.ts'
import { siteContent } from './content.server.ts'
import {
  buildSearchIndex,
  type SearchAnswer,
  type SearchIndex,
  type SearchKind,
  searchKinds,
} from './search.ts'
import { type FindableClinic, searchDocuments } from './search-documents.ts'
import { buildSpanishSearch, type SpanishAnswer, type SpanishSearch } from './spanish/spanish-search.ts'

const indexes = new Map<string, { readonly builtFrom: string; readonly index: SearchIndex }>()

/**
 * The search of a clinic's site; built again only when something of the clinic that can be found has changed. Queries
 * are kept nowhere.
 */
export function siteSearch(clinic: Pick<ClinicProfile, 'id'> & FindableClinic): SearchIndex {
  const { name, city, region, addressLines } = clinic
  const services = clinic.services.map((service) => ({ name: service.name, summary: service.summary }))
  const findable = { name, city, region, addressLines, services }
  const builtFrom = JSON.stringify(findable)
  const known = indexes.get(clinic.id)
  if (known?.builtFrom === builtFrom) return known.index
  const index = buildSearchIndex(searchDocuments(siteContent(), findable))
  indexes.set(clinic.id, { builtFrom, index })
  return index
}

/** The Spanish pages are the same for every clinic: their search is built once a process. */
function spanishSearch(): SpanishSearch {
  const nowhere = { name: '', city: '', region: '', addressLines: [], services: [] }
  spanish ??= buildSpanishSearch(siteContent(), searchDocuments(siteContent(), nowhere))
  return spanish
}

let spanish: SpanishSearch | undefined

/** What an address asks of the search: `q`, and `kind` where it is one. */
export function searchAsked(
  clinic: Parameters<typeof siteSearch>[0],
  parameters: URLSearchParams,
): {
  readonly answer: SearchAnswer
  readonly kind: SearchKind | undefined
  readonly spanish: SpanishAnswer
} {
  const kind = searchKinds.find((candidate) => candidate === parameters.get('kind'))
  const answer = siteSearch(clinic).search(parameters.get('q') ?? '', kind)
  return { answer, kind, spanish: spanishSearch()(answer.query) }
}
