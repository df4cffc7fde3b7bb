import type { EligibilityDecision, Fact } from '../../assess/index.ts'
import type { Sex } from '../../identity/index.ts'
import type { AccountId } from '../../platform/ids.ts'
import { done, type Outcome, refused } from '../../platform/outcome.ts'
import { addMs, DAY_MS, type Instant, msBetween } from '../../platform/time.ts'
import type { ConsentState } from '../consents/consent-document.ts'
import { isTreatmentTakenBack } from '../consents/consent-hold.ts'
import type { Protocol } from '../protocols/protocol.ts'
import { isHigherThanActual } from './basis-weight.ts'
import { type DoseAnswer, type DoseChoice, type DoseNeed, doseArithmetic } from './dose-arithmetic.ts'
import type { DoseOrder } from './order.ts'
import { orderCeilings } from './order-ceilings.ts'
import {
  deviates,
  isRaised,
  type LastDose,
  mayRaise,
  type RaiseAnswers,
  type RaiseFact,
} from './raise-rule.ts'

/** What the prescriber chose. */
export type OrderChoice = {
  readonly dose: DoseChoice
  readonly reason: string | undefined
  readonly weightChangeAcknowledged: boolean
  /** What is said about the last dose, for one above it. */
  readonly raise: RaiseAnswers | undefined
  /** A second prescriber who signed in on the same form. */
  readonly secondPrescriber: AccountId | undefined
}

/** What is known when the order is signed. */
export type OrderFacts = {
  readonly at: Instant
  readonly protocol: Protocol
  readonly decision: Pick<EligibilityDecision, 'decision' | 'stale'> | undefined
  /** What a dose needs and is not signed. */
  readonly consent: Pick<ConsentState, 'missing'>
  readonly weight: Pick<Fact<'weight-kg'>, 'value' | 'observedAt' | 'source'> | undefined
  readonly heightCm: number | undefined
  readonly sex: Sex | undefined
  /** The weight the person was last dosed by; undefined before the first order. */
  readonly lastOrderedWeightKg: number | undefined
  /** Undefined when no dose is on record here. */
  readonly lastDose: LastDose | undefined
  /** Whether a dose was given in this very plan: before it the protocol’s first-day doses count. */
  readonly dosedInPlan: boolean
  readonly signer: AccountId
  /** Accounts of the clinic's prescribers. */
  readonly prescribers: readonly AccountId[]
}

export type OrderRefusal =
  | 'not-eligible'
  | 'decision-stale'
  | 'consent-withdrawn'
  | 'not-orderable'
  | 'other-route'
  | 'weight-unknown'
  | 'weight-not-measured'
  | 'weight-too-old'
  | 'weight-changed'
  | 'dose'
  | 'not-a-choice'
  | 'not-on-the-first-day'
  | 'raise-not-answered'
  | 'never-raise'
  | 'raise-half-better'
  | 'reason-missing'
  | 'second-prescriber-missing'
  | 'second-prescriber-not-valid'

export type DecidedOrder = {
  readonly answer: Extract<DoseAnswer, { ok: true }>
  readonly needs: readonly DoseNeed[]
  /** Undefined for a dose that is not counted from a weight. */
  readonly weight: { readonly kg: number; readonly observedAt: Instant } | undefined
  readonly deviates: boolean
  /** Set when the dose lies above the last one: what about it is not known. */
  readonly raised: { readonly unknown: readonly (RaiseFact | 'improvement')[] } | undefined
  readonly validUntil: Instant
}

const SHORTEST_REASON = 10

/** Whether an order may be signed on what is known. Pure; the first obstacle in the order of the list is told. */
export function decideOrder(facts: OrderFacts, choice: OrderChoice): Outcome<DecidedOrder, OrderRefusal> {
  const { protocol, at } = facts
  if (facts.decision?.decision !== 'eligible') return refused('not-eligible')
  if (facts.decision.stale) return refused('decision-stale')
  if (isTreatmentTakenBack(facts.consent)) return refused('consent-withdrawn')
  const kind = choiceKind(protocol)
  const ceilings = orderCeilings(protocol)
  if (!kind || !ceilings) return refused('not-orderable')
  if (choice.dose.kind !== kind) return refused('other-route')
  const weighs = countsWeight(choice.dose.kind)
  if (weighs) {
    const obstacle = weightObstacle(facts)
    if (obstacle) return refused(obstacle)
    const changePercent = weightChangePercent(facts.weight!.value, facts.lastOrderedWeightKg)
    if (
      changePercent !== undefined &&
      Math.abs(changePercent) > protocol.weight.changeToAcknowledgePercent &&
      !choice.weightChangeAcknowledged
    )
      return refused('weight-changed', { changePercent })
  }
  const body = bodyOf(facts)
  const answer = doseArithmetic({ choice: choice.dose, route: protocol.route, body, ceilings })
  if (!answer.ok) return refused('dose', { problems: answer.problems, lines: answer.lines })

  const among = fixedChoices(facts)
  if (among && 'mg' in choice.dose && !among.mg.includes(choice.dose.mg))
    return refused(
      among.firstDay && among.all.includes(choice.dose.mg) ? 'not-on-the-first-day' : 'not-a-choice',
    )
  const raised = isRaised(choice.dose, answer.figures, body?.actualWeightKg, protocol.route, facts.lastDose)
  const verdict = raised ? mayRaise(choice.raise, facts.lastDose!.recorded) : undefined
  if (verdict && !verdict.may) {
    const why = { 'not-answered': 'raise-not-answered', 'half-better': 'raise-half-better' } as const
    return verdict.why === 'never-raise'
      ? refused('never-raise', { facts: verdict.facts })
      : refused(why[verdict.why])
  }
  const needs = orderNeeds(answer, choice, facts)
  if (needs.includes('reason') && (choice.reason ?? '').trim().length < SHORTEST_REASON)
    return refused('reason-missing')
  if (needs.includes('second-prescriber')) {
    if (!choice.secondPrescriber) return refused('second-prescriber-missing')
    if (choice.secondPrescriber === facts.signer || !facts.prescribers.includes(choice.secondPrescriber))
      return refused('second-prescriber-not-valid')
  }
  return done({
    answer,
    needs,
    weight: weighs ? { kg: facts.weight!.value, observedAt: facts.weight!.observedAt } : undefined,
    deviates: deviates(choice.dose, protocol, lastMgPerKg(facts)),
    raised: verdict && { unknown: verdict.unknown },
    validUntil: addMs(at, protocol.orderValidDays * DAY_MS),
  })
}

