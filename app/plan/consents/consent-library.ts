import type { ConsentDocument, DocumentRelease } from './consent-document.ts'
import { dataNotice } from './documents/data-notice.ts'
import { disclosureConsent } from './documents/disclosure.ts'
import { researchConsent } from './documents/research.ts'
import { telehealthConsent } from './documents/telehealth.ts'
import { treatmentConsent1 } from './documents/treatment-1.ts'
import { treatmentConsent2 } from './documents/treatment-2.ts'
import { treatmentConsent3 } from './documents/treatment-3.ts'

/**
 * Every version of every document, oldest first, in the order in which they are asked for. A version that somebody
 * signed is never taken out: its text is what was signed.
 */
const LIBRARY: readonly ConsentDocument[] = [
  treatmentConsent1,
  treatmentConsent2,
  treatmentConsent3,
  dataNotice,
  telehealthConsent,
  disclosureConsent,
  researchConsent,
]

/** In force where a clinic has not put another version in force. */
const STANDARD: readonly ConsentDocument[] = [
  treatmentConsent2,
  dataNotice,
  telehealthConsent,
  disclosureConsent,
  researchConsent,
]

/** A document in one version. @returns undefined when there is no such version */
export function consentDocument(id: string, version: string): ConsentDocument | undefined {
  return LIBRARY.find((d) => d.id === id && d.version === version)
}

/** All versions of a document, oldest first. */
export function versionsOf(id: string): readonly ConsentDocument[] {
  return LIBRARY.filter((d) => d.id === id)
}

/**
 * The one version of each document that is read and signed today, in the order in which they are asked for. Pure.
 *
 * @param releases what the clinic put in force, in any order; the newest of each document counts, and one of a version
 * that the library does not hold counts as none
 */
export function documentsInForce(releases: readonly DocumentRelease[]): readonly ConsentDocument[] {
  return STANDARD.map((standard) => {
    const newest = releases
      .filter((r) => r.documentId === standard.id)
      .reduce<DocumentRelease | undefined>(
        (last, r) => (last === undefined || r.inForceFrom >= last.inForceFrom ? r : last),
        undefined,
      )
    return (newest && consentDocument(newest.documentId, newest.version)) ?? standard
  })
}

/** Those a clinic without decisions of its own asks for before a dose. */
export function currentDocuments(): readonly ConsentDocument[] {
  return STANDARD.filter((d) => d.need === 'before-dosing')
}
