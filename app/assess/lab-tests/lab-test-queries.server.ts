import { type Read, reader, type Write, writer } from '../../platform/database.server.ts'
import type { ClinicId, PersonId } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'
import type { KetamineExposure } from './ketamine-exposure.ts'
import type { LabTestId, LabTestRow } from './lab-test.ts'

/** The only file that names the tables of the biological tests. */
type LabTables = {
  lab_test: {
    clinic_id: ClinicId
    id: LabTestId
    person_id: PersonId
    kind: LabTestRow['result']['kind']
    collected_at: Instant
    result: unknown
    corrects: LabTestId | null
    reason: string | null
    recorded_at: Instant
    recorded_by: string
  }
  ketamine_exposure: {
    clinic_id: ClinicId
    session_id: KetamineExposure['sessionId']
    person_id: PersonId
    dosed_at: Instant
    noted_at: Instant
  }
}

const read = (db: Read) => reader<LabTables>(db)
const write = (db: Write) => writer<LabTables>(db)

/** Every row about a person, corrections and what they correct included. */
export async function labTestsOfPerson(
  db: Read,
  clinicId: ClinicId,
  personId: PersonId,
): Promise<LabTestRow[]> {
  return labTestsOfPeople(db, clinicId, [personId])
}

/** The same of several people at once. */
export async function labTestsOfPeople(
  db: Read,
  clinicId: ClinicId,
  personIds: readonly PersonId[],
): Promise<LabTestRow[]> {
  if (personIds.length === 0) return []
  const rows = await read(db)
    .selectFrom('lab_test')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('person_id', 'in', [...personIds])
    .orderBy('collected_at')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    personId: row.person_id,
    collectedAt: row.collected_at,
    result: { ...(row.result as object), kind: row.kind } as LabTestRow['result'],
    corrects: row.corrects ?? undefined,
    reason: row.reason ?? undefined,
    recordedAt: row.recorded_at,
    recordedBy: row.recorded_by,
  }))
}

/** Tests that were corrected or withdrawn: what they said does not stand. The id of a test is also that of its fact. */
export async function correctedTestIds(
  db: Read,
  clinicId: ClinicId,
  personIds: readonly PersonId[],
): Promise<ReadonlySet<string>> {
  if (personIds.length === 0) return new Set()
  const rows = await read(db)
    .selectFrom('lab_test')
    .select('corrects')
    .where('clinic_id', '=', clinicId)
    .where('person_id', 'in', [...personIds])
    .where('corrects', 'is not', null)
    .execute()
  return new Set(rows.map(({ corrects }) => corrects as string))
}

/** @returns false when the id is taken, or when the row that is corrected was corrected already */
export async function insertLabTest(db: Write, clinicId: ClinicId, test: LabTestRow): Promise<boolean> {
  const { kind, ...result } = test.result
  const row = await write(db)
    .insertInto('lab_test')
    .values({
      clinic_id: clinicId,
      id: test.id,
      person_id: test.personId,
      kind,
      collected_at: test.collectedAt,
      result: JSON.stringify(result),
      corrects: test.corrects ?? null,
      reason: test.reason ?? null,
      recorded_at: test.recordedAt,
      recorded_by: test.recordedBy,
    })
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Doses given here, oldest first. */
export async function exposuresOfPerson(
  db: Read,
  clinicId: ClinicId,
  personId: PersonId,
): Promise<KetamineExposure[]> {
  return exposuresOfPeople(db, clinicId, [personId])
}

/** The same of several people at once. */
export async function exposuresOfPeople(
  db: Read,
  clinicId: ClinicId,
  personIds: readonly PersonId[],
): Promise<KetamineExposure[]> {
  if (personIds.length === 0) return []
  const rows = await read(db)
    .selectFrom('ketamine_exposure')
    .select(['session_id', 'person_id', 'dosed_at'])
    .where('clinic_id', '=', clinicId)
    .where('person_id', 'in', [...personIds])
    .orderBy('dosed_at')
    .execute()
  return rows.map((row) => ({
    sessionId: row.session_id,
    personId: row.person_id,
    dosedAt: row.dosed_at,
  }))
}

/** Once a session, however often it is told. @returns whether it is new */
export async function insertExposure(
  db: Write,
  clinicId: ClinicId,
  exposure: KetamineExposure,
  notedAt: Instant,
): Promise<boolean> {
  const row = await write(db)
    .insertInto('ketamine_exposure')
    .values({
      clinic_id: clinicId,
      session_id: exposure.sessionId,
      person_id: exposure.personId,
      dosed_at: exposure.dosedAt,
      noted_at: notedAt,
    })
    .onConflict((c) => c.columns(['clinic_id', 'session_id']).doNothing())
    .returning('session_id')
    .executeTakeFirst()
  return row !== undefined
}
