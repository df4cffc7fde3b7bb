import type { ClinicProfile } from '../platform/clinic-profile.ts'
import type { MembershipId, PersonId } from '../platform/ids.ts'
import {
  addDays,
  addMs,
  DAY_MS,
  daysBetween,
  type Instant,
  instantAt,
  type LocalDate,
  localDateOf,
  MINUTE_MS,
  toMs,
} from '../platform/time.ts'
import { hoursOn, type OpenHours } from './opening-hours.ts'
import type { ChairId } from './plan.ts'
import type { SpacingWindow } from './protocol.ts'

/** What a visit needs all at once; the database refuses to give one of them twice. */
export type Resource = 'patient' | 'chair' | 'nurse'

/** Who is where from when to when; the chair is kept until `chairUntil`. */
export type Booking = {
  readonly personId: PersonId
  readonly chairId: ChairId
  readonly nurseMembershipId: MembershipId
  readonly startsAt: Instant
  readonly endsAt: Instant
  readonly chairUntil: Instant
}

/** Times of a visit that begins at `startsAt`. */
export function visitTimes(startsAt: Instant, lengthMin: number, turnaroundMin: number) {
  const endsAt = addMs(startsAt, lengthMin * MINUTE_MS)
  return { startsAt, endsAt, chairUntil: addMs(endsAt, turnaroundMin * MINUTE_MS) }
}

/** What of a wanted booking is taken by the others: half-open intervals, so that one may begin as another ends. */
export function takenBy(wanted: Booking, others: readonly Booking[]): Resource[] {
  const taken = new Set<Resource>()
  for (const other of others) {
    const visits = wanted.startsAt < other.endsAt && other.startsAt < wanted.endsAt
    if (visits && other.personId === wanted.personId) taken.add('patient')
    if (visits && other.nurseMembershipId === wanted.nurseMembershipId) taken.add('nurse')
    const chairs = wanted.startsAt < other.chairUntil && other.startsAt < wanted.chairUntil
    if (chairs && other.chairId === wanted.chairId) taken.add('chair')
  }
  return (['patient', 'chair', 'nurse'] as const).filter((r) => taken.has(r))
}

/**
 * Start times of a series: the same time on the clock every `targetDays`, in the clinic's zone. Over the change of
 * clocks the wall time stays and the instant moves.
 */
export function proposeSeries(
  first: { readonly date: LocalDate; readonly time: string },
  sessions: number,
  spacing: SpacingWindow,
  timeZone: string,
): Instant[] {
  return Array.from({ length: sessions }, (_, i) =>
    instantAt(addDays(first.date, i * spacing.targetDays), first.time, timeZone),
  )
}

/** Calendar days between neighbouring sessions that lie outside the window. Needs one start per session, in order. */
export function spacingProblems(
  starts: readonly { readonly sessionNumber: number; readonly startsAt: Instant }[],
  spacing: SpacingWindow,
  timeZone: string,
): { readonly sessionNumber: number; readonly days: number }[] {
  const inOrder = [...starts].sort((a, b) => a.sessionNumber - b.sessionNumber)
  return inOrder.slice(1).flatMap((next, i) => {
    const before = inOrder[i]!
    if (next.sessionNumber !== before.sessionNumber + 1) return []
    const days = daysBetween(localDateOf(before.startsAt, timeZone), localDateOf(next.startsAt, timeZone))
    return days < spacing.earliestDays || days > spacing.latestDays
      ? [{ sessionNumber: next.sessionNumber, days }]
      : []
  })
}

/** Whether a visit fits into that day's opening hours. */
export type HoursAnswer = 'open' | 'closed' | 'unknown'

/** "unknown" when the clinic has written down no hours for that day that can be read. */
export function withinHours(
  clinic: Pick<ClinicProfile, 'openingHours' | 'timeZone'>,
  startsAt: Instant,
  endsAt: Instant,
): HoursAnswer {
  const day = localDateOf(startsAt, clinic.timeZone)
  const hours = hoursOn(clinic.openingHours, day)
  if (hours === 'unknown') return 'unknown'
  if (hours === 'closed') return 'closed'
  const { opens, closes } = openInstants(hours, day, clinic.timeZone)
  return startsAt >= opens && endsAt <= closes ? 'open' : 'closed'
}

function openInstants(hours: OpenHours, day: LocalDate, timeZone: string) {
  return { opens: instantAt(day, hours.opens, timeZone), closes: instantAt(day, hours.closes, timeZone) }
}

/** Free times are proposed on the quarter of an hour. */
const STEP_MS = 15 * MINUTE_MS
const LOOK_AHEAD_DAYS = 28

/**
 * The next start times at or after `from` at which this person, chair and nurse are all free and the clinic is open,
 * at most four weeks ahead.
 *
 * @param busy every booking that may overlap the four weeks
 */
export function nextFreeStarts(
  clinic: Pick<ClinicProfile, 'openingHours' | 'timeZone'>,
  wanted: {
    readonly personId: PersonId
    readonly chairId: ChairId
    readonly nurseMembershipId: MembershipId
    readonly lengthMin: number
    readonly turnaroundMin: number
  },
  busy: readonly Booking[],
  from: Instant,
  count: number,
): Instant[] {
  const relevant = busy.filter(
    (b) =>
      b.personId === wanted.personId ||
      b.chairId === wanted.chairId ||
      b.nurseMembershipId === wanted.nurseMembershipId,
  )
  const found: Instant[] = []
  const firstDay = localDateOf(from, clinic.timeZone)
  for (let i = 0; i <= LOOK_AHEAD_DAYS && found.length < count; i++) {
    const day = addDays(firstDay, i)
    const hours = hoursOn(clinic.openingHours, day)
    if (hours === 'closed') continue
    const { opens, closes } = openInstants(hours === 'unknown' ? ASSUMED_HOURS : hours, day, clinic.timeZone)
    for (let ms = toMs(opens); found.length < count; ms += STEP_MS) {
      const times = visitTimes(addMs(opens, ms - toMs(opens)), wanted.lengthMin, wanted.turnaroundMin)
      if (times.endsAt > closes) break
      if (times.startsAt < from) continue
      if (takenBy({ ...wanted, ...times }, relevant).length === 0) found.push(times.startsAt)
    }
  }
  return found
}

/** Used for proposals only, when the clinic has not written down its hours. */
const ASSUMED_HOURS: OpenHours = { opens: '09:00', closes: '17:00' }

/** The span that must be loaded to look for free times from `from` on. */
export function lookAhead(from: Instant): { readonly from: Instant; readonly to: Instant } {
  return { from: addMs(from, -DAY_MS), to: addMs(from, (LOOK_AHEAD_DAYS + 2) * DAY_MS) }
}
