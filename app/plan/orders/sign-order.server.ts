import { decisionOf, latestFact } from '../../assess/index.server.ts'
import { members, personById } from '../../identity/index.server.ts'
import type { StepUp } from '../../identity/index.ts'
import type { Command } from '../../platform/command.server.ts'
import type { Read } from '../../platform/database.server.ts'
import type { AccountId, ClinicId } from '../../platform/ids.ts'
import { done, refused } from '../../platform/outcome.ts'
import { type Instant, MINUTE_MS, msBetween } from '../../platform/time.ts'
import type { DoseOrder, OrderId, Plan, PlanId } from '../plan.ts'
import { signOrder as signOrderAction, withdrawOrder as withdrawOrderAction } from '../plan-access.ts'
import { planById, plansOfPerson } from '../plan-queries.server.ts'
import { protocolOfPlan } from '../protocols/protocol-of.server.ts'
import {
  activeOrderOf,
  decideOrder,
  type OrderChoice,
  type OrderFacts,
  type OrderRefusal,
} from './order-decision.ts'
import { insertOrder, insertOrderWithdrawal, orderById, ordersOfPlan } from './order-queries.server.ts'

export type SignOrder = Omit<OrderChoice, 'secondPrescriber'> & {
  /** Made by the form; becomes the order's id, so that a double click signs once. */
  readonly key: OrderId
  readonly planId: PlanId
  /** That the signer has just given their password again. */
  readonly stepUp: StepUp
  /** The same of a second prescriber, where one is needed. */
  readonly secondStepUp: StepUp | undefined
}

/** A signature follows its password within this time. */
const STEP_UP_MS = 2 * MINUTE_MS

/**
 * Signs an order. Everything is decided here, in the transaction, on the facts as they are now; what stood on the
 * page does not count.
 */
export const signOrder: Command<
  SignOrder,
  { readonly orderId: OrderId },
  OrderRefusal | 'no-such-plan' | 'not-confirmed' | 'already-signed'
> = {
  action: signOrderAction,
  async run({ db, at, actor, audit, tell }, input) {
    const plan = await planById(db, actor.clinicId, input.planId)
    if (!plan) return refused('no-such-plan')
    if (actor.kind !== 'member' || input.stepUp.accountId !== actor.accountId) return refused('not-confirmed')
    const stepUps = [input.stepUp, ...(input.secondStepUp ? [input.secondStepUp] : [])]
    if (stepUps.some((stepUp) => msBetween(stepUp.at, at) > STEP_UP_MS)) return refused('not-confirmed')
    const choice: OrderChoice = { ...input, secondPrescriber: input.secondStepUp?.accountId }
    const repeated = await orderById(db, actor.clinicId, input.key)
    if (repeated) {
      if (repeated.planId !== plan.id) return refused('no-such-plan')
      // A page that was gone back to and changed: the person must not believe that the change was signed.
      return isSameOrder(repeated, input) ? done({ orderId: repeated.id }) : refused('already-signed')
    }
    const facts = await orderFacts(db, plan, actor.clinicId, actor.accountId, at)
    const decided = decideOrder(facts, choice)
    if (!decided.ok) return decided
    const { answer, weight, validUntil } = decided.value
    const needsSecond = answer.needs.includes('second-prescriber')
    await insertOrder(db, actor.clinicId, {
      id: input.key,
      planId: plan.id,
      doseMg: answer.figures.doseMg,
      doseMgPerKg: input.mgPerKg,
      weightKg: answer.figures.basisWeightKg,
      weightBasis: input.weightBasis,
      actualWeightKg: weight.kg,
      weightMeasuredAt: weight.observedAt,
      heightCm: facts.heightCm,
      concentrationMgPerMl: input.concentrationMgPerMl,
      volumeMl: answer.figures.volumeMl,
      totalVolumeMl: answer.figures.totalVolumeMl,
      durationMin: input.durationMin,
      rateMlPerH: answer.figures.rateMlPerH,
      arithmetic: answer.lines,
      reason: input.reason?.trim() || undefined,
      weightChangeAcknowledged: input.weightChangeAcknowledged,
      signedBy: actor.accountId,
      secondSignedBy: needsSecond ? choice.secondPrescriber : undefined,
      signedAt: at,
      validUntil,
      withdrawnAt: undefined,
      withdrawnReason: undefined,
    })
    audit.write(signOrderAction.id, {
      personId: plan.personId,
      object: 'order',
      objectId: input.key,
      detail: {
        doseMg: answer.figures.doseMg,
        mgPerKg: input.mgPerKg,
        basis: input.weightBasis,
        second: (needsSecond && choice.secondPrescriber) || null,
      },
    })
    tell('order.signed', { orderId: input.key, planId: plan.id, personId: plan.personId })
    return done({ orderId: input.key })
  },
}

