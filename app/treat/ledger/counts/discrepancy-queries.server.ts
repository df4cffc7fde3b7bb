import { type Read, reader, type Write, writer } from '../../../platform/database.server.ts'
import type { ClinicId } from '../../../platform/ids.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import type { LotId } from '../../session/session-event.ts'
import type { CabinetId, ContainerId, MovementId, StorePlace } from '../movement.ts'
import type { CountId } from './count.ts'
import type { Discrepancy, DiscrepancyClosing, DiscrepancyId, DiscrepancyNote } from './discrepancy.ts'

/** The only file that names the tables of discrepancies. */
type DiscrepancyTables = {
  stock_count: { clinic_id: ClinicId; id: CountId; place: StorePlace['at']; cabinet_id: CabinetId | null }
  count_discrepancy: {
    clinic_id: ClinicId
    id: DiscrepancyId
    count_id: CountId
    lot_id: LotId
    container_id: ContainerId | null
    expected_hundredths: number
    counted_hundredths: number | null
    at_seq: number
    opened_at: Instant
    due_on: LocalDate
  }
  discrepancy_note: {
    clinic_id: ClinicId
    id: DiscrepancyNote['id']
    discrepancy_id: DiscrepancyId
    at: Instant
    by_account_id: string
    words: string
  }
  discrepancy_closing: {
    clinic_id: ClinicId
    discrepancy_id: DiscrepancyId
    finding: DiscrepancyClosing['finding']
    words: string
    at: Instant
    by_account_id: string
    witness_account_id: string | null
    movement_id: MovementId | null
    count_id: CountId
  }
}

const read = (db: Read) => reader<DiscrepancyTables>(db)
const write = (db: Write) => writer<DiscrepancyTables>(db)

function withClosings(db: Read) {
  return read(db)
    .selectFrom('count_discrepancy')
    .innerJoin('stock_count', (join) =>
      join
        .onRef('stock_count.clinic_id', '=', 'count_discrepancy.clinic_id')
        .onRef('stock_count.id', '=', 'count_discrepancy.count_id'),
    )
    .leftJoin('discrepancy_closing', (join) =>
      join
        .onRef('discrepancy_closing.clinic_id', '=', 'count_discrepancy.clinic_id')
        .onRef('discrepancy_closing.discrepancy_id', '=', 'count_discrepancy.id'),
    )
    .selectAll('count_discrepancy')
    .select([
      'stock_count.cabinet_id',
      'discrepancy_closing.finding',
      'discrepancy_closing.words',
      'discrepancy_closing.at as closed_at',
      'discrepancy_closing.by_account_id as closed_by',
      'discrepancy_closing.witness_account_id',
      'discrepancy_closing.movement_id',
      'discrepancy_closing.count_id as closed_by_count',
    ])
}

type Row = Awaited<ReturnType<ReturnType<typeof withClosings>['execute']>>[number]

function toDiscrepancy(row: Row): Discrepancy {
  return {
    id: row.id,
    countId: row.count_id,
    place: row.cabinet_id ? { at: 'cabinet', id: row.cabinet_id } : { at: 'safe' },
    lotId: row.lot_id,
    ...(row.container_id ? { container: row.container_id } : {}),
    expected: row.expected_hundredths,
    counted: row.counted_hundredths ?? undefined,
    atSeq: row.at_seq,
    openedAt: row.opened_at,
    dueOn: row.due_on,
    ...(row.finding
      ? {
          closing: {
            finding: row.finding,
            words: row.words!,
            at: row.closed_at!,
            by: row.closed_by!,
            ...(row.witness_account_id ? { witness: row.witness_account_id } : {}),
            ...(row.movement_id ? { movementId: row.movement_id } : {}),
            countId: row.closed_by_count!,
          },
        }
      : {}),
  }
}

/** Discrepancies that are not closed, the oldest first. */
export async function openDiscrepancies(db: Read, clinicId: ClinicId): Promise<Discrepancy[]> {
  const rows = await withClosings(db)
    .where('count_discrepancy.clinic_id', '=', clinicId)
    .where('discrepancy_closing.finding', 'is', null)
    .orderBy('count_discrepancy.opened_at')
    .orderBy('count_discrepancy.id')
    .execute()
  return rows.map(toDiscrepancy)
}

