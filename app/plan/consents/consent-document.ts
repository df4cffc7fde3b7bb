import type { Instant } from '../../platform/time.ts'
import type { SignatureId } from '../plan.ts'

/** A paragraph, or a list of points. */
export type ConsentBlock = string | readonly string[]

export type ConsentSection = {
  readonly id: string
  readonly heading: string
  readonly blocks: readonly ConsentBlock[]
}

/** A question after reading: whether the text was clear, not whether the person is clever. */
export type TeachBackQuestion = {
  readonly id: string
  readonly question: string
  readonly answers: readonly { readonly value: string; readonly label: string }[]
  readonly right: string
  /** Shown when another answer was given. */
  readonly explanation: string
}

/** One version of a text that is read and signed. Never edited: another wording is another version. */
export type ConsentDocument = {
  readonly id: string
  readonly version: string
  readonly title: string
  readonly summary: string
  /** Said on the page until a lawyer has read it. */
  readonly counselReview: 'pending' | 'done'
  readonly sections: readonly ConsentSection[]
  readonly teachBack: readonly TeachBackQuestion[]
  /** What a withdrawal stops and what it leaves, shown before it is done. */
  readonly withdrawal: { readonly stops: readonly string[]; readonly leaves: readonly string[] }
  /** Withdrawing cancels the visits that are still ahead. */
  readonly withdrawalCancelsVisits: boolean
}

export type DocumentRef = { readonly id: string; readonly version: string; readonly title: string }

export type ConsentSignature = {
  readonly id: SignatureId
  readonly documentId: string
  readonly documentVersion: string
  readonly textHash: string
  readonly typedName: string
  readonly signedAt: Instant
  readonly withdrawnAt: Instant | undefined
}

/** Why a document is missing: never signed, signed in an older version, or withdrawn. */
export type MissingDocument = DocumentRef & { readonly why: 'never-signed' | 'newer-version' | 'withdrawn' }

export type ConsentState = {
  /** Required and not signed in the version of today: no dose while this is not empty. */
  readonly missing: readonly MissingDocument[]
  readonly signed: readonly (DocumentRef & {
    readonly signatureId: SignatureId
    readonly signedAt: Instant
  })[]
}

/**
 * Which documents are signed and which are missing. Pure: from the documents of today and everything that was ever
 * signed. Only a signature of the newest version that was not withdrawn counts.
 */
export function consentStateOf(
  documents: readonly ConsentDocument[],
  signatures: readonly ConsentSignature[],
): ConsentState {
  const missing: MissingDocument[] = []
  const signed: ConsentState['signed'][number][] = []
  for (const document of documents) {
    const ref: DocumentRef = { id: document.id, version: document.version, title: document.title }
    const own = signatures
      .filter((s) => s.documentId === document.id)
      .sort((a, b) => (a.signedAt < b.signedAt ? 1 : -1))
    const valid = own.find((s) => s.documentVersion === document.version && !s.withdrawnAt)
    if (valid) signed.push({ ...ref, signatureId: valid.id, signedAt: valid.signedAt })
    else if (own.length === 0) missing.push({ ...ref, why: 'never-signed' })
    else if (own[0]!.withdrawnAt) missing.push({ ...ref, why: 'withdrawn' })
    else missing.push({ ...ref, why: 'newer-version' })
  }
  return { missing, signed }
}

/** Ids of the questions that were not answered as the text says. */
export function wrongAnswers(document: ConsentDocument, answers: Readonly<Record<string, string>>): string[] {
  return document.teachBack.filter((q) => answers[q.id] !== q.right).map((q) => q.id)
}
