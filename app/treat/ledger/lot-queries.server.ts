import { type Read, reader, type Write, writer } from '../../platform/database.server.ts'
import type { ClinicId, Id } from '../../platform/ids.ts'
import type { Instant, LocalDate } from '../../platform/time.ts'
import type { LotId } from '../session/session-event.ts'
import { balancesOfLots } from './ledger-queries.server.ts'
import type { Balance } from './movement.ts'

/** The only file that names the tables of lots. */
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
    gtin: string | null
    supplier: string | null
    invoice: string | null
  }
  lot_recall: {
    clinic_id: ClinicId
    id: Id<'lot-recall'>
    lot_id: LotId
    state: 'recalled' | 'cleared'
    reason: string
    at: Instant
    by_account_id: string
  }
}

const read = (db: Read) => reader<StockTables>(db)
const write = (db: Write) => writer<StockTables>(db)

export type LotForm = 'vial' | 'nasal-device' | 'tablet'

type EveryLot = {
  readonly id: LotId
  readonly drug: string
  readonly lotNumber: string
  readonly expiresOn: LocalDate
  readonly receivedAt: Instant
  /** The product's number on its package, 14 digits. */
  readonly gtin?: string
  readonly supplier?: string
  readonly invoice?: string
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

/** What stands of a lot in the safe and in cabinets; what was drawn for somebody is no longer part of it. */
type OnHand = {
  readonly hundredths: number
  readonly standing: readonly Balance[]
  readonly recalled: string | undefined
}
export type VialBalance = VialLot & OnHand & { readonly balanceMl: number }
export type UnitBalance = UnitLot & OnHand & { readonly balanceUnits: number }
export type LotBalance = VialBalance | UnitBalance

function toLot(row: StockTables['drug_lot']): DrugLot {
  const every = {
    id: row.id,
    drug: row.drug,
    lotNumber: row.lot_number,
    expiresOn: row.expires_on,
    receivedAt: row.received_at,
    ...(row.gtin ? { gtin: row.gtin } : {}),
    ...(row.supplier ? { supplier: row.supplier } : {}),
    ...(row.invoice ? { invoice: row.invoice } : {}),
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

function withBalance(
  lot: DrugLot,
  balances: readonly Balance[],
  recalls: ReadonlyMap<LotId, string>,
): LotBalance {
  const standing = balances.filter(
    ({ lotId, place }) => lotId === lot.id && (place.at === 'safe' || place.at === 'cabinet'),
  )
  const hundredths = standing.reduce((sum, balance) => sum + balance.hundredths, 0)
  const onHand = { hundredths, standing, recalled: recalls.get(lot.id) }
  return lot.form === 'vial'
    ? { ...lot, ...onHand, balanceMl: hundredths / 100 }
    : { ...lot, ...onHand, balanceUnits: hundredths / 100 }
}

/** mg per mL of a vial's lot, mg per unit of the others. */
export function strengthOf(lot: DrugLot): number {
  return lot.form === 'vial' ? lot.concentrationMgPerMl : lot.unitMg
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
      gtin: lot.gtin ?? null,
      supplier: lot.supplier ?? null,
      invoice: lot.invoice ?? null,
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
  if (!row) return undefined
  // A query of its own after the lock: it sees what the one before us has committed.
  const balances = await balancesOfLots(db, clinicId, [row.id])
  return withBalance(toLot(row), balances, await recallsOf(db, clinicId, [row.id]))
}

/** One lot with what is left of it. */
export async function lotById(db: Read, clinicId: ClinicId, id: LotId): Promise<LotBalance | undefined> {
  const row = await read(db)
    .selectFrom('drug_lot')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) return undefined
  const balances = await balancesOfLots(db, clinicId, [row.id])
  return withBalance(toLot(row), balances, await recallsOf(db, clinicId, [row.id]))
}

/** What was said of a lot's recall, newest first. */
export async function recallHistory(db: Read, clinicId: ClinicId, id: LotId) {
  const rows = await read(db)
    .selectFrom('lot_recall')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('lot_id', '=', id)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .execute()
  return rows.map(({ state, reason, at, by_account_id: by }) => ({ state, reason, at, by }))
}

/** Why each lot is called back, for those that are: the newest row of a lot counts. */
async function recallsOf(
  db: Read,
  clinicId: ClinicId,
  lotIds: readonly LotId[],
): Promise<Map<LotId, string>> {
  if (lotIds.length === 0) return new Map()
  const rows = await read(db)
    .selectFrom('lot_recall')
    .select(['lot_id', 'state', 'reason'])
    .where('clinic_id', '=', clinicId)
    .where('lot_id', 'in', [...lotIds])
    .orderBy('at')
    .orderBy('id')
    .execute()
  const newest = new Map(rows.map((row) => [row.lot_id, row]))
  return new Map(
    [...newest.values()].flatMap((row) =>
      row.state === 'recalled' ? [[row.lot_id, row.reason] as const] : [],
    ),
  )
}

/** @returns false when a row with this id is there already */
export async function insertRecall(
  db: Write,
  clinicId: ClinicId,
  recall: {
    readonly id: Id<'lot-recall'>
    readonly lotId: LotId
    readonly state: 'recalled' | 'cleared'
    readonly reason: string
    readonly at: Instant
    readonly by: string
  },
): Promise<boolean> {
  const row = await write(db)
    .insertInto('lot_recall')
    .values({
      clinic_id: clinicId,
      id: recall.id,
      lot_id: recall.lotId,
      state: recall.state,
      reason: recall.reason,
      at: recall.at,
      by_account_id: recall.by,
    })
    .onConflict((c) => c.columns(['clinic_id', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
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
  const ids = rows.map((row) => row.id)
  const balances = await balancesOfLots(db, clinicId, ids)
  const recalls = await recallsOf(db, clinicId, ids)
  return rows.map((row) => withBalance(toLot(row), balances, recalls))
}
