import type { Member } from '../platform/actor.ts'
import type { Command } from '../platform/command.server.ts'
import type { PersonId } from '../platform/ids.ts'
import { done, refused } from '../platform/outcome.ts'
import { makePortalLink as makeLinkAction, openPortalAccount as openAction } from './identity-access.ts'
import {
  accountByEmail,
  ensureAccount,
  insertMembership,
  memberOfPerson,
  personById,
} from './identity-queries.server.ts'
import { makeAccessLink } from './register-person.server.ts'

const LINK_DAYS = 14

/**
 * The bearer of a person's link chooses an e-mail address and a password for the portal. One person has one
 * account here; an address that somebody already signs in with is never attached to another person.
 *
 * @param passwordHash hashed before the transaction begins, since hashing is slow on purpose
 */
export const openPortalAccount: Command<
  { readonly email: string; readonly passwordHash: string },
  Member,
  'nobodys-record' | 'has-account' | 'email-in-use'
> = {
  action: openAction,
  async run({ db, at, ids, actor, audit }, { email, passwordHash }) {
    if (actor.kind !== 'link') return refused('nobodys-record')
    const { clinicId, personId } = actor
    const person = await personById(db, clinicId, personId)
    if (!person) return refused('nobodys-record')
    if (await memberOfPerson(db, clinicId, personId)) return refused('has-account')
    const address = email.trim().toLowerCase()
    if (await accountByEmail(db, address)) return refused('email-in-use')
    const id = ids.next<'account'>()
    const accountId = await ensureAccount(db, {
      id,
      email: address,
      name: person.displayName,
      passwordHash,
      at,
    })
    // Somebody took the address in the same moment.
    if (accountId !== id) return refused('email-in-use')
    const membership = await insertMembership(db, {
      clinicId,
      id: ids.next(),
      accountId,
      roles: ['patient'],
      personId,
      at,
    })
    if (!membership) return refused('has-account')
    audit.write(openAction.id, { personId, object: 'membership', objectId: membership.id })
    return done({
      kind: 'member',
      clinicId,
      accountId,
      membershipId: membership.id,
      name: person.displayName,
      roles: ['patient'],
      personId,
    })
  },
}

/** Staff make a link with which somebody opens their portal account. */
export const makePortalLink: Command<
  { readonly personId: PersonId },
  { readonly path: string },
  'no-such-person' | 'has-account'
> = {
  action: makeLinkAction,
  async run(needs, { personId }) {
    const { db, actor } = needs
    if (!(await personById(db, actor.clinicId, personId))) return refused('no-such-person')
    if (await memberOfPerson(db, actor.clinicId, personId)) return refused('has-account')
    const token = await makeAccessLink(needs, { personId, purpose: 'portal', validDays: LINK_DAYS })
    return done({ path: `/welcome/${token}` })
  },
}