/** Which kind of dose a protocol orders; undefined for one until settled, which no clinic orders. */
export function choiceKind({
  dose,
  route,
}: Pick<Protocol, 'dose' | 'route'>): DoseChoice['kind'] | undefined {
  if (dose.kind === 'infusion-mg-per-kg') return 'infusion'
  if (dose.kind === 'bolus-mg-per-kg') return 'at-once-per-kg'
  if (dose.kind === 'rate') return undefined
  return route === 'intramuscular' || route === 'subcutaneous' ? 'at-once-mg' : 'units'
}

/** Whether a kind of dose is counted from a weight. */
export function countsWeight(kind: DoseChoice['kind']): boolean {
  return kind === 'infusion' || kind === 'at-once-per-kg'
}

/** What is known of the body; undefined without a weight. */
export function bodyOf({ weight, heightCm, sex }: Pick<OrderFacts, 'weight' | 'heightCm' | 'sex'>) {
  return weight && { actualWeightKg: weight.value, heightCm, sex }
}

/** The fixed doses that may be ordered now: fewer before the first dose where the protocol says so. */
export function fixedChoices({
  protocol,
  dosedInPlan,
}: Pick<OrderFacts, 'dosedInPlan'> & { readonly protocol: Pick<Protocol, 'dose'> }):
  | { readonly mg: readonly number[]; readonly all: readonly number[]; readonly firstDay: boolean }
  | undefined {
  const { dose } = protocol
  if (dose.kind !== 'fixed-mg') return undefined
  const firstDay = !dosedInPlan && dose.firstDayChoicesMg !== null
  return { mg: firstDay ? dose.firstDayChoicesMg! : dose.choicesMg, all: dose.choicesMg, firstDay }
}

function lastMgPerKg({
  lastDose,
  protocol,
}: Pick<OrderFacts, 'lastDose'> & { readonly protocol: Pick<Protocol, 'route'> }): number | undefined {
  return lastDose?.order.route === protocol.route ? lastDose.order.doseMgPerKg : undefined
}

/** Why the recorded weight cannot carry a dose; undefined when it can. */
export function weightObstacle({
  weight,
  protocol,
  at,
}: Pick<OrderFacts, 'weight' | 'protocol' | 'at'>):
  | 'weight-unknown'
  | 'weight-not-measured'
  | 'weight-too-old'
  | undefined {
  if (!weight) return 'weight-unknown'
  if (weight.source === 'self-report') return 'weight-not-measured'
  const ageMs = msBetween(weight.observedAt, at)
  return ageMs < 0 || ageMs > protocol.weight.maxAgeDays * DAY_MS ? 'weight-too-old' : undefined
}

/** Percent by which the weight differs from the one last dosed by; undefined before the first order. */
export function weightChangePercent(kg: number, lastKg: number | undefined): number | undefined {
  return lastKg === undefined ? undefined : ((kg - lastKg) / lastKg) * 100
}

/**
 * What this order needs. A dose or time other than the protocol's is a deviation and needs a reason as well; so does
 * a dose counted from a weight above the actual one, and one above the last about which something is not known.
 */
export function orderNeeds(
  answer: Extract<DoseAnswer, { ok: true }>,
  choice: Pick<OrderChoice, 'dose' | 'raise'>,
  facts: Pick<OrderFacts, 'weight' | 'heightCm' | 'sex' | 'lastDose'> & {
    readonly protocol: Pick<Protocol, 'dose' | 'route'>
  },
): readonly DoseNeed[] {
  const { protocol, lastDose } = facts
  const actualKg = bodyOf(facts)?.actualWeightKg
  const verdict =
    lastDose && isRaised(choice.dose, answer.figures, actualKg, protocol.route, lastDose)
      ? mayRaise(choice.raise, lastDose.recorded)
      : undefined
  const { figures } = answer
  const explain =
    (figures.kind !== 'units' && isHigherThanActual(figures.basisWeightKg, actualKg)) ||
    deviates(choice.dose, protocol, lastMgPerKg(facts)) ||
    (verdict?.may === true && verdict.unknown.length > 0)
  return explain && !answer.needs.includes('reason') ? ['reason', ...answer.needs] : answer.needs
}

/**
 * The order that may be dosed from at an instant: the newest signed one, unless it was withdrawn or has run out.
 * Withdrawing the newest never brings an older one back.
 */
export function activeOrderOf(orders: readonly DoseOrder[], at: Instant): DoseOrder | undefined {
  const newest = orders
    .filter((o) => o.signedAt <= at)
    .reduce<DoseOrder | undefined>(
      (best, o) =>
        !best || o.signedAt > best.signedAt || (o.signedAt === best.signedAt && o.id > best.id) ? o : best,
      undefined,
    )
  if (!newest || newest.validUntil <= at) return undefined
  return newest.withdrawnAt && newest.withdrawnAt <= at ? undefined : newest
}
