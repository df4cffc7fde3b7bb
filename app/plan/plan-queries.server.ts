import type { AssessmentId, EligibilityDecision } from '../assess/index.ts'
import { type Read, reader, type Write, writer } from '../platform/database.server.ts'
import type { AccountId, ClinicId, PersonId } from '../platform/ids.ts'
import type { Instant } from '../platform/time.ts'
import type { Plan, PlanId } from './plan.ts'

/** Names the table of plans; those of orders, consent and the diary stand in their own queries files. */
type PlanTables = {
  treatment_plan: {
    clinic_id: ClinicId
    id: PlanId
    person_id: PersonId
    assessment_id: AssessmentId
    decision_id: EligibilityDecision['id']
    protocol_id: string
    protocol_version: string
    created_by: AccountId | null
    created_at: Instant
  }
}

const read = (db: Read) => reader<PlanTables>(db)
const write = (db: Write) => writer<PlanTables>(db)

function toPlan(row: PlanTables['treatment_plan']): Plan {
  return {
    id: row.id,
    personId: row.person_id,
    assessmentId: row.assessment_id,
    decisionId: row.decision_id,
    protocolId: row.protocol_id,
    protocolVersion: row.protocol_version,
    createdBy: row.created_by ?? undefined,
    createdAt: row.created_at,
  }
}

/** @returns false when this plan, or another for the same assessment, exists already */
export async function insertPlan(db: Write, clinicId: ClinicId, plan: Plan): Promise<boolean> {
  const row = await write(db)
    .insertInto('treatment_plan')
    .values({
      clinic_id: clinicId,
      id: plan.id,
      person_id: plan.personId,
      assessment_id: plan.assessmentId,
      decision_id: plan.decisionId,
      protocol_id: plan.protocolId,
      protocol_version: plan.protocolVersion,
      created_by: plan.createdBy ?? null,
      created_at: plan.createdAt,
    })
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export async function planById(db: Read, clinicId: ClinicId, id: PlanId): Promise<Plan | undefined> {
  const row = await read(db)
    .selectFrom('treatment_plan')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && toPlan(row)
}

/** The plan made for an assessment; there is at most one. */
export async function planOfAssessment(
  db: Read,
  clinicId: ClinicId,
  assessmentId: AssessmentId,
): Promise<Plan | undefined> {
  const row = await read(db)
    .selectFrom('treatment_plan')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('assessment_id', '=', assessmentId)
    .executeTakeFirst()
  return row && toPlan(row)
}

/** Plans of one person, newest first. */
export async function plansOfPerson(db: Read, clinicId: ClinicId, personId: PersonId): Promise<Plan[]> {
  const rows = await read(db)
    .selectFrom('treatment_plan')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('person_id', '=', personId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
  return rows.map(toPlan)
}

/** Which account made each plan of the clinic; null for plans from before that was kept. */
export async function planMakers(
  db: Read,
  clinicId: ClinicId,
): Promise<ReadonlyMap<string, AccountId | null>> {
  const rows = await read(db)
    .selectFrom('treatment_plan')
    .select(['id', 'created_by'])
    .where('clinic_id', '=', clinicId)
    .execute()
  return new Map(rows.map((row) => [row.id, row.created_by]))
}

/** The clinic's plans, newest first. */
export async function allPlans(db: Read, clinicId: ClinicId): Promise<Plan[]> {
  const rows = await read(db)
    .selectFrom('treatment_plan')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(500)
    .execute()
  return rows.map(toPlan)
}
