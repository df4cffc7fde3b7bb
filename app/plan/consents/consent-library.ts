import type { ConsentDocument } from './consent-document.ts'
import { dataNotice } from './documents/data-notice.ts'
import { treatmentConsent } from './documents/treatment-1.ts'

/** Every version of every document, oldest first. A version that somebody signed is never taken out. */
const LIBRARY: readonly ConsentDocument[] = [treatmentConsent, dataNotice]

/** A document by id, in one version or in the newest. */
export function consentDocument(id: string, version?: string): ConsentDocument | undefined {
  return LIBRARY.findLast((d) => d.id === id && (version === undefined || d.version === version))
}

/** The newest version of each document, in the order in which they are asked for. */
export function currentDocuments(): readonly ConsentDocument[] {
  return LIBRARY.filter((d) => consentDocument(d.id) === d)
}
