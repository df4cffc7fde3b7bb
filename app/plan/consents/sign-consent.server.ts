import { ownPersonId } from '../../platform/actor.ts'
import type { Command } from '../../platform/command.server.ts'
import type { Read } from '../../platform/database.server.ts'
import type { ClinicId, PersonId } from '../../platform/ids.ts'
import { done, refused } from '../../platform/outcome.ts'
import { cancelVisits } from '../diary/cancel-appointment.server.ts'
import { appointmentsOfPerson } from '../diary/entry-queries.server.ts'
import type { SignatureId } from '../plan.ts'
import { signConsent as signConsentAction, withdrawConsent as withdrawConsentAction } from '../plan-access.ts'
import { type ConsentState, consentStateOf, wrongAnswers } from './consent-document.ts'
import { consentHash } from './consent-hash.server.ts'
import { consentDocument, currentDocuments } from './consent-library.ts'
import { insertConsentWithdrawal, insertSignature, signaturesOfPerson } from './consent-queries.server.ts'

export type ConsentInput = {
  readonly key: SignatureId
  readonly documentId: string
  /** Version and hash of the text that was on the screen. */
  readonly version: string
  readonly textHash: string
  readonly typedName: string
  /** Answers to the questions after reading, by question. */
  readonly teachBack: Readonly<Record<string, string>>
}

/**
 * A person signs the text they have read. Refuses when another text is in force by now, and when an answer to the
 * questions shows that something was not clear: then it is explained and asked again.
 */
export const signConsent: Command<
  ConsentInput,
  { readonly signatureId: SignatureId },
  'not-a-patient' | 'no-such-document' | 'newer-version' | 'name-missing' | 'teach-back'
> = {
  action: signConsentAction,
  async run({ db, at, actor, audit, tell }, input) {
    const personId = ownPersonId(actor)
    if (!personId || actor.kind !== 'member') return refused('not-a-patient')
    const document = consentDocument(input.documentId)
    if (!document) return refused('no-such-document')
    if (document.version !== input.version || consentHash(document) !== input.textHash)
      return refused('newer-version')
    const state = await consentState(db, actor.clinicId, personId)
    const signed = state.signed.find((s) => s.id === document.id)
    if (signed) return done({ signatureId: signed.signatureId })
    const typedName = input.typedName.trim()
    if (typedName.length < 2) return refused('name-missing')
    const wrong = wrongAnswers(document, input.teachBack)
    if (wrong.length > 0) return refused('teach-back', { wrong })
    const stored = await insertSignature(db, actor.clinicId, personId, {
      id: input.key,
      documentId: document.id,
      documentVersion: document.version,
      textHash: input.textHash,
      typedName,
      teachBack: Object.fromEntries(document.teachBack.map((q) => [q.id, input.teachBack[q.id]!])),
      signedBy: actor.accountId,
      signedAt: at,
    })
    // The same form sent again after a withdrawal: the signature it made has ended, and stays so.
    if (!stored) return done({ signatureId: input.key })
    audit.write(signConsentAction.id, {
      personId,
      object: 'consent',
      objectId: input.key,
      detail: { document: document.id, version: document.version },
    })
    tell('consent.signed', { signatureId: input.key, personId, documentId: document.id })
    return done({ signatureId: input.key })
  },
}

/**
 * Takes consent back in one step, with what that stops: dosing at once, and for some documents the visits ahead.
 * A patient for themselves; staff for somebody who told them so. Repeating it changes nothing.
 */
export const withdrawConsent: Command<
  { readonly personId: PersonId; readonly documentId: string },
  { readonly cancelledVisits: number },
  'not-your-own' | 'no-such-document'
> = {
  action: withdrawConsentAction,
  async run(needs, { personId, documentId }) {
    const { db, at, actor, audit, tell } = needs
    if (actor.kind !== 'member') return refused('not-your-own')
    const staff = actor.roles.some((role) => role === 'prescriber' || role === 'nurse')
    if (!staff && ownPersonId(actor) !== personId) return refused('not-your-own')
    const document = consentDocument(documentId)
    if (!document) return refused('no-such-document')
    const signatures = await signaturesOfPerson(db, actor.clinicId, personId)
    const open = signatures.filter((s) => s.documentId === documentId && !s.withdrawnAt)
    if (open.length === 0) return done({ cancelledVisits: 0 })
    for (const signature of open) {
      await insertConsentWithdrawal(db, actor.clinicId, {
        signatureId: signature.id,
        by: actor.accountId,
        at,
      })
      audit.write(withdrawConsentAction.id, {
        personId,
        object: 'consent',
        objectId: signature.id,
        detail: { document: documentId, version: signature.documentVersion },
      })
    }
    const ahead = document.withdrawalCancelsVisits
      ? (await appointmentsOfPerson(db, actor.clinicId, personId)).filter(
          (a) => !a.cancelledAt && a.startsAt > at,
        )
      : []
    await cancelVisits(needs, ahead, 'consent-withdrawn')
    tell('consent.withdrawn', { personId, documentId })
    return done({ cancelledVisits: ahead.length })
  },
}

/** Which documents a person has signed in today's version, and which are missing. */
export async function consentState(db: Read, clinicId: ClinicId, personId: PersonId): Promise<ConsentState> {
  return consentStateOf(currentDocuments(), await signaturesOfPerson(db, clinicId, personId))
}
