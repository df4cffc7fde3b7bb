import { addDays, type LocalDate, parseLocalDate } from '../../platform/time.ts'
import { weekdayOf } from './calendar.ts'

/**
 * Federal holidays of the United States in a year, by the rules of 5 U.S.C. 6103: the day itself and the weekday on
 * which it is observed (a Saturday's the Friday before, a Sunday's the Monday after). A proposal: a clinic's days are only
 * ever entered by a person. Inauguration Day is left out, it is a holiday of one region alone.
 *
 * @param year 2021 or later (Juneteenth was added that year)
 * @throws RangeError for earlier years
 */
export function usFederalHolidays(
  year: number,
): { readonly title: string; readonly day: LocalDate; readonly observed: LocalDate }[] {
  if (!Number.isInteger(year) || year < 2021 || year > 9999)
    throw new RangeError('usFederalHolidays requires a year from 2021')
  const on = (month: number, day: number) =>
    parseLocalDate(`${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`)
  /** The nth weekday of a month. */
  const nth = (month: number, weekday: number, n: number) => {
    const first = on(month, 1)
    return addDays(first, ((weekday - weekdayOf(first) + 7) % 7) + (n - 1) * 7)
  }
  const days: readonly [string, LocalDate][] = [
    ['New Year’s Day', on(1, 1)],
    ['Birthday of Martin Luther King, Jr.', nth(1, 1, 3)],
    ['Washington’s Birthday', nth(2, 1, 3)],
    ['Memorial Day', lastMonday(on(5, 31))],
    ['Juneteenth National Independence Day', on(6, 19)],
    ['Independence Day', on(7, 4)],
    ['Labor Day', nth(9, 1, 1)],
    ['Columbus Day', nth(10, 1, 2)],
    ['Veterans Day', on(11, 11)],
    ['Thanksgiving Day', nth(11, 4, 4)],
    ['Christmas Day', on(12, 25)],
  ]
  return days.map(([title, day]) => {
    const weekday = weekdayOf(day)
    return { title, day, observed: weekday === 6 ? addDays(day, -1) : weekday === 0 ? addDays(day, 1) : day }
  })
}

function lastMonday(monthEnd: LocalDate): LocalDate {
  return addDays(monthEnd, -((weekdayOf(monthEnd) + 6) % 7))
}
