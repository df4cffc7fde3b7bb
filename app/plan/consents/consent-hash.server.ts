import { createHash } from 'node:crypto'
import type { ConsentDocument } from './consent-document.ts'

/**
 * SHA-256 of everything a person is shown: two texts that differ in a letter have different hashes. Stored with each
 * signature, so that it can be shown later what exactly was signed.
 */
export function consentHash(document: ConsentDocument): string {
  const { id, version, title, summary, sections, teachBack, withdrawal } = document
  return createHash('sha256')
    .update(JSON.stringify([id, version, title, summary, sections, teachBack, withdrawal]))
    .digest('hex')
}
