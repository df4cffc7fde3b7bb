import { addDays, type LocalDate, parseLocalDate } from '../../platform/time.ts'

/**
 * So many days must lie between the last first session that is counted and the day of counting: 90 days of follow-up, and a month in which
 * late answers and corrections come in.
 */
export const LAG_DAYS = 120

export type ReleasePeriod = { readonly from: LocalDate; readonly to: LocalDate }

/**
 * Whose first session the next release adds: whole quarters, from where the newest release that stands ended to the newest quarter that lies
 * far enough back. Whole quarters only, so that no date on the page is a day on which a certain person came.
 *
 * @param today in the clinic's zone
 * @param begins the earliest first session; undefined when there was none
 * @param publishedTo the last day of the newest release that stands; undefined when there is none
 * @returns undefined while no new quarter can be added
 * @example releasePeriod('2026-11-24', '2026-01-06') // 2026-01-01 to 2026-06-30
 */
export function releasePeriod(
  today: LocalDate,
  begins: LocalDate | undefined,
  publishedTo?: LocalDate,
): ReleasePeriod | undefined {
  if (begins === undefined) return undefined
  const from = publishedTo === undefined ? quarterStart(begins) : addDays(publishedTo, 1)
  const to = addDays(quarterStart(addDays(today, -LAG_DAYS + 1)), -1)
  return to > from ? { from, to } : undefined
}

/** The first day on which a quarter more than `after` can be added. */
export function nextReleaseDay(after: LocalDate): LocalDate {
  const begin = quarterStart(addDays(after, 1))
  // 100 days on lies in the quarter after, whichever it is.
  return addDays(quarterStart(addDays(begin, 100)), LAG_DAYS - 1)
}

/** The first day of the quarter a day lies in. */
export function quarterStart(day: LocalDate): LocalDate {
  const month = Math.floor((Number(day.slice(5, 7)) - 1) / 3) * 3 + 1
  return parseLocalDate(`${day.slice(0, 4)}-${String(month).padStart(2, '0')}-01`)
}
