import { sql } from 'kysely'
import { type Read, reader, type Write, writer } from '../../platform/database.server.ts'
import type { ClinicId, Id } from '../../platform/ids.ts'
import type { Instant, LocalDate } from '../../platform/time.ts'
import type { LotId, SessionId } from '../session/session-event.ts'

/** The only file that names the tables of the stock. */
type StockTables = {
  drug_lot: {
    clinic_id: ClinicId
    id: LotId
    drug: string
    lot_number: string
    form: LotForm
    concentration_mg_per_ml: number | null
    container_ml: number | null
    unit_mg: number | null
    expires_on: LocalDate
    received_at: Instant
  }
  stock_movement: {
    clinic_id: ClinicId
    id: Id<'stock-movement'>
    lot_id: LotId
    kind: MovementKind
    volume_ml: number | null
    change_ml: number | null
    units: number | null
    change_units: number | null
    at: Instant
    by_account_id: string
    session_id: SessionId | null
    reason: string
  }
}

export type MovementKind = 'received' | 'drawn' | 'wasted' | 'syringe-wasted'

const read = (db: Read) => reader<StockTables>(db)
const write = (db: Write) => writer<StockTables>(db)

export type LotForm = 'vial' | 'nasal-device' | 'tablet'

type EveryLot = {
  readonly id: LotId
  readonly drug: string
  readonly lotNumber: string
  readonly expiresOn: LocalDate
  readonly receivedAt: Instant
}
/** Counted in mL. */
export type VialLot = EveryLot & {
  readonly form: 'vial'
  readonly concentrationMgPerMl: number
  readonly containerMl: number
}
/** Counted in devices or tablets of so many mg. */
export type UnitLot = EveryLot & { readonly form: 'nasal-device' | 'tablet'; readonly unitMg: number }
export type DrugLot = VialLot | UnitLot

export type VialBalance = VialLot & { readonly balanceMl: number }
export type UnitBalance = UnitLot & { readonly balanceUnits: number }
export type LotBalance = VialBalance | UnitBalance

/** How much a movement moved: mL of a vial's lot, or units of a lot of devices or tablets. */
export type Moved = { readonly volumeMl: number } | { readonly units: number }

export type StockMovement = {
  readonly id: Id<'stock-movement'>
  readonly lotId: LotId
  readonly kind: MovementKind
  readonly moved: Moved
  readonly at: Instant
  readonly by: string
  readonly sessionId: SessionId | undefined
  readonly reason: string
}

function toLot(row: StockTables['drug_lot']): DrugLot {
  const every = {
    id: row.id,
    drug: row.drug,
    lotNumber: row.lot_number,
    expiresOn: row.expires_on,
    receivedAt: row.received_at,
  }
  // The table's own check says which figures a form has.
  return row.form === 'vial'
    ? {
        ...every,
        form: 'vial',
        concentrationMgPerMl: row.concentration_mg_per_ml!,
        containerMl: row.container_ml!,
      }
    : { ...every, form: row.form, unitMg: row.unit_mg! }
}

function withBalance(lot: DrugLot, left: number): LotBalance {
  return lot.form === 'vial' ? { ...lot, balanceMl: left } : { ...lot, balanceUnits: left }
}

