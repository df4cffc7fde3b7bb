import { siteContent } from '../content.server.ts'
import { type SpanishView, spanishView } from './spanish-view.ts'

/**
 * The Spanish page of an English address.
 *
 * @returns undefined when it is not translated
 */
export function spanishPage(englishHref: string): SpanishView | undefined {
  const content = siteContent()
  const translation = content.spanish.get(englishHref)
  return translation && spanishView(content, englishHref, translation)
}

/**
 * A Spanish page that the site cannot do without.
 *
 * @throws Error when the file is missing
 */
export function spanishPageOf(englishHref: string): SpanishView {
  const page = spanishPage(englishHref)
  if (page === undefined) throw new Error(`the Spanish text of ${englishHref} is missing`)
  return page
}
