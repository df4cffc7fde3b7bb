import type { MiddlewareHandler } from 'hono'

/** No page of ours has a longer path; the longest carry a secret of some eighty characters. */
const LONGEST_PATH = 2_000

/**
 * Answers what is no address of this site before anything else reads it. A path with two slashes in a row would, without
 * its first part, be the address of another host: it leads to the path with one. A path of more than 2,000 characters is
 * refused with 414, so that nothing behind it can be made to work long.
 *
 * A backslash counts as a slash, as it does for browsers.
 */
export const answerStrangeAddresses: MiddlewareHandler = async (c, next) => {
  const { pathname, search } = new URL(c.req.url)
  if (pathname.length > LONGEST_PATH) {
    return c.html(tooLong, 414, {
      'Content-Security-Policy': `default-src 'none'; frame-ancestors 'none'`,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
    })
  }
  // The address was read as a browser reads it: backslashes are slashes by now, dots are resolved.
  const single = pathname.replace(/\/{2,}/g, '/')
  if (single === pathname) return next()
  // 308 keeps the method: what was sent is not lost on the way.
  return new Response(null, {
    status: 308,
    headers: { Location: single + search, 'Cache-Control': 'no-store' },
  })
}

/** Says nothing of the clinic: the address may have been meant for discreet reading. */
const tooLong = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Notes</title></head><body><h1>This address is too long</h1><p>It may be mistyped. You have done nothing wrong. <a href="/">To the first page</a></p><p>In danger? Call or text <a href="tel:988">988</a>. If someone may die, call <a href="tel:911">911</a>.</p></body></html>`
