import { SMALLEST_SHOWN } from '../../platform/disclosure.ts'
import { addDays, type LocalDate, parseLocalDate } from '../../platform/time.ts'

/** How many people had their first dose in a calendar month, "2026-10". */
export type MonthCount = { readonly month: string; readonly people: number }

/**
 * The day as of which strict figures are worked out next: the end of a calendar month that lies behind us, such that whenever it moves on
 * at least ten people have come since the day before it. So all looks of a month give the same figures, and two months
 * that differ do not differ by the outcome of a few who came in between.
 *
 * @param months ascending; months of today and later are left out
 * @param since the day as of which they were worked out last, the end of a month: the day never goes back behind it, whoever is
 *   entered late
 * @returns the day before the first month when fewer than ten people came in all of them: then there is nobody to tell of
 * @example asOfDay([{ month: '2026-08', people: 12 }, { month: '2026-10', people: 3 }], '2026-11-24') // 2026-08-31
 */
export function asOfDay(months: readonly MonthCount[], today: LocalDate, since?: LocalDate): LocalDate {
  const running = monthOf(today)
  const closed = months.filter(({ month }) => month < running)
  let asOf: LocalDate | undefined
  let came = 0
  for (const { month, people } of closed) {
    if (since !== undefined && month <= monthOf(since)) continue
    came += people
    if (came < SMALLEST_SHOWN) continue
    asOf = lastDayOf(month)
    came = 0
  }
  // With nobody since, the months that followed told nothing of anybody new: the day stays.
  return asOf ?? since ?? addDays(parseLocalDate(`${closed[0]?.month ?? running}-01`), -1)
}

const monthOf = (day: LocalDate) => day.slice(0, 7)

function lastDayOf(month: string): LocalDate {
  const [year, number] = month.split('-').map(Number) as [number, number]
  const next = number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`
  return addDays(parseLocalDate(`${next}-01`), -1)
}
