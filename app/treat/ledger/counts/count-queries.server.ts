import { type Read, reader, type Write, writer } from '../../../platform/database.server.ts'
import type { ClinicId, Id } from '../../../platform/ids.ts'
import type { Instant } from '../../../platform/time.ts'
import type { LotId } from '../../session/session-event.ts'
import type { CabinetId, ContainerId, StorePlace } from '../movement.ts'
import { nextNumber } from '../order-queries.server.ts'
import type { Count, CountId, CountSheet, SheetId } from './count.ts'

/** The only file that names the tables of counts. */
type CountTables = {
  stock_count: {
    clinic_id: ClinicId
    id: CountId
    place: StorePlace['at']
    cabinet_id: CabinetId | null
    lot_id: LotId | null
    people: number
    number: number
    begun_at: Instant
    begun_by: string
    begun_seq: number
  }
  count_sheet: {
    clinic_id: ClinicId
    id: SheetId
    count_id: CountId
    number: number
    by_account_id: string
    at: Instant
    seen_seq: number
    entered_seq: number
    besides: string
  }
  count_line: {
    clinic_id: ClinicId
    id: Id<'count-line'>
    sheet_id: SheetId
    lot_id: LotId
    container_id: ContainerId | null
    sealed: number | null
    opened_hundredths: number
    hundredths: number
  }
  count_end: {
    clinic_id: ClinicId
    count_id: CountId
    how: CountEnd['how']
    reason: string
    at: Instant
    by_account_id: string
  }
}

const read = (db: Read) => reader<CountTables>(db)
const write = (db: Write) => writer<CountTables>(db)

/** How a count ended: every lot settled, or somebody stopped it and said why. */
export type CountEnd = {
  readonly how: 'finished' | 'stopped'
  readonly reason: string
  readonly at: Instant
  readonly by: string
}

/** A count with what came of it. */
export type KeptCount = Count & { readonly end?: CountEnd }

type CountRow = CountTables['stock_count'] & {
  end_how: CountEnd['how'] | null
  end_reason: string | null
  end_at: Instant | null
  end_by: string | null
}

function toCount(row: CountRow): KeptCount {
  return {
    id: row.id,
    place: row.cabinet_id ? { at: 'cabinet', id: row.cabinet_id } : { at: 'safe' },
    ...(row.lot_id ? { lotId: row.lot_id } : {}),
    people: row.people === 1 ? 1 : 2,
    begunAt: row.begun_at,
    begunBy: row.begun_by,
    begunSeq: row.begun_seq,
    ...(row.end_how
      ? { end: { how: row.end_how, reason: row.end_reason!, at: row.end_at!, by: row.end_by! } }
      : {}),
  }
}

function withEnds(db: Read) {
  return read(db)
    .selectFrom('stock_count')
    .leftJoin('count_end', (join) =>
      join
        .onRef('count_end.clinic_id', '=', 'stock_count.clinic_id')
        .onRef('count_end.count_id', '=', 'stock_count.id'),
    )
    .selectAll('stock_count')
    .select([
      'count_end.how as end_how',
      'count_end.reason as end_reason',
      'count_end.at as end_at',
      'count_end.by_account_id as end_by',
    ])
}

export async function countById(db: Read, clinicId: ClinicId, id: CountId): Promise<KeptCount | undefined> {
  const row = await withEnds(db)
    .where('stock_count.clinic_id', '=', clinicId)
    .where('stock_count.id', '=', id)
    .executeTakeFirst()
  return row && toCount(row)
}

/** Counts that nobody has ended, the oldest first. */
export async function countsUnderWay(db: Read, clinicId: ClinicId): Promise<KeptCount[]> {
  const rows = await withEnds(db)
    .where('stock_count.clinic_id', '=', clinicId)
    .where('count_end.how', 'is', null)
    .orderBy('stock_count.begun_at')
    .orderBy('stock_count.id')
    .execute()
  return rows.map(toCount)
}

