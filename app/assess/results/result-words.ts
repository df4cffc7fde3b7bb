import type { Severity } from '@evenkeel/questionnaires'
import type { StateKind } from '../../ui/index.ts'
import type { InstrumentResponse } from '../instrument-response.ts'
import type { ScoreView } from './result-view.ts'

/** Who gave the answers. What was not asked when a response was stored stays unknown. */
export function respondentInWords(
  { respondent, proxy, recordedBy }: InstrumentResponse,
  names: ReadonlyMap<string, string>,
): string {
  const recorder = recordedBy === undefined ? undefined : names.get(recordedBy)
  switch (respondent) {
    case 'self':
      return 'the person'
    case 'proxy':
      return `${proxy}, for the person`
    case 'clinician':
      return recorder ?? 'a member of staff'
    default:
      return 'who answered was not recorded'
  }
}

/** Where it was answered. */
export function sourceInWords(source: string): string {
  return (
    {
      intake: 'the intake',
      'check-in': 'a check-in',
      form: 'a form',
      'form-set-aside': 'a form that was set aside',
      'use-calendar': 'the use calendar',
    }[source] ?? source.replaceAll('-', ' ')
  )
}

/** The figure of a score, or what is still possible; never a low figure in place of an unknown one. */
export function figureInWords(score: ScoreView): string {
  if (score.value !== undefined) return score.value
  return score.span ? `unknown, ${spanInWords(score.span)}` : 'unknown'
}

export function spanInWords([low, high]: readonly [number, number]): string {
  return low === high ? `${sign(low)} whatever is missing` : `${sign(low)} to ${sign(high)} still possible`
}

/** "of 27", or "on 9 to 45" where the lowest possible value is not 0. */
export function rangeInWords([low, high]: readonly [number, number]): string {
  return low === 0 ? `of ${high}` : `on ${sign(low)} to ${sign(high)}`
}

/** A minus sign that does not look like a hyphen. */
function sign(value: number): string {
  return value < 0 ? `−${-value}` : String(value)
}

export const SEVERITY_WORDS: Readonly<
  Record<Severity, { readonly word: string; readonly state: StateKind }>
> = {
  critical: { word: 'Critical', state: 'red' },
  warning: { word: 'Warning', state: 'amber' },
  info: { word: 'For information', state: 'calm' },
}

const FLAG_WORDS = {
  true: { word: 'true', state: 'due' },
  false: { word: 'false', state: 'calm' },
  unknown: { word: 'unknown', state: 'unknown' },
} as const satisfies Record<string, { word: string; state: StateKind }>

/** @param value null is unknown */
export function flagInWords(value: boolean | null): (typeof FLAG_WORDS)[keyof typeof FLAG_WORDS] {
  return FLAG_WORDS[value === null ? 'unknown' : value ? 'true' : 'false']
}
