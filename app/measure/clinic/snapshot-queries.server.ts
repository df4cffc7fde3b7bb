import { sql } from 'kysely'
import { type Read, reader, type Write, writer } from '../../platform/database.server.ts'
import type { ClinicId } from '../../platform/ids.ts'
import type { Instant, LocalDate } from '../../platform/time.ts'
import type { InventedPeople } from '../invented-words.ts'
import { asKept, asShown } from './kept-figures.ts'

/** The only file that names the kept figures. */
type SnapshotTables = {
  measure_snapshot: {
    clinic_id: ClinicId
    as_of_day: LocalDate
    stamp: string
    people: number
    invented: InventedPeople
    figures: unknown
    built_at: Instant
  }
}

/** One clinic's figures of one day by one set of definitions. */
export type SnapshotKey = {
  readonly clinicId: ClinicId
  readonly asOf: LocalDate
  readonly stamp: string
}

/** Who the kept figures are about. */
export type Snapshot = SnapshotKey & { readonly people: number; readonly invented: InventedPeople }

/**
 * The newest that tells of people, else the newest of nobody.
 *
 * @param asked.before only of days before this one
 * @param asked.stamp by this stamp; by whichever when not given
 */
export async function newestSnapshot(
  db: Read,
  {
    clinicId,
    before,
    stamp,
  }: { readonly clinicId: ClinicId; readonly before: LocalDate; readonly stamp?: string },
): Promise<Snapshot | undefined> {
  let query = reader<SnapshotTables>(db)
    .selectFrom('measure_snapshot')
    .select(['as_of_day', 'stamp', 'people', 'invented'])
    .where('clinic_id', '=', clinicId)
    .where('as_of_day', '<', before)
    .orderBy(sql`people > 0`, 'desc')
    .orderBy('as_of_day', 'desc')
    .limit(1)
  if (stamp !== undefined) query = query.where('stamp', '=', stamp)
  const row = await query.executeTakeFirst()
  return (
    row && { clinicId, asOf: row.as_of_day, stamp: row.stamp, people: row.people, invented: row.invented }
  )
}

/** The kept figures of a page. @throws Error when nothing is kept under this name: the stamp promises that it is */
export async function keptFigures(
  db: Read,
  { clinicId, asOf, stamp }: SnapshotKey,
  page: string,
): Promise<unknown> {
  const row = await reader<SnapshotTables>(db)
    .selectFrom('measure_snapshot')
    .select(sql<unknown>`figures -> ${page}::text`.as('kept'))
    .where('clinic_id', '=', clinicId)
    .where('as_of_day', '=', asOf)
    .where('stamp', '=', stamp)
    .executeTakeFirst()
  if (row?.kept == null) throw new Error(`no figures of ${page} are kept as of ${asOf}`)
  return asShown(row.kept)
}

/**
 * Takes on working out these figures. Whoever comes meanwhile waits until this transaction has ended; when it was kept
 * nothing is left to do, and when it was not the next one takes it on.
 *
 * @returns false when they are kept already; what tells of nobody may be taken on again
 */
export async function claimSnapshot(
  db: Write,
  { clinicId, asOf, stamp }: SnapshotKey,
  at: Instant,
): Promise<boolean> {
  const claimed = await writer<SnapshotTables>(db)
    .insertInto('measure_snapshot')
    .values({
      clinic_id: clinicId,
      as_of_day: asOf,
      stamp,
      people: 0,
      invented: 'none',
      figures: sql`'{}'::jsonb`,
      built_at: at,
    })
    .onConflict((c) =>
      c
        .columns(['clinic_id', 'as_of_day', 'stamp'])
        .doUpdateSet({ built_at: at })
        .where('measure_snapshot.people', '=', 0),
    )
    .returning('stamp')
    .executeTakeFirst()
  return claimed !== undefined
}

/** Fills in what this transaction has claimed. @param figures by page */
export async function keepSnapshot(
  db: Write,
  { clinicId, asOf, stamp, people, invented }: Snapshot,
  figures: Readonly<Record<string, unknown>>,
): Promise<void> {
  await writer<SnapshotTables>(db)
    .updateTable('measure_snapshot')
    .set({ people, invented, figures: sql`${JSON.stringify(asKept(figures))}::jsonb` })
    .where('clinic_id', '=', clinicId)
    .where('as_of_day', '=', asOf)
    .where('stamp', '=', stamp)
    .execute()
}
