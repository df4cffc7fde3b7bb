import { createHash } from 'node:crypto'
import type { ConsentDocument, SignedConsent } from './consent-document.ts'
import { elementsInOrder } from './disclosure-elements.ts'

/**
 * SHA-256 of everything a person is shown: two texts that differ in a letter have different hashes. Stored with each
 * signature, so that it can be shown later what exactly was signed.
 */
export function consentHash(document: ConsentDocument): string {
  const { id, version, title, summary, sections, teachBack, withdrawal, acknowledgements, form } = document
  const shown: unknown[] = [id, version, title, summary, sections, teachBack, withdrawal]
  // Documents that had neither were signed before there was either; their hashes stay.
  if (acknowledgements.length > 0 || form !== 'plain') shown.push(acknowledgements, form)
  return sha256(shown)
}

/**
 * SHA-256 of one signature with everything about it: person, text (by its hash), version, answers, statements ticked,
 * fields, name, drawing, witness, interpreter, who held the device, and when. It changes when any of them does.
 */
export function signatureHash(
  signed: Omit<SignedConsent, 'signatureHash' | 'withdrawnAt' | 'withdrawnBy'>,
): string {
  const witness = (one: SignedConsent['witness']) =>
    one ? [one.name, one.role, one.signature, one.language ?? null] : null
  return sha256([
    'evenkeel-signature-1',
    signed.id,
    signed.personId,
    signed.documentId,
    signed.documentVersion,
    signed.textHash,
    signed.elements ? elementsInOrder(signed.elements) : null,
    Object.entries(signed.teachBack).sort(([a], [b]) => (a < b ? -1 : 1)),
    [...signed.acknowledged].sort(),
    signed.typedName,
    signed.drawing ?? null,
    witness(signed.witness),
    witness(signed.interpreter),
    signed.assistance ?? null,
    signed.signedBy,
    signed.signedAt,
  ])
}

/** What a look at a stored signature finds. `text-only`: signed before hashes covered more than the text. */
export type Intact = 'intact' | 'text-only' | 'changed'

/** Works both hashes out again, from the library's text and from what is stored. */
export function intactness(signed: SignedConsent, document: ConsentDocument | undefined): Intact {
  if (!document || consentHash(document) !== signed.textHash) return 'changed'
  if (signed.signatureHash === undefined) return 'text-only'
  return signatureHash(signed) === signed.signatureHash ? 'intact' : 'changed'
}

function sha256(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex')
}
