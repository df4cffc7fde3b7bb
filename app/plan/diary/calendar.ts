import type { ClinicProfile } from '../../platform/clinic-profile.ts'
import type { MembershipId } from '../../platform/ids.ts'
import { addMs, type Instant, instantAt, type LocalDate, localDateOf } from '../../platform/time.ts'
import type { Closure, Leave, WorkingWeek } from './diary-entry.ts'
import { hoursOn, type OpenHours } from './opening-hours.ts'

/** When the clinic is open: the weekly lines of its profile, and the days that differ. */
export type OpeningCalendar = Pick<ClinicProfile, 'openingHours' | 'timeZone'> & {
  readonly closures?: readonly Pick<Closure, 'day' | 'hours'>[]
}

/** Hours of one day: a dated entry wins over the week. "unknown" when neither says anything that can be read. */
export function hoursOfDay(calendar: OpeningCalendar, day: LocalDate): OpenHours | 'closed' | 'unknown' {
  return calendar.closures?.find((c) => c.day === day)?.hours ?? hoursOn(calendar.openingHours, day)
}

/** Whether a visit fits into that day's opening hours. */
export type HoursAnswer = 'open' | 'closed' | 'unknown'

/** "unknown" when the clinic has written down no hours for that day that can be read. */
export function withinHours(calendar: OpeningCalendar, startsAt: Instant, endsAt: Instant): HoursAnswer {
  const day = localDateOf(startsAt, calendar.timeZone)
  const hours = hoursOfDay(calendar, day)
  if (typeof hours === 'string') return hours
  return startsAt >= instantAt(day, hours.opens, calendar.timeZone) &&
    endsAt <= instantAt(day, hours.closes, calendar.timeZone)
    ? 'open'
    : 'closed'
}

/** The week of a member that is in force on a day: the latest that has begun. Undefined when none is written down. */
export function weekOn(
  weeks: readonly WorkingWeek[],
  membershipId: MembershipId,
  day: LocalDate,
): WorkingWeek | undefined {
  return weeks
    .filter((w) => w.membershipId === membershipId && w.validFrom <= day)
    .reduce<WorkingWeek | undefined>(
      (best, w) => (!best || w.validFrom >= best.validFrom ? w : best),
      undefined,
    )
}

/**
 * Whether somebody is at work for the whole of a span. `not-written`: no week of theirs is written down for that day,
 * which is neither yes nor no.
 */
export type AtWork = 'yes' | 'leave' | 'not-working' | 'not-written'

export function atWork(
  staff: { readonly weeks: readonly WorkingWeek[]; readonly leaves: readonly Leave[] },
  membershipId: MembershipId,
  from: Instant,
  until: Instant,
  timeZone: string,
): AtWork {
  if (staff.leaves.some((l) => l.membershipId === membershipId && l.from < until && from < l.until))
    return 'leave'
  const day = localDateOf(from, timeZone)
  const week = weekOn(staff.weeks, membershipId, day)
  if (!week) return 'not-written'
  // Every minute must be covered; two stretches that meet count as one.
  let covered = from
  for (const hours of [...hoursOfWeekday(week, day)].sort((a, b) => a.from.localeCompare(b.from))) {
    if (instantAt(day, hours.from, timeZone) > covered) break
    const until = instantAt(day, hours.until, timeZone)
    if (until > covered) covered = until
  }
  return covered >= until ? 'yes' : 'not-working'
}

export function hoursOfWeekday(week: WorkingWeek, day: LocalDate): WorkingWeek['hours'] {
  const weekday = weekdayOf(day)
  return week.hours.filter((h) => h.weekday === weekday)
}

/** 0 for Sunday to 6 for Saturday. */
export function weekdayOf(day: LocalDate): number {
  return new Date(`${day}T12:00:00Z`).getUTCDay()
}

/** How far ahead free times are looked for. */
export const LOOK_AHEAD_DAYS = 28

/** The span that must be loaded to look for free times from `from` on. */
export function lookAhead(
  from: Instant,
  days = LOOK_AHEAD_DAYS,
): { readonly from: Instant; readonly to: Instant } {
  return { from: addMs(from, -86_400_000), to: addMs(from, (days + 2) * 86_400_000) }
}
