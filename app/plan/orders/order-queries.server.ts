import { sql } from 'kysely'
import { type Read, reader, type Write, writer } from '../../platform/database.server.ts'
import type { AccountId, ClinicId } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'
import type { PlanId } from '../plan.ts'
import type { Route } from '../protocols/protocol.ts'
import type { WeightBasis } from './basis-weight.ts'
import type { DoseNeed } from './dose-arithmetic.ts'
import type { PumpedStep } from './infusion-arithmetic.ts'
import type { DoseOrder, GivenDose, OrderId } from './order.ts'
import type { RaiseAnswers } from './raise-rule.ts'
import type { ArithmeticLine } from './rounding.ts'

/** What of a dose stands in no column of its own. */
type GivenParts =
  | { readonly kind: 'infusion'; readonly steps: readonly PumpedStep[] }
  | { readonly kind: 'volume'; readonly portionsMl: readonly number[] }
  | Extract<GivenDose, { kind: 'units' }>

/** Names the tables of orders. jsonb is written as text: the driver would turn a list into an array of the database. */
type OrderTables = {
  dose_order: {
    clinic_id: ClinicId
    id: OrderId
    plan_id: PlanId
    /** Null, like number, given and needs, on orders from before other routes were ordered. */
    route: Route | null
    number: number | null
    given: GivenParts | string | null
    needs: DoseNeed[] | string | null
    raise: RaiseAnswers | string | null
    dose_mg_per_kg: number | null
    weight_basis: WeightBasis | null
    basis_weight_kg: number | null
    actual_weight_kg: number | null
    weight_measured_at: Instant | null
    height_cm: number | null
    dose_mg: number
    concentration_mg_per_ml: number | null
    volume_ml: number | null
    total_volume_ml: number | null
    duration_min: number | null
    rate_ml_per_h: number | null
    arithmetic: ArithmeticLine[] | string
    reason: string | null
    weight_change_acknowledged: boolean
    signed_by: AccountId
    second_signed_by: AccountId | null
    signed_at: Instant
    valid_until: Instant
  }
  dose_order_head: { clinic_id: ClinicId; plan_id: PlanId; orders: number }
  dose_order_withdrawal: {
    clinic_id: ClinicId
    order_id: OrderId
    reason: string
    withdrawn_by: AccountId
    withdrawn_at: Instant
  }
}

const read = (db: Read) => reader<OrderTables>(db)
const write = (db: Write) => writer<OrderTables>(db)

/**
 * Holds the orders of a plan until the transaction ends, so that two signed at once are numbered and judged one after
 * the other.
 */
export async function lockOrders(db: Write, clinicId: ClinicId, planId: PlanId): Promise<void> {
  await write(db)
    .insertInto('dose_order_head')
    .values({ clinic_id: clinicId, plan_id: planId, orders: 1 })
    .onConflict((c) =>
      c.columns(['clinic_id', 'plan_id']).doUpdateSet({ orders: sql<number>`dose_order_head.orders + 1` }),
    )
    .execute()
}

