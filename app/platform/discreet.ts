/** Before the path of a page that is read with a neutral title and icon; see docs/decisions for why it is a path. */
const PREFIX = '/quiet'

/** What the tab, the history and a bookmark show instead of the page's own title. */
const NEUTRAL_TITLE = 'Notes'

/** A blank sheet of paper. */
const NEUTRAL_ICON = '/quiet.svg'

/** Rooms with an account or a secret link, and files of the kinds that we have: they are never read discreetly, and links to them stay as they are. */
const NEVER =
  /^\/(?:work|portal|sign-in|sign-out|welcome|intake|check-in|day-before|home|passkeys|print-size|fhir|live|assets|metrics|healthz)(?:\/|$)|\.(?:csv|css|data|ics|ico|js|json|pdf|png|svg|txt|webmanifest|woff2|xml)$/

/**
 * The plain path of a page that is read discreetly.
 *
 * @param path path of an address, without query
 * @returns undefined when the address is not discreet
 * @example plainPath('/quiet/conditions') // '/conditions'
 */
export function plainPath(path: string): string | undefined {
  if (path !== PREFIX && !path.startsWith(`${PREFIX}/`)) return undefined
  return path.slice(PREFIX.length) || '/'
}

/**
 * A path of this site as it is read discreetly; what may not be read so comes back as it was.
 *
 * @param href path, query and fragment are kept
 */
export function discreetHref(href: string): string {
  const path = href.split(/[?#]/)[0]!
  if (!path.startsWith('/') || path.startsWith('//') || NEVER.test(path) || plainPath(path) !== undefined)
    return href
  return `${PREFIX}${href === '/' ? '/' : href}`
}

/** Whether a plain path may be read discreetly. */
export function mayBeDiscreet(path: string): boolean {
  return discreetHref(path) !== path
}

/**
 * A page as it is read discreetly: title and icon are neutral, nothing in its head names it, search engines leave it alone,
 * and its links and forms stay in this way of reading. A link with `data-plain` leads out of it.
 *
 * It works on the finished HTML, so that every text and every page is covered without knowing of it. That is safe
 * because React and our Markdown write attributes in double quotes and quotes in text as `&quot;`.
 *
 * @param html a page of ours
 */
export function discreetHtml(html: string): string {
  const end = Math.max(0, html.indexOf('</head>'))
  const head = html
    .slice(0, end)
    .replace(/<title\b[^>]*>[^<]*<\/title>/g, '')
    .replace(/<meta\b[^>]*\b(?:name="(?!viewport")|property=")[^>]*>/g, '')
    .replace(/<link\b[^>]*\brel="(?:icon|apple-touch-icon|canonical|alternate)"[^>]*>/g, '')
  const body = html.slice(end).replace(/<(?:a|area|form|button)\b[^>]*>/g, withDiscreetAddress)
  const own = [
    `<title>${NEUTRAL_TITLE}</title>`,
    '<meta name="robots" content="noindex"/>',
    `<link rel="icon" href="${NEUTRAL_ICON}" type="image/svg+xml"/>`,
  ]
  return `${head}${own.join('')}${body}`.replace(
    /<script\b[^>]*type="application\/ld\+json"[^>]*>[\s\S]*?<\/script>/g,
    '',
  )
}

function withDiscreetAddress(tag: string): string {
  if (/\sdata-plain\b/.test(tag)) return tag
  return tag.replace(
    /(\s(?:href|action|formaction)=")(\/(?!\/)[^"]*)"/i,
    (_, before: string, href: string) => `${before}${discreetHref(href)}"`,
  )
}

/**
 * What the server answers to a discreet address: the page of the plain one, made neutral; a redirect that stays discreet;
 * a cookie of a form that belongs to the discreet form alone.
 *
 * @param response the answer to the plain address
 */
export async function discreetAnswer(response: Response): Promise<Response> {
  const headers = new Headers(response.headers)
  const location = headers.get('location')
  if (location !== null) headers.set('location', discreetHref(location))
  const cookies = headers.getSetCookie()
  headers.delete('set-cookie')
  for (const cookie of cookies)
    headers.append('set-cookie', cookie.replace(/(Path=)(\/[^;\s]+)/i, `$1${PREFIX}$2`))
  if (!headers.get('content-type')?.startsWith('text/html')) {
    return new Response(response.body, { status: response.status, headers })
  }
  headers.set('x-robots-tag', 'noindex')
  headers.delete('content-length')
  return new Response(discreetHtml(await response.text()), { status: response.status, headers })
}
