/**
 * Remembers on this device which form is being filled in. Sent only to the form's own pages, unreadable to
 * scripts, and gone when the browser is closed.
 */
const NAME = 'ek_request'
const SCOPE = 'Path=/request; HttpOnly; SameSite=Lax'

export function draftCookie(token: string, secure: boolean): string {
  return `${NAME}=${token}; ${SCOPE}${secure ? '; Secure' : ''}`
}

export function endedDraftCookie(secure: boolean): string {
  return `${NAME}=; ${SCOPE}; Max-Age=0${secure ? '; Secure' : ''}`
}

export function readDraftCookie(header: string | null): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const [name, ...value] = part.trim().split('=')
    if (name === NAME) return value.join('=') || undefined
  }
  return undefined
}
