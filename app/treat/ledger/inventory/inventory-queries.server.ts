import { type Read, reader, type Write, writer } from '../../../platform/database.server.ts'
import type { ClinicId } from '../../../platform/ids.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import { nextNumber } from '../order-queries.server.ts'
import type { InventoryDocument, InventoryId, InventoryKind } from './inventory.ts'

/** The only file that names the table of inventories. */
type InventoryTables = {
  stock_inventory: {
    clinic_id: ClinicId
    id: InventoryId
    number: number
    kind: InventoryKind
    taken_on: LocalDate
    at: Instant
    document: string
    digest: string
    signed_by: string
    second_signed_by: string
  }
}

const read = (db: Read) => reader<InventoryTables>(db)
const write = (db: Write) => writer<InventoryTables>(db)

/** An inventory as it was signed: `text` is what its digest covers. */
export type SignedInventory = {
  readonly id: InventoryId
  readonly text: string
  readonly document: InventoryDocument
  readonly digest: string
  readonly signedBy: string
  readonly secondSignedBy: string
}

function toInventory(row: InventoryTables['stock_inventory']): SignedInventory {
  return {
    id: row.id,
    text: row.document,
    document: JSON.parse(row.document),
    digest: row.digest,
    signedBy: row.signed_by,
    secondSignedBy: row.second_signed_by,
  }
}

/** Every inventory of a clinic, newest first. */
export async function inventories(db: Read, clinicId: ClinicId): Promise<SignedInventory[]> {
  const rows = await read(db)
    .selectFrom('stock_inventory')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .orderBy('number', 'desc')
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .execute()
  return rows.map(toInventory)
}

/** What each inventory's digest covers, as it stands: text and digest, whatever somebody made of them. */
export async function inventoryTexts(
  db: Read,
  clinicId: ClinicId,
): Promise<readonly Pick<SignedInventory, 'id' | 'text' | 'digest'>[]> {
  return read(db)
    .selectFrom('stock_inventory')
    .select(['id', 'document as text', 'digest'])
    .where('clinic_id', '=', clinicId)
    .orderBy('number')
    .orderBy('at')
    .orderBy('id')
    .execute()
}

export async function inventoryById(
  db: Read,
  clinicId: ClinicId,
  id: InventoryId,
): Promise<SignedInventory | undefined> {
  const row = await read(db)
    .selectFrom('stock_inventory')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && toInventory(row)
}

/** The caller holds the ledger's head. */
export async function insertInventory(db: Write, clinicId: ClinicId, signed: SignedInventory): Promise<void> {
  const { kind, takenOn, at } = signed.document
  await write(db)
    .insertInto('stock_inventory')
    .values({
      clinic_id: clinicId,
      id: signed.id,
      number: await nextNumber(db, clinicId, 'stock_inventory'),
      kind,
      taken_on: takenOn,
      at,
      document: signed.text,
      digest: signed.digest,
      signed_by: signed.signedBy,
      second_signed_by: signed.secondSignedBy,
    })
    .execute()
}
