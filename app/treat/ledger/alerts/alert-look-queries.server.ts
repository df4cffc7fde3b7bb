import { type Read, reader, type Write, writer } from '../../../platform/database.server.ts'
import type { ClinicId } from '../../../platform/ids.ts'
import type { Instant } from '../../../platform/time.ts'
import { nextNumber } from '../order-queries.server.ts'
import type { AlertLook } from './alert-look.ts'

/** The only file that names the table of looks at alerts. */
type LookTables = {
  alert_look: {
    clinic_id: ClinicId
    id: AlertLook['id']
    number: number
    alert_key: string
    facts: string
    words: string
    at: Instant
    by_account_id: string
  }
}

/** Looks from an instant on, in the order in which they were written. */
export async function looksSince(db: Read, clinicId: ClinicId, since: Instant): Promise<AlertLook[]> {
  const rows = await reader<LookTables>(db)
    .selectFrom('alert_look')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('at', '>=', since)
    .orderBy('number')
    .orderBy('at')
    .orderBy('id')
    .execute()
  return rows.map(toLook)
}

export async function lookById(
  db: Read,
  clinicId: ClinicId,
  id: AlertLook['id'],
): Promise<AlertLook | undefined> {
  const row = await reader<LookTables>(db)
    .selectFrom('alert_look')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && toLook(row)
}

function toLook({ id, alert_key, facts, words, at, by_account_id }: LookTables['alert_look']): AlertLook {
  return { id, alertKey: alert_key, facts, words, at, by: by_account_id }
}

/** @returns false when it was noted already */
export async function insertLook(db: Write, clinicId: ClinicId, look: AlertLook): Promise<boolean> {
  const row = await writer<LookTables>(db)
    .insertInto('alert_look')
    .values({
      clinic_id: clinicId,
      id: look.id,
      number: await nextNumber(db, clinicId, 'alert_look'),
      alert_key: look.alertKey,
      facts: look.facts,
      words: look.words,
      at: look.at,
      by_account_id: look.by,
    })
    .onConflict((c) => c.columns(['clinic_id', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}
