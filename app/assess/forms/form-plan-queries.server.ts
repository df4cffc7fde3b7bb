import { type Read, reader, type Write, writer } from '../../platform/database.server.ts'
import type { ClinicId, Id } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'
import type { AssessmentId } from '../assessment.ts'
import type { PhaseId, TrackId } from './condition-track.ts'
import type { IntakePlan, IntakeStart, PlannedForm, StoredSet } from './form-plan.ts'

type PlanTables = {
  instrument_set: {
    clinic_id: ClinicId
    id: Id<'instrument-set'>
    track: TrackId
    phase: PhaseId
    instruments: unknown
    changed_at: Instant
    changed_by: string
  }
  intake_plan: {
    clinic_id: ClinicId
    id: IntakePlan['id']
    assessment_id: AssessmentId
    track: TrackId
    instruments: unknown
    planned_at: Instant
    planned_by: string
  }
  intake_start: {
    clinic_id: ClinicId
    assessment_id: AssessmentId
    started_at: Instant
    time_zone: string
    respondent: 'self' | 'proxy'
    proxy: string | null
  }
}

const read = (db: Read) => reader<PlanTables>(db)
const write = (db: Write) => writer<PlanTables>(db)

/** Every set the clinic has changed, as it holds now. */
export async function storedSets(db: Read, clinicId: ClinicId): Promise<StoredSet[]> {
  const rows = await read(db)
    .selectFrom('instrument_set')
    .selectAll()
    .distinctOn(['track', 'phase'])
    .where('clinic_id', '=', clinicId)
    .orderBy('track')
    .orderBy('phase')
    .orderBy('changed_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
  return rows.map((row) => ({
    track: row.track,
    phase: row.phase,
    instruments: row.instruments as readonly string[],
    changedAt: row.changed_at,
    changedBy: row.changed_by,
  }))
}

/** @returns false when this change was stored already */
export async function insertSet(
  db: Write,
  clinicId: ClinicId,
  id: Id<'instrument-set'>,
  set: StoredSet,
): Promise<boolean> {
  const row = await write(db)
    .insertInto('instrument_set')
    .values({
      clinic_id: clinicId,
      id,
      track: set.track,
      phase: set.phase,
      instruments: JSON.stringify(set.instruments),
      changed_at: set.changedAt,
      changed_by: set.changedBy,
    })
    .onConflict((c) => c.columns(['clinic_id', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** The plans of some assessments that hold now. */
export async function intakePlans(
  db: Read,
  clinicId: ClinicId,
  assessmentIds: readonly AssessmentId[],
): Promise<ReadonlyMap<AssessmentId, IntakePlan>> {
  if (assessmentIds.length === 0) return new Map()
  const rows = await read(db)
    .selectFrom('intake_plan')
    .selectAll()
    .distinctOn('assessment_id')
    .where('clinic_id', '=', clinicId)
    .where('assessment_id', 'in', [...assessmentIds])
    .orderBy('assessment_id')
    .orderBy('planned_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
  return new Map(
    rows.map((row) => [
      row.assessment_id,
      {
        id: row.id,
        assessmentId: row.assessment_id,
        track: row.track,
        forms: row.instruments as readonly PlannedForm[],
        plannedAt: row.planned_at,
        plannedBy: row.planned_by,
      },
    ]),
  )
}

export async function insertIntakePlan(db: Write, clinicId: ClinicId, plan: IntakePlan): Promise<void> {
  await write(db)
    .insertInto('intake_plan')
    .values({
      clinic_id: clinicId,
      id: plan.id,
      assessment_id: plan.assessmentId,
      track: plan.track,
      instruments: JSON.stringify(plan.forms),
      planned_at: plan.plannedAt,
      planned_by: plan.plannedBy,
    })
    .onConflict((c) => c.columns(['clinic_id', 'id']).doNothing())
    .execute()
}

/** @returns false when the intake was begun already */
export async function insertIntakeStart(db: Write, clinicId: ClinicId, start: IntakeStart): Promise<boolean> {
  const row = await write(db)
    .insertInto('intake_start')
    .values({
      clinic_id: clinicId,
      assessment_id: start.assessmentId,
      started_at: start.startedAt,
      time_zone: start.timeZone,
      respondent: start.respondent.kind,
      proxy: start.respondent.kind === 'proxy' ? start.respondent.proxy : null,
    })
    .onConflict((c) => c.columns(['clinic_id', 'assessment_id']).doNothing())
    .returning('assessment_id')
    .executeTakeFirst()
  return row !== undefined
}

export async function intakeStart(
  db: Read,
  clinicId: ClinicId,
  assessmentId: AssessmentId,
): Promise<IntakeStart | undefined> {
  const row = await read(db)
    .selectFrom('intake_start')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('assessment_id', '=', assessmentId)
    .executeTakeFirst()
  return (
    row && {
      assessmentId: row.assessment_id,
      startedAt: row.started_at,
      timeZone: row.time_zone,
      respondent: row.proxy === null ? { kind: 'self' } : { kind: 'proxy', proxy: row.proxy },
    }
  )
}