function isSameOrder(order: DoseOrder, input: SignOrder): boolean {
  return (
    order.doseMgPerKg === input.mgPerKg &&
    order.weightBasis === input.weightBasis &&
    order.concentrationMgPerMl === input.concentrationMgPerMl &&
    order.totalVolumeMl === input.totalVolumeMl &&
    order.durationMin === input.durationMin
  )
}

/** Everything the decision about an order rests on; the order page shows the same. */
export async function orderFacts(
  db: Read,
  plan: Plan,
  clinicId: ClinicId,
  signer: AccountId,
  at: Instant,
): Promise<OrderFacts> {
  const protocol = await protocolOfPlan(db, clinicId, plan)
  const decision = await decisionOf(db, clinicId, plan.assessmentId)
  const weight = await latestFact(db, clinicId, plan.personId, 'weight-kg')
  const height = await latestFact(db, clinicId, plan.personId, 'height-cm')
  const sex = await latestFact(db, clinicId, plan.personId, 'sex')
  const person = await personById(db, clinicId, plan.personId)
  const prescribers = await members(db, clinicId, ['prescriber'])
  return {
    at,
    protocol,
    decision,
    weight,
    heightCm: height?.value,
    sex: sex?.value ?? person?.sex,
    lastOrderedWeightKg: (await lastOrder(db, clinicId, plan))?.actualWeightKg,
    signer,
    prescribers: prescribers.map((m) => m.accountId),
  }
}

/** The order signed last for this person, in this plan or an earlier one. */
async function lastOrder(db: Read, clinicId: ClinicId, plan: Plan): Promise<DoseOrder | undefined> {
  const orders: DoseOrder[] = []
  for (const own of await plansOfPerson(db, clinicId, plan.personId))
    orders.push(...(await ordersOfPlan(db, clinicId, own.id)))
  return orders.sort((a, b) => b.signedAt.localeCompare(a.signedAt) || b.id.localeCompare(a.id))[0]
}

/** The order a dose may be given from at an instant; undefined when there is none. */
export async function activeOrder(
  db: Read,
  clinicId: ClinicId,
  planId: PlanId,
  at: Instant,
): Promise<DoseOrder | undefined> {
  return activeOrderOf(await ordersOfPlan(db, clinicId, planId), at)
}

/** Ends an order by a further row. Repeating it changes nothing. */
export const withdrawOrder: Command<
  { readonly orderId: OrderId; readonly reason: string },
  { readonly orderId: OrderId },
  'no-such-order' | 'not-a-prescriber'
> = {
  action: withdrawOrderAction,
  async run({ db, at, actor, audit, tell }, { orderId, reason }) {
    if (actor.kind !== 'member') return refused('not-a-prescriber')
    const order = await orderById(db, actor.clinicId, orderId)
    if (!order) return refused('no-such-order')
    const withdrawn = await insertOrderWithdrawal(db, actor.clinicId, {
      orderId,
      reason,
      by: actor.accountId,
      at,
    })
    if (!withdrawn) return done({ orderId })
    const plan = await planById(db, actor.clinicId, order.planId)
    audit.write(withdrawOrderAction.id, {
      ...(plan ? { personId: plan.personId } : {}),
      object: 'order',
      objectId: orderId,
    })
    tell('order.withdrawn', { orderId, planId: order.planId, ...(plan ? { personId: plan.personId } : {}) })
    return done({ orderId })
  },
}
