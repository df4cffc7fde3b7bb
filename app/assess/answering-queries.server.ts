import { sql } from 'kysely'
import { type Write, writer } from '../platform/database.server.ts'
import type { ClinicId } from '../platform/ids.ts'

type AnsweringTables = { answering: { clinic_id: ClinicId; object: string; turn: number } }

/**
 * Waits until nobody else works on the same thing, and holds it until the transaction ends: what is read after this is
 * what holds. For records that are only ever appended to, where there is no row to lock.
 *
 * @param object the thing and its id, such as "form-sitting 0199…"
 */
export async function holdAlone(db: Write, clinicId: ClinicId, object: string): Promise<void> {
  await writer<AnsweringTables>(db)
    .insertInto('answering')
    .values({ clinic_id: clinicId, object, turn: 1 })
    .onConflict((c) =>
      c.columns(['clinic_id', 'object']).doUpdateSet({ turn: sql<number>`answering.turn + 1` }),
    )
    .execute()
}
