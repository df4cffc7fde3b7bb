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
    concentration_mg_per_ml: number
    container_ml: number
    expires_on: LocalDate
    received_at: Instant
  }
  stock_movement: {
    clinic_id: ClinicId
    id: Id<'stock-movement'>
    lot_id: LotId
    kind: MovementKind
    volume_ml: number
    change_ml: number
    at: Instant
    by_account_id: string
    session_id: SessionId | null
    reason: string
  }
}

export type MovementKind = 'received' | 'drawn' | 'wasted' | 'syringe-wasted'

const read = (db: Read) => reader<StockTables>(db)
const write = (db: Write) => writer<StockTables>(db)

export type DrugLot = {
  readonly id: LotId
  readonly drug: string
  readonly lotNumber: string
  readonly concentrationMgPerMl: number
  readonly containerMl: number
  readonly expiresOn: LocalDate
  readonly receivedAt: Instant
}

export type LotBalance = DrugLot & { readonly balanceMl: number }

export type StockMovement = {
  readonly id: Id<'stock-movement'>
  readonly lotId: LotId
  readonly kind: MovementKind
  readonly volumeMl: number
  readonly at: Instant
  readonly by: string
  readonly sessionId: SessionId | undefined
  readonly reason: string
}

function toLot(row: StockTables['drug_lot']): DrugLot {
  return {
    id: row.id,
    drug: row.drug,
    lotNumber: row.lot_number,
    concentrationMgPerMl: row.concentration_mg_per_ml,
    containerMl: row.container_ml,
    expiresOn: row.expires_on,
    receivedAt: row.received_at,
  }
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
      concentration_mg_per_ml: lot.concentrationMgPerMl,
      container_ml: lot.containerMl,
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
  return row && { ...toLot(row), balanceMl: (await balances(db, clinicId, [row.id])).get(row.id) ?? 0 }
}

async function balances(db: Read, clinicId: ClinicId, lotIds: readonly LotId[]): Promise<Map<LotId, number>> {
  if (lotIds.length === 0) return new Map()
  const rows = await read(db)
    .selectFrom('stock_movement')
    .select(['lot_id', sql<number>`sum(change_ml)`.as('balance_ml')])
    .where('clinic_id', '=', clinicId)
    .where('lot_id', 'in', [...lotIds])
    .groupBy('lot_id')
    .execute()
  return new Map(rows.map((row) => [row.lot_id, row.balance_ml]))
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
  return rows.map((row) => ({ ...toLot(row), balanceMl: left.get(row.id) ?? 0 }))
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
      volume_ml: movement.volumeMl,
      change_ml: sign * movement.volumeMl,
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
    volumeMl: row.volume_ml,
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
