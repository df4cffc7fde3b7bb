import type { ScoringOutcome } from '@evenkeel/questionnaires'
import { type Read, reader, type Write, writer } from '../platform/database.server.ts'
import type { ClinicId, Id, PersonId } from '../platform/ids.ts'
import type { Instant } from '../platform/time.ts'
import type { Assessment, AssessmentId } from './assessment.ts'
import type { Fact, FactKind, FactSource } from './fact.ts'
import type { InstrumentResponse, Respondent, ResponseId } from './instrument-response.ts'
import type { StoredAnswer } from './intake-answers.ts'
import { correctedTestIds } from './lab-tests/lab-test-queries.server.ts'

/** With `concern-queries.server.ts` and those of the folders the only place that names the tables of assess. */
type AssessTables = {
  assessment: {
    clinic_id: ClinicId
    id: AssessmentId
    person_id: PersonId
    request_id: Id<'request'> | null
    opened_at: Instant
    opened_by: string
  }
  intake_answer: {
    clinic_id: ClinicId
    assessment_id: AssessmentId
    question: string
    revision: number
    value: unknown
    answered_at: Instant
    answered_by: string
    time_zone: string
    edition: string
  }
  intake_completion: {
    clinic_id: ClinicId
    assessment_id: AssessmentId
    completed_at: Instant
    completed_by: string
    time_zone: string
  }
  clinical_fact: {
    clinic_id: ClinicId
    id: Fact['id']
    person_id: PersonId
    kind: FactKind
    value: unknown
    observed_at: Instant
    recorded_at: Instant
    source: FactSource
    recorded_by: string
  }
  instrument_response: {
    clinic_id: ClinicId
    id: ResponseId
    person_id: PersonId
    source: string
    object_id: string
    instrument_id: string
    version: string
    edition: string
    form_hash: string
    recall_period: string
    scoring_version: number
    answers: unknown
    scores: unknown
    completed_at: Instant
    recorded_by: string
    started_at: Instant | null
    time_zone: string | null
    respondent: Respondent | null
    context: unknown
    proxy: string | null
  }
}

const read = (db: Read) => reader<AssessTables>(db)
const write = (db: Write) => writer<AssessTables>(db)
/** JSON columns take text: the driver would send a string as it is and a list as a PostgreSQL array. */
const json = (value: unknown) => JSON.stringify(value)

// Assessments

function assessments(db: Read, clinicId: ClinicId) {
  return read(db)
    .selectFrom('assessment')
    .leftJoin('intake_completion', (j) =>
      j
        .onRef('intake_completion.clinic_id', '=', 'assessment.clinic_id')
        .onRef('intake_completion.assessment_id', '=', 'assessment.id'),
    )
    .select([
      'assessment.id',
      'assessment.person_id',
      'assessment.request_id',
      'assessment.opened_at',
      'intake_completion.completed_at',
    ])
    .where('assessment.clinic_id', '=', clinicId)
    .orderBy('assessment.opened_at', 'desc')
    .orderBy('assessment.id', 'desc')
}

function toAssessment(row: {
  id: AssessmentId
  person_id: PersonId
  request_id: Id<'request'> | null
  opened_at: Instant
  completed_at: Instant | null
}): Assessment {
  return {
    id: row.id,
    personId: row.person_id,
    requestId: row.request_id ?? undefined,
    openedAt: row.opened_at,
    intakeCompletedAt: row.completed_at ?? undefined,
  }
}

