import type { ClinicProfile } from '../../platform/clinic-profile.ts'
import type { Read } from '../../platform/database.server.ts'
import { done, type Outcome } from '../../platform/outcome.ts'
import { addMs, DAY_MS, type Instant, localDateOf, MINUTE_MS, timeInWords } from '../../platform/time.ts'
import type { Appointment, Plan } from '../plan.ts'
import { DOSING } from './appointment-type.ts'
import { withinHours } from './calendar.ts'
import { clockProblem, findForm, proposeForm, wallInstant, wallTimeOf } from './diary-form.ts'
import { heldBetween } from './diary-queries.server.ts'
import { nextFreeWords, refusalWords, takenWords } from './diary-words.ts'
import { findSeries, noSeriesWords } from './find-series.server.ts'
import { clashes, takenOf } from './hold.ts'
import { loadDiary } from './load-diary.server.ts'
import { factsForRoute } from './needs-by-route.ts'
import { type PlacedVisit, placeVisit } from './place-visit.ts'
import { spacingOfPlan } from './plan-spacing.server.ts'
import type { SessionRules } from './session-rules.ts'
import { proposeSeries } from './spacing.ts'
import { nextKeptStarts } from './take-visits.server.ts'

export type ProposedVisit = {
  readonly sessionNumber: number
  /** As a date field takes it. */
  readonly start: string
  /** Whom and where it is proposed with. */
  readonly chair: string
  readonly nurse: string
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
  rules: SessionRules,
  visits: readonly Appointment[],
  search: URLSearchParams,
  at: Instant,
) {
  const live = new Set(visits.filter((v) => !v.cancelledAt).map((v) => v.sessionNumber))
  const unbooked = Array.from({ length: rules.sessions }, (_, i) => i + 1).filter((n) => !live.has(n))
  const asked = {
    first: search.get('first') ?? '',
    chair: search.get('chair') ?? '',
    nurse: search.get('nurse') ?? '',
  }
  if (search.has('find')) return findFor(db, clinic, plan, rules, visits, unbooked, asked, at)
  const parsed = search.has('first') ? proposeForm.safeParse(asked) : undefined
  const errors: Record<string, string> = {}
  for (const issue of parsed?.error?.issues ?? []) errors[String(issue.path[0])] ??= issue.message
  const clock = parsed?.success ? clockProblem(parsed.data.first, clinic.timeZone) : undefined
  if (clock) errors.first = clock
  return {
    unbooked,
    asked,
    errors,
    earliest: wallTimeOf(at, clinic.timeZone),
    none: undefined,
    proposed:
      parsed?.success && !clock
        ? await propose(db, clinic, plan, rules, unbooked, parsed.data, at)
        : undefined,
  }
}

/** A whole series inside the windows of the protocol, with whoever and whatever is free, or why there is none. */
async function findFor(
  db: Read,
  clinic: ClinicProfile,
  plan: Plan,
  rules: SessionRules,
  visits: readonly Appointment[],
  unbooked: readonly number[],
  asked: { readonly first: string; readonly chair: string; readonly nurse: string },
  at: Instant,
) {
  const parsed = findForm.safeParse({
    first: asked.first || undefined,
    chair: asked.chair || undefined,
    nurse: asked.nurse || undefined,
  })
  const shown = { unbooked, asked, earliest: wallTimeOf(at, clinic.timeZone) }
  const errors: Record<string, string> = {}
  for (const issue of parsed.error?.issues ?? []) errors[String(issue.path[0])] ??= issue.message
  const clock = parsed.data?.first && clockProblem(parsed.data.first, clinic.timeZone)
  if (clock) errors.first = clock
  if (!parsed.success || clock) return { ...shown, errors, none: undefined, proposed: undefined }
  const first = parsed.data.first && wallInstant(parsed.data.first, clinic.timeZone)
  const standing = visits.filter((v) => !v.cancelledAt)
  const like = nearestTo(unbooked[0] ?? 1, standing)
  const answer = await findSeries(db, clinic.id, {
    personId: plan.personId,
    rules,
    sessions: unbooked,
    standing,
    from: first && first > at ? first : at,
    time: first || like ? timeInWords(first || like!.startsAt, clinic.timeZone) : undefined,
    place: like?.chairId,
    chairId: parsed.data.chair,
    nurseMembershipId: parsed.data.nurse,
  })
  return {
    ...shown,
    errors,
    none: answer.ok ? undefined : noSeriesWords(answer.why),
    proposed: answer.ok
      ? answer.visits.map(
          (visit): ProposedVisit => ({
            sessionNumber: visit.sessionNumber,
            start: wallTimeOf(visit.startsAt, clinic.timeZone),
            chair: visit.with.place ?? '',
            nurse: visit.with.staff[0]?.id ?? '',
            free: true,
            words: 'Free.',
          }),
        )
      : undefined,
  }
}

