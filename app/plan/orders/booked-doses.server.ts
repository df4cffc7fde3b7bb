import type { Read } from '../../platform/database.server.ts'
import type { ClinicId } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'
import { appointmentsBetween } from '../diary/entry-queries.server.ts'
import type { AppointmentId, PlanId } from '../plan.ts'
import { planById } from '../plan-queries.server.ts'
import type { Protocol, Route } from '../protocols/protocol.ts'
import { protocolOfPlan } from '../protocols/protocol-of.server.ts'
import { drawnFor } from './order.ts'
import { activeOrderOf } from './order-decision.ts'
import { ordersOfPlans } from './order-queries.server.ts'
import { ESKETAMINE_DEVICE } from './units-arithmetic.ts'

/** What a booked visit will take from the stock, as far as it is known now. */
export type BookedDose = {
  readonly appointmentId: AppointmentId
  readonly startsAt: Instant
  readonly need:
    | {
        readonly kind: 'drawn'
        readonly volumeMl: number
        readonly concentrationMgPerMl: number
      }
    | {
        readonly kind: 'units'
        readonly route: Route
        readonly units: number
        readonly unitMg: number
        /** `protocol` counts the largest dose it allows: no order says yet which one it will be. */
        readonly by: 'order' | 'protocol'
      }
    /** No order is in force, and the protocol alone does not say how much of which strength. */
    | { readonly kind: 'not-known' }
}

/**
 * The dosing visits that begin from `from` to before `to`, by time, each with what it needs: by the order that is in force at `at`,
 * else by the protocol where that alone says so. A dose by weight without an order is not known.
 */
export async function bookedDoses(
  db: Read,
  clinicId: ClinicId,
  { from, to, at }: { readonly from: Instant; readonly to: Instant; readonly at: Instant },
): Promise<BookedDose[]> {
  const visits = await appointmentsBetween(db, clinicId, from, to)
  const planIds = [...new Set(visits.map(({ planId }) => planId))]
  const orders = await ordersOfPlans(db, clinicId, planIds)
  const needs = new Map<PlanId, BookedDose['need']>()
  for (const planId of planIds) {
    const order = activeOrderOf(orders.get(planId) ?? [], at)
    if (order) {
      const { given, route } = order
      const drawn = drawnFor(order)
      needs.set(
        planId,
        drawn
          ? {
              kind: 'drawn',
              volumeMl: drawn.volumeMl,
              concentrationMgPerMl: drawn.concentrationMgPerMl,
            }
          : given.kind === 'units'
            ? { kind: 'units', route, units: given.units, unitMg: given.unitMg, by: 'order' }
            : { kind: 'not-known' },
      )
      continue
    }
    const plan = await planById(db, clinicId, planId)
    needs.set(planId, plan ? needOfProtocol(await protocolOfPlan(db, clinicId, plan)) : { kind: 'not-known' })
  }
  return visits.map(({ id, startsAt, planId }) => ({
    appointmentId: id,
    startsAt,
    need: needs.get(planId) ?? { kind: 'not-known' },
  }))
}

/** Only esketamine comes in devices of one strength; a tablet's is written in the order. */
function needOfProtocol({ route, dose }: Pick<Protocol, 'route' | 'dose'>): BookedDose['need'] {
  if (route !== 'nasal-esketamine' || dose.kind !== 'fixed-mg' || dose.choicesMg.length === 0) {
    return { kind: 'not-known' }
  }
  const units = Math.ceil(Math.max(...dose.choicesMg) / ESKETAMINE_DEVICE.mg)
  return { kind: 'units', route, units, unitMg: ESKETAMINE_DEVICE.mg, by: 'protocol' }
}
