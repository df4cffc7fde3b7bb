import { data, redirect } from 'react-router'
import type { ClinicProfile } from '../platform/clinic-profile.ts'
import { addressSentence, addressWords } from './address-words.ts'
import { siteContent } from './content.server.ts'
import { publicPageAt } from './meta/public-pages.ts'
import { redirectFor } from './redirects.ts'
import { searchesInCrisis } from './search-crisis.ts'
import { siteSearch } from './site-search.server.ts'

/** What the page says of an address that leads nowhere. */
export type NothingHere = {
  /** What the address seems to be about; may be empty. */
  readonly words: string
  readonly crisis: boolean
  /** Pages about that, best first. */
  readonly near: readonly { readonly href: string; readonly title: string; readonly text: string }[]
}

const mostNear = 5

/**
 * Ends a loader of the public site whose address leads nowhere: with 301 to where it has moved or how it is written, else
 * with 404 and the pages nearest to what the address says.
 */
export function pageNotFound({ clinic, url }: { clinic: ClinicProfile; url: URL }): never {
  const content = siteContent()
  const written = publicPageAt(content, url.pathname)?.path
  const moved =
    written === url.pathname ? undefined : (written ?? redirectFor(content.redirects, url.pathname))
  if (moved !== undefined) throw redirect(`${moved}${url.search}`, 301)
  throw data(nothingHere(clinic, url.pathname), { status: 404 })
}

function nothingHere(clinic: ClinicProfile, path: string): NothingHere {
  const words = addressWords(path)
  // "I can't go on" has little words only.
  const saidInFull = searchesInCrisis(addressSentence(path))
  if (words === '') return { words, crisis: saidInFull, near: [] }
  const { results, crisis } = siteSearch(clinic).search(words)
  const near = results.slice(0, mostNear).map(({ href, title, snippet }) => ({
    href,
    title: title.map(({ text }) => text).join(''),
    text: snippet.map(({ text }) => text).join(''),
  }))
  return { words, crisis: crisis || saidInFull, near }
}
