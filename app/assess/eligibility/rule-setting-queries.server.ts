import { type Read, reader, type Write, writer } from '../../platform/database.server.ts'
import type { AccountId, ClinicId } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'
import type { EligibilityRule } from './eligibility.ts'
import { ELIGIBILITY_RULES } from './eligibility-rules.ts'
import { type RuleSetting, rulesAsSet } from './rules-as-set.ts'

/** The only place that names the table of what a clinic has set for its rules. */
type SettingTables = {
  eligibility_rule_setting: {
    clinic_id: ClinicId
    id: RuleSetting['id']
    rule_id: string
    revision: number
    numbers: unknown
    strictness: RuleSetting['strictness'] | null
    reason: string
    set_by: AccountId
    set_at: Instant
    second_by: AccountId
    second_at: Instant
  }
}

const read = (db: Read) => reader<SettingTables>(db)
const write = (db: Write) => writer<SettingTables>(db)

/** Every setting a clinic has made, oldest first. */
export async function ruleSettings(db: Read, clinicId: ClinicId): Promise<RuleSetting[]> {
  const rows = await read(db)
    .selectFrom('eligibility_rule_setting')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .orderBy('rule_id')
    .orderBy('revision')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    ruleId: row.rule_id,
    revision: Number(row.revision),
    numbers: row.numbers as RuleSetting['numbers'],
    strictness: row.strictness ?? undefined,
    reason: row.reason,
    setBy: row.set_by,
    setAt: row.set_at,
    secondBy: row.second_by,
    secondAt: row.second_at,
  }))
}

/** @returns false when this setting exists already, or another one took its revision */
export async function insertRuleSetting(
  db: Write,
  clinicId: ClinicId,
  setting: RuleSetting & { readonly setBy: AccountId; readonly secondBy: AccountId },
): Promise<boolean> {
  const row = await write(db)
    .insertInto('eligibility_rule_setting')
    .values({
      clinic_id: clinicId,
      id: setting.id,
      rule_id: setting.ruleId,
      revision: setting.revision,
      numbers: JSON.stringify(setting.numbers),
      strictness: setting.strictness ?? null,
      reason: setting.reason,
      set_by: setting.setBy,
      set_at: setting.setAt,
      second_by: setting.secondBy,
      second_at: setting.secondAt,
    })
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** The rules of a clinic: as they come, with what the clinic has set. */
export async function rulesOfClinic(db: Read, clinicId: ClinicId): Promise<EligibilityRule[]> {
  return rulesAsSet(ELIGIBILITY_RULES, await ruleSettings(db, clinicId))
}
