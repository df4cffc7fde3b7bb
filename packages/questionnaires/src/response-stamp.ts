import { formHash } from './form-hash.ts'
import type { Instrument } from './instrument.ts'

/** What is stored with every response, so that years later it is clear what was asked and how it was scored. */
export type ResponseStamp = {
  readonly instrumentId: string
  readonly version: string
  readonly edition: string
  readonly formHash: string
  /** ISO 8601 duration. */
  readonly recallPeriod: string
  readonly scoringVersion: number
}

export function responseStamp(instrument: Instrument): ResponseStamp {
  return {
    instrumentId: instrument.id,
    version: instrument.version,
    edition: instrument.edition,
    formHash: formHash(instrument),
    recallPeriod: instrument.recall.period,
    scoringVersion: instrument.scoringVersion,
  }
}

/**
 * Whether two results may stand on one chart line and be compared: same instrument, variant, wording, recall window and
 * scoring. Small changes of wording within an edition (another form hash) do not part them.
 */
export function onOneLine(a: ResponseStamp, b: ResponseStamp): boolean {
  return (
    a.instrumentId === b.instrumentId &&
    a.version === b.version &&
    a.edition === b.edition &&
    a.recallPeriod === b.recallPeriod &&
    a.scoringVersion === b.scoringVersion
  )
}
