import { withoutTrailingSlash } from '../platform/trailing-slash.ts'

/** Old and likely addresses with where they lead now: `content/redirects.json`. */
export type Redirects = ReadonlyMap<string, string>

/**
 * Reads the list of redirects. Each leads in one step, so a loop cannot be written.
 *
 * @param text a JSON object, old path to new path; an old path is lower case, without query and without a slash at its end
 * @throws Error with the first entry that is wrong
 */
export function readRedirects(text: string): Redirects {
  const redirects = new Map<string, string>()
  for (const [from, to] of Object.entries(JSON.parse(text) as Record<string, unknown>)) {
    if (!/^(?:\/[a-z0-9-]+)+$/.test(from)) throw new Error(`${from}: not a plain lower-case path`)
    if (typeof to !== 'string') throw new Error(`${from}: leads to no path`)
    redirects.set(from, to)
  }
  for (const [from, to] of redirects) {
    if (redirects.has(to.split('#')[0]!)) throw new Error(`${from}: ${to} is itself redirected`)
  }
  return redirects
}

/**
 * Where an address that leads nowhere has moved to.
 *
 * @param path as it was asked for; capitals, a slash at its end and `.html` or `.php` do not matter
 * @example redirectFor(redirects, '/FAQ.html') // '/questions'
 */
export function redirectFor(redirects: Redirects, path: string): string | undefined {
  const plain = withoutTrailingSlash(path.toLowerCase()).replace(/\.(?:html?|php|aspx?)$/, '')
  return redirects.get(plain)
}
