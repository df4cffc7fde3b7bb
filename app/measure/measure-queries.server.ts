import { type Read, reader, type Write, writer } from '../platform/database.server.ts'
import type { ClinicId, Id } from '../platform/ids.ts'
import type { Instant } from '../platform/time.ts'
import type { CohortRow, TimeUnit } from './cohort-file.ts'

/** The only file that names measure's tables. */
type MeasureTables = {
  outside_cohort: {
    clinic_id: ClinicId
    id: CohortId
    name: string
    file_name: string
    content_hash: string
    time_column: string
    event_column: string
    group_column: string | null
    time_unit: TimeUnit
    people: number
    imported_at: Instant
    imported_by: string
    withdrawn_at: Instant | null
  }
  outside_cohort_row: {
    clinic_id: ClinicId
    cohort_id: CohortId
    row_number: number
    time_days: number
    event: boolean
    group_label: string
  }
}

export type CohortId = Id<'outside-cohort'>

/** People of another place, and how their file was read. */
export type OutsideCohort = {
  readonly id: CohortId
  readonly name: string
  readonly fileName: string
  readonly timeColumn: string
  readonly eventColumn: string
  readonly groupColumn: string | undefined
  readonly timeUnit: TimeUnit
  readonly people: number
  readonly importedAt: Instant
}

const read = (db: Read) => reader<MeasureTables>(db)
const write = (db: Write) => writer<MeasureTables>(db)

function toCohort(row: MeasureTables['outside_cohort']): OutsideCohort {
  return {
    id: row.id,
    name: row.name,
    fileName: row.file_name,
    timeColumn: row.time_column,
    eventColumn: row.event_column,
    groupColumn: row.group_column ?? undefined,
    timeUnit: row.time_unit,
    people: row.people,
    importedAt: row.imported_at,
  }
}

/** @returns false when the same file, read the same way, is here already */
export async function insertCohort(
  db: Write,
  clinicId: ClinicId,
  cohort: Omit<OutsideCohort, 'importedAt'> & { contentHash: string; at: Instant; by: string },
): Promise<boolean> {
  const row = await write(db)
    .insertInto('outside_cohort')
    .values({
      clinic_id: clinicId,
      id: cohort.id,
      name: cohort.name,
      file_name: cohort.fileName,
      content_hash: cohort.contentHash,
      time_column: cohort.timeColumn,
      event_column: cohort.eventColumn,
      group_column: cohort.groupColumn ?? null,
      time_unit: cohort.timeUnit,
      people: cohort.people,
      imported_at: cohort.at,
      imported_by: cohort.by,
      withdrawn_at: null,
    })
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** A statement takes 65,535 values; six for each row. */
const ROWS_AT_ONCE = 5_000

export async function insertCohortRows(
  db: Write,
  clinicId: ClinicId,
  cohortId: CohortId,
  rows: readonly CohortRow[],
): Promise<void> {
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    await write(db)
      .insertInto('outside_cohort_row')
      .values(
        rows.slice(from, from + ROWS_AT_ONCE).map((row, at) => ({
          clinic_id: clinicId,
          cohort_id: cohortId,
          row_number: from + at + 1,
          time_days: row.timeDays,
          event: row.event,
          group_label: row.group,
        })),
      )
      .execute()
  }
}

export async function cohortByHash(db: Read, clinicId: ClinicId, contentHash: string) {
  const row = await read(db)
    .selectFrom('outside_cohort')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('content_hash', '=', contentHash)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst()
  return row && toCohort(row)
}

export async function cohortById(
  db: Read,
  clinicId: ClinicId,
  id: CohortId,
): Promise<OutsideCohort | undefined> {
  const row = await read(db)
    .selectFrom('outside_cohort')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('id', '=', id)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst()
  return row && toCohort(row)
}

/** Cohorts that are not withdrawn, the newest first. */
export async function cohorts(db: Read, clinicId: ClinicId): Promise<OutsideCohort[]> {
  const rows = await read(db)
    .selectFrom('outside_cohort')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('withdrawn_at', 'is', null)
    .orderBy('imported_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
  return rows.map(toCohort)
}

export async function cohortRows(db: Read, clinicId: ClinicId, id: CohortId): Promise<CohortRow[]> {
  const rows = await read(db)
    .selectFrom('outside_cohort_row')
    .select(['time_days', 'event', 'group_label'])
    .where('clinic_id', '=', clinicId)
    .where('cohort_id', '=', id)
    .orderBy('row_number')
    .execute()
  return rows.map((row) => ({ timeDays: row.time_days, event: row.event, group: row.group_label }))
}

/** @returns false when there is no such cohort, or it was withdrawn before */
export async function markWithdrawn(
  db: Write,
  clinicId: ClinicId,
  id: CohortId,
  at: Instant,
): Promise<boolean> {
  const row = await write(db)
    .updateTable('outside_cohort')
    .set({ withdrawn_at: at })
    .where('clinic_id', '=', clinicId)
    .where('id', '=', id)
    .where('withdrawn_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}