/** @returns false when this assessment, or one of the same request, exists already */
export async function insertAssessment(
  db: Write,
  clinicId: ClinicId,
  assessment: Assessment,
  by: string,
): Promise<boolean> {
  const row = await write(db)
    .insertInto('assessment')
    .values({
      clinic_id: clinicId,
      id: assessment.id,
      person_id: assessment.personId,
      request_id: assessment.requestId ?? null,
      opened_at: assessment.openedAt,
      opened_by: by,
    })
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export async function assessmentById(
  db: Read,
  clinicId: ClinicId,
  id: AssessmentId,
): Promise<Assessment | undefined> {
  const row = await assessments(db, clinicId).where('assessment.id', '=', id).executeTakeFirst()
  return row && toAssessment(row)
}

export async function assessmentOfRequest(
  db: Read,
  clinicId: ClinicId,
  requestId: Id<'request'>,
): Promise<Assessment | undefined> {
  const row = await assessments(db, clinicId)
    .where('assessment.request_id', '=', requestId)
    .executeTakeFirst()
  return row && toAssessment(row)
}

/** Newest first. */
export async function assessmentsOfPerson(
  db: Read,
  clinicId: ClinicId,
  personId: PersonId,
): Promise<Assessment[]> {
  const rows = await assessments(db, clinicId).where('assessment.person_id', '=', personId).execute()
  return rows.map(toAssessment)
}

/** All of the clinic, newest first. */
export async function allAssessments(db: Read, clinicId: ClinicId): Promise<Assessment[]> {
  return (await assessments(db, clinicId).execute()).map(toAssessment)
}

// Intake

/** Every revision of every answer, oldest first. */
export async function intakeAnswers(
  db: Read,
  clinicId: ClinicId,
  assessmentIds: readonly AssessmentId[],
): Promise<(StoredAnswer & { readonly assessmentId: AssessmentId })[]> {
  if (assessmentIds.length === 0) return []
  const rows = await read(db)
    .selectFrom('intake_answer')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('assessment_id', 'in', [...assessmentIds])
    .orderBy('question')
    .orderBy('revision')
    .execute()
  return rows.map((row) => ({
    assessmentId: row.assessment_id,
    question: row.question,
    revision: row.revision,
    value: row.value,
    answeredAt: row.answered_at,
    answeredBy: row.answered_by,
    timeZone: row.time_zone,
    edition: row.edition,
  }))
}

/** Stores answers in one statement. @returns false when one of the revisions exists already (two tabs, or a double click) */
export async function insertIntakeAnswers(
  db: Write,
  clinicId: ClinicId,
  assessmentId: AssessmentId,
  answers: readonly StoredAnswer[],
): Promise<boolean> {
  if (answers.length === 0) return true
  const rows = await write(db)
    .insertInto('intake_answer')
    .values(
      answers.map((answer) => ({
        clinic_id: clinicId,
        assessment_id: assessmentId,
        question: answer.question,
        revision: answer.revision,
        value: answer.value === null ? null : json(answer.value),
        answered_at: answer.answeredAt,
        answered_by: answer.answeredBy,
        time_zone: answer.timeZone,
        edition: answer.edition,
      })),
    )
    .onConflict((c) => c.columns(['clinic_id', 'assessment_id', 'question', 'revision']).doNothing())
    .returning('revision')
    .execute()
  return rows.length === answers.length
}

export async function insertIntakeCompletion(
  db: Write,
  clinicId: ClinicId,
  completion: { assessmentId: AssessmentId; at: Instant; by: string; timeZone: string },
): Promise<boolean> {
  const row = await write(db)
    .insertInto('intake_completion')
    .values({
      clinic_id: clinicId,
      assessment_id: completion.assessmentId,
      completed_at: completion.at,
      completed_by: completion.by,
      time_zone: completion.timeZone,
    })
    .onConflict((c) => c.columns(['clinic_id', 'assessment_id']).doNothing())
    .returning('assessment_id')
    .executeTakeFirst()
  return row !== undefined
}

// Facts

/** Stores facts in one statement. @returns the ids that are new; a fact whose id exists already is left as it is */
export async function insertFacts(
  db: Write,
  clinicId: ClinicId,
  facts: readonly Fact[],
): Promise<Set<Fact['id']>> {
  if (facts.length === 0) return new Set()
  const rows = await write(db)
    .insertInto('clinical_fact')
    .values(
      facts.map((fact) => ({
        clinic_id: clinicId,
        id: fact.id,
        person_id: fact.personId,
        kind: fact.kind,
        value: json(fact.value),
        observed_at: fact.observedAt,
        recorded_at: fact.recordedAt,
        source: fact.source,
        recorded_by: fact.recordedBy,
      })),
    )
    .onConflict((c) => c.columns(['clinic_id', 'id']).doNothing())
    .returning('id')
    .execute()
  return new Set(rows.map(({ id }) => id))
}

/**
 * Every fact about a person that stands, or only of some kinds; newest observation first. The fact of a breath test
 * that was corrected or withdrawn stands no more, whichever of the two was observed later.
 */
export async function factsOfPerson(
  db: Read,
  clinicId: ClinicId,
  personId: PersonId,
  kinds?: readonly FactKind[],
): Promise<Fact[]> {
  return factsOfPeople(db, clinicId, [personId], kinds)
}

/** The same of several people at once. */
export async function factsOfPeople(
  db: Read,
  clinicId: ClinicId,
  personIds: readonly PersonId[],
  kinds?: readonly FactKind[],
): Promise<Fact[]> {
  if (personIds.length === 0) return []
  let query = read(db)
    .selectFrom('clinical_fact')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('person_id', 'in', [...personIds])
  if (kinds) query = query.where('kind', 'in', [...kinds])
  const rows = await query
    .orderBy('observed_at', 'desc')
    .orderBy('recorded_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
  const breath = rows.filter(({ kind }) => kind === 'breath-alcohol')
  const corrected = await correctedTestIds(db, clinicId, [...new Set(breath.map((row) => row.person_id))])
  const standing = rows.filter(({ id }) => !corrected.has(id))
  return standing.map((row) => ({
    id: row.id,
    personId: row.person_id,
    kind: row.kind,
    value: row.value as Fact['value'],
    observedAt: row.observed_at,
    recordedAt: row.recorded_at,
    source: row.source,
    recordedBy: row.recorded_by,
  }))
}

// Responses

/** @returns false when this response exists already */
export async function insertResponse(
  db: Write,
  clinicId: ClinicId,
  response: InstrumentResponse,
  by: string,
): Promise<boolean> {
  const row = await write(db)
    .insertInto('instrument_response')
    .values({
      clinic_id: clinicId,
      id: response.id,
      person_id: response.personId,
      source: response.source,
      object_id: response.objectId,
      instrument_id: response.instrumentId,
      version: response.version,
      edition: response.edition,
      form_hash: response.formHash,
      recall_period: response.recallPeriod,
      scoring_version: response.scoringVersion,
      answers: json(response.answers),
      scores: json(response.scores),
      completed_at: response.completedAt,
      recorded_by: by,
      started_at: response.startedAt ?? null,
      time_zone: response.timeZone ?? null,
      respondent: response.respondent ?? null,
      context: response.context ? json(response.context) : null,
      proxy: response.proxy ?? null,
    })
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

function responses(db: Read, clinicId: ClinicId) {
  return read(db)
    .selectFrom('instrument_response')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .orderBy('completed_at')
    .orderBy('id')
}

function toResponse(row: AssessTables['instrument_response']): InstrumentResponse {
  return {
    id: row.id,
    personId: row.person_id,
    source: row.source,
    objectId: row.object_id,
    instrumentId: row.instrument_id,
    version: row.version,
    edition: row.edition,
    formHash: row.form_hash,
    recallPeriod: row.recall_period,
    scoringVersion: row.scoring_version,
    answers: row.answers as InstrumentResponse['answers'],
    scores: row.scores as ScoringOutcome,
    completedAt: row.completed_at,
    startedAt: row.started_at ?? undefined,
    timeZone: row.time_zone ?? undefined,
    respondent: row.respondent ?? undefined,
    context: (row.context as InstrumentResponse['context'] | null) ?? undefined,
    proxy: row.proxy ?? undefined,
    recordedBy: row.recorded_by,
  }
}

/** A person's responses, oldest first, or only those to some instruments. */
export async function responsesOfPerson(
  db: Read,
  clinicId: ClinicId,
  personId: PersonId,
  instrumentIds?: readonly string[],
): Promise<InstrumentResponse[]> {
  let query = responses(db, clinicId).where('person_id', '=', personId)
  if (instrumentIds) query = query.where('instrument_id', 'in', [...instrumentIds])
  return (await query.execute()).map(toResponse)
}

/** What these people answered to these instruments, oldest first. */
export async function responsesOfPeople(
  db: Read,
  clinicId: ClinicId,
  personIds: readonly PersonId[],
  instrumentIds: readonly string[],
): Promise<InstrumentResponse[]> {
  if (personIds.length === 0 || instrumentIds.length === 0) return []
  const rows = await responses(db, clinicId)
    .where('person_id', 'in', [...personIds])
    .where('instrument_id', 'in', [...instrumentIds])
    .execute()
  return rows.map(toResponse)
}

/** One response by its id, or undefined when this clinic has none of it. */
export async function responseById(
  db: Read,
  clinicId: ClinicId,
  id: ResponseId,
): Promise<InstrumentResponse | undefined> {
  const row = await responses(db, clinicId).where('id', '=', id).executeTakeFirst()
  return row && toResponse(row)
}

export async function responseOf(
  db: Read,
  clinicId: ClinicId,
  key: { readonly source: string; readonly objectId: string; readonly instrumentId: string },
): Promise<InstrumentResponse | undefined> {
  const row = await responses(db, clinicId)
    .where('source', '=', key.source)
    .where('object_id', '=', key.objectId)
    .where('instrument_id', '=', key.instrumentId)
    .executeTakeFirst()
  return row && toResponse(row)
}