/** @returns false when the order exists already (the same signature repeated) */
export async function insertOrder(
  db: Write,
  clinicId: ClinicId,
  order: DoseOrder & { readonly weightChangeAcknowledged: boolean },
): Promise<boolean> {
  const { given } = order
  const infusion = given.kind === 'infusion' ? given : undefined
  const drawn = given.kind === 'units' ? undefined : given
  const row = await write(db)
    .insertInto('dose_order')
    .values({
      clinic_id: clinicId,
      id: order.id,
      plan_id: order.planId,
      route: order.route,
      number: order.number,
      given: JSON.stringify(partsOf(given)),
      needs: JSON.stringify(order.needs ?? []),
      raise: order.raise ? JSON.stringify(order.raise) : null,
      dose_mg_per_kg: order.doseMgPerKg ?? null,
      weight_basis: order.weightBasis ?? null,
      basis_weight_kg: order.weightKg ?? null,
      actual_weight_kg: order.actualWeightKg ?? null,
      weight_measured_at: order.weightMeasuredAt ?? null,
      height_cm: order.heightCm ?? null,
      dose_mg: order.doseMg,
      concentration_mg_per_ml: drawn?.concentrationMgPerMl ?? null,
      volume_ml: drawn?.volumeMl ?? null,
      total_volume_ml: infusion?.totalVolumeMl ?? null,
      duration_min: infusion?.durationMin ?? null,
      rate_ml_per_h: infusion?.rateMlPerH ?? null,
      arithmetic: JSON.stringify(order.arithmetic),
      reason: order.reason ?? null,
      weight_change_acknowledged: order.weightChangeAcknowledged,
      signed_by: order.signedBy,
      second_signed_by: order.secondSignedBy ?? null,
      signed_at: order.signedAt,
      valid_until: order.validUntil,
    })
    .onConflict((c) => c.columns(['clinic_id', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

function partsOf(given: GivenDose): GivenParts {
  if (given.kind === 'infusion') return { kind: 'infusion', steps: given.steps }
  return given.kind === 'volume' ? { kind: 'volume', portionsMl: given.portionsMl } : given
}

/** Orders of a plan, newest first, each with its withdrawal if there is one. */
export async function ordersOfPlan(db: Read, clinicId: ClinicId, planId: PlanId): Promise<DoseOrder[]> {
  const rows = await orderRows(db, clinicId)
    .where('dose_order.plan_id', '=', planId)
    .orderBy('dose_order.signed_at', 'desc')
    .orderBy('dose_order.id', 'desc')
    .execute()
  return rows.map(toOrder)
}

/** Orders of several plans, newest first within each; a plan without any is left out. */
export async function ordersOfPlans(
  db: Read,
  clinicId: ClinicId,
  planIds: readonly PlanId[],
): Promise<Map<PlanId, DoseOrder[]>> {
  if (planIds.length === 0) return new Map()
  const rows = await orderRows(db, clinicId)
    .where('dose_order.plan_id', 'in', [...planIds])
    .orderBy('dose_order.signed_at', 'desc')
    .orderBy('dose_order.id', 'desc')
    .execute()
  return Map.groupBy(rows.map(toOrder), ({ planId }) => planId)
}

export async function orderById(db: Read, clinicId: ClinicId, id: OrderId): Promise<DoseOrder | undefined> {
  const row = await orderRows(db, clinicId).where('dose_order.id', '=', id).executeTakeFirst()
  return row && toOrder(row)
}

function orderRows(db: Read, clinicId: ClinicId) {
  return read(db)
    .selectFrom('dose_order')
    .leftJoin('dose_order_withdrawal as w', (j) =>
      j.onRef('w.clinic_id', '=', 'dose_order.clinic_id').onRef('w.order_id', '=', 'dose_order.id'),
    )
    .selectAll('dose_order')
    .select(['w.withdrawn_at', 'w.withdrawn_by', 'w.reason as withdrawn_reason'])
    .select((eb) =>
      eb
        .selectFrom('dose_order as earlier')
        .whereRef('earlier.clinic_id', '=', 'dose_order.clinic_id')
        .whereRef('earlier.plan_id', '=', 'dose_order.plan_id')
        .where((e) =>
          e.or([
            e('earlier.signed_at', '<', e.ref('dose_order.signed_at')),
            e.and([
              e('earlier.signed_at', '=', e.ref('dose_order.signed_at')),
              e('earlier.id', '<=', e.ref('dose_order.id')),
            ]),
          ]),
        )
        .select(({ fn }) => fn.countAll<number>().as('place'))
        .as('place'),
    )
    .where('dose_order.clinic_id', '=', clinicId)
}

type OrderRow = OrderTables['dose_order'] & {
  withdrawn_at: Instant | null
  withdrawn_by: AccountId | null
  withdrawn_reason: string | null
  place: number | null
}

function toOrder(row: OrderRow): DoseOrder {
  return {
    id: row.id,
    planId: row.plan_id,
    number: row.number ?? Number(row.place ?? 1),
    route: row.route ?? 'intravenous',
    given: givenOf(row),
    doseMg: row.dose_mg,
    doseMgPerKg: row.dose_mg_per_kg ?? undefined,
    weightKg: row.basis_weight_kg ?? undefined,
    weightBasis: row.weight_basis ?? undefined,
    actualWeightKg: row.actual_weight_kg ?? undefined,
    weightMeasuredAt: row.weight_measured_at ?? undefined,
    heightCm: row.height_cm ?? undefined,
    arithmetic: row.arithmetic as ArithmeticLine[],
    needs: (row.needs as DoseNeed[] | null) ?? undefined,
    raise: (row.raise as RaiseAnswers | null) ?? undefined,
    reason: row.reason ?? undefined,
    signedBy: row.signed_by,
    secondSignedBy: row.second_signed_by ?? undefined,
    signedAt: row.signed_at,
    validUntil: row.valid_until,
    withdrawnAt: row.withdrawn_at ?? undefined,
    withdrawnBy: row.withdrawn_by ?? undefined,
    withdrawnReason: row.withdrawn_reason ?? undefined,
  }
}

function givenOf(row: OrderRow): GivenDose {
  const parts = row.given as GivenParts | null
  if (parts?.kind === 'units') return parts
  const drawn = { concentrationMgPerMl: row.concentration_mg_per_ml!, volumeMl: row.volume_ml! }
  if (parts?.kind === 'volume') return { ...parts, ...drawn }
  const pump = {
    totalVolumeMl: row.total_volume_ml!,
    durationMin: row.duration_min!,
    rateMlPerH: row.rate_ml_per_h!,
  }
  const whole: PumpedStep = {
    title: 'Infusion',
    mgPerKg: row.dose_mg_per_kg!,
    durationMin: pump.durationMin,
    doseMg: row.dose_mg,
    volumeMl: pump.totalVolumeMl,
    rateMlPerH: pump.rateMlPerH,
  }
  return { kind: 'infusion', ...drawn, ...pump, steps: parts?.steps ?? [whole] }
}

/** @returns false when the order was withdrawn before */
export async function insertOrderWithdrawal(
  db: Write,
  clinicId: ClinicId,
  withdrawal: { orderId: OrderId; reason: string; by: AccountId; at: Instant },
): Promise<boolean> {
  const row = await write(db)
    .insertInto('dose_order_withdrawal')
    .values({
      clinic_id: clinicId,
      order_id: withdrawal.orderId,
      reason: withdrawal.reason,
      withdrawn_by: withdrawal.by,
      withdrawn_at: withdrawal.at,
    })
    .onConflict((c) => c.columns(['clinic_id', 'order_id']).doNothing())
    .returning('order_id')
    .executeTakeFirst()
  return row !== undefined
}
