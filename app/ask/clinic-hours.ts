import type { ClinicProfile } from '../platform/clinic-profile.ts'
import {
  addDays,
  type Instant,
  instantAt,
  type LocalDate,
  localDateOf,
  timeInWords,
} from '../platform/time.ts'

/** When a day is open, wall-clock times of the clinic; undefined when closed. */
export type DayHours = { readonly opens: string; readonly closes: string } | undefined

/** Seven days, Sunday first. */
export type WeekHours = readonly DayHours[]

const DAY_NAMES = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']
const DAYS_PATTERN =
  /\b(sun|mon|tue|wed|thu|fri|sat)\w*(?:\s*(?:to|through|–|-)\s*(sun|mon|tue|wed|thu|fri|sat)\w*)?/g
const TIME_PATTERN = /^([01]\d|2[0-3]):[0-5]\d$/

/** For a clinic that has not said when it is open: due times need some hours. */
const USUAL: DayHours = { opens: '09:00', closes: '17:00' }
const USUAL_WEEK: WeekHours = [undefined, USUAL, USUAL, USUAL, USUAL, USUAL, undefined]

/**
 * Reads a clinic's opening hours as they are written for people: "Monday to Thursday", "Friday",
 * "Saturday and Sunday". A line without both times is a closed day. When no day is open, Monday to Friday
 * 09:00–17:00. Public holidays are not known.
 */
export function weekHours(openings: ClinicProfile['openingHours']): WeekHours {
  const week: DayHours[] = Array.from({ length: 7 }, () => undefined)
  for (const { days, opens, closes } of openings) {
    if (!TIME_PATTERN.test(opens) || !TIME_PATTERN.test(closes) || opens >= closes) continue
    for (const [, from, to] of days.toLowerCase().matchAll(DAYS_PATTERN)) {
      const first = dayIndex(from!)
      const last = to === undefined ? first : dayIndex(to)
      for (let day = first; ; day = (day + 1) % 7) {
        week[day] = { opens, closes }
        if (day === last) break
      }
    }
  }
  return week.some(Boolean) ? week : USUAL_WEEK
}

function dayIndex(shortName: string): number {
  return DAY_NAMES.findIndex((name) => name.startsWith(shortName))
}

function hoursOf(date: LocalDate, hours: WeekHours): DayHours {
  return hours[new Date(`${date}T00:00:00Z`).getUTCDay()]
}

/**
 * The end of a number of business days. Time begins to count when the clinic is next open; each business day
 * leads to the same time of the next open day, or to that day's closing time where it closes earlier.
 *
 * @param hours at least one day open
 * @example Thursday 17:00, one day, where Friday closes at 16:00: Friday 16:00
 * @example Saturday 02:00, one day, where Monday opens at 08:00: Tuesday 08:00
 */
export function businessDaysAfter(at: Instant, days: number, hours: WeekHours, timeZone: string): Instant {
  const begin = firstOpenMoment(at, hours, timeZone)
  let date = begin.date
  for (let counted = 0; counted < days; counted++) date = nextOpenDate(addDays(date, 1), hours)
  const open = hoursOf(date, hours)!
  const time = begin.time > open.closes ? open.closes : begin.time < open.opens ? open.opens : begin.time
  return instantAt(date, time, timeZone)
}

function firstOpenMoment(at: Instant, hours: WeekHours, timeZone: string): { date: LocalDate; time: string } {
  const date = localDateOf(at, timeZone)
  const time = timeInWords(at, timeZone)
  const open = hoursOf(date, hours)
  if (open && time < open.closes) return { date, time: time < open.opens ? open.opens : time }
  const next = nextOpenDate(addDays(date, 1), hours)
  return { date: next, time: hoursOf(next, hours)!.opens }
}

function nextOpenDate(from: LocalDate, hours: WeekHours): LocalDate {
  let date = from
  for (let looked = 0; looked < 7; looked++, date = addDays(date, 1)) {
    if (hoursOf(date, hours)) return date
  }
  throw new Error('a clinic must be open on one day of the week')
}
