import { usFederalHolidays } from '../../../plan/index.ts'
import { addDays, type LocalDate } from '../../../platform/time.ts'

/** Whether offices of the federal government work on a day: Monday to Friday, and no holiday is observed. */
export function isBusinessDay(day: LocalDate): boolean {
  const weekday = new Date(`${day}T12:00:00Z`).getUTCDay()
  if (weekday === 0 || weekday === 6) return false
  const year = Number(day.slice(0, 4))
  // New Year's Day of a Saturday is observed in the year before.
  return ![year, year + 1].some((each) => usFederalHolidays(each).some(({ observed }) => observed === day))
}

/**
 * The day by whose end one business day from a day has passed: the next one on which offices work.
 *
 * @param day from 2021
 * @example nextBusinessDay('2026-11-25') // '2026-11-27': Thanksgiving lies between
 */
export function nextBusinessDay(day: LocalDate): LocalDate {
  let next = addDays(day, 1)
  while (!isBusinessDay(next)) next = addDays(next, 1)
  return next
}
