import { dayInWords, type Instant } from '../../platform/time.ts'
import type { EditionSource } from '../forms/edition.ts'
import type { InstrumentResponse } from '../instrument-response.ts'

export const OUR_EDITION = 'plain-language-edition'

/** Whose words a response was asked in, as staff read it. */
export type EditionWords = (asked: Pick<InstrumentResponse, 'instrumentId' | 'edition'>) => string

/** Where the words of an imported edition come from. */
export type EditionOrigin = {
  readonly instrumentId: string
  readonly edition: string
  readonly source: EditionSource
  readonly importedAt: Instant
}

/**
 * How editions are called: by their publisher, or by their file where it names none, and the day they came. One that the
 * clinic does not have keeps its stored name.
 *
 * @param timeZone the clinic's
 */
export function editionWords(origins: readonly EditionOrigin[], timeZone: string): EditionWords {
  const words = new Map(
    origins.map(({ instrumentId, edition, source, importedAt }) => [
      `${instrumentId} ${edition}`,
      `the publisher’s words, ${source.publisher ?? source.fileName}, brought in ${dayInWords(importedAt, timeZone)}`,
    ]),
  )
  return ({ instrumentId, edition }) =>
    edition === OUR_EDITION
      ? 'our plain-language edition'
      : (words.get(`${instrumentId} ${edition}`) ?? `words that are not at hand, ${edition}`)
}
