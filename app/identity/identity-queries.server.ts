import type { Kysely } from 'kysely'
import type { Role } from '../platform/actor.ts'
import { type ClinicProfile, clinicProfileSchema } from '../platform/clinic-profile.ts'
import { type Read, reader, type Write, writer } from '../platform/database.server.ts'
import {
  type AccountId,
  type ClinicId,
  type Id,
  isUuid,
  type MembershipId,
  type PersonId,
} from '../platform/ids.ts'
import type { Instant, LocalDate } from '../platform/time.ts'
import type { Contact, Person } from './person.ts'

/** The only file that names identity's tables. */
type IdentityTables = {
  clinic: { id: ClinicId; slug: string; profile: Record<string, unknown>; created_at: Instant }
  clinic_directory: { slug: string; clinic_id_text: string; is_default: boolean }
  account: { id: AccountId; email: string; name: string; password_hash: string; created_at: Instant }
  membership: {
    clinic_id: ClinicId
    id: MembershipId
    account_id: AccountId
    roles: Role[]
    person_id: PersonId | null
    active: boolean
    created_at: Instant
  }
  login_session: {
    clinic_id: ClinicId
    token_hash: string
    membership_id: MembershipId
    created_at: Instant
    last_seen_at: Instant
    ended_at: Instant | null
  }
  access_link: {
    clinic_id: ClinicId
    id: Id<'access-link'>
    token_hash: string
    purpose: string
    person_id: PersonId
    created_at: Instant
    expires_at: Instant
    revoked_at: Instant | null
  }
  person: {
    clinic_id: ClinicId
    id: PersonId
    display_name: string
    birth_date: LocalDate | null
    sex: string | null
    contact: Contact
    synthetic: boolean
    created_at: Instant
  }
}

const read = (db: Read) => reader<IdentityTables>(db)
const write = (db: Write) => writer<IdentityTables>(db)

// Clinics

export async function insertClinic(
  db: Write,
  clinic: { id: ClinicId; slug: string; profile: object; at: Instant },
) {
  await write(db)
    .insertInto('clinic')
    .values({
      id: clinic.id,
      slug: clinic.slug,
      profile: clinic.profile as Record<string, unknown>,
      created_at: clinic.at,
    })
    .execute()
}

/** Replaces what the clinic is called and where it is. */
export async function updateClinicProfile(db: Write, clinicId: ClinicId, profile: object) {
  await write(db)
    .updateTable('clinic')
    .set({ profile: profile as Record<string, unknown> })
    .where('id', '=', clinicId)
    .execute()
}

/** Makes the clinic findable by its slug; the first one answers at the bare address. */
export async function listInDirectory(db: Write, clinicId: ClinicId, slug: string) {
  const first = await read(db)
    .selectFrom('clinic_directory')
    .select('slug')
    .where('is_default', '=', true)
    .executeTakeFirst()
  await write(db)
    .insertInto('clinic_directory')
    .values({ slug, clinic_id_text: clinicId, is_default: !first })
    .execute()
}

export async function directory(
  db: Kysely<never>,
): Promise<{ slug: string; clinicId: ClinicId; isDefault: boolean }[]> {
  const rows = await (db as unknown as Kysely<IdentityTables>)
    .selectFrom('clinic_directory')
    .selectAll()
    .orderBy('slug')
    .execute()
  return rows.map((r) => ({ slug: r.slug, clinicId: r.clinic_id_text as ClinicId, isDefault: r.is_default }))
}

export async function clinicById(db: Read, id: ClinicId): Promise<ClinicProfile | undefined> {
  const row = await read(db).selectFrom('clinic').selectAll().where('id', '=', id).executeTakeFirst()
  return row && { ...clinicProfileSchema.parse(row.profile), id: row.id, slug: row.slug }
}

// Accounts and members

export async function accountByEmail(db: Read, email: string) {
  return read(db).selectFrom('account').selectAll().where('email', '=', email).executeTakeFirst()
}

export async function accountById(db: Read, id: AccountId) {
  return read(db).selectFrom('account').selectAll().where('id', '=', id).executeTakeFirst()
}

/** @returns the id of the account with this e-mail, made now when there was none */
export async function ensureAccount(
  db: Write,
  account: { id: AccountId; email: string; name: string; passwordHash: string; at: Instant },
): Promise<AccountId> {
  await write(db)
    .insertInto('account')
    .values({
      id: account.id,
      email: account.email,
      name: account.name,
      password_hash: account.passwordHash,
      created_at: account.at,
    })
    .onConflict((c) => c.column('email').doNothing())
    .execute()
  const row = await read(db)
    .selectFrom('account')
    .select('id')
    .where('email', '=', account.email)
    .executeTakeFirstOrThrow()
  return row.id
}

