import { type AuthenticationResponseJSON, verifyAuthenticationResponse } from '@simplewebauthn/server'
import { decodeClientDataJSON, isoBase64URL, parseAuthenticatorData } from '@simplewebauthn/server/helpers'
import type { Actor, Member } from '../../platform/actor.ts'
import { type AuditEntry, AuditTrail } from '../../platform/audit-trail.ts'
import { asWrite, setTenant, type Write } from '../../platform/database.server.ts'
import type { MembershipId } from '../../platform/ids.ts'
import type { Services } from '../../platform/services.server.ts'
import { usePasskey } from '../identity-access.ts'
import { holdPasskey, notePasskeyUse, type PasskeyPurpose, takeChallenge } from './passkey-queries.server.ts'
import type { RelyingParty } from './relying-party.ts'

/** Why an answer was not accepted. It goes into the audit; a page says only that it was not. */
export type PasskeyRefusal =
  | 'unreadable'
  /** Made up, used before, or too late. */
  | 'no-challenge'
  | 'other-purpose'
  /** Asked by somebody else. */
  | 'other-asker'
  /** For another form, or the form was changed since. */
  | 'other-form'
  | 'unknown-passkey'
  | 'other-account'
  /** The authenticator counts less than it did before: there may be a copy of it. */
  | 'counter'
  /** Signature, origin, host or the authenticator's word that it looked who it is. */
  | 'not-verified'

export type PasskeyCheck =
  | { readonly ok: true; readonly owner: Member }
  | { readonly ok: false; readonly why: PasskeyRefusal }

/** What the challenge must have been for. */
export type Wanted = {
  readonly purpose: PasskeyPurpose
  readonly formDigest: string
  /** Whose passkey it must be; undefined when signing in, where the passkey says who it is. */
  readonly ownerId: MembershipId | undefined
}

/** A passkey's answer as text from a form; undefined when it is none. */
export function readAnswer<Answer extends { id: string; response: { clientDataJSON: string } }>(
  text: string,
): { answer: Answer; challenge: string } | undefined {
  if (text.length > 20_000) return undefined
  try {
    const answer = JSON.parse(text) as Answer
    const { challenge } = decodeClientDataJSON(answer.response.clientDataJSON)
    return typeof challenge === 'string' && typeof answer.id === 'string' ? { answer, challenge } : undefined
  } catch {
    return undefined
  }
}

/** Takes the challenge out of the table and says why it is not the wanted one, if it is not. */
export async function spendChallenge(
  db: Write,
  actor: Actor,
  challenge: string,
  wanted: Omit<Wanted, 'ownerId'>,
  at: string,
): Promise<PasskeyRefusal | undefined> {
  const row = await takeChallenge(db, actor.clinicId, challenge)
  if (!row || row.expires_at <= at) return 'no-challenge'
  if (row.purpose !== wanted.purpose) return 'other-purpose'
  const asker = actor.kind === 'member' && wanted.purpose !== 'sign-in' ? actor.membershipId : null
  if (row.membership_id !== asker) return 'other-asker'
  return row.form_digest === wanted.formDigest ? undefined : 'other-form'
}

/**
 * Checks a passkey's answer: the challenge was made for exactly this and is spent by it, the passkey is known here and belongs to
 * whom it must, its signature holds for this origin, it looked who uses it, and its counter rose. In one transaction with its line in the audit,
 * which is kept whether it was accepted or not.
 *
 * @param text the answer as the browser's script put it into the form, JSON
 */
export async function checkPasskey(
  services: Services,
  actor: Actor,
  party: RelyingParty | undefined,
  text: string,
  wanted: Wanted,
): Promise<PasskeyCheck> {
  return services.db.transaction().execute(async (transaction) => {
    await setTenant(transaction, actor.clinicId)
    const db = asWrite(transaction)
    const found = await check(db, services, actor, party, text, wanted)
    const audit = new AuditTrail()
    audit.entries.push(entryOf(found, wanted.purpose))
    await services.audit.append(db, actor.clinicId, actor, services.clock.now(), audit.entries)
    return found.ok ? { ok: true, owner: found.owner } : { ok: false, why: found.why }
  })
}

type Found =
  | { readonly ok: true; readonly owner: Member; readonly passkeyId: string }
  | { readonly ok: false; readonly why: PasskeyRefusal; readonly passkeyId?: string }

function entryOf(found: Found, purpose: PasskeyPurpose): AuditEntry {
  return {
    action: usePasskey.id,
    power: found.ok ? 'write' : 'refused',
    ...(found.passkeyId ? { object: 'passkey', objectId: found.passkeyId } : {}),
    detail: { purpose, ...(found.ok ? {} : { reason: found.why }) },
  }
}

async function check(
  db: Write,
  services: Services,
  actor: Actor,
  party: RelyingParty | undefined,
  text: string,
  wanted: Wanted,
): Promise<Found> {
  const at = services.clock.now()
  const read = readAnswer<AuthenticationResponseJSON>(text)
  if (!read || !party) return { ok: false, why: 'unreadable' }
  const notWanted = await spendChallenge(db, actor, read.challenge, wanted, at)
  if (notWanted) return { ok: false, why: notWanted }
  const passkey = await holdPasskey(db, actor.clinicId, read.answer.id)
  if (!passkey || passkey.rp_id !== party.id) return { ok: false, why: 'unknown-passkey' }
  const refused = (why: PasskeyRefusal): Found => ({ ok: false, why, passkeyId: passkey.id })
  if (wanted.ownerId && passkey.membership_id !== wanted.ownerId) return refused('other-account')
  const verified = await verify(read.answer, read.challenge, party, passkey)
  if (typeof verified !== 'number') return refused(verified)
  await notePasskeyUse(db, actor.clinicId, passkey.id, verified, at)
  return {
    ok: true,
    passkeyId: passkey.id,
    owner: {
      kind: 'member',
      clinicId: actor.clinicId,
      accountId: passkey.account_id,
      membershipId: passkey.membership_id,
      name: passkey.name,
      roles: passkey.roles,
      ...(passkey.person_id ? { personId: passkey.person_id } : {}),
    },
  }
}

/** @returns the authenticator's counter, or why its answer does not hold */
async function verify(
  answer: AuthenticationResponseJSON,
  challenge: string,
  party: RelyingParty,
  passkey: { readonly public_key: string; readonly counter: number },
): Promise<number | 'counter' | 'not-verified'> {
  try {
    const { counter } = parseAuthenticatorData(isoBase64URL.toBuffer(answer.response.authenticatorData))
    const result = await verifyAuthenticationResponse({
      response: answer,
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
      credential: {
        id: answer.id,
        publicKey: isoBase64URL.toBuffer(passkey.public_key),
        // The counter is compared here, after the signature, so that only the authenticator itself is taken for a copy.
        counter: 0,
      },
    })
    if (!result.verified) return 'not-verified'
    const regressed = (counter > 0 || passkey.counter > 0) && counter <= passkey.counter
    return regressed ? 'counter' : counter
  } catch {
    // The library throws whatever does not fit: another origin, host, type, flags, or a text that is no such answer.
    return 'not-verified'
  }
}
