import { reader, type Write } from '../../platform/database.server.ts'
import type { ClinicId } from '../../platform/ids.ts'

/** Tables of which the newest row counts. */
type Numbered =
  | 'ledger_setting'
  | 'lot_recall'
  | 'stock_count'
  | 'stock_inventory'
  | 'loss_report_draft'
  | 'alert_look'

/**
 * The number of a clinic's next row of a kind. What is newest is told by it and never by a clock, which may be set back (decision 0022).
 * The caller holds what keeps others from writing such a row meanwhile: the ledger's head, or the lots it is about.
 *
 * @returns 1 for the first; rows from before there were numbers have 0
 */
export async function nextNumber(db: Write, clinicId: ClinicId, table: Numbered): Promise<number> {
  const { last } = await reader<Record<Numbered, { clinic_id: ClinicId; number: number }>>(db)
    .selectFrom(table)
    .select((row) => row.fn.max('number').as('last'))
    .where('clinic_id', '=', clinicId)
    .executeTakeFirstOrThrow()
  return (last ?? 0) + 1
}
