import type { PageArgs } from '../../platform/page.server.ts'
import { confirmPassword } from '../sign-in.server.ts'
import { notConfirmedWords } from '../step-up.ts'
import { askForNewPasskey } from './own-passkeys.server.ts'
import { askForPasskey, countAsking, partyOf } from './passkey-challenge.server.ts'
import type { PasskeyPurpose } from './passkey-queries.server.ts'

/**
 * Answers the script's question with the options for the authenticator, or with `{ problem }` in words that it shows as they are.
 *
 * @param page its form has `digest`, the SHA-256 of the form that will be sent in hexadecimal, and for `register` the password
 */
export async function answerChallenge(
  page: PageArgs & { readonly form: FormData },
  purpose: PasskeyPurpose,
): Promise<Response> {
  const { services, actor, clinic, form, address } = page
  const party = partyOf(page)
  if (!party) return problem(409, 'Passkeys cannot be used at this address. Use the password instead.')
  const digest = String(form.get('digest') ?? '')
  if (!/^[0-9a-f]{64}$/.test(digest))
    return problem(400, 'This was not understood. Reload the page and try again.')
  const waitMs = await countAsking(services, actor, address)
  if (waitMs > 0) return problem(429, notConfirmedWords({ reason: 'slowed', waitMs }, ''))
  if (purpose !== 'register') {
    const asker = purpose === 'sign-in' ? ({ kind: 'visitor', clinicId: clinic.id } as const) : actor
    const options = await askForPasskey(services, asker, party, purpose, digest)
    return options
      ? Response.json(options)
      : problem(409, 'You have no passkey here yet. Use the password, and add one under “Passkeys”.')
  }
  if (actor.kind !== 'member') return problem(403, 'Sign in first.')
  const confirmed = await confirmPassword(services, actor, String(form.get('password') ?? ''))
  if (!confirmed.ok)
    return problem(403, notConfirmedWords(confirmed, 'This is not the password of your account.'))
  const options = await askForNewPasskey(services, actor, clinic.name, party, digest)
  return options
    ? Response.json(options)
    : problem(409, 'These are as many passkeys as one account can have.')
}

function problem(status: number, words: string): Response {
  return Response.json({ problem: words }, { status })
}
