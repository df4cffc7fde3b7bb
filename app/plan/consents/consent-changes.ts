import type { AccountId } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'
import type { SignedConsent } from './consent-document.ts'
import { consentDocument } from './consent-library.ts'

/** Consent to dosing taken back at an instant, or signed again after that: what, and by which account. */
export type ConsentChange = {
  readonly what: 'taken-back' | 'signed-again'
  readonly at: Instant
  readonly by: AccountId
  /** The documents, by title; one act may take back several. */
  readonly titles: readonly string[]
}

type Signed = Pick<
  SignedConsent,
  'documentId' | 'documentVersion' | 'signedAt' | 'signedBy' | 'withdrawnAt' | 'withdrawnBy'
>

/**
 * What became of the consent that a dose needs between two instants, oldest first: each taking back, and each signing
 * that followed one. Documents a dose does not need are left out. Pure.
 *
 * @param until both instants are within; undefined: up to now
 */
export function consentChangesOf(
  signatures: readonly Signed[],
  from: Instant,
  until: Instant | undefined,
): ConsentChange[] {
  const within = (at: Instant) => at >= from && (until === undefined || at <= until)
  const changes = new Map<string, ConsentChange>()
  const add = (what: ConsentChange['what'], at: Instant, by: AccountId, title: string) => {
    const key = `${at} ${what} ${by}`
    const titles = [...new Set([...(changes.get(key)?.titles ?? []), title])]
    changes.set(key, { what, at, by, titles })
  }
  for (const { documentId, documentVersion, signedAt, signedBy, withdrawnAt, withdrawnBy } of signatures) {
    const document = consentDocument(documentId, documentVersion)
    if (document?.need !== 'before-dosing') continue
    if (withdrawnAt && withdrawnBy && within(withdrawnAt))
      add('taken-back', withdrawnAt, withdrawnBy, document.title)
    const again = signatures.some(
      (other) =>
        other.documentId === documentId &&
        other.withdrawnAt !== undefined &&
        within(other.withdrawnAt) &&
        other.withdrawnAt <= signedAt,
    )
    if (again && within(signedAt)) add('signed-again', signedAt, signedBy, document.title)
  }
  return [...changes.values()].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}
