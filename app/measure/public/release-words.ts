import { dateInWords, type LocalDate } from '../../platform/time.ts'
import { percent, percentRange } from '../percent-words.ts'
import type { CurvePoint, MissingCountedAs, Noted, PublishedShare } from './public-figures.ts'
import type { Correction } from './release-page.ts'
import type { ReleasePeriod } from './release-period.ts'

export const WAY_WORDS: Readonly<Record<MissingCountedAs, string>> = {
  use: 'Not heard from counts as use',
  'left-out': 'Not heard from is left out',
  'no-use': 'Not heard from counts as no use',
}

export const NOTED_WORDS: Readonly<Record<Noted, string>> = {
  nausea: 'Nausea noted in at least one session',
  distress: 'Distress noted in at least one session',
  'stopped-early': 'An infusion stopped before its end',
}

/** "January to June 2026", "October 2025 to June 2026": whole quarters, so months say it all. */
export function quartersInWords({ from, to }: ReleasePeriod): string {
  const [first, last] = [monthInWords(from), monthInWords(to)]
  const sameYear = from.slice(0, 4) === to.slice(0, 4)
  return `${sameYear ? first.replace(/ \d{4}$/, '') : first} to ${last}`
}

function monthInWords(day: LocalDate): string {
  return new Intl.DateTimeFormat('en-US', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    Date.parse(`${day}T00:00:00Z`),
  )
}

/** What the curve says, in one sentence. */
export function curveFinding(last: CurvePoint, people: number): string {
  return `By day ${last.day}, ${percent(last.notYetUsed)} had told of no use (95 % interval ${percentRange(last.limits ?? undefined)}), of ${people} people.`
}

/** What the shares say, from the darkest way of counting to the brightest. */
export function sharesFinding(shares: readonly PublishedShare[]): string {
  const [darkest, brightest] = [shares[0]!, shares.at(-1)!]
  return `Without use in that week: somewhere between ${percent(darkest.share)} and ${percent(brightest.share)} of ${darkest.of} people, depending on what became of those not heard from.`
}

/** On which day what was corrected, and why. The reason is the manager's and may end with or without a full stop. */
export function correctionWords(one: Correction): string {
  const reason = /[.!?]$/.test(one.reason) ? one.reason : `${one.reason}.`
  return `Corrected on ${dateInWords(one.correctedOn)} by release ${one.correctedBy}: release ${one.release} was withdrawn on ${dateInWords(one.withdrawnOn)}. The reason given: ${reason}`
}