/** The booked session whose number is nearest: what is found anew takes place as it does, where that can be. */
function nearestTo(sessionNumber: number, standing: readonly Appointment[]): Appointment | undefined {
  const far = (visit: Appointment) => Math.abs(visit.sessionNumber - sessionNumber)
  return [...standing].sort((a, b) => far(a) - far(b))[0]
}

async function propose(
  db: Read,
  clinic: ClinicProfile,
  plan: Plan,
  rules: SessionRules,
  unbooked: readonly number[],
  wanted: ReturnType<typeof proposeForm.parse>,
  at: Instant,
): Promise<ProposedVisit[]> {
  const first = wallInstant(wanted.first, clinic.timeZone)
  const firstNumber = unbooked[0] ?? 1
  const sessions = Array.from({ length: rules.sessions - firstNumber + 1 }, (_, i) => firstNumber + i)
  const starts = proposeSeries(
    { date: localDateOf(first, clinic.timeZone), time: timeInWords(first, clinic.timeZone) },
    sessions,
    rules.windowBefore,
    clinic.timeZone,
  )
  const facts = factsForRoute(await loadDiary(db, clinic.id, first), rules.route)
  const type = facts.types.find((t) => t.code === DOSING)!
  const judge = await spacingOfPlan(db, clinic.id, plan, clinic.timeZone)
  const proposed: ProposedVisit[] = []
  for (const sessionNumber of unbooked) {
    const startsAt = starts[sessionNumber - firstNumber]
    if (!startsAt) {
      proposed.push({
        sessionNumber,
        start: '',
        chair: wanted.chair,
        nurse: wanted.nurse,
        free: false,
        words: 'The protocol does not say how many days lie before this session. Choose a day.',
      })
      continue
    }
    const wish = {
      personId: plan.personId,
      type,
      startsAt,
      lengthMin: rules.lengthMin,
      chairId: wanted.chair,
      nurseMembershipId: wanted.nurse,
    }
    const held = await heldBetween(db, clinic.id, addMs(startsAt, -DAY_MS), addMs(startsAt, 2 * DAY_MS))
    const placed: Outcome<PlacedVisit> = placeVisit(facts, held, wish, at)
    const taken = placed.ok ? takenOf(clashes(placed.value.holds, held)) : []
    const far = placed.ok && taken.length === 0 ? judge([{ sessionNumber, startsAt }]) : undefined
    const answer: Outcome<undefined> =
      far ??
      (placed.ok && taken.length === 0
        ? done(undefined)
        : placed.ok
          ? { ok: false, reason: 'taken' }
          : placed)
    const why = answer.ok ? '' : taken.length > 0 ? takenWords(taken) : whyWords(answer, clinic.timeZone)
    const next = answer.ok
      ? []
      : await nextKeptStarts(db, facts, wish, at, (start) => !judge([{ sessionNumber, startsAt: start }]))
    const endsAt = addMs(startsAt, rules.lengthMin * MINUTE_MS)
    const unchecked =
      withinHours({ ...facts.clinic, closures: facts.closures }, startsAt, endsAt) === 'unknown'
        ? ' The clinic’s opening hours for this day are not written down, so they were not checked.'
        : ''
    proposed.push({
      sessionNumber,
      start: wallTimeOf(startsAt, clinic.timeZone),
      chair: wanted.chair,
      nurse: wanted.nurse,
      free: answer.ok,
      words: answer.ok
        ? `Free.${unchecked}`
        : `${why} ${nextFreeWords(next, clinic.timeZone, undefined, true)}`,
    })
  }
  return proposed
}

function whyWords(answer: { readonly reason: string; readonly detail?: unknown }, timeZone: string): string {
  return answer.reason === 'clinic-closed' ? 'The clinic is closed then.' : refusalWords(answer, timeZone)
}
