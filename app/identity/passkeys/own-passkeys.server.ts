import {
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { isoBase64URL } from '@simplewebauthn/server/helpers'
import type { Member } from '../../platform/actor.ts'
import { type Command, runCommand } from '../../platform/command.server.ts'
import { asWrite, setTenant } from '../../platform/database.server.ts'
import type { Id } from '../../platform/ids.ts'
import { done, type Outcome, refused } from '../../platform/outcome.ts'
import type { Services } from '../../platform/services.server.ts'
import { addPasskey as mayAdd, removePasskey as mayRemove } from '../identity-access.ts'
import { accountById } from '../identity-queries.server.ts'
import { isFreshStepUp, type StepUp } from '../step-up.ts'
import { CHALLENGE_MS, formDigest, keepChallenge, type Posted, partyOf } from './passkey-challenge.server.ts'
import { readAnswer, spendChallenge } from './passkey-check.server.ts'
import { insertPasskey, markPasskeyRemoved, passkeysOf } from './passkey-queries.server.ts'
import type { RelyingParty } from './relying-party.ts'

/** Ed25519, ES256, RS256: what authenticators make today. */
const ALGORITHMS = [-8, -7, -257]

/** Enough for every device somebody carries, and one in a drawer. */
const MOST_PASSKEYS = 10

/**
 * What a browser hands to an authenticator that is to make a passkey. Called only after the password was given again: the answer to
 * this very challenge is what `registerPasskey` asks for.
 *
 * @param digest of the form the answer will be sent with
 * @returns undefined when somebody has as many as they may
 */
export async function askForNewPasskey(
  services: Services,
  actor: Member,
  clinicName: string,
  party: RelyingParty,
  digest: string,
) {
  return services.db.transaction().execute(async (transaction) => {
    await setTenant(transaction, actor.clinicId)
    const db = asWrite(transaction)
    const own = await passkeysOf(db, actor.clinicId, actor.membershipId)
    if (own.length >= MOST_PASSKEYS) return undefined
    const account = await accountById(db, actor.accountId)
    const options = await generateRegistrationOptions({
      rpName: clinicName,
      rpID: party.id,
      userID: new Uint8Array(Buffer.from(actor.membershipId.replaceAll('-', ''), 'hex')),
      userName: account?.email ?? actor.name,
      userDisplayName: actor.name,
      timeout: CHALLENGE_MS,
      attestationType: 'none',
      supportedAlgorithmIDs: ALGORITHMS,
      // Found by the authenticator itself at sign-in, and never without a look at who uses it.
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      excludeCredentials: own.map((one) => ({ id: one.credential_id, transports: one.transports as never })),
    })
    await keepChallenge(db, actor, {
      challenge: options.challenge,
      purpose: 'register',
      formDigest: digest,
      at: services.clock.now(),
    })
    return options
  })
}

type AddRefusal = 'not-made' | 'known-already' | 'too-many'

/**
 * Keeps the passkey that an authenticator made.
 *
 * @param page the action's arguments; the form's `passkey` is the authenticator's answer
 * @param name what its owner calls it
 * @returns `not-made` when the answer does not hold or was given before
 */
export async function registerPasskey(
  page: Posted,
  name: string,
): Promise<Outcome<{ readonly id: Id<'passkey'> }, AddRefusal | 'not-allowed'>> {
  const { services, actor, form } = page
  const party = partyOf(page)
  const read = readAnswer<RegistrationResponseJSON>(String(form.get('passkey') ?? ''))
  if (actor.kind !== 'member' || !party || !read) return refused('not-made')
  const spent = await services.db.transaction().execute(async (transaction) => {
    await setTenant(transaction, actor.clinicId)
    const wanted = { purpose: 'register', formDigest: formDigest(page) } as const
    return spendChallenge(asWrite(transaction), actor, read.challenge, wanted, services.clock.now())
  })
  if (spent) return refused('not-made')
  const made = await verifyRegistrationResponse({
    response: read.answer,
    expectedChallenge: read.challenge,
    expectedOrigin: party.origin,
    expectedRPID: party.id,
    requireUserVerification: true,
    supportedAlgorithmIDs: ALGORITHMS,
  }).catch(() => undefined)
  if (!made?.verified) return refused('not-made')
  const { credential } = made.registrationInfo
  return runCommand(services, actor, addPasskey, {
    name,
    rpId: party.id,
    credentialId: credential.id,
    publicKey: isoBase64URL.fromBuffer(credential.publicKey),
    counter: credential.counter,
    transports: (credential.transports ?? []).filter((way) => /^[a-z-]{1,20}$/.test(way)).slice(0, 8),
  })
}

type NewPasskey = {
  readonly name: string
  readonly rpId: string
  readonly credentialId: string
  readonly publicKey: string
  readonly counter: number
  readonly transports: readonly string[]
}

const addPasskey: Command<NewPasskey, { readonly id: Id<'passkey'> }, AddRefusal> = {
  action: mayAdd,
  async run({ db, at, ids, actor, audit }, input) {
    if (actor.kind !== 'member') return refused('not-made')
    const { clinicId, membershipId } = actor
    if ((await passkeysOf(db, clinicId, membershipId)).length >= MOST_PASSKEYS) return refused('too-many')
    const id: Id<'passkey'> = ids.next()
    if (!(await insertPasskey(db, { ...input, clinicId, id, membershipId, at })))
      return refused('known-already')
    audit.write(mayAdd.id, { object: 'passkey', objectId: id })
    return done({ id })
  },
}

/** Removes one of the actor's own passkeys: nobody signs in or signs with it any more. */
export const removePasskey: Command<
  { readonly id: Id<'passkey'>; readonly stepUp: StepUp },
  null,
  'no-such-passkey' | 'not-confirmed'
> = {
  action: mayRemove,
  async run({ db, at, actor, audit }, { id, stepUp }) {
    if (actor.kind !== 'member' || !isFreshStepUp(stepUp, actor, at)) return refused('not-confirmed')
    if (!(await markPasskeyRemoved(db, actor.clinicId, actor.membershipId, id, at)))
      return refused('no-such-passkey')
    audit.write(mayRemove.id, { object: 'passkey', objectId: id })
    return done(null)
  },
}
