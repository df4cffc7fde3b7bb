import { type Read, reader, type Write, writer } from '../../platform/database.server.ts'
import type { AccountId, ClinicId } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'
import type { DoseOrder, OrderId, PlanId } from '../plan.ts'
import type { ArithmeticLine, WeightBasis } from './dose-arithmetic.ts'

/** Names the tables of orders. */
type OrderTables = {
  dose_order: {
    clinic_id: ClinicId
    id: OrderId
    plan_id: PlanId
    dose_mg_per_kg: number
    weight_basis: WeightBasis
    basis_weight_kg: number
    actual_weight_kg: number
    weight_measured_at: Instant
    height_cm: number | null
    dose_mg: number
    concentration_mg_per_ml: number
    volume_ml: number
    total_volume_ml: number
    duration_min: number
    rate_ml_per_h: number
    /** jsonb; written as text, since the driver would turn a list into an array of the database. */
    arithmetic: ArithmeticLine[] | string
    reason: string | null
    weight_change_acknowledged: boolean
    signed_by: AccountId
    second_signed_by: AccountId | null
    signed_at: Instant
    valid_until: Instant
  }
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

/** @returns false when the order exists already (the same signature repeated) */
export async function insertOrder(
  db: Write,
  clinicId: ClinicId,
  order: DoseOrder & { readonly heightCm: number | undefined; readonly weightChangeAcknowledged: boolean },
): Promise<boolean> {
  const row = await write(db)
    .insertInto('dose_order')
    .values({
      clinic_id: clinicId,
      id: order.id,
      plan_id: order.planId,
      dose_mg_per_kg: order.doseMgPerKg,
      weight_basis: order.weightBasis,
      basis_weight_kg: order.weightKg,
      actual_weight_kg: order.actualWeightKg,
      weight_measured_at: order.weightMeasuredAt,
      height_cm: order.heightCm ?? null,
      dose_mg: order.doseMg,
      concentration_mg_per_ml: order.concentrationMgPerMl,
      volume_ml: order.volumeMl,
      total_volume_ml: order.totalVolumeMl,
      duration_min: order.durationMin,
      rate_ml_per_h: order.rateMlPerH,
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

/** Orders of a plan, newest first, each with its withdrawal if there is one. */
export async function ordersOfPlan(db: Read, clinicId: ClinicId, planId: PlanId): Promise<DoseOrder[]> {
  const rows = await orderRows(db, clinicId)
    .where('dose_order.plan_id', '=', planId)
    .orderBy('dose_order.signed_at', 'desc')
    .orderBy('dose_order.id', 'desc')
    .execute()
  return rows.map(toOrder)
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
    .select(['w.withdrawn_at', 'w.reason as withdrawn_reason'])
    .where('dose_order.clinic_id', '=', clinicId)
}

function toOrder(
  row: OrderTables['dose_order'] & { withdrawn_at: Instant | null; withdrawn_reason: string | null },
): DoseOrder {
  return {
    id: row.id,
    planId: row.plan_id,
    doseMg: row.dose_mg,
    doseMgPerKg: row.dose_mg_per_kg,
    weightKg: row.basis_weight_kg,
    weightBasis: row.weight_basis,
    actualWeightKg: row.actual_weight_kg,
    weightMeasuredAt: row.weight_measured_at,
    concentrationMgPerMl: row.concentration_mg_per_ml,
    volumeMl: row.volume_ml,
    totalVolumeMl: row.total_volume_ml,
    durationMin: row.duration_min,
    rateMlPerH: row.rate_ml_per_h,
    arithmetic: row.arithmetic as ArithmeticLine[],
    reason: row.reason ?? undefined,
    signedBy: row.signed_by,
    secondSignedBy: row.second_signed_by ?? undefined,
    signedAt: row.signed_at,
    validUntil: row.valid_until,
    withdrawnAt: row.withdrawn_at ?? undefined,
    withdrawnReason: row.withdrawn_reason ?? undefined,
  }
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
