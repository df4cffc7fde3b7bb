import { guardedLoader } from '../../platform/page.server.ts'
import { siteContent } from '../content.server.ts'
import { readSite } from '../find-access.ts'
import { feed } from '../meta/feed.ts'
import { editionOf } from '../meta/page-facts.server.ts'
import { publicPages } from '../meta/public-pages.ts'

/** What can be read here, for feed readers. It names the clinic, which is whose cookie says, so no cache may share it. */
export const loader = guardedLoader(
  readSite,
  async ({ clinic, services }) =>
    new Response(feed(publicPages(siteContent()), clinic.name, services.config, editionOf), {
      headers: {
        'Content-Type': 'application/rss+xml; charset=utf-8',
        'Cache-Control': 'private, max-age=3600',
      },
    }),
)
