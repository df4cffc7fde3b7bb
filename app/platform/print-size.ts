/**
 * Large print is a choice of the device, not of the person: a cookie without anything secret, so that it holds also
 * before somebody signs in and on the page behind a link.
 */
const NAME = 'evenkeel-print'
const YEAR_SECONDS = 365 * 24 * 60 * 60

export function wantsLargePrint(cookies: string | null): boolean {
  return (cookies ?? '').split(/;\s*/).includes(`${NAME}=large`)
}

export function printCookie(large: boolean, secure: boolean): string {
  const value = large ? `large; Max-Age=${YEAR_SECONDS}` : '; Max-Age=0'
  return `${NAME}=${value}; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
}

/** Where to go back to: an address of this site, never another one. */
export function backWithin(path: unknown): string {
  return typeof path === 'string' && /^\/(?![/\\])[^\s\\]*$/.test(path) ? path : '/'
}
