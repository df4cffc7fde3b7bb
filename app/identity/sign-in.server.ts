import type { Actor, Member } from '../platform/actor.ts'
import { AuditTrail } from '../platform/audit-trail.ts'
import { asWrite, setTenant } from '../platform/database.server.ts'
import type { ClinicId } from '../platform/ids.ts'
import { countTry, forgetTries, type RateRule, waitMs } from '../platform/rate-limit.server.ts'
import type { Services } from '../platform/services.server.ts'
import { MINUTE_MS, msBetween } from '../platform/time.ts'
import {
  accessLinkByHash,
  accountByEmail,
  accountById,
  endLoginSession,
  insertLoginSession,
  membershipOfAccount,
  openLoginSession,
  touchLoginSession,
} from './identity-queries.server.ts'
import { NOBODYS_HASH, passwordMatches } from './password.server.ts'
import { newSecretToken, readSecretToken } from './secret-token.server.ts'
import type { StepUp } from './step-up.ts'

/** After this many wrong passwords for one account or from one address, further tries wait. */
const PER_ACCOUNT: RateRule = { windowMs: 15 * MINUTE_MS, most: 8 }
const PER_ADDRESS: RateRule = { windowMs: 15 * MINUTE_MS, most: 40 }

export type SignInResult =
  | { readonly ok: true; readonly cookie: string; readonly actor: Member }
  /** One answer for a wrong password and for an unknown account. */
  | { readonly ok: false; readonly reason: 'no-match' }
  | { readonly ok: false; readonly reason: 'slowed'; readonly waitMs: number }

/**
 * Checks a password and begins a session. Unknown account, wrong password and account of another clinic give
 * the same answer in the same time.
 */
export async function signInWithPassword(
  services: Services,
  clinicId: ClinicId,
  input: { readonly email: string; readonly password: string; readonly address: string },
): Promise<SignInResult> {
  const at = services.clock.now()
  const email = input.email.trim().toLowerCase()
  const accountKey = `sign-in account ${email}`
  const addressKey = `sign-in address ${input.address}`
  const wait = Math.max(
    await waitMs(services.db, accountKey, PER_ACCOUNT, at),
    await waitMs(services.db, addressKey, PER_ADDRESS, at),
  )
  if (wait > 0) return { ok: false, reason: 'slowed', waitMs: wait }

  const found = await services.db.transaction().execute(async (transaction) => {
    await setTenant(transaction, clinicId)
    const db = asWrite(transaction)
    const account = await accountByEmail(db, email)
    const membership = account && (await membershipOfAccount(db, clinicId, account.id))
    return { account, membership }
  })
  const matches = await passwordMatches(input.password, found.account?.password_hash ?? NOBODYS_HASH)
  if (!matches || !found.account || !found.membership) {
    await countTry(services.db, accountKey, PER_ACCOUNT, at)
    await countTry(services.db, addressKey, PER_ADDRESS, at)
    await record(services, { kind: 'visitor', clinicId }, 'refused')
    return { ok: false, reason: 'no-match' }
  }
  await forgetTries(services.db, accountKey)
  const actor: Member = {
    kind: 'member',
    clinicId,
    accountId: found.account.id,
    membershipId: found.membership.id,
    name: found.account.name,
    roles: found.membership.roles,
    ...(found.membership.person_id ? { personId: found.membership.person_id } : {}),
  }
  return { ok: true, cookie: await beginSession(services, actor), actor }
}

export type ConfirmResult =
  | { readonly ok: true; readonly stepUp: StepUp }
  | { readonly ok: false; readonly reason: 'no-match' }
  | { readonly ok: false; readonly reason: 'slowed'; readonly waitMs: number }

/**
 * Asks somebody who is signed in for their password again, before an act that counts as their signature. Wrong
 * tries count against the account like those of signing in.
 */
