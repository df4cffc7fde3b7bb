import { personById } from '../../identity/index.server.ts'
import { ownPersonId } from '../../platform/actor.ts'
import type { Command } from '../../platform/command.server.ts'
import type { PersonId } from '../../platform/ids.ts'
import { done, refused } from '../../platform/outcome.ts'
import { cancelVisits } from '../diary/cancel-appointment.server.ts'
import type { SignatureId } from '../plan.ts'
import { withdrawConsent as withdrawAction } from '../plan-access.ts'
import type { SignedConsent } from './consent-document.ts'
import { consentDocument, versionsOf } from './consent-library.ts'
import { insertConsentWithdrawal, lockConsents, signaturesOfPerson } from './consent-queries.server.ts'
import { visitsAtWithdrawal } from './visits-at-withdrawal.server.ts'

/** What is taken back: a document with all that was signed of it, one signature, or everything. */
export type Withdrawal =
  | { readonly documentId: string }
  | { readonly signatureId: SignatureId }
  | { readonly everything: true }

/**
 * Takes consent back in one step, with what that stops, in the same transaction: dosing at once (no order may be used
 * without consent), for some documents the visits ahead, sharing and research from that moment. A patient for themselves;
 * staff for somebody who told them so. Repeating it changes nothing.
 *
 * It never waits for a session: one that is under way stays in the diary and on the board, the person stays under watch,
 * no dose begins in it and a paused pump is not started again (`underWay` says how many there are, 0 or 1 in practice).
 */
export const withdrawConsent: Command<
  { readonly personId: PersonId } & Withdrawal,
  { readonly cancelledVisits: number; readonly takenBack: number; readonly underWay: number },
  'not-your-own' | 'no-such-document'
> = {
  action: withdrawAction,
  async run(needs, { personId, ...what }) {
    const { db, at, actor, audit, tell } = needs
    if (actor.kind !== 'member') return refused('not-your-own')
    const staff = actor.roles.some((role) => role === 'prescriber' || role === 'nurse')
    if (!staff && ownPersonId(actor) !== personId) return refused('not-your-own')
    if ('documentId' in what && versionsOf(what.documentId).length === 0) return refused('no-such-document')
    // Somebody of another clinic signed nothing here.
    if (!(await personById(db, actor.clinicId, personId)))
      return done({ cancelledVisits: 0, takenBack: 0, underWay: 0 })
    await lockConsents(db, actor.clinicId, personId)
    const signatures = await signaturesOfPerson(db, actor.clinicId, personId)
    if ('signatureId' in what && !signatures.some((s) => s.id === what.signatureId))
      return refused('no-such-document')
    const open = signatures.filter((s) => !s.withdrawnAt && isMeant(s, what))
    for (const signature of open) {
      await insertConsentWithdrawal(db, actor.clinicId, {
        signatureId: signature.id,
        by: actor.accountId,
        at,
      })
      audit.write(withdrawAction.id, {
        personId,
        object: 'consent',
        objectId: signature.id,
        detail: { document: signature.documentId, version: signature.documentVersion },
      })
    }
    const documents = open.flatMap((s) => consentDocument(s.documentId, s.documentVersion) ?? [])
    const visits = await visitsAtWithdrawal(db, actor.clinicId, personId, at)
    const ahead = documents.some((d) => d.withdrawalCancelsVisits) ? visits.ahead : []
    await cancelVisits(needs, ahead, 'consent-withdrawn')
    for (const documentId of new Set(open.map((s) => s.documentId)))
      tell('consent.withdrawn', {
        personId,
        documentId,
        stopsDosing: documents.some((d) => d.id === documentId && d.need === 'before-dosing'),
      })
    const stopsDosing = documents.some((d) => d.need === 'before-dosing')
    return done({
      cancelledVisits: ahead.length,
      takenBack: open.length,
      underWay: stopsDosing ? visits.underWay.length : 0,
    })
  },
}

function isMeant(signature: SignedConsent, what: Withdrawal): boolean {
  if ('documentId' in what) return signature.documentId === what.documentId
  if ('signatureId' in what) return signature.id === what.signatureId
  return true
}
