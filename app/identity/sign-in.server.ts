import type { Actor, Member } from '../platform/actor.ts'
import { AuditTrail } from '../platform/audit-trail.ts'
import { asWrite, setTenant, type Write } from '../platform/database.server.ts'
import type { ClinicId } from '../platform/ids.ts'
import { countTry, forgetTries, type RateRule, uncountTry } from '../platform/rate-limit.server.ts'
import type { Services } from '../platform/services.server.ts'
import { HOUR_MS, type Instant, MINUTE_MS, msBetween } from '../platform/time.ts'
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
import type { NotConfirmed, StepUp } from './step-up.ts'

/** After this many wrong passwords for one account or from one address, further tries wait. */
export const PER_ACCOUNT: RateRule = { windowMs: 15 * MINUTE_MS, most: 8 }
export const PER_ADDRESS: RateRule = { windowMs: 15 * MINUTE_MS, most: 40 }

export type SignInResult =
  | { readonly ok: true; readonly cookie: string; readonly actor: Member }
  /** One answer for a wrong password and for an unknown account. */
  | { readonly ok: false; readonly reason: 'no-match' }
  | { readonly ok: false; readonly reason: 'slowed'; readonly waitMs: number }

/**
 * Checks a password and begins a session. Unknown account, wrong password and account of another clinic give
 * the same answer in the same time. A try is counted before the slow comparison, in one statement, so that tries
 * sent side by side are slowed like tries sent one after the other.
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
  // The address first: one that tries too much is not to use up the tries of the accounts it names.
  const ofAddressMs = await countTry(services.db, addressKey, PER_ADDRESS, at)
  if (ofAddressMs > 0) return { ok: false, reason: 'slowed', waitMs: ofAddressMs }
  const ofAccountMs = await countTry(services.db, accountKey, PER_ACCOUNT, at)
  if (ofAccountMs > 0) {
    await uncountTry(services.db, addressKey)
    return { ok: false, reason: 'slowed', waitMs: ofAccountMs }
  }

  const found = await services.db.transaction().execute(async (transaction) => {
    await setTenant(transaction, clinicId)
    const db = asWrite(transaction)
    const account = await accountByEmail(db, email)
    const membership = account && (await membershipOfAccount(db, clinicId, account.id))
    return { account, membership }
  })
  const matches = await passwordMatches(input.password, found.account?.password_hash ?? NOBODYS_HASH)
  if (!matches || !found.account || !found.membership) {
    await record(services, { kind: 'visitor', clinicId }, 'refused')
    return { ok: false, reason: 'no-match' }
  }
  await forgetTries(services.db, accountKey)
  // Many people of one clinic sign in from one address.
  await uncountTry(services.db, addressKey)
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
  | ({ readonly ok: false } & NotConfirmed)

/**
 * Asks somebody who is signed in for their password again, before an act that counts as their signature. Wrong
 * tries count against the account like those of signing in, each before it is looked at.
 */
export async function confirmPassword(
  services: Services,
  actor: Actor,
  password: string,
): Promise<ConfirmResult> {
  if (actor.kind !== 'member') return { ok: false, reason: 'no-match' }
  const at = services.clock.now()
  const key = `confirm account ${actor.accountId}`
  const wait = await countTry(services.db, key, PER_ACCOUNT, at)
  if (wait > 0) return { ok: false, reason: 'slowed', waitMs: wait }
  const account = await services.db.transaction().execute(async (transaction) => {
    await setTenant(transaction, actor.clinicId)
    return accountById(asWrite(transaction), actor.accountId)
  })
  if (!(await passwordMatches(password, account?.password_hash ?? NOBODYS_HASH))) {
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

/** A session of staff ends this long after signing in, however busy: a day's work, never a forgotten screen for good. */
const STAFF_LIFETIME_MS = 12 * HOUR_MS

/**
 * Who sends this session cookie. Undefined when the session is unknown, ended, idle for too long, or (of staff)
 * older than twelve hours; the last two are ended by this.
 */
export async function actorOfSession(services: Services, cookie: string): Promise<Member | undefined> {
  return withSession(services, cookie, async (db, session) => {
    const { clinicId, tokenHash, at } = session
    if (session.over) await endLoginSession(db, clinicId, tokenHash, at)
    else if (session.idleMs > TOUCH_MS) await touchLoginSession(db, clinicId, tokenHash, at)
  })
}

/**
 * The same answer as `actorOfSession` without counting as use: for what goes on by itself, such as an open live
 * line, which must not keep a session alive.
 */
export async function actorWhileUsed(services: Services, cookie: string): Promise<Member | undefined> {
  return withSession(services, cookie, async () => {})
}

async function withSession(
  services: Services,
  cookie: string,
  note: (
    db: Write,
    session: { clinicId: ClinicId; tokenHash: string; at: Instant; over: boolean; idleMs: number },
  ) => Promise<void>,
): Promise<Member | undefined> {
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
    const over = onlyPatient
      ? idleMs > services.config.patientIdleMs
      : idleMs > services.config.staffIdleMs || msBetween(session.created_at, at) > STAFF_LIFETIME_MS
    await note(db, { clinicId: token.clinicId, tokenHash: token.hash, at, over, idleMs })
    if (over) return undefined
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

/**
 * The bearer of a secret link, if the link is known, of this purpose, not revoked and not expired. A link may name what it is about
 * after its purpose and a space ("take-home 0192f3a0-…"); the bearer's purpose is the whole.
 */
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
    const isFor = link && (link.purpose === purpose || link.purpose.startsWith(`${purpose} `))
    if (!isFor || link.expires_at <= services.clock.now()) return undefined
    return {
      kind: 'link',
      clinicId: read.clinicId,
      linkId: link.id,
      personId: link.person_id,
      purpose: link.purpose,
    } as const
  })
}
