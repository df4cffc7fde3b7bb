import { addDays, daysBetween, type LocalDate } from '../platform/time.ts'
import type { CheckIn } from './check-in.ts'

/** What is known of one day. */
export type DayState = 'kept' | 'used' | 'unknown'

/** A "no" speaks for the days since the check-in before it, but for no more than these. */
const NO_SPEAKS_FOR_DAYS = 14

/**
 * What the check-ins say about each day from `from` to `to`, both included.
 *
 * "No" means nothing was used since the check-in before, so it keeps the days in between too, at most 14. "Yes" says
 * that there was use since then but not on which day: the day of the entry is marked, the days in between stay unknown,
 * unless another entry speaks for them. "Rather not say" and days without an entry are unknown. Nothing is reset: a day that
 * was kept stays kept.
 *
 * @param checkIns those that count (`currentCheckIns`), oldest first
 */
export function dayStates(
  checkIns: readonly Pick<CheckIn, 'forDate' | 'used'>[],
  from: LocalDate,
  to: LocalDate,
): { readonly day: LocalDate; readonly state: DayState }[] {
  const known = new Map<LocalDate, DayState>()
  let before: LocalDate | undefined
  for (const { forDate, used } of checkIns) {
    if (used === 'no') {
      const gap = before === undefined ? 1 : Math.min(daysBetween(before, forDate), NO_SPEAKS_FOR_DAYS)
      for (let back = 0; back < gap; back++) known.set(addDays(forDate, -back), 'kept')
    }
    if (used === 'yes') known.set(forDate, 'used')
    before = forDate
  }
  const days = Math.max(0, daysBetween(from, to) + 1)
  return Array.from({ length: days }, (_, at) => {
    const day = addDays(from, at)
    return { day, state: known.get(day) ?? 'unknown' }
  })
}

export type DaysKept = {
  readonly kept: number
  readonly used: number
  readonly unknown: number
  /** Days looked at. */
  readonly of: number
  readonly lastUsed: LocalDate | undefined
}

/**
 * How many of the last days were kept: from the first check-in, but no more than `most` days back, to today, or to
 * yesterday while today has no entry yet.
 */
export function daysKept(
  checkIns: readonly Pick<CheckIn, 'forDate' | 'used'>[],
  today: LocalDate,
  most = 90,
): DaysKept {
  const first = checkIns[0]?.forDate
  if (first === undefined || first > today)
    return { kept: 0, used: 0, unknown: 0, of: 0, lastUsed: undefined }
  const last = checkIns.some(({ forDate }) => forDate === today) ? today : addDays(today, -1)
  const earliest = addDays(last, 1 - most)
  const states = dayStates(checkIns, first > earliest ? first : earliest, last)
  const count = (wanted: DayState) => states.filter(({ state }) => state === wanted).length
  return {
    kept: count('kept'),
    used: count('used'),
    unknown: count('unknown'),
    of: states.length,
    lastUsed: states.findLast(({ state }) => state === 'used')?.day,
  }
}
