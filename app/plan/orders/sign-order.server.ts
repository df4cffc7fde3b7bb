import { decisionOf, latestFact } from '../../assess/index.server.ts'
import { members, personById } from '../../identity/index.server.ts'
import { isFreshStepUp, isRecentStepUp, type StepUp } from '../../identity/index.ts'
import type { Command, Needs } from '../../platform/command.server.ts'
import type { Read } from '../../platform/database.server.ts'
import type { AccountId, ClinicId, PersonId } from '../../platform/ids.ts'
import { done, refused } from '../../platform/outcome.ts'
import type { Instant } from '../../platform/time.ts'
import { consentState } from '../consents/consents-of.server.ts'
import type { Plan, PlanId } from '../plan.ts'
import { signOrder as signOrderAction, withdrawOrder as withdrawOrderAction } from '../plan-access.ts'
import { planById, plansOfPerson } from '../plan-queries.server.ts'
import { noteDeviation } from '../protocols/note-deviation.server.ts'
import type { Route } from '../protocols/protocol.ts'
import { protocolOfPlan } from '../protocols/protocol-of.server.ts'
import { doseWords } from '../protocols/protocol-words.ts'
import type { DoseChoice, DoseFigures } from './dose-arithmetic.ts'
import { type GivenDoseNote, NOTHING_KNOWN } from './given-dose.ts'
import { givenDoses } from './given-dose-queries.server.ts'
import type { DoseOrder, GivenDose, OrderId } from './order.ts'
import {
  activeOrderOf,
  type DecidedOrder,
  decideOrder,
  type OrderChoice,
  type OrderFacts,
  type OrderRefusal,
} from './order-decision.ts'
import {
  insertOrder,
  insertOrderWithdrawal,
  lockOrders,
  orderById,
  ordersOfPlan,
} from './order-queries.server.ts'
import { choiceWords, RAISE_WORDS } from './order-words.ts'
import { askedMgPerKg, type LastDose } from './raise-rule.ts'
import { basisOf, workOutOrder } from './work-out-order.ts'

export type SignOrder = Omit<OrderChoice, 'secondPrescriber'> & {
  /** Made by the form; becomes the order's id, so that a double click signs once. */
  readonly key: OrderId
  readonly planId: PlanId
  /** `WorkedOrder.shown` as it stood on the page. */
  readonly shown: string
  /** That the signer has just given their password again. */
  readonly stepUp: StepUp
  /** The same of a second prescriber, where one is needed. */
  readonly secondStepUp: StepUp | undefined
}

/**
 * Signs an order. Everything is decided here, in the transaction, on the facts as they are now; when that comes to other
 * figures than stood on the page, nothing is signed.
 */
export const signOrder: Command<
  SignOrder,
  { readonly orderId: OrderId },
  OrderRefusal | 'no-such-plan' | 'not-confirmed' | 'already-signed' | 'not-as-shown'
> = {
  action: signOrderAction,
  async run(needs, input) {
    const { db, at, actor, audit, tell } = needs
    const plan = await planById(db, actor.clinicId, input.planId)
    if (!plan) return refused('no-such-plan')
    if (actor.kind !== 'member' || !isFreshStepUp(input.stepUp, actor, at)) return refused('not-confirmed')
    if (input.secondStepUp && !isRecentStepUp(input.secondStepUp, at)) return refused('not-confirmed')
    const choice: OrderChoice = { ...input, secondPrescriber: input.secondStepUp?.accountId }
    await lockOrders(db, actor.clinicId, plan.id)
    const repeated = await orderById(db, actor.clinicId, input.key)
    if (repeated) {
      if (repeated.planId !== plan.id) return refused('no-such-plan')
      // A page that was gone back to and changed: the person must not believe that the change was signed.
      return isSameOrder(repeated, input) ? done({ orderId: repeated.id }) : refused('already-signed')
    }
    const facts = await orderFacts(db, plan, actor.clinicId, actor.accountId, at)
    const decided = decideOrder(facts, choice)
    if (!decided.ok) return decided
    const now = workOutOrder(basisOf(facts), input.dose, input.raise).shown
    if (now === undefined || now !== input.shown) return refused('not-as-shown', { now })
    const earlier = await ordersOfPlan(db, actor.clinicId, plan.id)
    const order = orderOf(input, plan, facts, decided.value, earlier.length + 1)
    await insertOrder(db, actor.clinicId, {
      ...order,
      weightChangeAcknowledged: input.weightChangeAcknowledged,
    })
    await noteWhatDeviates(needs, plan, facts, decided.value, order, input.dose)
    audit.write(signOrderAction.id, {
      personId: plan.personId,
      object: 'order',
      objectId: input.key,
      detail: {
        number: order.number,
        route: order.route,
        doseMg: order.doseMg,
        mgPerKg: order.doseMgPerKg ?? null,
        basis: order.weightBasis ?? null,
        second: order.secondSignedBy ?? null,
      },
    })
    tell('order.signed', { orderId: input.key, planId: plan.id, personId: plan.personId })
    return done({ orderId: input.key })
  },
}

