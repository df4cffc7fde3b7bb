import { afterEach, describe, expect, it } from 'vitest'
import { siteContent } from '../../../find/content.server.ts'
import { welcomeDocuments } from '../../../find/guest-documents.ts'
import { publicPages } from '../../../find/meta/public-pages.ts'
import { buildSearchIndex } from '../../../find/search.ts'
import { searchDocuments } from '../../../find/search-documents.ts'
import { libraryIds } from '../protocol-library.ts'
import { protocolDocuments } from './protocol-documents.ts'

const noClinic = { name: '', city: '', region: '', addressLines: [], services: [] }

describe('plans in the search and the sitemap', () => {
  afterEach(() => welcomeDocuments([]))

  it('each has an address, a title of its own and words without gaps', () => {
    const documents = protocolDocuments()
    expect(documents.map(({ href }) => href).sort()).toEqual(
      libraryIds()
        .map((id) => `/protocols/${id}`)
        .sort(),
    )
    expect(new Set(documents.map(({ title }) => title)).size).toBe(documents.length)
    for (const document of documents) expect(JSON.stringify(document)).not.toMatch(/undefined|null|\.\. /)
  })

  it('is found once they are handed in, and not before', () => {
    const found = (query: string) =>
      buildSearchIndex(searchDocuments(siteContent(), noClinic))
        .search(query, 'protocol')
        .results.map(({ href }) => href)
    expect(found('three weekly infusions alcohol')).toEqual([])
    welcomeDocuments(protocolDocuments())
    expect(found('three weekly infusions with therapy')[0]).toBe('/protocols/aud-kare')
    expect(found('esketamine spray')).toEqual(
      expect.arrayContaining(['/protocols/esk-trd', '/protocols/esk-mdsi']),
    )
    expect(found('injection under the skin')[0]).toBe('/protocols/trd-sc')
  })

  it('stands in the list of public pages', () => {
    welcomeDocuments(protocolDocuments())
    // A copy, since lists are kept per content.
    const paths = publicPages({ ...siteContent() }).map(({ path }) => path)
    expect(paths).toEqual(expect.arrayContaining(['/protocols', '/protocols/aud-kare', '/protocols/ocd']))
  })
})
