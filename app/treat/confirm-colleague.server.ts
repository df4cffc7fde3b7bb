import { confirmPassword, members } from '../identity/index.server.ts'
import type { StepUp } from '../identity/index.ts'
import type { Member } from '../platform/actor.ts'
import { runQuery } from '../platform/command.server.ts'
import type { AccountId } from '../platform/ids.ts'
import type { Services } from '../platform/services.server.ts'

/** Nobody's account: an unknown e-mail takes as long and is slowed like a wrong password. */
const NOBODY = '00000000-0000-4000-8000-000000000000' as AccountId

/**
 * A colleague proves who they are on somebody else's screen, with their own e-mail and password. The colleague is not
 * signed in by it.
 */
export async function confirmColleague(
  services: Services,
  actor: Member,
  given: { readonly email: string; readonly password: string },
): Promise<
  | { readonly ok: true; readonly stepUp: StepUp }
  | { readonly ok: false; readonly reason: 'no-match' | 'slowed' }
> {
  const email = given.email.trim().toLowerCase()
  const all = await runQuery(services, actor, ({ db }) =>
    members(db, actor.clinicId, ['nurse', 'prescriber']),
  )
  const found = all.find((member) => member.email === email)
  const colleague: Member = {
    kind: 'member',
    clinicId: actor.clinicId,
    accountId: found?.accountId ?? NOBODY,
    membershipId: found?.membershipId ?? actor.membershipId,
    name: found?.name ?? '',
    roles: found?.roles ?? [],
  }
  const result = await confirmPassword(services, colleague, given.password)
  return result.ok ? result : { ok: false, reason: result.reason }
}
