import type { AccountId, Id } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'
import type { PlanId } from '../plan.ts'
import type { Route } from '../protocols/protocol.ts'
import type { WeightBasis } from './basis-weight.ts'
import type { DoseNeed } from './dose-arithmetic.ts'
import type { PumpedStep } from './infusion-arithmetic.ts'
import type { RaiseAnswers } from './raise-rule.ts'
import type { ArithmeticLine } from './rounding.ts'

export type OrderId = Id<'order'>

/** What a signed order says of a dose by each way of giving it. */
export type GivenDose =
  | {
      readonly kind: 'infusion'
      readonly concentrationMgPerMl: number
      /** Drug drawn from the vial. */
      readonly volumeMl: number
      /** Drug and diluent together: what the pump infuses. */
      readonly totalVolumeMl: number
      readonly durationMin: number
      /** Of the first step; the only one of most orders. */
      readonly rateMlPerH: number
      readonly steps: readonly PumpedStep[]
    }
  | {
      readonly kind: 'volume'
      readonly concentrationMgPerMl: number
      readonly volumeMl: number
      /** mL at each place. */
      readonly portionsMl: readonly number[]
    }
  | {
      readonly kind: 'units'
      readonly unitMg: number
      readonly units: number
      /** Minutes from the first unit; empty where no times are stated. */
      readonly atMin: readonly number[]
    }

/**
 * A signed order for one dose, good for each session of its plan until it is withdrawn, replaced by a newer one, or
 * past `validUntil`. Never edited: a change is another order with the next number.
 */
export type DoseOrder = {
  readonly id: OrderId
  readonly planId: PlanId
  /** Counts the orders of a plan from 1. */
  readonly number: number
  readonly route: Route
  readonly given: GivenDose
  /** What the syringe, the device or the tablets will hold. */
  readonly doseMg: number
  /** Undefined, like all of the weight, for a dose that is not counted from one. */
  readonly doseMgPerKg: number | undefined
  /** The weight the dose was counted from, by `weightBasis`. */
  readonly weightKg: number | undefined
  readonly weightBasis: WeightBasis | undefined
  readonly actualWeightKg: number | undefined
  readonly weightMeasuredAt: Instant | undefined
  readonly heightCm: number | undefined
  readonly arithmetic: readonly ArithmeticLine[]
  /** Ceilings that were passed, by what they asked for; undefined on orders from before that was kept. */
  readonly needs: readonly DoseNeed[] | undefined
  /** What was said about the last dose where this one lies above it. */
  readonly raise: RaiseAnswers | undefined
  readonly reason: string | undefined
  readonly signedBy: AccountId
  readonly secondSignedBy: AccountId | undefined
  readonly signedAt: Instant
  readonly validUntil: Instant
  readonly withdrawnAt: Instant | undefined
  readonly withdrawnBy: AccountId | undefined
  readonly withdrawnReason: string | undefined
}

/** The dose of an infusion; undefined for every other way of giving one. */
export function infusionOf(
  order: Pick<DoseOrder, 'given'>,
): Extract<GivenDose, { kind: 'infusion' }> | undefined {
  return order.given.kind === 'infusion' ? order.given : undefined
}

/** What is drawn from a vial for an order; undefined for devices and tablets. */
export function drawnFor(
  order: Pick<DoseOrder, 'given'>,
): { readonly volumeMl: number; readonly concentrationMgPerMl: number } | undefined {
  return order.given.kind === 'units' ? undefined : order.given
}
