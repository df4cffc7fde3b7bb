import { holdPerson, personById } from '../../identity/index.server.ts'
import type { Command, Needs } from '../../platform/command.server.ts'
import type { MembershipId, PersonId } from '../../platform/ids.ts'
import { done, type Outcome, refused } from '../../platform/outcome.ts'
import { addMs, type Instant, MINUTE_MS } from '../../platform/time.ts'
import type { Appointment, ChairId, PlanId, SeriesId } from '../plan.ts'
import { bookSeries as bookAction, bookVisits as bookVisitsAction } from '../plan-access.ts'
import { planById } from '../plan-queries.server.ts'
import { type AppointmentType, DOSING } from './appointment-type.ts'
import type { DiaryEntry } from './diary-entry.ts'
import { insertAppointment, insertSeries } from './diary-queries.server.ts'
import { appointmentsOfPlan, dosingVisits, entriesOfSeries } from './entry-queries.server.ts'
import { loadDiary } from './load-diary.server.ts'
import { factsForRoute } from './needs-by-route.ts'
import type { PlaceRefusal, WantedWith } from './place-visit.ts'
import { spacingOfPlan } from './plan-spacing.server.ts'
import { rulesOfPlan } from './session-rules.ts'
import { type KeepsDays, takeVisits, type Wish } from './take-visits.server.ts'

/** When, where and with whom one session is wanted. */
export type WantedVisit = {
  readonly sessionNumber: number
  readonly startsAt: Instant
  readonly chairId: ChairId
  readonly nurseMembershipId: MembershipId
}

export type DiaryRefusal = PlaceRefusal | 'spacing' | 'after-dose' | 'taken'

/**
 * Books the sessions of a plan, each with chair and nurse, all or none. Who asks first gets the slot: the database
 * decides, and the one who comes second is told what is taken and what is free next.
 */
export const bookSeries: Command<
  { readonly key: SeriesId; readonly planId: PlanId; readonly visits: readonly WantedVisit[] },
  { readonly appointments: readonly Appointment[] },
  DiaryRefusal | 'no-such-plan' | 'no-such-session' | 'session-booked'
> = {
  action: bookAction,
  async run(needs, input) {
    const { db, at, ids, actor } = needs
    const plan = await planById(db, actor.clinicId, input.planId)
    if (!plan) return refused('no-such-plan')
    // Two who book or move sessions of one person come one after the other: each sees what the other left.
    await holdPerson(db, actor.clinicId, plan.personId)
    // First of all, so that the same form sent twice at once waits here and finds what it booked.
    if (
      !(await insertSeries(db, actor.clinicId, { id: input.key, planId: plan.id, by: byWhom(needs), at }))
    ) {
      const repeated = await entriesOfSeries(db, actor.clinicId, input.key)
      return repeated.every((a) => a.planId === plan.id)
        ? done({ appointments: dosingVisits(repeated) })
        : refused('no-such-plan')
    }
    const rules = await rulesOfPlan(db, actor.clinicId, plan)
    const numbers = input.visits.map((v) => v.sessionNumber)
    const known = numbers.every((n) => Number.isInteger(n) && n >= 1 && n <= rules.sessions)
    if (!known || numbers.length === 0 || new Set(numbers).size !== numbers.length)
      return refused('no-such-session')
    const facts = factsForRoute(await loadDiary(db, actor.clinicId, at), rules.route)
    const type = facts.types.find((t) => t.code === DOSING)
    if (!type) throw new Error('the standard kinds of appointments hold no dosing visit')
    const live = (await appointmentsOfPlan(db, actor.clinicId, plan.id)).filter((a) => !a.cancelledAt)
    const again = live.find((a) => numbers.includes(a.sessionNumber))
    if (again) return refused('session-booked', { sessionNumber: again.sessionNumber })
    const wishes = inTime(
      input.visits.map((visit) => ({
        ...visit,
        id: ids.next(),
        personId: plan.personId,
        type,
        lengthMin: rules.lengthMin,
      })),
    )
    // What cannot be at all is said before what lies too near or too far.
    const impossible = wishes.find((w) => w.startsAt <= at)
    if (impossible) return refused('in-the-past', { sessionNumber: impossible.sessionNumber })
    const judge = await spacingOfPlan(db, actor.clinicId, plan, facts.clinic.timeZone)
    const tooNear = judge(input.visits)
    if (tooNear) return tooNear
    const booked = await bookAll(needs, facts, wishes, {
      seriesId: input.key,
      planId: plan.id,
      action: bookAction.id,
      sessions: true,
      keeps: ({ sessionNumber }, startsAt) =>
        !judge(input.visits.map((v) => (v.sessionNumber === sessionNumber ? { ...v, startsAt } : v))),
    })
    if (!booked.ok) return booked
    return done({ appointments: dosingVisits(await entriesOfSeries(db, actor.clinicId, input.key)) })
  },
}

