/** The languages that visitors may read. English is whole; Spanish has its own addresses under `/es`. */
export type Language = 'en' | 'es'

const SPANISH = '/es'

/**
 * The language of an address. The address alone decides: no cookie and no header of the browser, so that a link shows
 * everybody the same page.
 *
 * @param path path of an address, without query
 * @example languageOf('/es/help-now') // 'es'
 */
export function languageOf(path: string): Language {
  return path === SPANISH || path.startsWith(`${SPANISH}/`) ? 'es' : 'en'
}

/**
 * The address of a page in a language. It does not ask whether that page exists.
 *
 * @param href address of the English page; query and fragment are kept
 * @example hrefIn('es', '/request/who') // '/es/request/who'
 * @example hrefIn('es', '/') // '/es'
 */
export function hrefIn(language: Language, href: string): string {
  if (language === 'en') return href
  return href === '/' ? SPANISH : `${SPANISH}${href}`
}

/** The English address of the page at an address. */
export function englishPath(path: string): string {
  return languageOf(path) === 'en' ? path : path.slice(SPANISH.length) || '/'
}
