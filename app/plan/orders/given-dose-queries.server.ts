import { type Read, reader, type Write, writer } from '../../platform/database.server.ts'
import type { ClinicId, Id, PersonId } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'
import type { PlanId } from '../plan.ts'
import type { GivenDoseNote } from './given-dose.ts'
import type { OrderId } from './order.ts'

/** Names the tables of what the plan knows of doses that were given. */
type GivenTables = {
  given_dose: {
    clinic_id: ClinicId
    session_id: Id<'dosing-session'>
    plan_id: PlanId
    person_id: PersonId
    order_id: OrderId
    dosed_at: Instant
    noted_at: Instant
  }
  given_dose_course: {
    clinic_id: ClinicId
    session_id: Id<'dosing-session'>
    facts: NonNullable<GivenDoseNote['facts']> | string
    noted_at: Instant
  }
}

const read = (db: Read) => reader<GivenTables>(db)
const write = (db: Write) => writer<GivenTables>(db)

/** Keeps a dose, and how it was borne once that is known; each once. @returns whether anything was new */
export async function insertGivenDose(
  db: Write,
  clinicId: ClinicId,
  dose: GivenDoseNote,
  at: Instant,
): Promise<boolean> {
  const given = await write(db)
    .insertInto('given_dose')
    .values({
      clinic_id: clinicId,
      session_id: dose.sessionId,
      plan_id: dose.planId,
      person_id: dose.personId,
      order_id: dose.orderId,
      dosed_at: dose.dosedAt,
      noted_at: at,
    })
    .onConflict((c) => c.columns(['clinic_id', 'session_id']).doNothing())
    .returning('session_id')
    .executeTakeFirst()
  if (!dose.facts) return given !== undefined
  const course = await write(db)
    .insertInto('given_dose_course')
    .values({
      clinic_id: clinicId,
      session_id: dose.sessionId,
      facts: JSON.stringify(dose.facts),
      noted_at: at,
    })
    .onConflict((c) => c.columns(['clinic_id', 'session_id']).doNothing())
    .returning('session_id')
    .executeTakeFirst()
  return given !== undefined || course !== undefined
}

/** Doses on record for a person, newest first. */
export async function givenDoses(db: Read, clinicId: ClinicId, personId: PersonId): Promise<GivenDoseNote[]> {
  const rows = await read(db)
    .selectFrom('given_dose')
    .leftJoin('given_dose_course as c', (j) =>
      j.onRef('c.clinic_id', '=', 'given_dose.clinic_id').onRef('c.session_id', '=', 'given_dose.session_id'),
    )
    .selectAll('given_dose')
    .select('c.facts')
    .where('given_dose.clinic_id', '=', clinicId)
    .where('given_dose.person_id', '=', personId)
    .orderBy('given_dose.dosed_at', 'desc')
    .orderBy('given_dose.session_id', 'desc')
    .execute()
  return rows.map((row) => ({
    sessionId: row.session_id,
    planId: row.plan_id,
    personId: row.person_id,
    orderId: row.order_id,
    dosedAt: row.dosed_at,
    facts: (row.facts as GivenDoseNote['facts'] | null) ?? undefined,
  }))
}
