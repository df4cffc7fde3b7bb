import type { Role } from '../../platform/actor.ts'
import { runQuery } from '../../platform/command.server.ts'
import { countTry, forgetTries } from '../../platform/rate-limit.server.ts'
import { confirmColleague } from '../confirm-colleague.server.ts'
import { members } from '../identity-queries.server.ts'
import { type ConfirmResult, confirmPassword, PER_ACCOUNT } from '../sign-in.server.ts'
import { formDigest, type Posted, partyOf } from './passkey-challenge.server.ts'
import { checkPasskey } from './passkey-check.server.ts'

/**
 * Asks somebody who is signed in to prove it again, before an act that counts as their signature: by the password in the form's field
 * `password`, or by the answer of one of their passkeys in `passkey` (`StepUpField` draws both). An answer holds once, for this form
 * with what stands in it. Tries count against the account.
 *
 * @param page the action's arguments with the form as it was sent
 * @example const own = await confirmIdentity(page); if (!own.ok) return formProblem(form, { password: notConfirmedWords(own, '…') })
 */
export async function confirmIdentity(page: Posted): Promise<ConfirmResult> {
  const { services, actor, form } = page
  const passkey = String(form.get('passkey') ?? '')
  if (passkey === '') return confirmPassword(services, actor, String(form.get('password') ?? ''))
  if (actor.kind !== 'member') return { ok: false, reason: 'no-match' }
  const at = services.clock.now()
  const key = `confirm account ${actor.accountId}`
  const waitMs = await countTry(services.db, key, PER_ACCOUNT, at)
  if (waitMs > 0) return { ok: false, reason: 'slowed', waitMs }
  const checked = await checkPasskey(services, actor, partyOf(page), passkey, {
    purpose: 'sign',
    formDigest: formDigest(page),
    ownerId: actor.membershipId,
  })
  if (!checked.ok) return { ok: false, reason: 'passkey-refused' }
  await forgetTries(services.db, key)
  return { ok: true, stepUp: { accountId: checked.owner.accountId, at } }
}

/**
 * A second person proves who they are on somebody else's screen: by their e-mail address in `secondEmail` and either `secondPassword`
 * or the answer of their own passkey in `secondPasskey`. It signs nobody in.
 *
 * @param roles they must have one of these; anything else is answered alike
 */
export async function confirmSecond(page: Posted, roles: readonly Role[]): Promise<ConfirmResult> {
  const { services, actor, form } = page
  if (actor.kind !== 'member') return { ok: false, reason: 'no-match' }
  const email = String(form.get('secondEmail') ?? '')
  const passkey = String(form.get('secondPasskey') ?? '')
  if (passkey === '') {
    return confirmColleague(services, actor, roles, {
      email,
      password: String(form.get('secondPassword') ?? ''),
    })
  }
  const at = services.clock.now()
  // Counted for the one whose screen it is: a passkey cannot be guessed, and nobody locks a colleague out with one.
  const key = `confirm second ${actor.accountId}`
  const waitMs = await countTry(services.db, key, PER_ACCOUNT, at)
  if (waitMs > 0) return { ok: false, reason: 'slowed', waitMs }
  const wanted = email.trim().toLowerCase()
  const all = await runQuery(services, actor, ({ db }) => members(db, actor.clinicId, roles))
  const second = all.find((member) => member.email === wanted)
  if (!second) return { ok: false, reason: 'passkey-refused' }
  const checked = await checkPasskey(services, actor, partyOf(page), passkey, {
    purpose: 'sign-second',
    formDigest: formDigest(page),
    ownerId: second.membershipId,
  })
  if (!checked.ok) return { ok: false, reason: 'passkey-refused' }
  await forgetTries(services.db, key)
  return { ok: true, stepUp: { accountId: checked.owner.accountId, at } }
}
