import type { AccountId, ClinicId, Id, MembershipId, PersonId } from './ids.ts'

export const ROLES = [
  'coordinator',
  'prescriber',
  'nurse',
  'therapist',
  'manager',
  'researcher',
  'patient',
] as const
export type Role = (typeof ROLES)[number]
export type StaffRole = Exclude<Role, 'patient'>

/** Who acts. Everyone acts inside one clinic; a visitor in the one whose public site they read. */
export type Actor = Visitor | Member | LinkBearer | SystemActor

export type Visitor = { readonly kind: 'visitor'; readonly clinicId: ClinicId }

/** Somebody signed in. `personId` is set when they are (also) treated here. */
export type Member = {
  readonly kind: 'member'
  readonly clinicId: ClinicId
  readonly accountId: AccountId
  readonly membershipId: MembershipId
  readonly name: string
  readonly roles: readonly Role[]
  readonly personId?: PersonId
}

/** Somebody who holds a secret link for one purpose and one person, without an account. */
export type LinkBearer = {
  readonly kind: 'link'
  readonly clinicId: ClinicId
  readonly linkId: Id<'access-link'>
  readonly personId: PersonId
  readonly purpose: string
}

/** The clinic's own machinery: a job, a reaction, the command line. `name` goes into the audit. */
export type SystemActor = { readonly kind: 'system'; readonly clinicId: ClinicId; readonly name: string }

export function hasRole(actor: Actor, ...roles: readonly Role[]): boolean {
  return actor.kind === 'member' && actor.roles.some((role) => roles.includes(role))
}

/** Who works here, in whatever role. It opens the workspace, not a record: what somebody may see is each action's to say. */
export function isStaff(actor: Actor): actor is Member {
  return actor.kind === 'member' && actor.roles.some((role) => role !== 'patient')
}

/** The person whose own record this actor may act on, if any: a signed-in patient or the bearer of a link. */
export function ownPersonId(actor: Actor): PersonId | undefined {
  if (actor.kind === 'link') return actor.personId
  if (actor.kind === 'member' && actor.roles.includes('patient')) return actor.personId
  return undefined
}
