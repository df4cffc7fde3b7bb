import { clinicById, members } from '../identity/index.server.ts'
import type { ClinicProfile } from '../platform/clinic-profile.ts'
import type { Command, Needs } from '../platform/command.server.ts'
import type { Read } from '../platform/database.server.ts'
import type { ClinicId, MembershipId } from '../platform/ids.ts'
import { done, type Outcome, refused } from '../platform/outcome.ts'
import type { Instant } from '../platform/time.ts'
import {
  type Booking,
  lookAhead,
  nextFreeStarts,
  type Resource,
  spacingProblems,
  takenBy,
  visitTimes,
  withinHours,
} from './diary.ts'
import {
  appointmentById,
  appointmentsOfPlan,
  appointmentsOfSeries,
  bookingsBetween,
  chairs,
  insertAppointment,
  insertSeries,
  updateAppointment,
} from './diary-queries.server.ts'
import type { Appointment, AppointmentId, ChairId, Plan, PlanId, SeriesId } from './plan.ts'
import { bookSeries as bookAction, moveAppointment as moveAction } from './plan-access.ts'
import { planById } from './plan-queries.server.ts'
import { type Protocol, visitMin } from './protocol.ts'
import { protocolById } from './protocol-library.ts'

/** When, where and with whom one session is wanted. */
export type WantedVisit = {
  readonly sessionNumber: number
  readonly startsAt: Instant
  readonly chairId: ChairId
  readonly nurseMembershipId: MembershipId
}

/** What a refused booking says, so that a page can explain it. */
export type TakenDetail = {
  readonly sessionNumber: number
  readonly resources: readonly Resource[]
  /** The next times at which the same person, chair and nurse are all free. */
  readonly nextFree: readonly Instant[]
}

export type DiaryRefusal =
  | 'no-such-chair'
  | 'no-such-nurse'
  | 'in-the-past'
  | 'clinic-closed'
  | 'spacing'
  | 'taken'

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
    const { db, at, ids, actor, audit, tell } = needs
    const plan = await planById(db, actor.clinicId, input.planId)
    if (!plan) return refused('no-such-plan')
    const by = actor.kind === 'member' ? actor.accountId : undefined
    // First of all, so that the same form sent twice at once waits here and finds what it booked.
    if (!(await insertSeries(db, actor.clinicId, { id: input.key, planId: plan.id, by, at }))) {
      const repeated = await appointmentsOfSeries(db, actor.clinicId, input.key)
      return repeated.every((a) => a.planId === plan.id)
        ? done({ appointments: repeated })
        : refused('no-such-plan')
    }
    const protocol = protocolOf(plan)
    const numbers = input.visits.map((v) => v.sessionNumber)
    const known = numbers.every((n) => Number.isInteger(n) && n >= 1 && n <= protocol.sessions)
    if (!known || numbers.length === 0 || new Set(numbers).size !== numbers.length)
      return refused('no-such-session')
    const diary = await diaryFacts(db, actor.clinicId)
    const placed: { visit: WantedVisit; booking: Booking }[] = []
    for (const visit of input.visits) {
      const booking = placeVisit(plan, protocol, visit, diary, at)
      if (!booking.ok) return booking
      placed.push({ visit, booking: booking.value })
    }
    const live = (await appointmentsOfPlan(db, actor.clinicId, plan.id)).filter((a) => !a.cancelledAt)
    const again = live.find((a) => numbers.includes(a.sessionNumber))
    if (again) return refused('session-booked', { sessionNumber: again.sessionNumber })
    const [far] = spacingProblems([...live, ...input.visits], protocol.spacing, diary.clinic.timeZone)
    if (far) return refused('spacing', far)

    // In the order of time, so that two who book at once meet at the same row and not crosswise.
    for (const { visit, booking } of placed.sort((a, b) =>
      a.booking.startsAt < b.booking.startsAt ? -1 : 1,
    )) {
      const id: AppointmentId = ids.next()
      const row = { ...booking, id, seriesId: input.key, planId: plan.id, sessionNumber: visit.sessionNumber }
      if (!(await insertAppointment(db, actor.clinicId, row, at))) {
        const taken = await explainTaken(db, diary, protocol, visit.sessionNumber, booking)
        return taken ?? refused('session-booked', { sessionNumber: visit.sessionNumber })
      }
      audit.write(bookAction.id, {
        personId: plan.personId,
        object: 'visit',
        objectId: id,
        detail: { session: visit.sessionNumber, startsAt: booking.startsAt },
      })
      tell('appointment.booked', { appointmentId: id, planId: plan.id, personId: plan.personId })
    }
    return done({ appointments: await appointmentsOfSeries(db, actor.clinicId, input.key) })
  },
}

/** Moves one visit to another time, chair or nurse. The others stay where they are. */
export const moveAppointment: Command<
  {
    readonly appointmentId: AppointmentId
    readonly startsAt: Instant
    readonly chairId: ChairId
    readonly nurseMembershipId: MembershipId
  },
  { readonly appointmentId: AppointmentId },
  DiaryRefusal | 'no-such-appointment' | 'already-over' | 'cancelled'
