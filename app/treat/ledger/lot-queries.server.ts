import { type Read, reader, type Write, writer } from '../../platform/database.server.ts'
import type { ClinicId, Id } from '../../platform/ids.ts'
import type { Instant, LocalDate } from '../../platform/time.ts'
import type { LotId } from '../session/session-event.ts'
import { plainLotNumber } from './barcode/match-lot.ts'
import { balancesOfLots } from './ledger-queries.server.ts'
import { type Balance, isStore } from './movement.ts'
import { balancesOnHand } from './on-hand-queries.server.ts'
import { nextNumber } from './order-queries.server.ts'

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
    number: number
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
  const standing = balances.filter(({ lotId, place }) => lotId === lot.id && isStore(place))
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

/**
 * The lot, kept for this transaction, so that two people cannot both draw the last of it. Rows that only name the lot (sheets of
 * a count, written by who holds the ledger's end) may be written meanwhile. Several are locked in the order of their ids.
 */
export async function lockLot(db: Write, clinicId: ClinicId, id: LotId): Promise<LotBalance | undefined> {
  const row = await write(db)
    .selectFrom('drug_lot')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (!row) return undefined
  // A query of its own after the lock: it sees what the one before us has committed.
  const lot = toLot(row)
  const balances = await balancesOfLots(db, clinicId, [lot.id])
  return withBalance(lot, balances, await recallsOf(db, clinicId, [lot]))
}

/** Several lots, held in one order, so that two acts of the same lots do not wait for each other in a circle. One that is not there is left out. */
export async function lockLots(
  db: Write,
  clinicId: ClinicId,
  ids: readonly LotId[],
): Promise<Map<LotId, LotBalance>> {
  const held = new Map<LotId, LotBalance>()
  for (const id of [...new Set(ids)].toSorted()) {
    const lot = await lockLot(db, clinicId, id)
    if (lot) held.set(id, lot)
  }
  return held
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
  const lot = toLot(row)
  const balances = await balancesOfLots(db, clinicId, [lot.id])
  return withBalance(lot, balances, await recallsOf(db, clinicId, [lot]))
}

/** What was said of a lot's recall, newest first; once what was said of several deliveries of it at a time. */
export async function recallHistory(db: Read, clinicId: ClinicId, lot: DrugLot) {
  const all = (await recallRows(db, clinicId)).filter(({ batch }) => batch === batchOf(lot))
  const said = new Map(all.map((row) => [`${row.at} ${row.state}`, row]))
  return [...said.values()]
    .toReversed()
    .map(({ state, reason, at, by_account_id: by }) => ({ state, reason, at, by }))
}

/**
 * Why each lot is called back, for those that are: the newest row of its drug and lot number counts, whichever delivery it names. So a
 * delivery that was being put on the books while another was called back is called back as well.
 */
export async function recallsOf(
  db: Read,
  clinicId: ClinicId,
  ofLots: readonly DrugLot[],
): Promise<Map<LotId, string>> {
  const newest = new Map((await recallRows(db, clinicId)).map((row) => [row.batch, row]))
  return new Map(
    ofLots.flatMap((lot) => {
      const row = newest.get(batchOf(lot))
      return row?.state === 'recalled' ? [[lot.id, row.reason] as const] : []
    }),
  )
}

/** Every row of recalls in order, with what it calls back. They are few: a maker's letter each. */
async function recallRows(db: Read, clinicId: ClinicId) {
  const rows = await read(db)
    .selectFrom('lot_recall')
    .innerJoin('drug_lot', (join) =>
      join
        .onRef('drug_lot.clinic_id', '=', 'lot_recall.clinic_id')
        .onRef('drug_lot.id', '=', 'lot_recall.lot_id'),
    )
    .select(['drug', 'lot_number', 'state', 'reason', 'at', 'by_account_id'])
    .where('lot_recall.clinic_id', '=', clinicId)
    .orderBy('lot_recall.number')
    .orderBy('at')
    .orderBy('lot_recall.id')
    .execute()
  return rows.map((row) => ({ ...row, batch: batchOf({ drug: row.drug, lotNumber: row.lot_number }) }))
}

/** What a maker calls back: the drug and its lot number, not one delivery of it. */
function batchOf({ drug, lotNumber }: Pick<DrugLot, 'drug' | 'lotNumber'>): string {
  return JSON.stringify([drug, plainLotNumber(lotNumber)])
}

/** The caller holds the lots of that number. @returns false when a row with this id is there already */
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
      number: await nextNumber(db, clinicId, 'lot_recall'),
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

/** What was said under one key of a recall; undefined where nothing was. */
export async function recallById(db: Read, clinicId: ClinicId, id: Id<'lot-recall'>) {
  const row = await read(db)
    .selectFrom('lot_recall')
    .select(['lot_id', 'state', 'reason'])
    .where('clinic_id', '=', clinicId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && { lotId: row.lot_id, state: row.state, reason: row.reason }
}

/** Every lot as it was received, first to expire first, without what is left of it: no movement is read for that. */
export async function knownLots(db: Read, clinicId: ClinicId): Promise<DrugLot[]> {
  const rows = await read(db)
    .selectFrom('drug_lot')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .orderBy('expires_on')
    .orderBy('received_at')
    .orderBy('id')
    .execute()
  return rows.map(toLot)
}

/** Every lot with what is left of it, first to expire first. A page that only names lots takes `knownLots`. */
export async function lots(db: Read, clinicId: ClinicId): Promise<LotBalance[]> {
  const all = await knownLots(db, clinicId)
  const balances = await balancesOnHand(db, clinicId)
  const recalls = await recallsOf(db, clinicId, all)
  return all.map((lot) => withBalance(lot, balances, recalls))
}
