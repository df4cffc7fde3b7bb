import { clinicById, personById } from '../../identity/index.server.ts'
import { type Member, ownPersonId } from '../../platform/actor.ts'
import type { Command, Needs } from '../../platform/command.server.ts'
import type { PersonId } from '../../platform/ids.ts'
import { done, type Outcome, refused } from '../../platform/outcome.ts'
import { localDateOf } from '../../platform/time.ts'
import type { SignatureId } from '../plan.ts'
import { assistConsent as assistAction, signConsent as signAction } from '../plan-access.ts'
import { consentHash, signatureHash } from './consent-hash.server.ts'
import { insertSignature, lockConsents, signaturesOfPerson } from './consent-queries.server.ts'
import { documentOfClinic } from './consents-of.server.ts'
import { readDrawing } from './signature-drawing.ts'
import { type Assistance, type Signing, type SigningProblem, signingProblems } from './signing.ts'

export type ConsentInput = Signing & {
  /** Becomes the id of the signature. */
  readonly key: SignatureId
  readonly documentId: string
  /** Version and hash of the text that was on the screen. */
  readonly version: string
  readonly textHash: string
}

type SignRefusal = 'no-such-document' | 'newer-version' | SigningProblem['reason']
type Signed = Outcome<{ readonly signatureId: SignatureId }, SignRefusal>

/**
 * A person signs the text they have read. Refuses when another text is in force by now, and when something is missing or
 * was not clear (`detail.problems`, one per field). Sent twice, or from two tabs at once, it is one signature; a paper
 * with fields of its own may be signed several times, each from its own form.
 */
export const signConsent: Command<
  ConsentInput,
  { readonly signatureId: SignatureId },
  'not-a-patient' | SignRefusal
> = {
  action: signAction,
  async run(needs, input) {
    const personId = ownPersonId(needs.actor)
    if (!personId || needs.actor.kind !== 'member') return refused('not-a-patient')
    return sign(needs, needs.actor, personId, input, undefined, signAction.id)
  },
}

/**
 * Somebody who cannot read or write signs with the help of staff, who read the text out and hold the device. A witness
 * who is not the one who helps must be there and sign; so does an interpreter where there was one.
 */
export const assistConsent: Command<
  ConsentInput & { readonly personId: PersonId; readonly because: string },
  { readonly signatureId: SignatureId },
  'no-such-person' | SignRefusal
> = {
  action: assistAction,
  async run(needs, { personId, because, ...input }) {
    const { actor, db } = needs
    if (actor.kind !== 'member' || !(await personById(db, actor.clinicId, personId)))
      return refused('no-such-person')
    const assistance = { because: because.trim(), staffName: actor.name }
    return sign(needs, actor, personId, input, assistance, assistAction.id)
  },
}

async function sign(
  { db, at, audit, tell }: Needs,
  actor: Member,
  personId: PersonId,
  input: ConsentInput,
  assistance: Assistance | undefined,
  action: string,
): Promise<Signed> {
  const document = await documentOfClinic(db, actor.clinicId, input.documentId)
  if (!document) return refused('no-such-document')
  const textHash = consentHash(document)
  if (document.version !== input.version || textHash !== input.textHash) return refused('newer-version')
  await lockConsents(db, actor.clinicId, personId)
  const before = await signaturesOfPerson(db, actor.clinicId, personId)
  // The same form sent again, also after a withdrawal: the signature it made is what it is.
  if (before.some((s) => s.id === input.key)) return done({ signatureId: input.key })
  const valid = before.find(
    (s) => s.documentId === document.id && s.documentVersion === document.version && !s.withdrawnAt,
  )
  if (valid && document.form === 'plain') return done({ signatureId: valid.id })
  const person = await personById(db, actor.clinicId, personId)
  const names = [...(assistance ? [] : [actor.name]), ...(person ? [person.displayName] : [])]
  const timeZone = (await clinicById(db, actor.clinicId))?.timeZone ?? 'UTC'
  const problems = signingProblems(document, input, assistance, names, localDateOf(at, timeZone))
  if (problems[0]) return refused(problems[0].reason, { problems })
  const drawing = readDrawing(input.drawing ?? '')
  const signature = {
    id: input.key,
    personId,
    documentId: document.id,
    documentVersion: document.version,
    textHash,
    typedName: input.typedName.trim(),
    drawing: drawing.is === 'drawn' ? drawing.path : undefined,
    teachBack: Object.fromEntries(document.teachBack.map((q) => [q.id, input.teachBack[q.id]!])),
    acknowledged: document.acknowledgements.map((a) => a.id),
    elements: document.form === 'disclosure' ? input.elements : undefined,
    witness: input.witness,
    interpreter: input.interpreter,
    assistance: assistance?.because,
    signedBy: actor.accountId,
    signedAt: at,
  }
  // A key that somebody else's form made names no signature of this person.
  if (!(await insertSignature(db, actor.clinicId, { ...signature, signatureHash: signatureHash(signature) })))
    return refused('no-such-document')
  audit.write(action, {
    personId,
    object: 'consent',
    objectId: input.key,
    detail: {
      document: document.id,
      version: document.version,
      drawn: signature.drawing !== undefined,
      witness: signature.witness !== undefined,
      interpreter: signature.interpreter !== undefined,
    },
  })
  tell('consent.signed', { signatureId: input.key, personId, documentId: document.id })
  return done({ signatureId: input.key })
}
