import { type Read, reader, type Write, writer } from '../../platform/database.server.ts'
import type { ClinicId, Id } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'
import type { CohortKind, CohortMapping, TimeUnit } from './cohort-mapping.ts'
import type { CohortRows } from './cohort-rows.ts'

/** The only file that names the tables of outside cohorts. */
type CohortTables = {
  outside_cohort: {
    clinic_id: ClinicId
    id: CohortId
    name: string
    file_name: string
    content_hash: string
    kind: CohortKind
    mapping: CohortMapping | null
    rows_in_file: number | null
    rows_not_wanted: number
    rows_left_out: number
    time_column: string | null
    event_column: string | null
    group_column: string | null
    time_unit: TimeUnit | null
    people: number
    imported_at: Instant
    imported_by: string
    withdrawn_at: Instant | null
    published_reference: string | null
  }
  outside_cohort_row: RowKey & {
    time_days: number
    event: boolean
    group_label: string
    stratum: string | null
    covariates: Readonly<Record<string, string>> | null
  }
  outside_cohort_weeks: RowKey & { weeks: string; group_label: string }
  outside_cohort_score: RowKey & {
    person_number: number
    visit: number
    score: number | null
    baseline: number | null
    group_label: string
  }
  outside_cohort_count: RowKey & {
    study_label: string
    arm_label: string
    events: number
    people: number
  }
}

type RowKey = { clinic_id: ClinicId; cohort_id: CohortId; row_number: number }

export type CohortId = Id<'outside-cohort'>

/** People of another place, and how their file was read. */
export type OutsideCohort = {
  readonly id: CohortId
  readonly name: string
  readonly fileName: string
  readonly mapping: CohortMapping
  /** undefined for what came in before rows were counted. */
  readonly rowsInFile: number | undefined
  readonly rowsNotWanted: number
  readonly rowsLeftOut: number
  readonly people: number
  readonly importedAt: Instant
  /** Who published these data and where; undefined while nothing says that they are public. */
  readonly published: string | undefined
}

const read = (db: Read) => reader<CohortTables>(db)
const write = (db: Write) => writer<CohortTables>(db)

function toCohort(row: CohortTables['outside_cohort']): OutsideCohort {
  return {
    id: row.id,
    name: row.name,
    fileName: row.file_name,
    mapping: row.mapping ?? firstMapping(row),
    rowsInFile: row.rows_in_file ?? undefined,
    rowsNotWanted: row.rows_not_wanted,
    rowsLeftOut: row.rows_left_out,
    people: row.people,
    importedAt: row.imported_at,
    published: row.published_reference ?? undefined,
  }
}

/** How files were read before there was a mapping: comma, point, 1 and 0 in words, nothing missing. */
function firstMapping(row: CohortTables['outside_cohort']): CohortMapping {
  return {
    kind: 'time-to-event',
    separator: 'comma',
    decimal: 'point',
    missing: ['NA', '.'],
    whenMissing: 'refuse',
    only: undefined,
    time: row.time_column!,
    unit: row.time_unit!,
    event: { column: row.event_column!, yes: ['1', 'true', 'yes'], no: ['0', 'false', 'no'] },
    group: row.group_column === null ? undefined : { columns: [row.group_column], whenMissing: 'refuse' },
    stratum: undefined,
    covariates: [],
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
      kind: cohort.mapping.kind,
      mapping: cohort.mapping,
      rows_in_file: cohort.rowsInFile ?? null,
      rows_not_wanted: cohort.rowsNotWanted,
      rows_left_out: cohort.rowsLeftOut,
      time_column: null,
      event_column: null,
      group_column: null,
      time_unit: null,
      people: cohort.people,
      imported_at: cohort.at,
      imported_by: cohort.by,
      withdrawn_at: null,
      published_reference: cohort.published ?? null,
    })
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** A statement takes 65,535 values; eight for each row at most. */
const ROWS_AT_ONCE = 5_000

