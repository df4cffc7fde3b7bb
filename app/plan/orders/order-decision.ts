import type { EligibilityDecision, Fact } from '../../assess/index.ts'
import type { Sex } from '../../identity/index.ts'
import type { AccountId } from '../../platform/ids.ts'
import { done, type Outcome, refused } from '../../platform/outcome.ts'
import { addMs, DAY_MS, type Instant, msBetween } from '../../platform/time.ts'
import type { DoseOrder } from '../plan.ts'
import { doseCeilings, infusionFigures } from '../protocols/order-figures.ts'
import type { Protocol } from '../protocols/protocol.ts'
import {
  type ConcentrationMgPerMl,
  type DoseAnswer,
  type DoseNeed,
  doseArithmetic,
  type WeightBasis,
} from './dose-arithmetic.ts'

/** What the prescriber chose. */
export type OrderChoice = {
  readonly mgPerKg: number
  readonly weightBasis: WeightBasis
  readonly concentrationMgPerMl: ConcentrationMgPerMl
  readonly totalVolumeMl: number
  readonly durationMin: number
  readonly reason: string | undefined
  readonly weightChangeAcknowledged: boolean
  /** A second prescriber who signed in on the same form. */
  readonly secondPrescriber: AccountId | undefined
}

/** What is known when the order is signed. */
export type OrderFacts = {
  readonly at: Instant
  readonly protocol: Protocol
  readonly decision: Pick<EligibilityDecision, 'decision' | 'stale'> | undefined
  readonly weight: Pick<Fact<'weight-kg'>, 'value' | 'observedAt' | 'source'> | undefined
  readonly heightCm: number | undefined
  readonly sex: Sex | undefined
  /** The weight the person was last dosed by; undefined before the first order. */
  readonly lastOrderedWeightKg: number | undefined
  readonly signer: AccountId
  /** Accounts of the clinic's prescribers. */
  readonly prescribers: readonly AccountId[]
}

export type OrderRefusal =
  | 'not-eligible'
  | 'decision-stale'
  | 'weight-unknown'
  | 'weight-not-measured'
  | 'weight-too-old'
  | 'weight-changed'
  | 'dose'
  | 'reason-missing'
  | 'second-prescriber-missing'
  | 'second-prescriber-not-valid'

export type DecidedOrder = {
  readonly answer: Extract<DoseAnswer, { ok: true }>
  readonly weight: { readonly kg: number; readonly observedAt: Instant }
  readonly validUntil: Instant
}

const SHORTEST_REASON = 10

/** Whether an order may be signed on what is known. Pure; the first obstacle in the order of the list is told. */
export function decideOrder(facts: OrderFacts, choice: OrderChoice): Outcome<DecidedOrder, OrderRefusal> {
  const { protocol, weight, at } = facts
  if (facts.decision?.decision !== 'eligible') return refused('not-eligible')
  if (facts.decision.stale) return refused('decision-stale')
  const obstacle = weightObstacle(facts)
  if (obstacle) return refused(obstacle)
  const kg = weight!.value
  const changePercent = weightChangePercent(kg, facts.lastOrderedWeightKg)
  if (
    changePercent !== undefined &&
    Math.abs(changePercent) > protocol.weight.changeToAcknowledgePercent &&
    !choice.weightChangeAcknowledged
  )
    return refused('weight-changed', { changePercent })
  const ceilings = doseCeilings(protocol)
  if (!ceilings) return refused('dose', { problems: [], lines: [] })
  const answer = doseArithmetic({
    ...choice,
    actualWeightKg: kg,
    heightCm: facts.heightCm,
    sex: facts.sex,
    ceilings,
  })
  if (!answer.ok) return refused('dose', { problems: answer.problems, lines: answer.lines })
  const needs = orderNeeds(answer, choice, protocol)
  if (needs.includes('reason') && (choice.reason ?? '').trim().length < SHORTEST_REASON)
    return refused('reason-missing')
  if (needs.includes('second-prescriber')) {
    if (!choice.secondPrescriber) return refused('second-prescriber-missing')
    if (choice.secondPrescriber === facts.signer || !facts.prescribers.includes(choice.secondPrescriber))
      return refused('second-prescriber-not-valid')
  }
  return done({
    answer,
    weight: { kg, observedAt: weight!.observedAt },
    validUntil: addMs(at, protocol.orderValidDays * DAY_MS),
  })
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
  return lastKg === undefined ? undefined : (kg / lastKg - 1) * 100
}

/** What this order needs: a dose or time other than the protocol's is a deviation and needs a reason as well. */
export function orderNeeds(
  answer: Extract<DoseAnswer, { ok: true }>,
  choice: Pick<OrderChoice, 'mgPerKg' | 'durationMin'>,
  protocol: Protocol,
): readonly DoseNeed[] {
  const dose = infusionFigures(protocol)
  const deviates = choice.mgPerKg !== dose?.mgPerKg || choice.durationMin !== dose.durationMin
  return deviates && !answer.needs.includes('reason') ? ['reason', ...answer.needs] : answer.needs
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
