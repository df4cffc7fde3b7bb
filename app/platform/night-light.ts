/**
 * Night light is a choice of the device at a bedside in the dark, not of a person: a cookie without anything secret. The
 * page may set it itself, so that what is being typed stays while the light changes.
 */
const NAME = 'evenkeel-light'
const YEAR_SECONDS = 365 * 24 * 60 * 60

export function wantsNight(cookies: string | null): boolean {
  return (cookies ?? '').split(/;\s*/).includes(`${NAME}=night`)
}

/** @param secure whether the page came over HTTPS */
export function nightCookie(night: boolean, secure: boolean): string {
  const value = night ? `night; Max-Age=${YEAR_SECONDS}` : '; Max-Age=0'
  return `${NAME}=${value}; Path=/; SameSite=Lax${secure ? '; Secure' : ''}`
}
