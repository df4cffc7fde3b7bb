import type { Role } from '../../platform/actor.ts'
import { type Read, reader, type Write, writer } from '../../platform/database.server.ts'
import type { AccountId, ClinicId, Id, MembershipId, PersonId } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'

/** For what an authenticator is asked: an answer to one is no answer to another. */
export type PasskeyPurpose = 'sign-in' | 'sign' | 'sign-second' | 'register'

type PasskeyTables = {
  passkey: {
    clinic_id: ClinicId
    id: Id<'passkey'>
    membership_id: MembershipId
    credential_id: string
    public_key: string
    counter: number
    transports: string[]
    rp_id: string
    name: string
    created_at: Instant
    last_used_at: Instant | null
    removed_at: Instant | null
  }
  passkey_challenge: {
    clinic_id: ClinicId
    challenge: string
    purpose: PasskeyPurpose
    membership_id: MembershipId | null
    form_digest: string
    created_at: Instant
    expires_at: Instant
  }
  membership: {
    clinic_id: ClinicId
    id: MembershipId
    account_id: AccountId
    roles: Role[]
    person_id: PersonId | null
    active: boolean
  }
  account: { id: AccountId; email: string; name: string }
}

const read = (db: Read) => reader<PasskeyTables>(db)
const write = (db: Write) => writer<PasskeyTables>(db)

/** Keeps a challenge, and forgets those whose time is over. */
export async function insertChallenge(
  db: Write,
  row: {
    clinicId: ClinicId
    challenge: string
    purpose: PasskeyPurpose
    membershipId: MembershipId | undefined
    formDigest: string
    at: Instant
    expiresAt: Instant
  },
) {
  await write(db)
    .deleteFrom('passkey_challenge')
    .where('clinic_id', '=', row.clinicId)
    .where('expires_at', '<', row.at)
    .execute()
  await write(db)
    .insertInto('passkey_challenge')
    .values({
      clinic_id: row.clinicId,
      challenge: row.challenge,
      purpose: row.purpose,
      membership_id: row.membershipId ?? null,
      form_digest: row.formDigest,
      created_at: row.at,
      expires_at: row.expiresAt,
    })
    .execute()
}

/** Takes a challenge out, so that nobody uses it again. */
export async function takeChallenge(db: Write, clinicId: ClinicId, challenge: string) {
  return write(db)
    .deleteFrom('passkey_challenge')
    .where('clinic_id', '=', clinicId)
    .where('challenge', '=', challenge)
    .returning(['purpose', 'membership_id', 'form_digest', 'expires_at'])
    .executeTakeFirst()
}

/** Passkeys of a member that were not removed, oldest first. */
export async function passkeysOf(db: Read, clinicId: ClinicId, membershipId: MembershipId) {
  return read(db)
    .selectFrom('passkey')
    .select(['id', 'credential_id', 'transports', 'rp_id', 'name', 'created_at', 'last_used_at'])
    .where('clinic_id', '=', clinicId)
    .where('membership_id', '=', membershipId)
    .where('removed_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
}

/** A passkey with whose it is, held until the transaction ends; not one that was removed or whose owner works here no more. */
export async function holdPasskey(db: Write, clinicId: ClinicId, credentialId: string) {
  return write(db)
    .selectFrom('passkey')
    .innerJoin('membership', (j) =>
      j
        .onRef('membership.clinic_id', '=', 'passkey.clinic_id')
        .onRef('membership.id', '=', 'passkey.membership_id'),
    )
    .innerJoin('account', 'account.id', 'membership.account_id')
    .select([
      'passkey.id',
      'passkey.public_key',
      'passkey.counter',
      'passkey.rp_id',
      'membership.id as membership_id',
      'membership.account_id',
      'membership.roles',
      'membership.person_id',
      'account.name',
    ])
    .where('passkey.clinic_id', '=', clinicId)
    .where('passkey.credential_id', '=', credentialId)
    .where('passkey.removed_at', 'is', null)
    .where('membership.active', '=', true)
    .forUpdate('passkey')
    .executeTakeFirst()
}

export async function notePasskeyUse(
  db: Write,
  clinicId: ClinicId,
  id: Id<'passkey'>,
  counter: number,
  at: Instant,
) {
  await write(db)
    .updateTable('passkey')
    .set({ counter, last_used_at: at })
    .where('clinic_id', '=', clinicId)
    .where('id', '=', id)
    .execute()
}

/** @returns false when this authenticator's key is here already */
export async function insertPasskey(
  db: Write,
  row: {
    clinicId: ClinicId
    id: Id<'passkey'>
    membershipId: MembershipId
    credentialId: string
    publicKey: string
    counter: number
    transports: readonly string[]
    rpId: string
    name: string
    at: Instant
  },
): Promise<boolean> {
  const inserted = await write(db)
    .insertInto('passkey')
    .values({
      clinic_id: row.clinicId,
      id: row.id,
      membership_id: row.membershipId,
      credential_id: row.credentialId,
      public_key: row.publicKey,
      counter: row.counter,
      transports: [...row.transports],
      rp_id: row.rpId,
      name: row.name,
      created_at: row.at,
      last_used_at: null,
      removed_at: null,
    })
    .onConflict((c) => c.columns(['clinic_id', 'credential_id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return inserted !== undefined
}

/** @returns whether there was one of theirs to remove */
export async function markPasskeyRemoved(
  db: Write,
  clinicId: ClinicId,
  membershipId: MembershipId,
  id: Id<'passkey'>,
  at: Instant,
): Promise<boolean> {
  const row = await write(db)
    .updateTable('passkey')
    .set({ removed_at: at })
    .where('clinic_id', '=', clinicId)
    .where('membership_id', '=', membershipId)
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}
