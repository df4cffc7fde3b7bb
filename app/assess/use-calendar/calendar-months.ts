import { addDays, type LocalDate } from '../../platform/time.ts'

/** A month as weeks from Monday to Sunday; null where a day belongs to another month or lies outside the span. */
export type CalendarMonth = {
  /** `2026-11` */
  readonly id: string
  readonly weeks: readonly (readonly (LocalDate | null)[])[]
}

/** The months of a span, newest first: what is nearest is remembered best and asked most. */
export function calendarMonths(from: LocalDate, to: LocalDate): CalendarMonth[] {
  const months: CalendarMonth[] = []
  for (let id = to.slice(0, 7); id >= from.slice(0, 7); id = monthBefore(id)) {
    const first = `${id}-01` as LocalDate
    const weeks: (LocalDate | null)[][] = []
    let week: (LocalDate | null)[] = Array.from({ length: weekday(first) }, () => null)
    for (let day = first; day.startsWith(id); day = addDays(day, 1)) {
      week.push(day < from || day > to ? null : day)
      if (week.length === 7) {
        weeks.push(week)
        week = []
      }
    }
    if (week.length > 0) weeks.push([...week, ...Array.from({ length: 7 - week.length }, () => null)])
    months.push({ id, weeks: weeks.filter((one) => one.some(Boolean)) })
  }
  return months
}

/** 0 Monday to 6 Sunday. */
function weekday(day: LocalDate): number {
  return (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7
}

function monthBefore(id: string): string {
  return addDays(`${id}-01` as LocalDate, -1).slice(0, 7)
}

/** "November 2026" */
export function monthInWords(id: string): string {
  return new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    Date.parse(`${id}-01T12:00:00Z`),
  )
}