function orderOf(
  input: SignOrder,
  plan: Plan,
  { at, heightCm, protocol, signer }: OrderFacts,
  { answer, needs, weight, raised, validUntil }: DecidedOrder,
  number: number,
): DoseOrder {
  const { dose } = input
  const { figures } = answer
  return {
    id: input.key,
    planId: plan.id,
    number,
    route: protocol.route,
    given: givenBy(dose, figures),
    doseMg: figures.doseMg,
    doseMgPerKg: askedMgPerKg(dose),
    weightKg: figures.kind === 'units' ? undefined : figures.basisWeightKg,
    weightBasis: 'weightBasis' in dose ? dose.weightBasis : undefined,
    actualWeightKg: weight?.kg,
    weightMeasuredAt: weight?.observedAt,
    heightCm: weight && heightCm,
    arithmetic: answer.lines,
    needs,
    raise: raised && input.raise,
    reason: input.reason?.trim() || undefined,
    signedBy: signer,
    secondSignedBy: needs.includes('second-prescriber') ? input.secondStepUp?.accountId : undefined,
    signedAt: at,
    validUntil,
    withdrawnAt: undefined,
    withdrawnBy: undefined,
    withdrawnReason: undefined,
  }
}

function givenBy(choice: DoseChoice, figures: DoseFigures): GivenDose {
  if (figures.kind === 'units') {
    const { unitMg, units, atMin } = figures
    return { kind: 'units', unitMg, units, atMin }
  }
  if (choice.kind === 'units') throw new Error('a dose in units has no volume')
  const drawn = { concentrationMgPerMl: choice.concentrationMgPerMl, volumeMl: figures.volumeMl }
  if (figures.kind === 'volume') return { kind: 'volume', ...drawn, portionsMl: figures.portionsMl }
  const { totalVolumeMl, durationMin, steps } = figures
  return {
    kind: 'infusion',
    ...drawn,
    totalVolumeMl,
    durationMin,
    rateMlPerH: steps[0]!.rateMlPerH,
    steps,
  }
}

/** What an order does otherwise than its protocol, or without knowing, is noted in the same transaction. */
async function noteWhatDeviates(
  needs: Needs,
  plan: Plan,
  { protocol }: OrderFacts,
  { deviates, raised }: DecidedOrder,
  order: DoseOrder,
  dose: DoseChoice,
): Promise<void> {
  const unknown = raised?.unknown ?? []
  if (!deviates && unknown.length === 0) return
  const blind =
    unknown.length > 0
      ? `; above the last dose, not known: ${unknown.map((u) => RAISE_WORDS[u]).join(', ')}`
      : ''
  await noteDeviation(needs, plan, {
    kind: 'dose',
    protocolSays: doseWords(protocol),
    doneInstead: `${choiceWords(dose)}${blind}`,
    reason: order.reason ?? '',
    object: { kind: 'order', id: order.id },
  })
}

