import { sql } from 'kysely'
import { type Read, reader, type Write, writer } from '../../platform/database.server.ts'
import type { ClinicId } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'
import type { LotId, SessionId } from '../session/session-event.ts'
import { CHAIN_START, movementHash, movementText } from './chain.server.ts'
import type {
  Balance,
  CabinetId,
  ContainerId,
  Movement,
  MovementId,
  MovementKind,
  Place,
  PlaceKind,
  Side,
  StorePlace,
} from './movement.ts'

/** The only file that names the tables of movements, opened vials and cabinets. */
type LedgerTables = {
  ledger_head: { clinic_id: ClinicId; seq: number; hash: string }
  ledger_movement: MovementRow
  drug_container: {
    clinic_id: ClinicId
    id: ContainerId
    lot_id: LotId
    number: number
    serial: string | null
    opened_at: Instant
    opened_by: string
  }
  drug_cabinet: {
    clinic_id: ClinicId
    id: CabinetId
    name: string
    created_at: Instant
    created_by: string
  }
}

export type MovementRow = {
  clinic_id: ClinicId
  seq: number
  id: MovementId
  act_id: MovementId
  kind: MovementKind
  at: Instant
  recorded_at: Instant
  lot_id: LotId
  from_place: PlaceKind
  from_id: string | null
  from_container: ContainerId | null
  to_place: PlaceKind
  to_id: string | null
  to_container: ContainerId | null
  hundredths: number
  micrograms: number
  by_account_id: string
  witness_account_id: string | null
  session_id: SessionId | null
  reason: string
  detail: string
  previous_hash: string
  hash: string
}

const read = (db: Read) => reader<LedgerTables>(db)
const write = (db: Write) => writer<LedgerTables>(db)

/** The end of a clinic's chain. */
export type LedgerHead = { readonly seq: number; readonly hash: string }

/** The end of the chain, held until the caller's transaction ends, so that chains never fork. Begun where there is none. */
export async function lockLedgerHead(db: Write, clinicId: ClinicId): Promise<LedgerHead> {
  const locked = () =>
    write(db)
      .selectFrom('ledger_head')
      .select(['seq', 'hash'])
      .where('clinic_id', '=', clinicId)
      .forUpdate()
      .executeTakeFirst()
  const head = await locked()
  if (head) return head
  await write(db)
    .insertInto('ledger_head')
    .values({ clinic_id: clinicId, seq: 0, hash: CHAIN_START })
    .onConflict((c) => c.column('clinic_id').doNothing())
    .execute()
  return (await locked())!
}

/** When the movement with this number was written; undefined where there is none. */
export async function recordedAtOf(db: Read, clinicId: ClinicId, seq: number): Promise<Instant | undefined> {
  const row = await read(db)
    .selectFrom('ledger_movement')
    .select('recorded_at')
    .where('clinic_id', '=', clinicId)
    .where('seq', '=', seq)
    .executeTakeFirst()
  return row?.recorded_at
}

/** Writes movements behind the head that the caller holds, and moves it. `seq` of each follows on. */
export async function insertMovements(
  db: Write,
  clinicId: ClinicId,
  head: LedgerHead,
  movements: readonly Movement[],
): Promise<void> {
  let { hash } = head
  const rows = movements.map((movement): MovementRow => {
    const detail = JSON.stringify(movement.detail ?? {})
    const previousHash = hash
    hash = movementHash(previousHash, movementText(clinicId, movement, detail))
    return {
      clinic_id: clinicId,
      seq: movement.seq,
      id: movement.id,
      act_id: movement.actId,
      kind: movement.kind,
      at: movement.at,
      recorded_at: movement.recordedAt,
      lot_id: movement.lotId,
      from_place: movement.from.place.at,
      from_id: placeId(movement.from),
      from_container: movement.from.container ?? null,
      to_place: movement.to.place.at,
      to_id: placeId(movement.to),
      to_container: movement.to.container ?? null,
      hundredths: movement.hundredths,
      micrograms: movement.micrograms,
      by_account_id: movement.by,
      witness_account_id: movement.witness ?? null,
      session_id: movement.sessionId ?? null,
      reason: movement.reason,
      detail,
      previous_hash: previousHash,
      hash,
    }
  })
  // One statement: everybody else who moves anything waits for what is asked while the head is held.
  await write(db)
    .with('written', (cte) => cte.insertInto('ledger_movement').values(rows))
    .updateTable('ledger_head')
    .set({ seq: movements.at(-1)!.seq, hash })
    .where('clinic_id', '=', clinicId)
    .execute()
}

