import type { AccountId, PersonId } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'
import type { SignatureId } from '../plan.ts'
import type { DisclosureElements } from './disclosure-elements.ts'
import type { Witness } from './signing.ts'

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

/**
 * When a document is asked for. `before-dosing`: no dose without it. `when-used`: only where that is done (a visit by
 * video). `own-choice`: never a condition of anything.
 */
export type DocumentNeed = 'before-dosing' | 'when-used' | 'own-choice'

/** A statement that is ticked by itself before signing. */
export type Acknowledgement = { readonly id: string; readonly text: string }

/** One version of a text that is read and signed. Never edited: another wording is another version. */
export type ConsentDocument = {
  readonly id: string
  readonly version: string
  readonly title: string
  readonly summary: string
  /** Said on the page until a lawyer has read it. */
  readonly counselReview: 'pending' | 'done'
  readonly need: DocumentNeed
  /** `disclosure`: carries the elements of 42 CFR 2.31 as fields, and may be signed several times for several recipients. */
  readonly form: 'plain' | 'disclosure'
  readonly sections: readonly ConsentSection[]
  readonly acknowledgements: readonly Acknowledgement[]
  readonly teachBack: readonly TeachBackQuestion[]
  /** What a withdrawal stops and what it leaves, shown before it is done. */
  readonly withdrawal: { readonly stops: readonly string[]; readonly leaves: readonly string[] }
  /**
   * Lines of `withdrawal.leaves` that hold only while visits are not cancelled, or doses not stopped, by another paper taken
   * back with this one. Not part of the text: it is not hashed.
   */
  readonly leavesWhile?: { readonly visits?: readonly string[]; readonly dosing?: readonly string[] }
  /** Withdrawing cancels the visits that are still ahead. */
  readonly withdrawalCancelsVisits: boolean
}

export type DocumentRef = { readonly id: string; readonly version: string; readonly title: string }

/** A version put in force by a clinic, from a moment on. */
export type DocumentRelease = {
  readonly documentId: string
  readonly version: string
  readonly reason: string
  readonly releasedBy: AccountId
  readonly inForceFrom: Instant
}

/** What somebody signed, as much of it as decides whether it counts. */
export type ConsentSignature = {
  readonly id: SignatureId
  readonly documentId: string
  readonly documentVersion: string
  readonly signedAt: Instant
  readonly withdrawnAt: Instant | undefined
}

/** Everything that was signed. `signatureHash` is undefined for what was signed before hashes covered more than the text. */
export type SignedConsent = ConsentSignature & {
  readonly personId: PersonId
  readonly textHash: string
  readonly signatureHash: string | undefined
  readonly typedName: string
  /** Strokes as SVG path data, or undefined: a typed name alone is a signature. */
  readonly drawing: string | undefined
  readonly teachBack: Readonly<Record<string, string>>
  readonly acknowledged: readonly string[]
  readonly elements: DisclosureElements | undefined
  readonly witness: Witness | undefined
  readonly interpreter: Witness | undefined
  /** Why staff held the device, when they did. */
  readonly assistance: string | undefined
  readonly signedBy: AccountId
  readonly withdrawnBy: AccountId | undefined
}

/** What the hash of a signature covers (`signatureHash`), as every copy says it. */
export const HASH_COVERS =
  'SHA-256 of person, text, version, answers, statements, fields, name, drawing, witness, interpreter, who helped, account, time'

/** Why a document is missing: never signed, signed in another version than the one in force, or withdrawn. */
export type MissingDocument = DocumentRef & {
  readonly why: 'never-signed' | 'newer-version' | 'withdrawn'
  /** When it was taken back. */
  readonly withdrawnAt: Instant | undefined
}

export type ConsentState = {
  /** Asked for and not signed in the version in force: no dose while this is not empty. */
  readonly missing: readonly MissingDocument[]
  readonly signed: readonly (DocumentRef & {
    readonly signatureId: SignatureId
    readonly signedAt: Instant
  })[]
}

/**
 * Which documents are signed and which are missing. Pure: from the documents in force and everything that was ever
 * signed. Only a signature of the version in force that was not withdrawn counts.
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
    else if (own.length === 0) missing.push({ ...ref, why: 'never-signed', withdrawnAt: undefined })
    else if (own[0]!.withdrawnAt) missing.push({ ...ref, why: 'withdrawn', withdrawnAt: own[0]!.withdrawnAt })
    else missing.push({ ...ref, why: 'newer-version', withdrawnAt: undefined })
  }
  return { missing, signed }
}

/**
 * Since when no dose may go on because consent to it was taken back: the newest withdrawal of a document that a dose
 * needs and that was not signed again. Undefined when none was; what was never signed, or changed since, is another matter.
 */
export function takenBackAt(state: Pick<ConsentState, 'missing'>): Instant | undefined {
  return state.missing
    .flatMap((m) => m.withdrawnAt ?? [])
    .sort()
    .at(-1)
}

/** Ids of the questions that were not answered as the text says. */
export function wrongAnswers(document: ConsentDocument, answers: Readonly<Record<string, string>>): string[] {
  return document.teachBack.filter((q) => answers[q.id] !== q.right).map((q) => q.id)
}
