import { type Instrument, onOneLine, type ResponseStamp } from '@evenkeel/questionnaires'
import type { InstrumentResponse } from '../instrument-response.ts'
import type { EditionWords } from './edition-words.ts'

/** Results that were asked and scored alike and may be compared with each other, oldest first; never empty. */
export type ResultLine = readonly [InstrumentResponse, ...InstrumentResponse[]]

/**
 * Parts a person's results into lines. Two results stand on one line only when `onOneLine` says so: another
 * instrument, variant, wording, recall window or scoring begins another line.
 *
 * @returns lines, the one answered last first
 */
export function linesOf(responses: readonly InstrumentResponse[]): ResultLine[] {
  const lines: [InstrumentResponse, ...InstrumentResponse[]][] = []
  for (const response of [...responses].sort(byTime)) {
    const line = lines.find(([first]) => onOneLine(stampOf(first), stampOf(response)))
    if (line) line.push(response)
    else lines.push([response])
  }
  return lines.sort((a, b) => byTime(b.at(-1)!, a.at(-1)!))
}

function byTime(a: InstrumentResponse, b: InstrumentResponse): number {
  return a.completedAt.localeCompare(b.completedAt) || a.id.localeCompare(b.id)
}

export function stampOf(response: InstrumentResponse): ResponseStamp {
  const { instrumentId, version, edition, formHash, recallPeriod, scoringVersion } = response
  return { instrumentId, version, edition, formHash, recallPeriod, scoringVersion }
}

/** Whether the form of this result was set aside: what was answered is kept and scored, and nothing is compared with it. */
export function isSetAside({ source }: Pick<InstrumentResponse, 'source'>): boolean {
  return source === 'form-set-aside'
}

/** The result that stands for a line: the newest of those whose form was not set aside, where there is one. */
export function newestOfLine(line: ResultLine): InstrumentResponse {
  return line.findLast((one) => !isSetAside(one)) ?? line.at(-1)!
}

/** Why two results of one instrument are not compared, one reason a part; empty when they may be. */
export function whyApart(
  older: InstrumentResponse,
  newer: InstrumentResponse,
  editionInWords: EditionWords,
): string[] {
  const reasons: string[] = []
  if (older.version !== newer.version) reasons.push(`another version (${older.version})`)
  if (older.edition !== newer.edition) reasons.push(`another wording (${editionInWords(older)})`)
  if (older.recallPeriod !== newer.recallPeriod) {
    reasons.push(`another recall window (${recallInWords(older.recallPeriod)})`)
  }
  if (older.scoringVersion !== newer.scoringVersion) reasons.push(`another scoring (${older.scoringVersion})`)
  return reasons
}

/**
 * The scores that stand for a result: its total, or the parts side by side where no total exists or it is a profile
 * of digits. Empty where a category (a triage level) or a series of figures stands for it.
 */
export function leadingScores(instrument: Instrument): string[] {
  const { total, subscales, categories } = instrument
  if (total && 'items' in total && total.method !== 'concat') return [total.id]
  if (total && !('items' in total)) return []
  if (!total && categories.length > 0) return []
  return [...(total ? [total.id] : []), ...subscales.map(({ id }) => id)]
}

/**
 * A score's value as a number that may be compared: complete, or prorated (an estimate). A score made of part of
 * the answers says only what is reached so far and is not compared, and nor is one whose form was set aside.
 */
export function comparableValue(response: InstrumentResponse, scoreId: string | undefined): number | null {
  const { scores } = response
  if (scoreId === undefined || isSetAside(response) || !scores.valid || !('scores' in scores)) return null
  const found = scores.scores[scoreId]
  if (!found || typeof found.value !== 'number') return null
  return found.status === 'ok' || found.status === 'prorated' ? found.value : null
}

/**
 * What a result is compared with.
 *
 * `baseline`: the first finished result of the line. Whenever one was finished before the first dose this is one of
 * those, being the earliest; so the rule needs no date of a dose. `last`: the newest finished one before this.
 *
 * @returns undefined for what does not exist before this result
 */
export function comparedWith(
  line: ResultLine,
  response: InstrumentResponse,
  isFinished: (one: InstrumentResponse) => boolean,
): { readonly baseline: InstrumentResponse | undefined; readonly last: InstrumentResponse | undefined } {
  const at = line.findIndex(({ id }) => id === response.id)
  const before = line.slice(0, Math.max(at, 0)).filter(isFinished)
  return { baseline: before[0], last: before.at(-1) }
}

/** An ISO 8601 duration as people say it; one that we do not use is shown as stored. */
export function recallInWords(period: string): string {
  if (period === 'P0D' || period === 'PT0S') return 'now'
  if (period === 'P100Y') return 'the whole life'
  const found = /^P(?:T(\d+)(H|M)|(\d+)(D|W|M|Y))$/.exec(period)
  if (!found) return period
  const count = Number(found[1] ?? found[3])
  const unit = found[2]
    ? { H: 'hour', M: 'minute' }[found[2] as 'H' | 'M']
    : { D: 'day', W: 'week', M: 'month', Y: 'year' }[found[4] as 'D' | 'W' | 'M' | 'Y']
  return `the past ${count === 1 ? '' : `${count} `}${unit}${count === 1 ? '' : 's'}`
}

/** The page of one result. */
export function addressOf({ personId, id }: Pick<InstrumentResponse, 'personId' | 'id'>): string {
  return `/work/people/${personId}/results/${id}`
}