function placeId({ place }: Side): string | null {
  return 'id' in place ? place.id : null
}

function toPlace(at: PlaceKind, id: string | null): Place {
  return (id === null ? { at } : { at, id }) as Place
}

/** A row as the slice speaks of it. */
export function toMovement(row: MovementRow): Movement {
  return {
    seq: row.seq,
    id: row.id,
    actId: row.act_id,
    kind: row.kind,
    at: row.at,
    recordedAt: row.recorded_at,
    lotId: row.lot_id,
    from: {
      place: toPlace(row.from_place, row.from_id),
      ...(row.from_container ? { container: row.from_container } : {}),
    },
    to: {
      place: toPlace(row.to_place, row.to_id),
      ...(row.to_container ? { container: row.to_container } : {}),
    },
    hundredths: row.hundredths,
    micrograms: row.micrograms,
    by: row.by_account_id,
    ...(row.witness_account_id ? { witness: row.witness_account_id } : {}),
    ...(row.session_id ? { sessionId: row.session_id } : {}),
    reason: row.reason,
    detail: JSON.parse(row.detail),
  }
}

/** One act by its id, in order: empty where nothing of it is on record. */
export async function movementsOfAct(db: Read, clinicId: ClinicId, actId: MovementId): Promise<Movement[]> {
  const rows = await read(db)
    .selectFrom('ledger_movement')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    // An act's id is that of its first movement.
    .where('act_id', '=', actId)
    .orderBy('seq')
    .execute()
  return rows.map(toMovement)
}

export async function movementsOfSession(
  db: Read,
  clinicId: ClinicId,
  sessionId: SessionId,
): Promise<Movement[]> {
  const rows = await read(db)
    .selectFrom('ledger_movement')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('session_id', '=', sessionId)
    .orderBy('seq')
    .execute()
  return rows.map(toMovement)
}

/** Everything that happened from an instant on, in the order of the ledger. */
export async function movementsSince(db: Read, clinicId: ClinicId, since: Instant): Promise<Movement[]> {
  const rows = await read(db)
    .selectFrom('ledger_movement')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('at', '>=', since)
    .orderBy('seq')
    .execute()
  return rows.map(toMovement)
}

/** The newest movements, newest first. */
export async function newestMovements(db: Read, clinicId: ClinicId, limit: number): Promise<Movement[]> {
  const rows = await read(db)
    .selectFrom('ledger_movement')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute()
  return rows.map(toMovement)
}

export type BalanceRow = {
  lot_id: LotId
  place: PlaceKind
  id: string | null
  container: ContainerId | null
  hundredths: number
}

/** A sum as the slice speaks of it. */
export function toBalance({ lot_id, place, id, container, hundredths }: BalanceRow): Balance {
  return { lotId: lot_id, place: toPlace(place, id), ...(container ? { container } : {}), hundredths }
}

/** What each place holds of these lots, worked out from every movement of theirs. Zero balances are left out. */
export async function balancesOfLots(
  db: Read,
  clinicId: ClinicId,
  lotIds: readonly LotId[],
): Promise<Balance[]> {
  if (lotIds.length === 0) return []
  const { rows } = await sql<BalanceRow>`
    select side.lot_id, side.place, side.id, side.container, sum(side.hundredths)::bigint as hundredths
    from (
      select lot_id, to_place as place, to_id as id, to_container as container, hundredths
      from public.ledger_movement where clinic_id = ${clinicId} and lot_id = any(${[...lotIds]}::uuid[])
      union all
      select lot_id, from_place, from_id, from_container, -hundredths
      from public.ledger_movement where clinic_id = ${clinicId} and lot_id = any(${[...lotIds]}::uuid[])
    ) side
    group by side.lot_id, side.place, side.id, side.container
    having sum(side.hundredths) <> 0`.execute(read(db))
  return rows.map(toBalance)
}