/** Counts that have ended, newest first. */
export async function endedCounts(db: Read, clinicId: ClinicId, limit: number): Promise<KeptCount[]> {
  const rows = await withEnds(db)
    .where('stock_count.clinic_id', '=', clinicId)
    .where('count_end.how', 'is not', null)
    .orderBy('count_end.at', 'desc')
    .orderBy('stock_count.id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(toCount)
}

/** Counts that were finished from an instant on, in the order in which they began. */
export async function countsFinishedSince(
  db: Read,
  clinicId: ClinicId,
  since: Instant,
): Promise<KeptCount[]> {
  const rows = await withEnds(db)
    .where('stock_count.clinic_id', '=', clinicId)
    .where('count_end.how', '=', 'finished')
    .where('count_end.at', '>=', since)
    .orderBy('stock_count.number')
    .orderBy('count_end.at')
    .orderBy('stock_count.id')
    .execute()
  return rows.map(toCount)
}

/**
 * Counts that began after another one, in the order in which they began: whether finished, stopped or under way. Which is later their
 * numbers say; of two from before there were numbers, their times.
 */
export async function countsBegunAfter(db: Read, clinicId: ClinicId, id: CountId): Promise<KeptCount[]> {
  const { number, begun_at: begunAt } = await read(db)
    .selectFrom('stock_count')
    .select(['number', 'begun_at'])
    .where('clinic_id', '=', clinicId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const rows = await withEnds(db)
    .where('stock_count.clinic_id', '=', clinicId)
    .where('stock_count.id', '<>', id)
    .where((count) =>
      count.or([
        count('stock_count.number', '>', number),
        count.and([count('stock_count.number', '=', number), count('stock_count.begun_at', '>=', begunAt)]),
      ]),
    )
    .orderBy('stock_count.number')
    .orderBy('stock_count.begun_at')
    .orderBy('stock_count.id')
    .execute()
  return rows.map(toCount)
}

/** The caller holds the ledger's head. */
export async function insertCount(db: Write, clinicId: ClinicId, count: Count): Promise<void> {
  await write(db)
    .insertInto('stock_count')
    .values({
      clinic_id: clinicId,
      id: count.id,
      number: await nextNumber(db, clinicId, 'stock_count'),
      place: count.place.at,
      cabinet_id: count.place.at === 'cabinet' ? count.place.id : null,
      lot_id: count.lotId ?? null,
      people: count.people,
      begun_at: count.begunAt,
      begun_by: count.begunBy,
      begun_seq: count.begunSeq,
    })
    .execute()
}

/** Every sheet of these counts, in the order of each count. */
export async function sheetsOfCounts(
  db: Read,
  clinicId: ClinicId,
  countIds: readonly CountId[],
): Promise<Map<CountId, CountSheet[]>> {
  const found = new Map<CountId, CountSheet[]>(countIds.map((id) => [id, []]))
  if (countIds.length === 0) return found
  const sheets = await read(db)
    .selectFrom('count_sheet')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('count_id', 'in', [...countIds])
    .orderBy('number')
    .execute()
  if (sheets.length === 0) return found
  const lines = await read(db)
    .selectFrom('count_line')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where(
      'sheet_id',
      'in',
      sheets.map(({ id }) => id),
    )
    .orderBy('id')
    .execute()
  for (const sheet of sheets) {
    found.get(sheet.count_id)?.push({
      id: sheet.id,
      number: sheet.number,
      by: sheet.by_account_id,
      at: sheet.at,
      seenSeq: sheet.seen_seq,
      enteredSeq: sheet.entered_seq,
      besides: sheet.besides,
      lines: lines.flatMap((line) =>
        line.sheet_id === sheet.id
          ? [
              {
                lotId: line.lot_id,
                ...(line.container_id ? { container: line.container_id } : {}),
                ...(line.sealed === null ? {} : { sealed: line.sealed }),
                openedHundredths: line.opened_hundredths,
                hundredths: line.hundredths,
              },
            ]
          : [],
      ),
    })
  }
  return found
}

/** @param lineIds one for each line of the sheet */
export async function insertSheet(
  db: Write,
  clinicId: ClinicId,
  countId: CountId,
  sheet: CountSheet,
  lineIds: readonly Id<'count-line'>[],
): Promise<void> {
  await write(db)
    .insertInto('count_sheet')
    .values({
      clinic_id: clinicId,
      id: sheet.id,
      count_id: countId,
      number: sheet.number,
      by_account_id: sheet.by,
      at: sheet.at,
      seen_seq: sheet.seenSeq,
      entered_seq: sheet.enteredSeq,
      besides: sheet.besides,
    })
    .execute()
  await write(db)
    .insertInto('count_line')
    .values(
      sheet.lines.map((line, index) => ({
        clinic_id: clinicId,
        id: lineIds[index]!,
        sheet_id: sheet.id,
        lot_id: line.lotId,
        container_id: line.container ?? null,
        sealed: line.sealed ?? null,
        opened_hundredths: line.openedHundredths,
        hundredths: line.hundredths,
      })),
    )
    .execute()
}

export async function insertCountEnd(
  db: Write,
  clinicId: ClinicId,
  countId: CountId,
  end: CountEnd,
): Promise<void> {
  await write(db)
    .insertInto('count_end')
    .values({
      clinic_id: clinicId,
      count_id: countId,
      how: end.how,
      reason: end.reason,
      at: end.at,
      by_account_id: end.by,
    })
    .execute()
}
