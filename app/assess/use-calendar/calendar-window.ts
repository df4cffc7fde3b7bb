import { addDays, type LocalDate } from '../../platform/time.ts'
import type { Span } from './calendar-figures.ts'
import { type Calendar, earliestDay } from './use-day.ts'

/** The spans that can be chosen for the figures. */
export const WINDOWS = [
  { id: '28', label: 'Last 28 days' },
  { id: '30', label: 'Last 30 days' },
  { id: '90', label: 'Last 90 days' },
  { id: 'before', label: '90 days before the first session' },
  { id: 'since-first', label: 'Since the first session' },
  { id: 'since-last', label: 'Since the last session' },
] as const
export type WindowId = (typeof WINDOWS)[number]['id']

export function windowOf(text: string | null): WindowId {
  return WINDOWS.find(({ id }) => id === text)?.id ?? '28'
}

/** Today counts once it is told; until then the figures end yesterday. */
export function lastDayOf(calendar: Calendar, today: LocalDate): LocalDate {
  return calendar.has(today) ? today : addDays(today, -1)
}

/**
 * The days of a chosen window.
 *
 * @param doses days on which ketamine was given here, oldest first
 * @returns undefined when it has no days: there was no session, or it is too near
 */
export function spanOf(id: WindowId, doses: readonly LocalDate[], lastDay: LocalDate): Span | undefined {
  const [first, last] = [doses[0], doses.at(-1)]
  if (id === 'before') return first && { from: addDays(first, -90), to: addDays(first, -1) }
  if (id === 'since-first' || id === 'since-last') {
    const from = id === 'since-first' ? first : last
    return from && from <= lastDay ? { from, to: lastDay } : undefined
  }
  return { from: addDays(lastDay, 1 - Number(id)), to: lastDay }
}

/** From which day on the calendar is needed: a year back, or to the beginning of the days before the first session. */
export function neededFrom(doses: readonly LocalDate[], today: LocalDate): LocalDate {
  const yearAgo = earliestDay(today)
  const before = doses[0] ? addDays(doses[0], -90) : yearAgo
  return before < yearAgo ? before : yearAgo
}
