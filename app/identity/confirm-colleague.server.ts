import type { Member, Role } from '../platform/actor.ts'
import { runQuery } from '../platform/command.server.ts'
import type { AccountId } from '../platform/ids.ts'
import type { Services } from '../platform/services.server.ts'
import { members } from './identity-queries.server.ts'
import { type ConfirmResult, confirmPassword } from './sign-in.server.ts'

/** Nobody's account: an unknown e-mail takes as long and is slowed like a wrong password. */
const NOBODY = '00000000-0000-4000-8000-000000000000' as AccountId

/**
 * A colleague proves who they are on somebody else's screen, with their own e-mail and password. It signs nobody in.
 *
 * @param roles the colleague must have one of these; somebody else's right password is answered like a wrong one
 */
export async function confirmColleague(
  services: Services,
  actor: Member,
  roles: readonly Role[],
  given: { readonly email: string; readonly password: string },
): Promise<ConfirmResult> {
  const email = given.email.trim().toLowerCase()
  const all = await runQuery(services, actor, ({ db }) => members(db, actor.clinicId, roles))
  const found = all.find((member) => member.email === email)
  return confirmPassword(
    services,
    {
      kind: 'member',
      clinicId: actor.clinicId,
      accountId: found?.accountId ?? NOBODY,
      membershipId: found?.membershipId ?? actor.membershipId,
      name: found?.name ?? '',
      roles: found?.roles ?? [],
    },
    given.password,
  )
}