export async function insertMembership(
  db: Write,
  member: {
    clinicId: ClinicId
    id: MembershipId
    accountId: AccountId
    roles: readonly Role[]
    personId: PersonId | undefined
    at: Instant
  },
) {
  return write(db)
    .insertInto('membership')
    .values({
      clinic_id: member.clinicId,
      id: member.id,
      account_id: member.accountId,
      roles: [...member.roles],
      person_id: member.personId ?? null,
      active: true,
      created_at: member.at,
    })
    .onConflict((c) => c.columns(['clinic_id', 'account_id']).doNothing())
    .returning('id')
    .executeTakeFirst()
}

/** Active members of a clinic with their account's name, by name; optionally only those with one of the roles. */
export async function members(db: Read, clinicId: ClinicId, roles?: readonly Role[]) {
  const rows = await read(db)
    .selectFrom('membership')
    .innerJoin('account', 'account.id', 'membership.account_id')
    .select([
      'membership.id',
      'membership.account_id',
      'membership.roles',
      'membership.person_id',
      'account.name',
      'account.email',
    ])
    .where('membership.clinic_id', '=', clinicId)
    .where('membership.active', '=', true)
    .orderBy('account.name')
    .execute()
  return rows
    .filter((row) => !roles || row.roles.some((role) => roles.includes(role)))
    .map((row) => ({
      membershipId: row.id,
      accountId: row.account_id,
      name: row.name,
      email: row.email,
      roles: row.roles,
      personId: row.person_id ?? undefined,
    }))
}

export async function membershipOfAccount(db: Read, clinicId: ClinicId, accountId: AccountId) {
  return read(db)
    .selectFrom('membership')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('account_id', '=', accountId)
    .where('active', '=', true)
    .executeTakeFirst()
}

/** The account with which a person signs in to the portal, if there is one. */
export async function memberOfPerson(db: Read, clinicId: ClinicId, personId: PersonId) {
  return read(db)
    .selectFrom('membership')
    .innerJoin('account', 'account.id', 'membership.account_id')
    .select(['membership.id', 'account.email'])
    .where('membership.clinic_id', '=', clinicId)
    .where('membership.person_id', '=', personId)
    .where('membership.active', '=', true)
    .orderBy('membership.created_at')
    .executeTakeFirst()
}

/** Names of accounts, for showing who did something. */
export async function accountNames(db: Read, ids: readonly string[]): Promise<Map<string, string>> {
  // What the system or a link did carries no account's id.
  const accounts = [...new Set(ids)].filter(isUuid)
  if (accounts.length === 0) return new Map()
  const rows = await read(db)
    .selectFrom('account')
    .select(['id', 'name'])
    .where('id', 'in', accounts as AccountId[])
    .execute()
  return new Map(rows.map((row) => [row.id as string, row.name]))
}

// Sessions

export async function insertLoginSession(
  db: Write,
  session: { clinicId: ClinicId; tokenHash: string; membershipId: MembershipId; at: Instant },
) {
  await write(db)
    .insertInto('login_session')
    .values({
      clinic_id: session.clinicId,
      token_hash: session.tokenHash,
      membership_id: session.membershipId,
      created_at: session.at,
      last_seen_at: session.at,
      ended_at: null,
    })
    .execute()
}

export async function openLoginSession(db: Read, clinicId: ClinicId, tokenHash: string) {
  return read(db)
    .selectFrom('login_session')
    .innerJoin('membership', (j) =>
      j
        .onRef('membership.clinic_id', '=', 'login_session.clinic_id')
        .onRef('membership.id', '=', 'login_session.membership_id'),
    )
    .innerJoin('account', 'account.id', 'membership.account_id')
    .select([
      'login_session.created_at',
      'login_session.last_seen_at',
      'membership.id as membership_id',
      'membership.account_id',
      'membership.roles',
      'membership.person_id',
      'account.name',
    ])
    .where('login_session.clinic_id', '=', clinicId)
    .where('login_session.token_hash', '=', tokenHash)
    .where('login_session.ended_at', 'is', null)
    .where('membership.active', '=', true)
    .executeTakeFirst()
}

