const DAYS_BEFORE_MONTH = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]
const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

/**
 * The running number of a calendar date in the Gregorian calendar, so that neighbours differ by one.
 *
 * @param date `YYYY-MM-DD`
 * @returns null when it is no such text or no such day (2026-02-30)
 */
export function dayNumber(date: unknown): number | null {
  const match = typeof date === 'string' ? /^(\d{4})-(\d{2})-(\d{2})$/.exec(date) : null
  if (match === null) return null
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number]
  const monthLength = (DAYS_IN_MONTH[month - 1] ?? 0) + (month === 2 && isLeap(year) ? 1 : 0)
  if (day < 1 || day > monthLength) return null
  const before = year - 1
  const leapDays = Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400)
  const leapThisYear = month > 2 && isLeap(year) ? 1 : 0
  return before * 365 + leapDays + (DAYS_BEFORE_MONTH[month - 1] as number) + leapThisYear + day
}
