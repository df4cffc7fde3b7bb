import { guardedLoader } from '../../platform/page.server.ts'
import { readSite } from '../find-access.ts'
import { robots } from '../meta/robots.ts'

/** What search engines are asked. */
export const loader = guardedLoader(
  readSite,
  async ({ clinic, services }) =>
    new Response(robots(clinic.demonstration, services.config), {
      headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'private, max-age=3600' },
    }),
)
