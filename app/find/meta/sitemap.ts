import { type SiteAddress, xmlText } from './addresses.ts'
import type { PublicPage } from './public-pages.ts'

/** The site's addresses for search engines. A day of change stands only where a clinician's review has one. */
export function sitemap(pages: readonly PublicPage[], { linkBase }: SiteAddress): string {
  const urls = pages.map(({ path, reviewedOn }) => {
    const changed = reviewedOn === null ? '' : `<lastmod>${reviewedOn}</lastmod>`
    return `<url><loc>${xmlText(linkBase + path)}</loc>${changed}</url>\n`
  })
  return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${urls.join('')}</urlset>\n`
}
