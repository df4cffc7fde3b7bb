import { sql } from 'kysely'
import { type Write, writer } from '../../platform/database.server.ts'
import type { ClinicId } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'

/** The only file that names the table of watches. Their time is the database's own, which all processes share. */
type WatchTables = { alarm_watch: { clinic_id: ClinicId; holder: string; until: Instant } }

const write = (db: Write) => writer<WatchTables>(db)

const now = sql<Instant>`now()`
const inSeconds = (seconds: number) => sql<Instant>`now() + make_interval(secs => ${seconds})`

/**
 * Takes or keeps the watch over a clinic's alarms.
 *
 * @param holder names this process
 * @param forSeconds how long it holds unless it is kept again
 * @returns whether the watch is this process's now
 */
export async function takeAlarmWatch(
  db: Write,
  clinicId: ClinicId,
  holder: string,
  forSeconds: number,
): Promise<boolean> {
  const kept = await write(db)
    .updateTable('alarm_watch')
    .set({ holder, until: inSeconds(forSeconds) })
    .where('clinic_id', '=', clinicId)
    .where((e) => e.or([e('holder', '=', holder), e('until', '<', now)]))
    .returning('holder')
    .executeTakeFirst()
  if (kept) return true
  const first = await write(db)
    .insertInto('alarm_watch')
    .values({ clinic_id: clinicId, holder, until: inSeconds(forSeconds) })
    .onConflict((c) => c.doNothing())
    .returning('holder')
    .executeTakeFirst()
  return first !== undefined
}

/** Whether the watch is this process's, kept so for the rest of the transaction. */
export async function holdsAlarmWatch(db: Write, clinicId: ClinicId, holder: string): Promise<boolean> {
  const row = await write(db)
    .selectFrom('alarm_watch')
    .select('holder')
    .where('clinic_id', '=', clinicId)
    .where('holder', '=', holder)
    .where('until', '>=', now)
    .forShare()
    .executeTakeFirst()
  return row !== undefined
}

/** Gives the watch up, so that another process need not wait. */
export async function leaveAlarmWatch(db: Write, clinicId: ClinicId, holder: string): Promise<void> {
  await write(db)
    .deleteFrom('alarm_watch')
    .where('clinic_id', '=', clinicId)
    .where('holder', '=', holder)
    .execute()
}
