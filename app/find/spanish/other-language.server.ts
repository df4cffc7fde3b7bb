import { englishPath, hrefIn, type Language, languageOf } from '../../platform/language.ts'
import { withoutTrailingSlash } from '../../platform/trailing-slash.ts'
import { siteContent } from '../content.server.ts'
import { publicPageAt } from '../meta/public-pages.ts'
import { spanishHref } from './spanish-view.ts'

/** A page in the languages it has, and the way to the other one. */
export type PageLanguages = {
  readonly language: Language
  readonly other: { readonly href: string; readonly language: Language }
  /** Addresses of the page in both languages, when it has both, for search engines. */
  readonly both: { readonly en: string; readonly es: string } | undefined
}

/** Pages whose words, not texts, are in two languages: the start of the request. */
const worded: ReadonlySet<string> = new Set(['/request'])

/**
 * Which languages a page of the public site has. One that is English only leads to the Spanish home, which then says so.
 *
 * @param pathname as it was asked for
 */
export function pageLanguages(pathname: string): PageLanguages {
  const path = withoutTrailingSlash(pathname)
  const language = languageOf(path)
  const english = englishPath(path)
  const content = siteContent()
  const both =
    content.spanish.has(english) || worded.has(english)
      ? { en: english, es: spanishHref(english) }
      : undefined
  if (language === 'es') return { language, other: { href: both?.en ?? '/', language: 'en' }, both }
  const known = publicPageAt(content, english) !== undefined
  const home = known ? `/es?from=${encodeURIComponent(english)}` : hrefIn('es', '/')
  return { language, other: { href: both?.es ?? home, language: 'es' }, both }
}
