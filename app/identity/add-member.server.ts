import type { Role } from '../platform/actor.ts'
import type { Command } from '../platform/command.server.ts'
import type { AccountId, ClinicId, MembershipId, PersonId } from '../platform/ids.ts'
import { done, refused } from '../platform/outcome.ts'
import { addMember as addMemberAction, setUpClinic as setUpClinicAction } from './identity-access.ts'
import {
  clinicById,
  ensureAccount,
  insertClinic,
  insertMembership,
  listInDirectory,
  membershipOfAccount,
  updateClinicProfile,
} from './identity-queries.server.ts'

export type NewMember = {
  readonly email: string
  readonly name: string
  /** Hashed before the transaction begins, since hashing is slow on purpose. */
  readonly passwordHash: string
  readonly roles: readonly Role[]
  /** The person this account belongs to, for a patient. */
  readonly personId?: PersonId
}

/** Gives somebody a place in the clinic. An account that exists already keeps its name and password. */
export const addMember: Command<
  NewMember,
  { membershipId: MembershipId; accountId: AccountId },
  'member-exists'
> = {
  action: addMemberAction,
  async run({ db, at, ids, actor, audit }, input) {
    const accountId = await ensureAccount(db, {
      id: ids.next(),
      email: input.email.trim().toLowerCase(),
      name: input.name,
      passwordHash: input.passwordHash,
      at,
    })
    const membership = await insertMembership(db, {
      clinicId: actor.clinicId,
      id: ids.next(),
      accountId,
      roles: input.roles,
      personId: input.personId,
      at,
    })
    if (!membership)
      return refused('member-exists', { id: (await membershipOfAccount(db, actor.clinicId, accountId))?.id })
    audit.write('identity.add-member', {
      object: 'membership',
      objectId: membership.id,
      ...(input.personId ? { personId: input.personId } : {}),
      detail: { roles: input.roles.join(' ') },
    })
    return done({ membershipId: membership.id, accountId })
  },
}

/**
 * Makes a clinic and, unless it is to be filled first, opens it. The actor is the system acting in the clinic to be made.
 *
 * @param unlisted nobody finds it until `openClinic`; one whose filling was interrupted is never found
 */
export const setUpClinic: Command<
  { readonly slug: string; readonly profile: object; readonly unlisted?: true },
  { clinicId: ClinicId },
  never
> = {
  action: setUpClinicAction,
  async run({ db, at, actor, audit }, { slug, profile, unlisted }) {
    if (await clinicById(db, actor.clinicId)) return done({ clinicId: actor.clinicId })
    await insertClinic(db, { id: actor.clinicId, slug, profile, at })
    if (!unlisted) await listInDirectory(db, actor.clinicId, slug)
    audit.write('identity.set-up-clinic', { object: 'clinic', objectId: actor.clinicId })
    return done({ clinicId: actor.clinicId })
  },
}

/** Sets name, place, telephone, hours and prices, as checked by `clinicProfileSchema` at the edge. */
export const setProfile: Command<{ readonly profile: object }, { clinicId: ClinicId }, 'no-such-clinic'> = {
  action: setUpClinicAction,
  async run({ db, actor, audit }, { profile }) {
    if (!(await clinicById(db, actor.clinicId))) return refused('no-such-clinic')
    await updateClinicProfile(db, actor.clinicId, profile)
    audit.write('identity.set-profile', { object: 'clinic', objectId: actor.clinicId })
    return done({ clinicId: actor.clinicId })
  },
}

/** Lists a clinic under its slug; the first one listed answers at the bare address. */
export const openClinic: Command<Record<never, never>, { clinicId: ClinicId }, 'no-such-clinic'> = {
  action: setUpClinicAction,
  async run({ db, actor, audit }) {
    const clinic = await clinicById(db, actor.clinicId)
    if (!clinic) return refused('no-such-clinic')
    await listInDirectory(db, actor.clinicId, clinic.slug)
    audit.write('identity.open-clinic', { object: 'clinic', objectId: actor.clinicId })
    return done({ clinicId: actor.clinicId })
  },
}
