import { type Read, reader } from '../../../platform/database.server.ts'
import type { ClinicId } from '../../../platform/ids.ts'
import { CHAIN_START } from '../chain.server.ts'
import { type LedgerHead, type MovementRow, toMovement } from '../ledger-queries.server.ts'
import type { Movement } from '../movement.ts'

/** Reads only: movements are written by `insertMovements`. */
type PaperTables = {
  ledger_movement: MovementRow
  ledger_head: { clinic_id: ClinicId; seq: number; hash: string }
}

const read = (db: Read) => reader<PaperTables>(db)

/** The hash of the movement with this number, that before the first for 0; undefined where there is none. */
export async function hashOf(db: Read, clinicId: ClinicId, seq: number): Promise<string | undefined> {
  if (seq === 0) return CHAIN_START
  const row = await read(db)
    .selectFrom('ledger_movement')
    .select('hash')
    .where('clinic_id', '=', clinicId)
    .where('seq', '=', seq)
    .executeTakeFirst()
  return row?.hash
}

/** Where the chain ends now. */
export async function chainEnd(db: Read, clinicId: ClinicId): Promise<LedgerHead> {
  const head = await read(db)
    .selectFrom('ledger_head')
    .select(['seq', 'hash'])
    .where('clinic_id', '=', clinicId)
    .executeTakeFirst()
  return head ?? { seq: 0, hash: CHAIN_START }
}

/** What was entered from paper, newest first, among the last so many movements of the ledger. */
export async function newestFromPaper(db: Read, clinicId: ClinicId, among: number): Promise<Movement[]> {
  const { seq } = await chainEnd(db, clinicId)
  const rows = await read(db)
    .selectFrom('ledger_movement')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('seq', '>', seq - among)
    .where('detail', 'like', '{"fromPaper":true%')
    .orderBy('seq', 'desc')
    .execute()
  return rows.map(toMovement)
}