/** When and with whom a visit that is no session of a plan is wanted; what is left out is chosen. */
export type WantedEntry = WantedWith & { readonly startsAt: Instant }

/**
 * Books visits of one kind for one person, all or none: an assessment, or therapy weekly, seven times. Each is a row of
 * its own; they share the series. Dosing visits are booked by `bookSeries` alone.
 */
export const bookVisits: Command<
  {
    readonly key: SeriesId
    readonly personId: PersonId
    readonly typeCode: string
    /** A plan of this person that the visits go with. */
    readonly planId?: PlanId | undefined
    readonly visits: readonly WantedEntry[]
  },
  { readonly entries: readonly DiaryEntry[] },
  DiaryRefusal | 'no-such-person' | 'no-such-plan' | 'no-such-type' | 'no-such-session' | 'session-booked'
> = {
  action: bookVisitsAction,
  run: (needs, input) => bookEntries(needs, input, bookVisitsAction.id),
}

/** Part of a command: see `bookVisits`. @param action under which it is audited */
export async function bookEntries(
  needs: Needs,
  input: Parameters<typeof bookVisits.run>[1],
  action: string,
): ReturnType<typeof bookVisits.run> {
  const { db, at, ids, actor } = needs
  if (!(await personById(db, actor.clinicId, input.personId))) return refused('no-such-person')
  if (input.planId !== undefined) {
    const plan = await planById(db, actor.clinicId, input.planId)
    if (plan?.personId !== input.personId) return refused('no-such-plan')
  }
  const series = { id: input.key, planId: input.planId, by: byWhom(needs), at }
  if (!(await insertSeries(db, actor.clinicId, series))) {
    const repeated = await entriesOfSeries(db, actor.clinicId, input.key)
    return repeated.every((e) => e.personId === input.personId && e.typeCode === input.typeCode)
      ? done({ entries: repeated })
      : refused('no-such-person')
  }
  const facts = await loadDiary(db, actor.clinicId, at)
  const type = facts.types.find((t) => t.code === input.typeCode && !t.retired)
  if (!type || type.lengthMin === undefined) return refused('no-such-type')
  if (input.visits.length === 0 || input.visits.length > MOST_AT_ONCE) return refused('no-such-session')
  const { lengthMin } = type
  const wishes = inTime(
    input.visits.map((visit) => ({ ...visit, id: ids.next(), personId: input.personId, type, lengthMin })),
  ).map((wish, i) => ({ ...wish, sessionNumber: i + 1 }))
  const booked = await bookAll(needs, facts, wishes, {
    seriesId: input.key,
    planId: input.planId,
    action,
    sessions: false,
  })
  if (!booked.ok) return booked
  return done({ entries: await entriesOfSeries(db, actor.clinicId, input.key) })
}

/** More rows in one booking are a slip, not a wish. */
const MOST_AT_ONCE = 52

function byWhom({ actor }: Needs) {
  return actor.kind === 'member' ? actor.accountId : undefined
}

function inTime<Each extends { readonly startsAt: Instant }>(each: readonly Each[]): Each[] {
  return [...each].sort((a, b) => a.startsAt.localeCompare(b.startsAt))
}

async function bookAll(
  needs: Needs,
  facts: Parameters<typeof takeVisits>[1],
  wishes: readonly (Wish & { readonly type: AppointmentType })[],
  series: {
    readonly seriesId: SeriesId
    readonly planId: PlanId | undefined
    readonly action: string
    readonly sessions: boolean
    readonly keeps?: KeepsDays
  },
): Promise<Outcome<undefined, PlaceRefusal | 'taken' | 'session-booked'>> {
  const { db, at, actor, audit, tell } = needs
  for (const wish of wishes) {
    const row = {
      id: wish.id,
      seriesId: series.seriesId,
      typeCode: wish.type.code,
      planId: series.planId,
      personId: wish.personId,
      sessionNumber: series.sessions ? wish.sessionNumber : undefined,
      startsAt: wish.startsAt,
      endsAt: addMs(wish.startsAt, wish.lengthMin * MINUTE_MS),
    }
    if (!(await insertAppointment(db, actor.clinicId, row, at)))
      return refused('session-booked', { sessionNumber: wish.sessionNumber })
  }
  const taken = await takeVisits(needs, facts, wishes, series.keeps)
  if (!taken.ok) return taken
  for (const wish of wishes) {
    audit.write(series.action, {
      personId: wish.personId,
      object: 'visit',
      objectId: wish.id,
      detail: series.sessions
        ? { session: wish.sessionNumber, startsAt: wish.startsAt }
        : { type: wish.type.code, startsAt: wish.startsAt },
    })
    tell('appointment.booked', {
      appointmentId: wish.id,
      planId: series.planId,
      personId: wish.personId,
      type: wish.type.code,
    })
  }
  return done(undefined)
}