/** The rows of a cohort in the order of its file. */
export async function insertCohortRows(
  db: Write,
  clinicId: ClinicId,
  cohortId: CohortId,
  { kind, rows }: CohortRows,
): Promise<void> {
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    const to = from + ROWS_AT_ONCE
    const key = (at: number): RowKey => ({
      clinic_id: clinicId,
      cohort_id: cohortId,
      row_number: from + at + 1,
    })
    switch (kind) {
      case 'time-to-event':
        await write(db)
          .insertInto('outside_cohort_row')
          .values(
            rows.slice(from, to).map((row, at) => ({
              ...key(at),
              time_days: row.timeDays,
              event: row.event,
              group_label: row.group,
              stratum: row.stratum ?? null,
              covariates: row.covariates ? known(row.covariates) : null,
            })),
          )
          .execute()
        break
      case 'weekly-urine':
        await write(db)
          .insertInto('outside_cohort_weeks')
          .values(
            rows.slice(from, to).map((row, at) => ({ ...key(at), weeks: row.weeks, group_label: row.group })),
          )
          .execute()
        break
      case 'repeated-scores':
        await write(db)
          .insertInto('outside_cohort_score')
          .values(
            rows.slice(from, to).map((row, at) => ({
              ...key(at),
              person_number: row.person,
              visit: row.visit,
              score: row.score ?? null,
              baseline: row.baseline ?? null,
              group_label: row.group,
            })),
          )
          .execute()
        break
      case 'counts-by-arm':
        await write(db)
          .insertInto('outside_cohort_count')
          .values(
            rows.slice(from, to).map((row, at) => ({
              ...key(at),
              study_label: row.study,
              arm_label: row.arm,
              events: row.events,
              people: row.people,
            })),
          )
          .execute()
        break
    }
  }
}

function known(values: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
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

/** The rows of a cohort in the order of its file. */
export async function cohortRows(
  db: Read,
  clinicId: ClinicId,
  { id, mapping }: Pick<OutsideCohort, 'id' | 'mapping'>,
): Promise<CohortRows> {
  switch (mapping.kind) {
    case 'time-to-event': {
      const bare = mapping.group?.columns.length === 1 ? mapping.group.columns[0]! : undefined
      const rows = await read(db)
        .selectFrom('outside_cohort_row')
        .select(['time_days', 'event', 'group_label', 'stratum', 'covariates'])
        .where('clinic_id', '=', clinicId)
        .where('cohort_id', '=', id)
        .orderBy('row_number')
        .execute()
      return {
        kind: mapping.kind,
        rows: rows.map((row) => ({
          timeDays: row.time_days,
          event: row.event,
          // Cohorts of the first hour hold the bare value: a figure says nothing without its column.
          group:
            bare !== undefined && /^[\d.]+$/.test(row.group_label)
              ? `${bare} ${row.group_label}`
              : row.group_label,
          ...(row.stratum === null ? {} : { stratum: row.stratum }),
          ...(row.covariates === null ? {} : { covariates: row.covariates }),
        })),
      }
    }
    case 'weekly-urine': {
      const rows = await read(db)
        .selectFrom('outside_cohort_weeks')
        .select(['weeks', 'group_label'])
        .where('clinic_id', '=', clinicId)
        .where('cohort_id', '=', id)
        .orderBy('row_number')
        .execute()
      return { kind: mapping.kind, rows: rows.map((row) => ({ weeks: row.weeks, group: row.group_label })) }
    }
    case 'repeated-scores': {
      const rows = await read(db)
        .selectFrom('outside_cohort_score')
        .select(['person_number', 'visit', 'score', 'baseline', 'group_label'])
        .where('clinic_id', '=', clinicId)
        .where('cohort_id', '=', id)
        .orderBy('row_number')
        .execute()
      return {
        kind: mapping.kind,
        rows: rows.map((row) => ({
          person: row.person_number,
          visit: row.visit,
          score: row.score ?? undefined,
          baseline: row.baseline ?? undefined,
          group: row.group_label,
        })),
      }
    }
    case 'counts-by-arm': {
      const rows = await read(db)
        .selectFrom('outside_cohort_count')
        .select(['study_label', 'arm_label', 'events', 'people'])
        .where('clinic_id', '=', clinicId)
        .where('cohort_id', '=', id)
        .orderBy('row_number')
        .execute()
      return {
        kind: mapping.kind,
        rows: rows.map((row) => ({
          study: row.study_label,
          arm: row.arm_label,
          events: row.events,
          people: row.people,
        })),
      }
    }
  }
}

/**
 * @param reference who published the data and where; undefined takes the mark away
 * @returns false when there is no such cohort, or it was withdrawn
 */
export async function markPublished(
  db: Write,
  clinicId: ClinicId,
  id: CohortId,
  reference: string | undefined,
): Promise<boolean> {
  const row = await write(db)
    .updateTable('outside_cohort')
    .set({ published_reference: reference ?? null })
    .where('clinic_id', '=', clinicId)
    .where('id', '=', id)
    .where('withdrawn_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
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
