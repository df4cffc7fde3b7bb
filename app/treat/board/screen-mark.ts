/**
 * Which screen this is: a cookie with a random mark and nothing secret, so that "the sound was tested today" is said of a
 * screen, not of a person. The page sets it itself.
 */
const NAME = 'evenkeel-screen'
const YEAR_SECONDS = 365 * 24 * 60 * 60

/** The mark of the screen that sent these cookies; undefined when it has none. */
export function screenMark(cookies: string | null): string | undefined {
  return new RegExp(`(?:^|;\\s*)${NAME}=([0-9a-f-]{36})(?:;|$)`).exec(cookies ?? '')?.[1]
}

/** @param secure whether the page came over HTTPS */
export function screenCookie(mark: string, secure: boolean): string {
  return `${NAME}=${mark}; Max-Age=${YEAR_SECONDS}; Path=/; SameSite=Lax${secure ? '; Secure' : ''}`
}
