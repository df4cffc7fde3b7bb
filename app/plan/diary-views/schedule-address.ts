import { addDays, type LocalDate, parseLocalDate } from '../../platform/time.ts'
import { weekdayOf } from '../diary/calendar.ts'

/** How the schedule can be looked at: chairs of a day, staff of a day, a week, rooms of a day. */
export const SCHEDULE_VIEWS = ['day', 'staff', 'week', 'rooms'] as const
export type ScheduleView = (typeof SCHEDULE_VIEWS)[number]

export type ScheduleAddress = {
  readonly view: ScheduleView
  readonly day: LocalDate
  /** A visit that is being moved. */
  readonly moving?: string | undefined
}

/** What an address asks for; today's chairs where it says nothing, or nothing that exists. */
export function readScheduleAddress(search: URLSearchParams, today: LocalDate): ScheduleAddress {
  const view = SCHEDULE_VIEWS.find((each) => each === search.get('view')) ?? 'day'
  return {
    view,
    day: dayAsked(search.get('day'), today),
    moving: search.get('moving') ?? undefined,
  }
}

export function dayAsked(text: string | null, today: LocalDate): LocalDate {
  try {
    return text ? parseLocalDate(text) : today
  } catch {
    return today
  }
}

export function scheduleHref({ view, day, moving }: ScheduleAddress): string {
  return `/work/schedule?view=${view}&day=${day}${moving ? `&moving=${moving}` : ''}`
}

/** The days a view shows: one, or the week from Monday on. */
export function daysShown({ view, day }: Pick<ScheduleAddress, 'view' | 'day'>): LocalDate[] {
  if (view !== 'week') return [day]
  const monday = addDays(day, -((weekdayOf(day) + 6) % 7))
  return Array.from({ length: 7 }, (_, i) => addDays(monday, i))
}

/** One page of the same view on. @param by 1 or -1 */
export function pageOn(address: ScheduleAddress, by: 1 | -1): ScheduleAddress {
  return { ...address, day: addDays(address.day, address.view === 'week' ? by * 7 : by) }
}

/**
 * The form of a new appointment, with what a free cell of the schedule says already: when, and with whom or where.
 *
 * @param column its day and key: "staff 0199…", "room 0199…" or another
 * @param time "10:15"
 */
export function newAppointmentHref(
  column: { readonly day: LocalDate; readonly key: string },
  time: string,
): string {
  const [kind, id] = column.key.split(' ')
  const fields = new URLSearchParams({ start: `${column.day}T${time}` })
  if (id && kind === 'staff') fields.set('member', id)
  if (id && kind === 'room') fields.set('room', id)
  return `/work/appointments/new?${fields}`
}