/** Closed discrepancies, the last closed first. */
export async function closedDiscrepancies(
  db: Read,
  clinicId: ClinicId,
  limit: number,
): Promise<Discrepancy[]> {
  const rows = await withClosings(db)
    .where('count_discrepancy.clinic_id', '=', clinicId)
    .where('discrepancy_closing.finding', 'is not', null)
    .orderBy('discrepancy_closing.at', 'desc')
    .orderBy('count_discrepancy.id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(toDiscrepancy)
}

/** With what finding and words the discrepancies were closed that moved something, by that movement. */
export async function closingsByMovement(
  db: Read,
  clinicId: ClinicId,
  movementIds: readonly MovementId[],
): Promise<Map<MovementId, Pick<DiscrepancyClosing, 'finding' | 'words'>>> {
  if (movementIds.length === 0) return new Map()
  const rows = await read(db)
    .selectFrom('discrepancy_closing')
    .select(['movement_id', 'finding', 'words'])
    .where('clinic_id', '=', clinicId)
    .where('movement_id', 'in', [...movementIds])
    .execute()
  return new Map(rows.map(({ movement_id: id, finding, words }) => [id!, { finding, words }]))
}

export async function discrepancyById(
  db: Read,
  clinicId: ClinicId,
  id: DiscrepancyId,
): Promise<Discrepancy | undefined> {
  const row = await withClosings(db)
    .where('count_discrepancy.clinic_id', '=', clinicId)
    .where('count_discrepancy.id', '=', id)
    .executeTakeFirst()
  return row && toDiscrepancy(row)
}

/** What a count found, in the order in which it was found. */
export async function discrepanciesOfCount(
  db: Read,
  clinicId: ClinicId,
  countId: CountId,
): Promise<Discrepancy[]> {
  const rows = await withClosings(db)
    .where('count_discrepancy.clinic_id', '=', clinicId)
    .where('count_discrepancy.count_id', '=', countId)
    .orderBy('count_discrepancy.id')
    .execute()
  return rows.map(toDiscrepancy)
}

export async function insertDiscrepancy(
  db: Write,
  clinicId: ClinicId,
  discrepancy: Discrepancy,
): Promise<void> {
  await write(db)
    .insertInto('count_discrepancy')
    .values({
      clinic_id: clinicId,
      id: discrepancy.id,
      count_id: discrepancy.countId,
      lot_id: discrepancy.lotId,
      container_id: discrepancy.container ?? null,
      expected_hundredths: discrepancy.expected,
      counted_hundredths: discrepancy.counted ?? null,
      at_seq: discrepancy.atSeq,
      opened_at: discrepancy.openedAt,
      due_on: discrepancy.dueOn,
    })
    .execute()
}

/** What was found out so far, in order. */
export async function notesOfDiscrepancy(
  db: Read,
  clinicId: ClinicId,
  id: DiscrepancyId,
): Promise<DiscrepancyNote[]> {
  const rows = await read(db)
    .selectFrom('discrepancy_note')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('discrepancy_id', '=', id)
    .orderBy('at')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ id: row.id, at: row.at, by: row.by_account_id, words: row.words }))
}

/** @returns false when a note with this id is there already */
export async function insertDiscrepancyNote(
  db: Write,
  clinicId: ClinicId,
  discrepancyId: DiscrepancyId,
  note: DiscrepancyNote,
): Promise<boolean> {
  const row = await write(db)
    .insertInto('discrepancy_note')
    .values({
      clinic_id: clinicId,
      id: note.id,
      discrepancy_id: discrepancyId,
      at: note.at,
      by_account_id: note.by,
      words: note.words,
    })
    .onConflict((c) => c.columns(['clinic_id', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export async function insertDiscrepancyClosing(
  db: Write,
  clinicId: ClinicId,
  id: DiscrepancyId,
  closing: DiscrepancyClosing,
): Promise<void> {
  await write(db)
    .insertInto('discrepancy_closing')
    .values({
      clinic_id: clinicId,
      discrepancy_id: id,
      finding: closing.finding,
      words: closing.words,
      at: closing.at,
      by_account_id: closing.by,
      witness_account_id: closing.witness ?? null,
      movement_id: closing.movementId ?? null,
      count_id: closing.countId,
    })
    .execute()
}