> = {
  action: moveAction,
  async run(needs, input) {
    const { db, at, actor } = needs
    const appointment = await appointmentById(db, actor.clinicId, input.appointmentId)
    if (!appointment) return refused('no-such-appointment')
    if (appointment.cancelledAt) return refused('cancelled')
    const same =
      appointment.startsAt === input.startsAt &&
      appointment.chairId === input.chairId &&
      appointment.nurseMembershipId === input.nurseMembershipId
    if (same) return done({ appointmentId: appointment.id })
    if (appointment.endsAt <= at) return refused('already-over')
    const plan = await planById(db, actor.clinicId, appointment.planId)
    if (!plan) return refused('no-such-appointment')
    const protocol = protocolOf(plan)
    const diary = await diaryFacts(db, actor.clinicId)
    const visit: WantedVisit = { ...input, sessionNumber: appointment.sessionNumber }
    const booking = placeVisit(plan, protocol, visit, diary, at)
    if (!booking.ok) return booking
    const others = (await appointmentsOfPlan(db, actor.clinicId, plan.id)).filter(
      (a) => !a.cancelledAt && a.id !== appointment.id,
    )
    const near = [visit.sessionNumber, visit.sessionNumber + 1]
    const far = spacingProblems([...others, visit], protocol.spacing, diary.clinic.timeZone).find((p) =>
      near.includes(p.sessionNumber),
    )
    if (far) return refused('spacing', far)
    const taken = await updateAppointment(db, actor.clinicId, appointment.id, booking.value, at)
    if (taken)
      return (
        (await explainTaken(db, diary, protocol, visit.sessionNumber, booking.value, appointment.id)) ??
        refused('taken', { sessionNumber: visit.sessionNumber, resources: [taken], nextFree: [] })
      )
    tellMoved(needs, appointment, booking.value)
    return done({ appointmentId: appointment.id })
  },
}

function tellMoved({ audit, tell }: Needs, appointment: Appointment, to: Booking): void {
  audit.write(moveAction.id, {
    personId: appointment.personId,
    object: 'visit',
    objectId: appointment.id,
    detail: { from: appointment.startsAt, to: to.startsAt },
  })
  tell('appointment.moved', {
    appointmentId: appointment.id,
    planId: appointment.planId,
    personId: appointment.personId,
  })
}

function protocolOf(plan: Plan): Protocol {
  const protocol = protocolById(plan.protocolId, plan.protocolVersion)
  if (!protocol) throw new Error(`plan ${plan.id} names a protocol that is not in the library`)
  return protocol
}

type DiaryFacts = {
  readonly clinic: ClinicProfile & { readonly id: ClinicId }
  readonly turnaroundMinOf: ReadonlyMap<ChairId, number>
  readonly nurses: ReadonlySet<MembershipId>
}

async function diaryFacts(db: Read, clinicId: ClinicId): Promise<DiaryFacts> {
  const clinic = await clinicById(db, clinicId)
  if (!clinic) throw new Error(`there is no clinic ${clinicId}`)
  return {
    clinic,
    turnaroundMinOf: new Map((await chairs(db, clinicId)).map((c) => [c.id, c.turnaroundMin])),
    nurses: new Set((await members(db, clinicId, ['nurse'])).map((m) => m.membershipId)),
  }
}

/** The times and resources of a wanted visit, if it can be at all. */
function placeVisit(
  plan: Plan,
  protocol: Protocol,
  visit: WantedVisit,
  diary: DiaryFacts,
  at: Instant,
): Outcome<Booking, Exclude<DiaryRefusal, 'taken' | 'spacing'>> {
  const { sessionNumber } = visit
  const turnaroundMin = diary.turnaroundMinOf.get(visit.chairId)
  if (turnaroundMin === undefined) return refused('no-such-chair', { sessionNumber })
  if (!diary.nurses.has(visit.nurseMembershipId)) return refused('no-such-nurse', { sessionNumber })
  if (visit.startsAt <= at) return refused('in-the-past', { sessionNumber })
  const times = visitTimes(visit.startsAt, visitMin(protocol), turnaroundMin)
  if (withinHours(diary.clinic, times.startsAt, times.endsAt) === 'closed')
    return refused('clinic-closed', { sessionNumber })
  return done({
    ...times,
    personId: plan.personId,
    chairId: visit.chairId,
    nurseMembershipId: visit.nurseMembershipId,
  })
}

/** Says what stands in the way of a booking, and the next free times; undefined when nothing does. */
async function explainTaken(
  db: Read,
  diary: DiaryFacts,
  protocol: Protocol,
  sessionNumber: number,
  wanted: Booking,
  except?: AppointmentId,
) {
  const span = lookAhead(wanted.startsAt)
  const others = (await bookingsBetween(db, diary.clinic.id, span.from, span.to)).filter(
    (b) => b.id !== except,
  )
  const resources = takenBy(wanted, others)
  if (resources.length === 0) return undefined
  const turnaroundMin = diary.turnaroundMinOf.get(wanted.chairId) ?? 0
  const nextFree = nextFreeStarts(
    diary.clinic,
    { ...wanted, lengthMin: visitMin(protocol), turnaroundMin },
    others,
    wanted.startsAt,
    3,
  )
  return refused('taken' as const, { sessionNumber, resources, nextFree } satisfies TakenDetail)
}