function isSameOrder(order: DoseOrder, { dose, reason }: SignOrder): boolean {
  const { given } = order
  if ((order.reason ?? '') !== (reason ?? '').trim()) return false
  if (order.weightBasis !== ('weightBasis' in dose ? dose.weightBasis : undefined)) return false
  if (dose.kind === 'units')
    return given.kind === 'units' && order.doseMg === dose.mg && given.unitMg === dose.unitMg
  if (given.kind === 'units' || given.concentrationMgPerMl !== dose.concentrationMgPerMl) return false
  if (dose.kind === 'at-once-mg') return order.doseMgPerKg === undefined && near(order.doseMg, dose.mg)
  if (dose.kind === 'at-once-per-kg') return order.doseMgPerKg === dose.mgPerKg
  return (
    given.kind === 'infusion' &&
    given.totalVolumeMl === dose.totalVolumeMl &&
    given.steps.length === dose.steps.length &&
    given.steps.every(
      (step, at) =>
        step.mgPerKg === dose.steps[at]!.mgPerKg && step.durationMin === dose.steps[at]!.durationMin,
    )
  )
}

/** A fixed dose as it was asked for, found again behind the marks of its syringe. */
function near(drawnMg: number, askedMg: number): boolean {
  return Math.abs(drawnMg / askedMg - 1) <= 0.05
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
    consent: await consentState(db, clinicId, plan.personId),
    weight,
    heightCm: height?.value,
    sex: sex?.value ?? person?.sex,
    lastOrderedWeightKg: await lastOrderedWeight(db, clinicId, plan),
    ...(await dosesBefore(db, clinicId, plan, protocol.route)),
    signer,
    prescribers: prescribers.map((m) => m.accountId),
  }
}

/** The weight of the order signed last for this person that has one, in this plan or an earlier one. */
async function lastOrderedWeight(db: Read, clinicId: ClinicId, plan: Plan): Promise<number | undefined> {
  const orders: DoseOrder[] = []
  for (const own of await plansOfPerson(db, clinicId, plan.personId))
    orders.push(...(await ordersOfPlan(db, clinicId, own.id)))
  return orders
    .filter(({ actualWeightKg }) => actualWeightKg !== undefined)
    .sort((a, b) => b.signedAt.localeCompare(a.signedAt) || b.id.localeCompare(a.id))[0]?.actualWeightKg
}

/**
 * What the order page would show of a dose now: for whoever signs without one.
 *
 * @returns empty when it cannot be worked out; the signature says why
 */
export async function orderShownNow(
  db: Read,
  clinicId: ClinicId,
  planId: PlanId,
  { dose, raise }: Pick<OrderChoice, 'dose' | 'raise'>,
  at: Instant,
): Promise<string> {
  const plan = await planById(db, clinicId, planId)
  if (!plan) return ''
  // Who signs does not change the figures.
  const facts = await orderFacts(db, plan, clinicId, '' as AccountId, at)
  return workOutOrder(basisOf(facts), dose, raise).shown ?? ''
}

/**
 * The last dose given to the person by a route, and whether one was given in this plan. A dose by another route that came
 * between makes nobody forget how the one before was borne.
 */
async function dosesBefore(
  db: Read,
  clinicId: ClinicId,
  { id, personId }: { readonly id: PlanId; readonly personId: PersonId },
  route: Route,
): Promise<{ readonly lastDose: LastDose | undefined; readonly dosedInPlan: boolean }> {
  const doses: readonly GivenDoseNote[] = await givenDoses(db, clinicId, personId)
  const dosedInPlan = doses.some(({ planId }) => planId === id)
  for (const { orderId, facts } of doses) {
    const order = await orderById(db, clinicId, orderId)
    if (order?.route === route) return { lastDose: { order, recorded: facts ?? NOTHING_KNOWN }, dosedInPlan }
  }
  return { lastDose: undefined, dosedInPlan }
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
    // A dose by this order is either begun before this, or sees that it is withdrawn.
    await lockOrders(db, actor.clinicId, order.planId)
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
