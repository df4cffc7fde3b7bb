import { type Read, reader, type Write, writer } from '../../platform/database.server.ts'
import type { ClinicId, PersonId } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'
import type { WorkUpEntry } from './work-up.ts'

/** The only file that names the table of the work-up. */
type WorkUpTables = {
  work_up_entry: {
    clinic_id: ClinicId
    id: WorkUpEntry['id']
    person_id: PersonId
    item_id: string
    outcome: WorkUpEntry['outcome']
    happened_at: Instant
    words: string | null
    us_state: string | null
    recorded_at: Instant
    recorded_by: string
  }
}

/** Everything written down by hand about these people, oldest first. */
export async function workUpEntriesOf(
  db: Read,
  clinicId: ClinicId,
  personIds: readonly PersonId[],
): Promise<WorkUpEntry[]> {
  if (personIds.length === 0) return []
  const rows = await reader<WorkUpTables>(db)
    .selectFrom('work_up_entry')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('person_id', 'in', [...personIds])
    .orderBy('recorded_at')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    personId: row.person_id,
    itemId: row.item_id,
    outcome: row.outcome,
    happenedAt: row.happened_at,
    words: row.words ?? undefined,
    usState: row.us_state ?? undefined,
    recordedAt: row.recorded_at,
    recordedBy: row.recorded_by,
  }))
}

/** @returns false when the id is taken */
export async function insertWorkUpEntry(db: Write, clinicId: ClinicId, entry: WorkUpEntry): Promise<boolean> {
  const row = await writer<WorkUpTables>(db)
    .insertInto('work_up_entry')
    .values({
      clinic_id: clinicId,
      id: entry.id,
      person_id: entry.personId,
      item_id: entry.itemId,
      outcome: entry.outcome,
      happened_at: entry.happenedAt,
      words: entry.words ?? null,
      us_state: entry.usState ?? null,
      recorded_at: entry.recordedAt,
      recorded_by: entry.recordedBy,
    })
    .onConflict((c) => c.columns(['clinic_id', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}
