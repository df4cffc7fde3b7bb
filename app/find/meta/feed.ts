import { languageOf } from '../../platform/language.ts'
import { type SiteAddress, xmlText } from './addresses.ts'
import type { PublicPage } from './public-pages.ts'

const inFeed: ReadonlySet<PublicPage['kind']> = new Set(['article', 'condition', 'text'])

/**
 * The feed of what can be read: articles first, then conditions and pages. A date stands only where a clinician has reviewed a
 * text: nothing else about a text has a day that we could say. A text that changes gets another `guid`, so that readers
 * show it again.
 *
 * @param edition a digest of a page's text
 * @returns RSS 2.0
 */
export function feed(
  pages: readonly PublicPage[],
  clinicName: string,
  { linkBase }: SiteAddress,
  edition: (page: PublicPage) => string,
): string {
  const order: readonly PublicPage['kind'][] = ['article', 'condition', 'text']
  const items = pages
    // The feed says that it is English.
    .filter(({ kind, path }) => inFeed.has(kind) && languageOf(path) === 'en')
    .sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
    .map((page) => {
      const url = linkBase + page.path
      const reviewed =
        page.reviewedOn === null
          ? ''
          : `<pubDate>${new Date(`${page.reviewedOn}T00:00:00Z`).toUTCString()}</pubDate>`
      return `<item><title>${xmlText(page.title)}</title><link>${xmlText(url)}</link><description>${xmlText(page.summary)}</description><guid isPermaLink="false">${xmlText(`${page.path}@${edition(page)}`)}</guid>${reviewed}</item>\n`
    })
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
<title>${xmlText(clinicName)}</title>
<link>${xmlText(`${linkBase}/`)}</link>
<description>Articles and pages on addiction and ketamine, new and changed.</description>
<language>en-us</language>
<atom:link href="${xmlText(`${linkBase}/feed.xml`)}" rel="self" type="application/rss+xml"/>
${items.join('')}</channel></rss>
`
}
