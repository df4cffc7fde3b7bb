import { type Read, reader, type Write, writer } from '../../platform/database.server.ts'
import type { AccountId, ClinicId, Id, PersonId } from '../../platform/ids.ts'
import type { Instant, LocalDate } from '../../platform/time.ts'
import type { InteractionOverride } from './interaction.ts'
import type { MedicineEntry, MedicineEntryId, MedicineSource, MedicineTold } from './medicine.ts'
import type { MedicineGroup } from './medicine-groups.ts'

/** The only file that names the tables of medicines. */
type MedicineTables = {
  medicine_entry: {
    clinic_id: ClinicId
    id: MedicineEntryId
    person_id: PersonId
    kind: MedicineEntry['told']['kind']
    name: string | null
    medicine_group: MedicineGroup | null
    dose: string | null
    since: LocalDate | null
    last_taken_at: Instant | null
    source: MedicineSource | null
    replaces: MedicineEntryId | null
    reason: string | null
    recorded_at: Instant
    recorded_by: string
  }
  interaction_override: {
    clinic_id: ClinicId
    id: Id<'interaction-override'>
    person_id: PersonId
    rule_id: string
    rule_version: number
    for_day: LocalDate
    seen: unknown
    reason: string
    signed_by: AccountId
    signed_at: Instant
  }
}

const read = (db: Read) => reader<MedicineTables>(db)
const write = (db: Write) => writer<MedicineTables>(db)

/** Every row about these people, replaced ones included. */
export async function medicineEntriesOf(
  db: Read,
  clinicId: ClinicId,
  personIds: readonly PersonId[],
): Promise<MedicineEntry[]> {
  if (personIds.length === 0) return []
  const rows = await read(db)
    .selectFrom('medicine_entry')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('person_id', 'in', [...personIds])
    .orderBy('recorded_at')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    personId: row.person_id,
    told: toldOf(row),
    replaces: row.replaces ?? undefined,
    reason: row.reason ?? undefined,
    recordedAt: row.recorded_at,
    recordedBy: row.recorded_by,
  }))
}

function toldOf(row: MedicineTables['medicine_entry']): MedicineEntry['told'] {
  if (row.kind === 'stopped' || row.kind === 'withdrawn') return { kind: row.kind }
  if (row.kind === 'none') return { kind: 'none', source: row.source! }
  return {
    kind: row.kind,
    name: row.name!,
    group: row.medicine_group!,
    dose: row.dose ?? undefined,
    since: row.since ?? undefined,
    lastTakenAt: row.last_taken_at ?? undefined,
    source: row.source!,
  }
}

/** @returns false when the id is taken, or when the row that is replaced was replaced already */
export async function insertMedicineEntry(
  db: Write,
  clinicId: ClinicId,
  entry: MedicineEntry,
): Promise<boolean> {
  const { told } = entry
  const medicine: MedicineTold | undefined =
    told.kind === 'taken' || told.kind === 'to-start' ? told : undefined
  const row = await write(db)
    .insertInto('medicine_entry')
    .values({
      clinic_id: clinicId,
      id: entry.id,
      person_id: entry.personId,
      kind: told.kind,
      name: medicine?.name ?? null,
      medicine_group: medicine?.group ?? null,
      dose: medicine?.dose ?? null,
      since: medicine?.since ?? null,
      last_taken_at: medicine?.lastTakenAt ?? null,
      source: 'source' in told ? told.source : null,
      replaces: entry.replaces ?? null,
      reason: entry.reason ?? null,
      recorded_at: entry.recordedAt,
      recorded_by: entry.recordedBy,
    })
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export type SignedOverride = InteractionOverride & {
  readonly id: Id<'interaction-override'>
  readonly personId: PersonId
  readonly day: LocalDate
  readonly reason: string
  readonly signedBy: AccountId
  readonly signedAt: Instant
}

/** What was set aside for a person on one day of the clinic, oldest first. */
export async function overridesOfDay(
  db: Read,
  clinicId: ClinicId,
  personId: PersonId,
  day: LocalDate,
): Promise<SignedOverride[]> {
  const rows = await read(db)
    .selectFrom('interaction_override')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('person_id', '=', personId)
    .where('for_day', '=', day)
    .orderBy('signed_at')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    personId: row.person_id,
    ruleId: row.rule_id,
    ruleVersion: Number(row.rule_version),
    day: row.for_day,
    seen: row.seen as readonly MedicineEntryId[],
    reason: row.reason,
    signedBy: row.signed_by,
    signedAt: row.signed_at,
  }))
}

/** @returns false when the id is taken */
export async function insertOverride(db: Write, clinicId: ClinicId, one: SignedOverride): Promise<boolean> {
  const row = await write(db)
    .insertInto('interaction_override')
    .values({
      clinic_id: clinicId,
      id: one.id,
      person_id: one.personId,
      rule_id: one.ruleId,
      rule_version: one.ruleVersion,
      for_day: one.day,
      seen: JSON.stringify(one.seen),
      reason: one.reason,
      signed_by: one.signedBy,
      signed_at: one.signedAt,
    })
    .onConflict((c) => c.columns(['clinic_id', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}
