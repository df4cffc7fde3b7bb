import { dayInWords, type Instant } from '../../platform/time.ts'
import type { StateKind } from '../../ui/index.ts'
import { tagInWords } from '../eligibility/eligibility-words.ts'
import { byUrgency, type WorkUpResult, type WorkUpState } from './work-up.ts'
import type { WorkUpOutcome } from './work-up-items.ts'

export const WORK_UP_STATE_WORDS: Readonly<
  Record<WorkUpState, { readonly word: string; readonly state: StateKind }>
> = {
  done: { word: 'done', state: 'calm' },
  due: { word: 'due', state: 'due' },
  overdue: { word: 'overdue', state: 'amber' },
  'not-needed': { word: 'not needed', state: 'calm' },
  refused: { word: 'refused', state: 'due' },
}

export const OUTCOME_LABELS: Readonly<Record<WorkUpOutcome | 'withdrawn', string>> = {
  done: 'Done',
  refused: 'Refused, after it was explained',
  'not-needed': 'Not needed',
  withdrawn: 'Written down by mistake: take it back',
}

/** One item as people read it. */
export type WorkUpRow = {
  readonly id: string
  readonly title: string
  readonly state: WorkUpState
  /** When it was done, by when it is due, why not. */
  readonly words: string
  /** What to do, of something that is open. */
  readonly how: string | undefined
  readonly basis: string
  readonly byHand: boolean
}

/**
 * A work-up in words, worst first.
 *
 * @param name the name behind an account
 */
export function workUpRows(
  results: readonly WorkUpResult[],
  zone: string,
  name: (accountId: string) => string,
): WorkUpRow[] {
  return byUrgency(results).map((result) => {
    const { item, state } = result
    return {
      id: item.id,
      title: item.title,
      state,
      words: stateInWords(result, zone, name),
      how: state === 'due' || state === 'overdue' ? item.how : undefined,
      basis: `${item.source} [${item.tag}], ${tagInWords(item.tag)}; version ${item.version}`,
      byHand: item.record.length > 0,
    }
  })
}

function stateInWords(
  { state, doneAt, dueAt, why, entry }: WorkUpResult,
  zone: string,
  name: (accountId: string) => string,
): string {
  const day = (at: Instant) => dayInWords(at, zone)
  const last = doneAt && `last done ${day(doneAt)}`
  const by = entry && `${name(entry.recordedBy)}, ${day(entry.recordedAt)}`
  const parts: Record<WorkUpState, readonly (string | undefined)[]> = {
    done: [
      doneAt && day(doneAt),
      entry?.usState,
      entry?.words,
      by && `written down by ${by}`,
      dueAt && `good until ${day(dueAt)}`,
    ],
    due: [dueAt && `by ${day(dueAt)}`, why, last],
    overdue: [dueAt && `since ${day(dueAt)}`, why, last],
    'not-needed': [why, by],
    refused: [why && `“${why}”`, by, last],
  }
  return parts[state].filter(Boolean).join('; ')
}