/** The end of the chain as it is now: 0 where nothing was ever moved. */
export async function ledgerEnd(db: Read, clinicId: ClinicId): Promise<number> {
  const head = await read(db)
    .selectFrom('ledger_head')
    .select('seq')
    .where('clinic_id', '=', clinicId)
    .executeTakeFirst()
  return head?.seq ?? 0
}

/** What movements with numbers after one and up to another changed everywhere, of every lot. What stayed the same is left out. */
export async function changesBetween(
  db: Read,
  clinicId: ClinicId,
  after: number,
  through: number,
): Promise<Balance[]> {
  const { rows } = await sql<BalanceRow>`
    select side.lot_id, side.place, side.id, side.container, sum(side.hundredths)::bigint as hundredths
    from (
      select lot_id, to_place as place, to_id as id, to_container as container, hundredths
      from public.ledger_movement where clinic_id = ${clinicId} and seq > ${after} and seq <= ${through}
      union all
      select lot_id, from_place, from_id, from_container, -hundredths
      from public.ledger_movement where clinic_id = ${clinicId} and seq > ${after} and seq <= ${through}
    ) side
    group by side.lot_id, side.place, side.id, side.container
    having sum(side.hundredths) <> 0
    order by side.lot_id, side.container nulls first, side.place collate "C", side.id`.execute(read(db))
  return rows.map(toBalance)
}

/** What was moved out of or into a place, with numbers after one and up to another, in order. */
export async function movementsAtPlace(
  db: Read,
  clinicId: ClinicId,
  place: StorePlace,
  after: number,
  through: number,
): Promise<Movement[]> {
  const id = 'id' in place ? place.id : null
  const rows = await read(db)
    .selectFrom('ledger_movement')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('seq', '>', after)
    .where('seq', '<=', through)
    .where((side) =>
      side.or([
        side.and([side('from_place', '=', place.at), side('from_id', 'is not distinct from', id)]),
        side.and([side('to_place', '=', place.at), side('to_id', 'is not distinct from', id)]),
      ]),
    )
    .orderBy('seq')
    .execute()
  return rows.map(toMovement)
}

/** A vial that was opened. */
export type OpenedVial = {
  readonly id: ContainerId
  readonly lotId: LotId
  /** Counted within its lot, as it is written on the vial. */
  readonly number: number
  readonly serial?: string
  readonly openedAt: Instant
  readonly openedBy: string
}

export async function openedVials(
  db: Read,
  clinicId: ClinicId,
  lotIds: readonly LotId[],
): Promise<OpenedVial[]> {
  if (lotIds.length === 0) return []
  const rows = await read(db)
    .selectFrom('drug_container')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('lot_id', 'in', [...lotIds])
    .orderBy('number')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    lotId: row.lot_id,
    number: row.number,
    ...(row.serial ? { serial: row.serial } : {}),
    openedAt: row.opened_at,
    openedBy: row.opened_by,
  }))
}

export async function insertOpenedVial(db: Write, clinicId: ClinicId, vial: OpenedVial): Promise<void> {
  await write(db)
    .insertInto('drug_container')
    .values({
      clinic_id: clinicId,
      id: vial.id,
      lot_id: vial.lotId,
      number: vial.number,
      serial: vial.serial ?? null,
      opened_at: vial.openedAt,
      opened_by: vial.openedBy,
    })
    .execute()
}

/** A cabinet in a room. */
export type Cabinet = { readonly id: CabinetId; readonly name: string }

export async function cabinets(db: Read, clinicId: ClinicId): Promise<Cabinet[]> {
  return read(db)
    .selectFrom('drug_cabinet')
    .select(['id', 'name'])
    .where('clinic_id', '=', clinicId)
    .orderBy('name')
    .execute()
}

/** @returns false when there is one of this name or id */
export async function insertCabinet(
  db: Write,
  clinicId: ClinicId,
  cabinet: Cabinet & { readonly at: Instant; readonly by: string },
): Promise<boolean> {
  const row = await write(db)
    .insertInto('drug_cabinet')
    .values({
      clinic_id: clinicId,
      id: cabinet.id,
      name: cabinet.name,
      created_at: cabinet.at,
      created_by: cabinet.by,
    })
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}
