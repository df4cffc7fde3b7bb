import {
  type DecisionOnPerson,
  decisionsOfPeople,
  evaluateAt,
  latestFact,
  medicinesBeforeDose,
  openConcerns,
} from '../assess/index.server.ts'
import { overridesThatHold, rulesAgainst } from '../assess/index.ts'
import { type Action, mayDo } from '../platform/access.ts'
import type { Actor } from '../platform/actor.ts'
import type { Read } from '../platform/database.server.ts'
import type { ClinicId } from '../platform/ids.ts'
import { type Instant, localDateOf } from '../platform/time.ts'
import { readDayBefore } from './day-before/day-before-access.ts'
import { gatePhase, gateStateOf } from './day-before/gate.ts'
import { answeredVisits } from './day-before/load-gate.server.ts'
import { entryById } from './diary/entry-queries.server.ts'
import type { DoseOrder } from './orders/order.ts'
import type { Appointment, Plan } from './plan.ts'
import { readOrders } from './plan-access.ts'
import { type PlanHold, planHolds } from './plan-holds.ts'
import { earliestDaysSinceDose } from './protocols/course.ts'
import type { Protocol } from './protocols/protocol.ts'

/** A plan with what its page has read of it already. */
export type PlanAtHand = {
  readonly plan: Plan
  readonly protocol: Protocol
  readonly order: DoseOrder | undefined
  readonly visits: readonly Appointment[]
  /** Every dose on record for the person. */
  readonly dosedAt: readonly Instant[]
}

/**
 * What holds the next dose of plans whose steps are done, by plan id. See `planHolds`.
 *
 * @param clinic its id and the zone its days are counted in
 */
export async function holdsOfPlans(
  db: Read,
  clinic: { readonly id: ClinicId; readonly timeZone: string },
  plans: readonly PlanAtHand[],
  at: Instant,
): Promise<ReadonlyMap<string, readonly PlanHold[]>> {
  if (plans.length === 0) return new Map()
  const people = [...new Set(plans.map(({ plan }) => plan.personId))]
  const decisions = Map.groupBy(await decisionsOfPeople(db, clinic.id, people), ({ personId }) => personId)
  const worried = new Set(
    (await openConcerns(db, clinic.id, at, people.length === 1 ? people[0] : undefined))
      .filter(({ severity }) => severity === 'critical')
      .map(({ personId }) => personId),
  )
  const holds = new Map<string, readonly PlanHold[]>()
  for (const one of plans) {
    const { personId } = one.plan
    holds.set(
      one.plan.id,
      await holdsOf(db, clinic, one, decisions.get(personId) ?? [], worried.has(personId), at),
    )
  }
  return holds
}

async function holdsOf(
  db: Read,
  clinic: { readonly id: ClinicId; readonly timeZone: string },
  { plan, protocol, order, visits, dosedAt }: PlanAtHand,
  decisions: readonly DecisionOnPerson[],
  openConcern: boolean,
  at: Instant,
): Promise<PlanHold[]> {
  const { personId } = plan
  const day = (instant: Instant) => localDateOf(instant, clinic.timeZone)
  const decision = decisions.find(({ assessmentId }) => assessmentId === plan.assessmentId)
  const results = await evaluateAt(db, clinic.id, personId, at)
  const weight = await latestFact(db, clinic.id, personId, 'weight-kg')
  const next = visits.find((visit) => !visit.cancelledAt && visit.endsAt > at)
  const before = dosedAt.filter((dosed) => !next || dosed < next.startsAt).sort()
  const last = before.at(-1)
  return planHolds({
    at,
    newestDecision: decisions[0],
    openConcern,
    tooOld: rulesAgainst(results, decision ? overridesThatHold(decision, results) : []).tooOld,
    medicines: (await medicinesBeforeDose(db, clinic.id, personId, at)).holds,
    order,
    weightKg: weight?.value,
    weight: protocol.weight,
    nextAt: next?.startsAt,
    nextDay: next && day(next.startsAt),
    lastDoseDay: last && day(last),
    earliestDays: next ? earliestDaysSinceDose(protocol, next.sessionNumber) : 1,
    dayBefore: next && (await dayBeforeOf(db, clinic, next, at)),
  })
}

async function dayBeforeOf(
  db: Read,
  clinic: { readonly id: ClinicId; readonly timeZone: string },
  next: Appointment,
  at: Instant,
) {
  if (gatePhase(next.startsAt, at) === 'too-early') return undefined
  const entry = await entryById(db, clinic.id, next.id)
  const [answered] = entry ? await answeredVisits(db, clinic.id, [entry], clinic.timeZone) : []
  return answered && gateStateOf(answered.answers, answered, at)
}

/** Which part of the record a detail comes from, and who may read it. */
const DETAIL_FOR: Readonly<Partial<Record<PlanHold['id'], Action>>> = {
  'eligibility-too-old': readOrders,
  'medicines-hold': readOrders,
  'day-before': readDayBefore,
}

/** The holds as somebody may read them: without the details of what is not theirs. */
export function holdsFor(actor: Actor, holds: readonly PlanHold[]): PlanHold[] {
  return holds.map(({ detail, ...hold }) => {
    const action = DETAIL_FOR[hold.id]
    return detail && action && mayDo(actor, action) ? { ...hold, detail } : hold
  })
}
