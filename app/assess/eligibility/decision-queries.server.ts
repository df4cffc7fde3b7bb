import { type Read, reader, type Write, writer } from '../../platform/database.server.ts'
import type { AccountId, ClinicId, PersonId } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'
import type { AssessmentId, EligibilityDecision } from '../assessment.ts'
import type { Override } from './decision.ts'
import type { RuleResult } from './eligibility.ts'

/** The only place that names the table of signed eligibility decisions. */
type DecisionTables = {
  eligibility_decision: {
    clinic_id: ClinicId
    id: EligibilityDecision['id']
    assessment_id: AssessmentId
    person_id: PersonId
    decision: EligibilityDecision['decision']
    reasons: string
    overrides: unknown
    evaluation: unknown
    decided_at: Instant
    decided_by: string
    second_decided_by: AccountId | null
    second_confirmed_at: Instant | null
  }
}

const read = (db: Read) => reader<DecisionTables>(db)
const write = (db: Write) => writer<DecisionTables>(db)

const json = (value: unknown) => JSON.stringify(value)

export type StoredDecision = Omit<EligibilityDecision, 'stale' | 'changes'> & { readonly personId: PersonId }

function toDecision(row: DecisionTables['eligibility_decision']): StoredDecision {
  return {
    id: row.id,
    assessmentId: row.assessment_id,
    personId: row.person_id,
    decision: row.decision,
    reasons: row.reasons,
    overrides: row.overrides as readonly Override[],
    evaluation: row.evaluation as readonly RuleResult[],
    decidedBy: row.decided_by,
    decidedAt: row.decided_at,
    second:
      row.second_decided_by && row.second_confirmed_at
        ? { by: row.second_decided_by, at: row.second_confirmed_at }
        : undefined,
  }
}

/** @returns false when a decision of this id exists already */
export async function insertDecision(
  db: Write,
  clinicId: ClinicId,
  decision: StoredDecision,
): Promise<boolean> {
  const row = await write(db)
    .insertInto('eligibility_decision')
    .values({
      clinic_id: clinicId,
      id: decision.id,
      assessment_id: decision.assessmentId,
      person_id: decision.personId,
      decision: decision.decision,
      reasons: decision.reasons,
      overrides: json(decision.overrides),
      evaluation: json(decision.evaluation),
      decided_at: decision.decidedAt,
      decided_by: decision.decidedBy,
      second_decided_by: decision.second?.by ?? null,
      second_confirmed_at: decision.second?.at ?? null,
    })
    .onConflict((c) => c.columns(['clinic_id', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** The newest decision on a person, of whichever assessment. */
export async function newestDecisionOfPerson(
  db: Read,
  clinicId: ClinicId,
  personId: PersonId,
): Promise<StoredDecision | undefined> {
  const row = await read(db)
    .selectFrom('eligibility_decision')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('person_id', '=', personId)
    .orderBy('decided_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && toDecision(row)
}

/** Every decision of these assessments, newest first. */
export async function storedDecisions(
  db: Read,
  clinicId: ClinicId,
  assessmentIds: readonly AssessmentId[],
): Promise<StoredDecision[]> {
  if (assessmentIds.length === 0) return []
  const rows = await read(db)
    .selectFrom('eligibility_decision')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('assessment_id', 'in', [...assessmentIds])
    .orderBy('decided_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
  return rows.map(toDecision)
}

/** Every decision on these people, or on everybody of the clinic; newest first. */
export async function decisionsStored(
  db: Read,
  clinicId: ClinicId,
  personIds: readonly PersonId[] | undefined,
): Promise<StoredDecision[]> {
  if (personIds?.length === 0) return []
  let query = read(db).selectFrom('eligibility_decision').selectAll().where('clinic_id', '=', clinicId)
  if (personIds) query = query.where('person_id', 'in', [...personIds])
  const rows = await query.orderBy('decided_at', 'desc').orderBy('id', 'desc').execute()
  return rows.map(toDecision)
}
