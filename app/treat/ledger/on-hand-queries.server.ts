import { sql } from 'kysely'
import { type Read, reader } from '../../platform/database.server.ts'
import type { ClinicId } from '../../platform/ids.ts'
import { added } from './balances-through.server.ts'
import { type BalanceRow, type LedgerHead, type MovementRow, toBalance } from './ledger-queries.server.ts'
import type { Balance } from './movement.ts'
import { chainEnd, hashOf } from './paper/paper-queries.server.ts'

/** Reads only: movements are written by `insertMovements`. */
const read = (db: Read) => reader<{ ledger_movement: MovementRow }>(db)

type Known = LedgerHead & { readonly balances: readonly Balance[] }

/** The newest sum of each clinic. It is told by its end, so that it holds in whatever transaction, and after whatever is undone. */
const known = new Map<ClinicId, Known>()

/**
 * What stands in the safe, the cabinets and syringes, of every lot, worked out from every movement. Zero balances are left out.
 *
 * The hash of a row covers every row before it: where the row at the end of an earlier sum still has the hash it had, that sum still
 * holds, and only what came since is read. Else everything is summed anew. Pages look at this; who takes something holds its lot and
 * sums that lot alone (`lockLot`).
 */
export async function balancesOnHand(db: Read, clinicId: ClinicId): Promise<readonly Balance[]> {
  const end = await chainEnd(db, clinicId)
  const before = await stillHolding(db, clinicId, end)
  if (before?.seq === end.seq) return before.balances
  const balances = added(before?.balances ?? [], await changesOnHand(db, clinicId, before?.seq ?? 0, end.seq))
  known.set(clinicId, { ...end, balances })
  return balances
}

async function stillHolding(db: Read, clinicId: ClinicId, end: LedgerHead): Promise<Known | undefined> {
  const sum = known.get(clinicId)
  if (!sum || sum.seq > end.seq) return undefined
  return (await hashOf(db, clinicId, sum.seq)) === sum.hash ? sum : undefined
}

/** What movements with numbers after one and up to another changed there. */
async function changesOnHand(
  db: Read,
  clinicId: ClinicId,
  after: number,
  through: number,
): Promise<Balance[]> {
  const { rows } = await sql<BalanceRow>`
    select side.lot_id, side.place, side.id, side.container, sum(side.hundredths)::bigint as hundredths
    from (
      select lot_id, to_place as place, to_id as id, to_container as container, hundredths
      from public.ledger_movement
      where clinic_id = ${clinicId} and seq > ${after} and seq <= ${through} and to_place in ('safe', 'cabinet', 'syringe')
      union all
      select lot_id, from_place, from_id, from_container, -hundredths
      from public.ledger_movement
      where clinic_id = ${clinicId} and seq > ${after} and seq <= ${through} and from_place in ('safe', 'cabinet', 'syringe')
    ) side
    group by side.lot_id, side.place, side.id, side.container
    having sum(side.hundredths) <> 0`.execute(read(db))
  return rows.map(toBalance)
}