export async function confirmPassword(
  services: Services,
  actor: Actor,
  password: string,
): Promise<ConfirmResult> {
  if (actor.kind !== 'member') return { ok: false, reason: 'no-match' }
  const at = services.clock.now()
  const key = `confirm account ${actor.accountId}`
  const wait = await waitMs(services.db, key, PER_ACCOUNT, at)
  if (wait > 0) return { ok: false, reason: 'slowed', waitMs: wait }
  const account = await services.db.transaction().execute(async (transaction) => {
    await setTenant(transaction, actor.clinicId)
    return accountById(asWrite(transaction), actor.accountId)
  })
  if (!(await passwordMatches(password, account?.password_hash ?? NOBODYS_HASH))) {
    await countTry(services.db, key, PER_ACCOUNT, at)
    await record(services, actor, 'refused', undefined, 'identity.confirm-password')
    return { ok: false, reason: 'no-match' }
  }
  await forgetTries(services.db, key)
  return { ok: true, stepUp: { accountId: actor.accountId, at } }
}

/** Begins a session for somebody who has just proved who they are in another way. @returns the cookie's value */
export async function beginSession(services: Services, actor: Member): Promise<string> {
  const { token, hash } = newSecretToken(actor.clinicId)
  await record(services, actor, 'write', hash)
  return token
}

async function record(
  services: Services,
  actor: Actor,
  power: 'write' | 'refused',
  tokenHash?: string,
  action = 'identity.sign-in',
) {
  await services.db.transaction().execute(async (transaction) => {
    await setTenant(transaction, actor.clinicId)
    const db = asWrite(transaction)
    const at = services.clock.now()
    if (tokenHash && actor.kind === 'member') {
      await insertLoginSession(db, {
        clinicId: actor.clinicId,
        tokenHash,
        membershipId: actor.membershipId,
        at,
      })
    }
    const audit = new AuditTrail()
    audit.entries.push({ action, power })
    await services.audit.append(db, actor.clinicId, actor, at, audit.entries)
  })
}

/** How often the time of last use is written down: seldom enough not to make every read a write. */
const TOUCH_MS = MINUTE_MS / 2

/**
 * Who sends this session cookie. Undefined when the session is unknown, ended, or idle for too long; an idle one
 * is ended by this.
 */
export async function actorOfSession(services: Services, cookie: string): Promise<Member | undefined> {
  const token = readSecretToken(cookie)
  if (!token) return undefined
  return services.db.transaction().execute(async (transaction) => {
    await setTenant(transaction, token.clinicId)
    const db = asWrite(transaction)
    const session = await openLoginSession(db, token.clinicId, token.hash)
    if (!session) return undefined
    const at = services.clock.now()
    const idleMs = msBetween(session.last_seen_at, at)
    const onlyPatient = session.roles.every((role) => role === 'patient')
    if (idleMs > (onlyPatient ? services.config.patientIdleMs : services.config.staffIdleMs)) {
      await endLoginSession(db, token.clinicId, token.hash, at)
      return undefined
    }
    if (idleMs > TOUCH_MS) await touchLoginSession(db, token.clinicId, token.hash, at)
    return {
      kind: 'member' as const,
      clinicId: token.clinicId,
      accountId: session.account_id,
      membershipId: session.membership_id,
      name: session.name,
      roles: session.roles,
      ...(session.person_id ? { personId: session.person_id } : {}),
    }
  })
}

export async function endSession(services: Services, cookie: string): Promise<void> {
  const token = readSecretToken(cookie)
  if (!token) return
  await services.db.transaction().execute(async (transaction) => {
    await setTenant(transaction, token.clinicId)
    await endLoginSession(asWrite(transaction), token.clinicId, token.hash, services.clock.now())
  })
}

/** The bearer of a secret link, if the link is known, of this purpose, not revoked and not expired. */
export async function actorOfLink(
  services: Services,
  token: string,
  purpose: string,
): Promise<Actor | undefined> {
  const read = readSecretToken(token)
  if (!read) return undefined
  return services.db.transaction().execute(async (transaction) => {
    await setTenant(transaction, read.clinicId)
    const link = await accessLinkByHash(asWrite(transaction), read.clinicId, read.hash)
    if (!link || link.purpose !== purpose || link.expires_at <= services.clock.now()) return undefined
    return {
      kind: 'link',
      clinicId: read.clinicId,
      linkId: link.id,
      personId: link.person_id,
      purpose,
    } as const
  })
}
