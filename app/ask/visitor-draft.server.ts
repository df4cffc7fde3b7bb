import { readSecretToken } from '../identity/index.server.ts'
import { runQuery } from '../platform/command.server.ts'
import type { ClinicId } from '../platform/ids.ts'
import { hrefIn, languageOf } from '../platform/language.ts'
import { goTo, type PageArgs } from '../platform/page.server.ts'
import { type ConsultationRequest, type Draft, draftByHash, requestByHash } from './ask-queries.server.ts'
import { draftsSince } from './draft.server.ts'
import { readDraftCookie } from './draft-cookie.ts'

/** The secret of a form: as it travels, and as it is stored. */
export type Secret = { readonly token: string; readonly hash: string }

/** @returns undefined when the text is no secret of this clinic */
export function secretFrom(token: string | undefined | null, clinicId: ClinicId): Secret | undefined {
  const read = token ? readSecretToken(token) : undefined
  return token && read?.clinicId === clinicId ? { token, hash: read.hash } : undefined
}

export type FoundBySecret =
  | { readonly kind: 'draft'; readonly draft: Draft }
  | { readonly kind: 'sent'; readonly request: ConsultationRequest }
  | { readonly kind: 'nothing' }

/** What a secret opens: a form still being written, a request that was sent, or nothing any more. */
export function foundBySecret(
  { services, actor, clinic }: Pick<PageArgs, 'services' | 'actor' | 'clinic'>,
  secret: Secret,
): Promise<FoundBySecret> {
  return runQuery(services, actor, async ({ db, at }) => {
    const draft = await draftByHash(db, clinic.id, secret.hash, draftsSince(at))
    if (draft) return { kind: 'draft', draft }
    const request = await requestByHash(db, clinic.id, secret.hash)
    return request ? { kind: 'sent', request } : { kind: 'nothing' }
  })
}

/** The secret this browser carries, if any. */
export function carriedSecret({ request, clinic }: Pick<PageArgs, 'request' | 'clinic'>): Secret | undefined {
  return secretFrom(readDraftCookie(request.headers.get('cookie')), clinic.id)
}

/** Where somebody is sent whose form is not there any more, or whose browser keeps no cookies. */
export const LOST = '/request?note=lost'

/**
 * The form this browser is filling in. Somebody whose form was sent already is led to its state; somebody
 * without one to the start.
 */
export async function openDraft(
  page: Pick<PageArgs, 'services' | 'actor' | 'clinic' | 'request' | 'url'>,
): Promise<{ readonly secret: Secret; readonly draft: Draft }> {
  const language = languageOf(page.url.pathname)
  const secret = carriedSecret(page)
  if (!secret) throw goTo(hrefIn(language, LOST))
  const found = await foundBySecret(page, secret)
  if (found.kind === 'sent') throw goTo(hrefIn(language, `/request/state/${secret.token}`))
  if (found.kind === 'nothing') throw goTo(hrefIn(language, LOST))
  return { secret, draft: found.draft }
}

/** Cookies travel by https only when the clinic is reached by https. */
export function isSecure({ services }: Pick<PageArgs, 'services'>): boolean {
  return services.config.publicUrl?.startsWith('https://') ?? false
}
