import { hidesFromSearch, type SiteAddress } from './addresses.ts'

/** Rooms behind a sign-in or a secret link, and what was searched for: no page of them is for a search engine. */
const CLOSED = [
  '/work',
  '/portal',
  '/request/',
  '/es/request/',
  '/intake/',
  '/check-in/',
  '/home/',
  '/day-before/',
  '/welcome/',
  '/calendar/',
  '/sign-in',
  '/search',
  '/live',
]

/** What robots are asked. A demonstration at a public address asks them to leave. */
export function robots(demonstration: boolean, address: SiteAddress): string {
  if (hidesFromSearch(demonstration, address)) return 'User-agent: *\nDisallow: /\n'
  const closed = CLOSED.map((path) => `Disallow: ${path}\n`).join('')
  return `User-agent: *\n${closed}\nSitemap: ${address.linkBase}/sitemap.xml\n`
}
