import { createHash } from 'node:crypto'
import { generateAuthenticationOptions } from '@simplewebauthn/server'
import type { Actor } from '../../platform/actor.ts'
import { asWrite, setTenant, type Write } from '../../platform/database.server.ts'
import type { PageArgs } from '../../platform/page.server.ts'
import { countTry, type RateRule } from '../../platform/rate-limit.server.ts'
import type { Services } from '../../platform/services.server.ts'
import { addMs, type Instant, MINUTE_MS } from '../../platform/time.ts'
import { whatIsSigned } from '../../platform/what-is-signed.ts'
import { insertChallenge, type PasskeyPurpose, passkeysOf } from './passkey-queries.server.ts'
import { type RelyingParty, relyingParty } from './relying-party.ts'

/** As long as a browser's dialog may stay open; what comes later is asked anew. */
export const CHALLENGE_MS = 3 * MINUTE_MS

/** Nobody asks this often by hand; the table of challenges stays small. */
const ASKING: RateRule = { windowMs: 15 * MINUTE_MS, most: 120 }

/** Where a form with a passkey's answer was sent, and by whom. */
export type Posted = Pick<PageArgs, 'services' | 'actor' | 'url'> & { readonly form: FormData }

/** The clinic as passkeys know it at this page's address. */
export function partyOf({ services, url }: Pick<PageArgs, 'services' | 'url'>): RelyingParty | undefined {
  return relyingParty(services.config.publicUrl, url.href)
}

/** SHA-256 of a form as it arrived, in hexadecimal; the browser makes the same of the form it will send. */
export function formDigest({ url, form }: Pick<Posted, 'url' | 'form'>): string {
  return createHash('sha256').update(whatIsSigned(url.pathname, form), 'utf8').digest('hex')
}

/** Counts one more challenge. @returns milliseconds to wait when there were too many, else 0 */
export async function countAsking(services: Services, actor: Actor, address: string): Promise<number> {
  const who = actor.kind === 'member' ? `account ${actor.accountId}` : `address ${address}`
  return countTry(services.db, `passkey challenge ${who}`, ASKING, services.clock.now())
}

/** Keeps a challenge for the few minutes in which it may be answered, once. */
export async function keepChallenge(
  db: Write,
  actor: Actor,
  row: {
    readonly challenge: string
    readonly purpose: PasskeyPurpose
    readonly formDigest: string
    at: Instant
  },
): Promise<void> {
  await insertChallenge(db, {
    ...row,
    clinicId: actor.clinicId,
    membershipId: row.purpose !== 'sign-in' && actor.kind === 'member' ? actor.membershipId : undefined,
    expiresAt: addMs(row.at, CHALLENGE_MS),
  })
}

/**
 * What a browser hands to an authenticator so that somebody signs in (`sign-in`), signs a form as themselves (`sign`), or signs
 * the form on somebody else's screen as the second who does (`sign-second`).
 *
 * @param digest of the form the answer will be sent with
 * @returns undefined when the actor signs as themselves and has no passkey. Who else has one is never told: for the other two the
 *   authenticator finds the passkey by itself.
 */
export async function askForPasskey(
  services: Services,
  actor: Actor,
  party: RelyingParty,
  purpose: Exclude<PasskeyPurpose, 'register'>,
  digest: string,
) {
  return services.db.transaction().execute(async (transaction) => {
    await setTenant(transaction, actor.clinicId)
    const db = asWrite(transaction)
    const own =
      purpose === 'sign' && actor.kind === 'member'
        ? (await passkeysOf(db, actor.clinicId, actor.membershipId)).filter((one) => one.rp_id === party.id)
        : []
    if (purpose === 'sign' && own.length === 0) return undefined
    const options = await generateAuthenticationOptions({
      rpID: party.id,
      userVerification: 'required',
      timeout: CHALLENGE_MS,
      allowCredentials: own.map((one) => ({ id: one.credential_id, transports: one.transports as never })),
    })
    await keepChallenge(db, actor, {
      challenge: options.challenge,
      purpose,
      formDigest: digest,
      at: services.clock.now(),
    })
    return options
  })
}
