/** The session's cookie. HttpOnly and SameSite=Lax always; Secure when the clinic is reached by https. */
const NAME = 'ek_session'

export function sessionCookie(token: string, secure: boolean): string {
  return `${NAME}=${token}; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
}

export function endedSessionCookie(secure: boolean): string {
  return `${NAME}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0${secure ? '; Secure' : ''}`
}

export function readSessionCookie(header: string | null): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const [name, ...value] = part.trim().split('=')
    if (name === NAME) return value.join('=') || undefined
  }
  return undefined
}
