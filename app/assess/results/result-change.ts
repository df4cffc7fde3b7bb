import { type ChangeDescription, describeChangeBy, type Instrument } from '@evenkeel/questionnaires'
import type { InstrumentResponse } from '../instrument-response.ts'
import { comparableValue, isSetAside } from './result-line.ts'

/**
 * How a score stands against an earlier one.
 *
 * `first`: there is nothing to compare with. `unknown`: at least one of the two is not known. `moved`: it changed, and
 * no source says which way is better. `other`: a profile or level that is no number and differs.
 */
export type ChangeVerdict = 'better' | 'worse' | 'same' | 'moved' | 'other' | 'unknown' | 'first'

export type ScoreChange = {
  readonly verdict: ChangeVerdict
  /** One line: "better by 6", "up 3", "not known: this one is not finished". Never leaves the meaning to a shape. */
  readonly words: string
  /** Which way the value itself went; null when that is not known or it is no number. */
  readonly moved: 'up' | 'down' | 'level' | null
  /** At least one of the two values is prorated. */
  readonly estimate: boolean
  /** What published thresholds say; only for the score they are about. */
  readonly description: ChangeDescription | undefined
}

/**
 * Compares one score of two results of one line.
 *
 * @param before undefined when there is no earlier finished result
 * @param scoreId the score to compare; thresholds are applied to the instrument's own change score alone
 */
export function changeOf(
  instrument: Instrument,
  scoreId: string | undefined,
  before: InstrumentResponse | undefined,
  after: InstrumentResponse,
): ScoreChange {
  if (before === undefined) return silent('first', 'the first of its line')
  if (scoreId === undefined) return profileChange(before, after)
  const from = comparableValue(before, scoreId)
  const to = comparableValue(after, scoreId)
  if (from === null || to === null) {
    if (from === null && to !== null) return silent('unknown', 'not known: the earlier one is not finished')
    return textOf(after, scoreId) === undefined
      ? silent('unknown', 'not known: this one is not finished')
      : profileChange(before, after, scoreId)
  }
  const judged = scoreId === instrument.change.score
  const description = describeChangeBy(instrument, from, to, scoreId)
  const difference = description.difference ?? 0
  const size = Math.abs(difference)
  const moved = difference === 0 ? 'level' : difference > 0 ? 'up' : 'down'
  const verdict = difference === 0 ? 'same' : (description.direction ?? 'moved')
  const estimate = [before, after].some((one) => isProrated(one, scoreId))
  const words =
    verdict === 'same' ? 'the same' : verdict === 'moved' ? `${moved} ${size}` : `${verdict} by ${size}`
  return {
    verdict,
    words: estimate ? `${words}, an estimate` : words,
    moved,
    estimate,
    description: judged ? description : undefined,
  }
}

function silent(verdict: ChangeVerdict, words: string): ScoreChange {
  return { verdict, words, moved: null, estimate: false, description: undefined }
}

function isProrated({ scores }: InstrumentResponse, scoreId: string): boolean {
  return scores.valid && 'scores' in scores && scores.scores[scoreId]?.status === 'prorated'
}

/** What is no number: a profile ("11213") or a triage level. Equal or not is all that can be said. */
function profileChange(before: InstrumentResponse, after: InstrumentResponse, scoreId?: string): ScoreChange {
  const from = textOf(before, scoreId)
  const to = textOf(after, scoreId)
  if (to === undefined) return silent('unknown', 'not known: this one is not finished')
  if (from === undefined) return silent('unknown', 'not known: the earlier one is not finished')
  return from === to ? silent('same', 'the same') : silent('other', `before: ${from}`)
}

function textOf(response: InstrumentResponse, scoreId: string | undefined): string | undefined {
  const { scores } = response
  if (isSetAside(response) || !scores.valid || !('scores' in scores)) return undefined
  if (scoreId !== undefined) {
    const value = scores.scores[scoreId]?.value
    return typeof value === 'string' ? value : undefined
  }
  return Object.values(scores.categories ?? {})[0]?.value ?? undefined
}

/** Something of a result is known that later ones can be compared with; never of one whose form was set aside. */
export function isFinished(response: InstrumentResponse, scoreId: string | undefined): boolean {
  return scoreId !== undefined && comparableValue(response, scoreId) !== null
    ? true
    : textOf(response, scoreId) !== undefined
}
