import type { ClinicProfile } from '../platform/clinic-profile.ts'
import type { Read } from '../platform/database.server.ts'
import { type Instant, localDateOf, timeInWords } from '../platform/time.ts'
import { lookAhead, nextFreeStarts, proposeSeries, takenBy, visitTimes, withinHours } from './diary.ts'
import { proposeForm, wallInstant, wallTimeOf } from './diary-form.ts'
import { bookingsBetween, chairs } from './diary-queries.server.ts'
import { nextFreeWords, takenWords } from './diary-words.ts'
import type { Appointment, Plan } from './plan.ts'
import { type Protocol, visitMin } from './protocol.ts'

export type ProposedVisit = {
  readonly sessionNumber: number
  /** As a date field takes it. */
  readonly start: string
  readonly free: boolean
  readonly words: string
}

/**
 * The sessions that are not booked, and, once somebody chose a first time, chair and nurse (in the address), a date
 * for each with whether it is free. A proposal only: what counts is what the database says when it is booked.
 */
export async function bookingPreview(
  db: Read,
  clinic: ClinicProfile,
  plan: Plan,
  protocol: Protocol,
  visits: readonly Appointment[],
  search: URLSearchParams,
  at: Instant,
) {
  const live = new Set(visits.filter((v) => !v.cancelledAt).map((v) => v.sessionNumber))
  const unbooked = Array.from({ length: protocol.sessions }, (_, i) => i + 1).filter((n) => !live.has(n))
  const asked = {
    first: search.get('first') ?? '',
    chair: search.get('chair') ?? '',
    nurse: search.get('nurse') ?? '',
  }
  const parsed = search.has('first') ? proposeForm.safeParse(asked) : undefined
  const errors: Record<string, string> = {}
  for (const issue of parsed?.error?.issues ?? []) errors[String(issue.path[0])] ??= issue.message
  return {
    unbooked,
    asked,
    errors,
    earliest: wallTimeOf(at, clinic.timeZone),
    proposed: parsed?.success ? await propose(db, clinic, plan, protocol, unbooked, parsed.data) : undefined,
  }
}

async function propose(
  db: Read,
  clinic: ClinicProfile,
  plan: Plan,
  protocol: Protocol,
  unbooked: readonly number[],
  wanted: ReturnType<typeof proposeForm.parse>,
): Promise<ProposedVisit[]> {
  const first = wallInstant(wanted.first, clinic.timeZone)
  const firstNumber = unbooked[0] ?? 1
  const starts = proposeSeries(
    { date: localDateOf(first, clinic.timeZone), time: timeInWords(first, clinic.timeZone) },
    protocol.sessions - firstNumber + 1,
    protocol.spacing,
    clinic.timeZone,
  )
  const turnaroundMin = (await chairs(db, clinic.id)).find((c) => c.id === wanted.chair)?.turnaroundMin ?? 0
  const lengthMin = visitMin(protocol)
  const proposed: ProposedVisit[] = []
  for (const sessionNumber of unbooked) {
    const startsAt = starts[sessionNumber - firstNumber]!
    const needs = {
      personId: plan.personId,
      chairId: wanted.chair,
      nurseMembershipId: wanted.nurse,
      lengthMin,
      turnaroundMin,
    }
    const span = lookAhead(startsAt)
    const busy = await bookingsBetween(db, clinic.id, span.from, span.to)
    const times = visitTimes(startsAt, lengthMin, turnaroundMin)
    const taken = takenBy({ ...needs, ...times }, busy)
    const hours = withinHours(clinic, times.startsAt, times.endsAt)
    const free = taken.length === 0 && hours !== 'closed'
    const why = [
      ...(hours === 'closed' ? ['The clinic is closed then.'] : []),
      ...(taken.length > 0 ? [takenWords(taken)] : []),
    ]
    proposed.push({
      sessionNumber,
      start: wallTimeOf(startsAt, clinic.timeZone),
      free,
      words: free
        ? hours === 'unknown'
          ? 'Free. The clinic’s opening hours for this day are not written down, so they were not checked.'
          : 'Free.'
        : `${why.join(' ')} ${nextFreeWords(nextFreeStarts(clinic, needs, busy, startsAt, 3), clinic.timeZone)}`,
    })
  }
  return proposed
}
