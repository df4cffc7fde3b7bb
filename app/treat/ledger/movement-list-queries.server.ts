import { type Read, reader } from '../../platform/database.server.ts'
import type { ClinicId } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'
import type { LotId, SessionId } from '../session/session-event.ts'
import { type MovementRow, toMovement } from './ledger-queries.server.ts'
import { type Movement, type MovementKind, placeCode, type StorePlace } from './movement.ts'

/** Reads only: movements are written by `insertMovements`. */
type ListTables = {
  ledger_movement: MovementRow
  stock_movement: {
    clinic_id: ClinicId
    id: string
    lot_id: LotId
    kind: 'received' | 'drawn' | 'wasted' | 'syringe-wasted'
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

const read = (db: Read) => reader<ListTables>(db)

/** What a list of movements is narrowed to; everything that is set must hold. */
export type MovementFilter = {
  /** When it happened: from this instant on. */
  readonly from?: Instant
  /** When it happened: before this instant. */
  readonly before?: Instant
  readonly lotId?: LotId
  readonly kind?: MovementKind
  /** Who recorded or witnessed it. */
  readonly person?: string
  readonly sessionId?: SessionId
}

/**
 * Movements by their number in the ledger, newest first.
 *
 * @param below only numbers below this one: where the page before ended
 */
export async function movementPage(
  db: Read,
  clinicId: ClinicId,
  filter: MovementFilter,
  { below, limit }: { readonly below?: number | undefined; readonly limit: number },
): Promise<Movement[]> {
  let query = read(db).selectFrom('ledger_movement').selectAll().where('clinic_id', '=', clinicId)
  if (filter.from) query = query.where('at', '>=', filter.from)
  if (filter.before) query = query.where('at', '<', filter.before)
  if (filter.lotId) query = query.where('lot_id', '=', filter.lotId)
  if (filter.kind) query = query.where('kind', '=', filter.kind)
  if (filter.sessionId) query = query.where('session_id', '=', filter.sessionId)
  const { person } = filter
  if (person) {
    query = query.where((row) =>
      row.or([row('by_account_id', '=', person), row('witness_account_id', '=', person)]),
    )
  }
  if (below !== undefined) query = query.where('seq', '<', below)
  const rows = await query.orderBy('seq', 'desc').limit(limit).execute()
  return rows.map(toMovement)
}

/** Everything that was moved for these sessions, in the order of the ledger. */
export async function movementsOfSessions(
  db: Read,
  clinicId: ClinicId,
  sessionIds: readonly SessionId[],
): Promise<Movement[]> {
  if (sessionIds.length === 0) return []
  const rows = await read(db)
    .selectFrom('ledger_movement')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('session_id', 'in', [...sessionIds])
    .orderBy('seq')
    .execute()
  return rows.map(toMovement)
}

/** Everything that was moved of a lot, in the order of the ledger. */
export async function movementsOfLot(db: Read, clinicId: ClinicId, lotId: LotId): Promise<Movement[]> {
  const rows = await read(db)
    .selectFrom('ledger_movement')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('lot_id', '=', lotId)
    .orderBy('seq')
    .execute()
  return rows.map(toMovement)
}

/**
 * What was entered of a lot at a place after a number, with a time before an instant: the ledger of that number did not have it, and
 * whoever looked at that instant saw what it had left. In the order of the ledger.
 */
export async function enteredLate(
  db: Read,
  clinicId: ClinicId,
  { lotId, place }: { readonly lotId: LotId; readonly place: StorePlace },
  { after, before }: { readonly after: number; readonly before: Instant },
): Promise<Movement[]> {
  const rows = await read(db)
    .selectFrom('ledger_movement')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('lot_id', '=', lotId)
    .where('seq', '>', after)
    .where('at', '<', before)
    .orderBy('seq')
    .execute()
  const code = placeCode(place)
  return rows
    .map(toMovement)
    .filter(({ from, to }) => [from, to].some((side) => placeCode(side.place) === code))
}

/** What was recorded of the stock before there was a ledger, newest first; nothing is added to it. */
export async function movementsBeforeLedger(db: Read, clinicId: ClinicId, limit: number) {
  const rows = await read(db)
    .selectFrom('stock_movement')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    lotId: row.lot_id,
    kind: row.kind,
    /** mL of a vial, or units of the others. */
    amount: (row.volume_ml ?? row.units)!,
    at: row.at,
    by: row.by_account_id,
    sessionId: row.session_id ?? undefined,
    reason: row.reason,
  }))
}
