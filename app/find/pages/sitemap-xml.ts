import { guardedLoader } from '../../platform/page.server.ts'
import { siteContent } from '../content.server.ts'
import { readSite } from '../find-access.ts'
import { publicPages } from '../meta/public-pages.ts'
import { sitemap } from '../meta/sitemap.ts'

/** Every public address, for search engines. */
export const loader = guardedLoader(
  readSite,
  async ({ services }) =>
    new Response(sitemap(publicPages(siteContent()), services.config), {
      headers: { 'Content-Type': 'application/xml; charset=utf-8', 'Cache-Control': 'public, max-age=3600' },
    }),
)
