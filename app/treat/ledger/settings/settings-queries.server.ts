import { type Read, reader, type Write, writer } from '../../../platform/database.server.ts'
import type { ClinicId, Id } from '../../../platform/ids.ts'
import type { Instant } from '../../../platform/time.ts'
import { nextNumber } from '../order-queries.server.ts'
import { DEFAULT_LEDGER_SETTINGS, type LedgerSettings } from './ledger-settings.ts'

export type LedgerSettingId = Id<'ledger-setting'>

/** The only file that names the table of settings. jsonb is written as text: the driver would turn a list into an array of the database. */
type SettingTables = {
  ledger_setting: {
    clinic_id: ClinicId
    id: LedgerSettingId
    number: number
    at: Instant
    by_account_id: string
    settings: Partial<LedgerSettings> | string
  }
}

const read = (db: Read) => reader<SettingTables>(db)
const write = (db: Write) => writer<SettingTables>(db)

/** Settings as somebody signed them. */
export type SignedSettings = {
  readonly id: LedgerSettingId
  readonly at: Instant
  readonly by: string
  readonly settings: LedgerSettings
}

/** What was set so far, newest first; each stands for itself, whole. */
export async function signedSettings(db: Read, clinicId: ClinicId, limit: number): Promise<SignedSettings[]> {
  const rows = await read(db)
    .selectFrom('ledger_setting')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .orderBy('number', 'desc')
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    by: row.by_account_id,
    // A setting that came later was not asked for when this was signed: its default held then.
    settings: { ...DEFAULT_LEDGER_SETTINGS, ...(row.settings as Partial<LedgerSettings>) },
  }))
}

/** How the clinic keeps its ledger: what was signed last, the defaults until then. */
export async function ledgerSettings(db: Read, clinicId: ClinicId): Promise<LedgerSettings> {
  const [newest] = await signedSettings(db, clinicId, 1)
  return newest?.settings ?? DEFAULT_LEDGER_SETTINGS
}

/** The caller holds the ledger's head. @returns false when a row with this id is there already */
export async function insertSettings(
  db: Write,
  clinicId: ClinicId,
  signed: SignedSettings,
): Promise<boolean> {
  const row = await write(db)
    .insertInto('ledger_setting')
    .values({
      clinic_id: clinicId,
      id: signed.id,
      number: await nextNumber(db, clinicId, 'ledger_setting'),
      at: signed.at,
      by_account_id: signed.by,
      settings: JSON.stringify(signed.settings),
    })
    .onConflict((c) => c.columns(['clinic_id', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}
