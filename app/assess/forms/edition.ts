import type { FormWording, ReportLine } from '@evenkeel/questionnaires'
import type { Id } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'

export type EditionId = Id<'instrument-edition'>

/** Where the words of an edition come from, as the file says. */
export type EditionSource = {
  /** The file's name without its folder. */
  readonly fileName: string
  /** SHA-256 of the file's text written as UTF-8, 64 hexadecimal digits: for a UTF-8 file what `sha256sum` gives of its bytes. */
  readonly sha256: string
  readonly url?: string
  readonly version?: string
  readonly publisher?: string
  readonly copyright?: string
}

/** The words of one of our instruments as a clinic imported them. Scoring, skip logic and triggers stay ours. */
export type WordingEdition = {
  readonly id: EditionId
  readonly instrumentId: string
  /** What is stored with every response; see `editionName`. */
  readonly edition: string
  readonly formHash: string
  /** BCP 47; "und" when the file does not say. */
  readonly language: string
  readonly wording: FormWording
  readonly source: EditionSource
  readonly report: readonly ReportLine[]
  readonly importedAt: Instant
  /** Account id, or "system". */
  readonly importedBy: string
}

/** Which wording new responses to an instrument use, from when on; null is our plain-language edition. */
export type EditionChoice = {
  readonly id: Id<'instrument-edition-choice'>
  readonly instrumentId: string
  readonly editionId: EditionId | null
  readonly chosenAt: Instant
  readonly chosenBy: string
}

/**
 * `imported-` and the first 12 digits of a hash.
 *
 * @param sha256 hexadecimal; of the file's text, and of the mapping by hand where there is one
 */
export function editionName(sha256: string): string {
  return `imported-${sha256.slice(0, 12)}`
}