/** @returns false when a lot with this id is there already */
export async function insertLot(db: Write, clinicId: ClinicId, lot: DrugLot): Promise<boolean> {
  const row = await write(db)
    .insertInto('drug_lot')
    .values({
      clinic_id: clinicId,
      id: lot.id,
      drug: lot.drug,
      lot_number: lot.lotNumber,
      form: lot.form,
      concentration_mg_per_ml: lot.form === 'vial' ? lot.concentrationMgPerMl : null,
      container_ml: lot.form === 'vial' ? lot.containerMl : null,
      unit_mg: lot.form === 'vial' ? null : lot.unitMg,
      expires_on: lot.expiresOn,
      received_at: lot.receivedAt,
    })
    .onConflict((c) => c.columns(['clinic_id', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** The lot, kept for this transaction, so that two people cannot both draw the last of it. */
export async function lockLot(db: Write, clinicId: ClinicId, id: LotId): Promise<LotBalance | undefined> {
  const row = await write(db)
    .selectFrom('drug_lot')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  // A query of its own after the lock: it sees what the one before us has committed.
  return row && withBalance(toLot(row), (await balances(db, clinicId, [row.id])).get(row.id) ?? 0)
}

/** In mL or units, as the lot is counted. */
async function balances(db: Read, clinicId: ClinicId, lotIds: readonly LotId[]): Promise<Map<LotId, number>> {
  if (lotIds.length === 0) return new Map()
  const rows = await read(db)
    .selectFrom('stock_movement')
    .select(['lot_id', sql<number>`sum(coalesce(change_ml, change_units))`.as('balance')])
    .where('clinic_id', '=', clinicId)
    .where('lot_id', 'in', [...lotIds])
    .groupBy('lot_id')
    .execute()
  return new Map(rows.map((row) => [row.lot_id, row.balance]))
}

/** Every lot with what is left of it, first to expire first. */
export async function lots(db: Read, clinicId: ClinicId): Promise<LotBalance[]> {
  const rows = await read(db)
    .selectFrom('drug_lot')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .orderBy('expires_on')
    .orderBy('received_at')
    .orderBy('id')
    .execute()
  const left = await balances(
    db,
    clinicId,
    rows.map((row) => row.id),
  )
  return rows.map((row) => withBalance(toLot(row), left.get(row.id) ?? 0))
}

/** @returns false when a movement with this id is there already */
export async function insertMovement(
  db: Write,
  clinicId: ClinicId,
  movement: StockMovement,
): Promise<boolean> {
  const sign = { received: 1, drawn: -1, wasted: -1, 'syringe-wasted': 0 }[movement.kind]
  const row = await write(db)
    .insertInto('stock_movement')
    .values({
      clinic_id: clinicId,
      id: movement.id,
      lot_id: movement.lotId,
      kind: movement.kind,
      ...('units' in movement.moved
        ? {
            volume_ml: null,
            change_ml: null,
            units: movement.moved.units,
            change_units: sign * movement.moved.units,
          }
        : {
            volume_ml: movement.moved.volumeMl,
            change_ml: sign * movement.moved.volumeMl,
            units: null,
            change_units: null,
          }),
      at: movement.at,
      by_account_id: movement.by,
      session_id: movement.sessionId ?? null,
      reason: movement.reason,
    })
    .onConflict((c) => c.columns(['clinic_id', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

function toMovement(row: StockTables['stock_movement']): StockMovement {
  return {
    id: row.id,
    lotId: row.lot_id,
    kind: row.kind,
    moved: row.units === null ? { volumeMl: row.volume_ml! } : { units: row.units },
    at: row.at,
    by: row.by_account_id,
    sessionId: row.session_id ?? undefined,
    reason: row.reason,
  }
}

export async function movementById(
  db: Read,
  clinicId: ClinicId,
  id: Id<'stock-movement'>,
): Promise<StockMovement | undefined> {
  const row = await read(db)
    .selectFrom('stock_movement')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && toMovement(row)
}

/** Movements, newest first. */
export async function movements(db: Read, clinicId: ClinicId, limit: number): Promise<StockMovement[]> {
  const rows = await read(db)
    .selectFrom('stock_movement')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(toMovement)
}

export async function movementsOfSession(
  db: Read,
  clinicId: ClinicId,
  sessionId: SessionId,
): Promise<StockMovement[]> {
  const rows = await read(db)
    .selectFrom('stock_movement')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('session_id', '=', sessionId)
    .orderBy('at')
    .orderBy('id')
    .execute()
  return rows.map(toMovement)
}

/** mL that a session's syringe was wasted of, on the books so far. */
export function syringeWastedMl(movements: readonly StockMovement[]): number {
  return movements.reduce(
    (sum, { kind, moved }) => (kind === 'syringe-wasted' && 'volumeMl' in moved ? sum + moved.volumeMl : sum),
    0,
  )
}
