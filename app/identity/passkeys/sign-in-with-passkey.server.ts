import type { PageArgs } from '../../platform/page.server.ts'
import { countTry, uncountTry } from '../../platform/rate-limit.server.ts'
import { beginSession, PER_ADDRESS, type SignInResult } from '../sign-in.server.ts'
import { formDigest, type Posted, partyOf } from './passkey-challenge.server.ts'
import { checkPasskey } from './passkey-check.server.ts'

/**
 * Begins a session for the owner of the passkey that answered in the form's field `passkey`. Every reason for which it does not looks
 * the same from outside; tries count against the sender's address like wrong passwords.
 */
export async function signInWithPasskey(
  page: Posted & Pick<PageArgs, 'address' | 'clinic'>,
): Promise<SignInResult> {
  const { services, clinic, form, address } = page
  const key = `sign-in address ${address}`
  const waitMs = await countTry(services.db, key, PER_ADDRESS, services.clock.now())
  if (waitMs > 0) return { ok: false, reason: 'slowed', waitMs }
  // Whoever is signed in here already proves anew who they are, as a visitor does.
  const visitor = { kind: 'visitor', clinicId: clinic.id } as const
  const checked = await checkPasskey(services, visitor, partyOf(page), String(form.get('passkey') ?? ''), {
    purpose: 'sign-in',
    formDigest: formDigest(page),
    ownerId: undefined,
  })
  if (!checked.ok) return { ok: false, reason: 'no-match' }
  await uncountTry(services.db, key)
  return { ok: true, cookie: await beginSession(services, checked.owner), actor: checked.owner }
}
