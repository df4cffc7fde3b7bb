/**
 * Remembers on this device which form is being filled in. Sent only to the form's own pages, unreadable to
 * scripts, and gone when the browser is closed. One for the pages of each language, so that a form may be gone on with
 * in the other one.
 */
const NAME = 'ek_request'
const PATHS = ['/request', '/es/request'] as const

/** Adds to an answer what makes this device remember a form. */
export function rememberDraft<Answer extends Response>(
  answer: Answer,
  token: string,
  secure: boolean,
): Answer {
  return withCookies(answer, token, secure ? '; Secure' : '')
}

/** Adds to an answer what makes this device forget its form. */
export function forgetDraft<Answer extends Response>(answer: Answer, secure: boolean): Answer {
  return withCookies(answer, '', `; Max-Age=0${secure ? '; Secure' : ''}`)
}

function withCookies<Answer extends Response>(answer: Answer, value: string, more: string): Answer {
  for (const path of PATHS) {
    answer.headers.append('Set-Cookie', `${NAME}=${value}; Path=${path}; HttpOnly; SameSite=Lax${more}`)
  }
  return answer
}

export function readDraftCookie(header: string | null): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const [name, ...value] = part.trim().split('=')
    if (name === NAME) return value.join('=') || undefined
  }
  return undefined
}