export async function touchLoginSession(db: Write, clinicId: ClinicId, tokenHash: string, at: Instant) {
  await write(db)
    .updateTable('login_session')
    .set({ last_seen_at: at })
    .where('clinic_id', '=', clinicId)
    .where('token_hash', '=', tokenHash)
    .execute()
}

export async function endLoginSession(db: Write, clinicId: ClinicId, tokenHash: string, at: Instant) {
  await write(db)
    .updateTable('login_session')
    .set({ ended_at: at })
    .where('clinic_id', '=', clinicId)
    .where('token_hash', '=', tokenHash)
    .where('ended_at', 'is', null)
    .execute()
}

// Secret links

export async function insertAccessLinks(
  db: Write,
  links: readonly {
    clinicId: ClinicId
    id: Id<'access-link'>
    tokenHash: string
    purpose: string
    personId: PersonId
    at: Instant
    expiresAt: Instant
  }[],
) {
  if (links.length === 0) return
  await write(db)
    .insertInto('access_link')
    .values(
      links.map((link) => ({
        clinic_id: link.clinicId,
        id: link.id,
        token_hash: link.tokenHash,
        purpose: link.purpose,
        person_id: link.personId,
        created_at: link.at,
        expires_at: link.expiresAt,
        revoked_at: null,
      })),
    )
    .execute()
}

/** @returns the links that were good until now */
export async function revokeAccessLinks(
  db: Write,
  clinicId: ClinicId,
  personId: PersonId,
  purpose: string,
  at: Instant,
): Promise<Id<'access-link'>[]> {
  const rows = await write(db)
    .updateTable('access_link')
    .set({ revoked_at: at })
    .where((eb) => eb.and({ clinic_id: clinicId, person_id: personId, purpose }))
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', at)
    .returning('id')
    .execute()
  return rows.map(({ id }) => id)
}

export async function accessLinkByHash(db: Read, clinicId: ClinicId, tokenHash: string) {
  return read(db)
    .selectFrom('access_link')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('token_hash', '=', tokenHash)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
}

// People

function toPerson(row: IdentityTables['person']): Person {
  return {
    id: row.id,
    displayName: row.display_name,
    birthDate: row.birth_date ?? undefined,
    sex: (row.sex as Person['sex']) ?? undefined,
    contact: row.contact,
    synthetic: row.synthetic,
    createdAt: row.created_at,
  }
}

/** @returns false when this person exists already (the same command repeated) */
export async function insertPerson(db: Write, clinicId: ClinicId, person: Person): Promise<boolean> {
  const row = await write(db)
    .insertInto('person')
    .values({
      clinic_id: clinicId,
      id: person.id,
      display_name: person.displayName,
      birth_date: person.birthDate ?? null,
      sex: person.sex ?? null,
      contact: person.contact,
      synthetic: person.synthetic,
      created_at: person.createdAt,
    })
    .onConflict((c) => c.columns(['clinic_id', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export async function updatePersonBasics(
  db: Write,
  clinicId: ClinicId,
  id: PersonId,
  basics: { birthDate: LocalDate | undefined; sex: Person['sex'] | undefined },
) {
  await write(db)
    .updateTable('person')
    .set({ birth_date: basics.birthDate ?? null, sex: basics.sex ?? null })
    .where('clinic_id', '=', clinicId)
    .where('id', '=', id)
    .execute()
}

export async function personById(db: Read, clinicId: ClinicId, id: PersonId): Promise<Person | undefined> {
  const row = await read(db)
    .selectFrom('person')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && toPerson(row)
}

/** Holds a person's row until the transaction ends: two decisions about one person come one after the other. */
export async function holdPerson(db: Write, clinicId: ClinicId, id: PersonId): Promise<void> {
  await write(db)
    .selectFrom('person')
    .select('id')
    .where('clinic_id', '=', clinicId)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst()
}

/** Those of the clinic with one of these ids, in no order. */
export async function peopleByIds(db: Read, clinicId: ClinicId, ids: readonly PersonId[]): Promise<Person[]> {
  if (ids.length === 0) return []
  const rows = await read(db)
    .selectFrom('person')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('id', 'in', [...ids])
    .execute()
  return rows.map(toPerson)
}

/** Everybody of the clinic by name. */
export async function people(db: Read, clinicId: ClinicId): Promise<Person[]> {
  const rows = await read(db)
    .selectFrom('person')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .orderBy('display_name')
    .orderBy('id')
    .execute()
  return rows.map(toPerson)
}
