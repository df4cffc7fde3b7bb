import type { Id, PersonId } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'
import type { PlanId } from '../plan.ts'
import type { OrderId } from './order.ts'
import type { RaiseFact, Told } from './raise-rule.ts'

/** A dose given by an order, as the bedside told it. */
export type GivenDoseNote = {
  readonly sessionId: Id<'dosing-session'>
  readonly planId: PlanId
  readonly personId: PersonId
  readonly orderId: OrderId
  readonly dosedAt: Instant
  /** How it was borne; undefined until the person has left. */
  readonly facts: Readonly<Record<RaiseFact, Told>> | undefined
}

/** Nothing is known of a dose whose session is not over, or was never finished properly. */
export const NOTHING_KNOWN: Readonly<Record<RaiseFact, Told>> = {
  'systolic-180': 'unknown',
  'moaas-2': 'unknown',
  'spo2-92': 'unknown',
  'distress-stop': 'unknown',
  vomiting: 'unknown',
}
