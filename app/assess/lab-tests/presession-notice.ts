import { dateInWords, daysBetween, type LocalDate } from '../../platform/time.ts'
import type { StateKind } from '../../ui/index.ts'
import { analyteLabel } from './analytes.ts'
import type { PresessionWarning } from './test-series.ts'

/** What is shown before a dose. It asks somebody to look; it holds nothing. */
export type PresessionNotice = {
  readonly state: StateKind
  readonly title: string
  readonly lines: readonly string[]
}

/** A positive older than this says little about today; then it asks for a new test instead of raising its voice. */
const FRESH_DAYS = 30

/**
 * The warning before a dose in words.
 *
 * @returns undefined when there is nothing to look at
 */
export function presessionNotice(
  { positives, newestSaysNothing }: PresessionWarning,
  today: LocalDate,
): PresessionNotice | undefined {
  if (positives.length === 0 && !newestSaysNothing) return undefined
  const fresh = positives.some(({ date }) => daysBetween(date, today) <= FRESH_DAYS)
  const found = positives.map(
    ({ analyte, date, doubtful }) =>
      `${analyteLabel(analyte)} (${dateInWords(date)}, ${agoInWords(daysBetween(date, today))}${doubtful ? ', in a specimen that says nothing otherwise' : ''})`,
  )
  return {
    state: fresh ? 'amber' : 'due',
    title: 'Look at this before a dose of ketamine',
    lines: [
      ...(found.length > 0
        ? [
            `The newest urine result is positive for ${found.join(' and ')}. Together with ketamine these deepen sedation and slow breathing.${fresh ? '' : ' The result is old: test again before a dose.'}`,
          ]
        : []),
      ...(newestSaysNothing
        ? [
            `The newest urine specimen (${dateInWords(newestSaysNothing.date)}, ${agoInWords(daysBetween(newestSaysNothing.date, today))}) is ${newestSaysNothing.validity}: what was not found in it is not known. Collect another.`,
          ]
        : []),
    ],
  }
}

function agoInWords(days: number): string {
  if (days === 0) return 'today'
  return days === 1 ? 'yesterday' : `${days} days ago`
}
