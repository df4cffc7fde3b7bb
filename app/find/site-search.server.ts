import type { ClinicProfile } from '../platform/clinic-profile.ts'
import { siteContent } from './content.server.ts'
import { buildSearchIndex, type SearchIndex } from './search.ts'
import { searchDocuments } from './search-documents.ts'

const indexes = new Map<string, { readonly services: string; readonly index: SearchIndex }>()

/** The search of a clinic's site; built again only when the clinic's services have changed. Queries are kept nowhere. */
export function siteSearch(clinic: Pick<ClinicProfile, 'id' | 'services'>): SearchIndex {
  const services = JSON.stringify(clinic.services)
  const known = indexes.get(clinic.id)
  if (known?.services === services) return known.index
  const index = buildSearchIndex(searchDocuments(siteContent(), clinic.services))
  indexes.set(clinic.id, { services, index })
  return index
}
