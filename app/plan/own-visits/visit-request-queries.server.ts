import { type Read, reader, type Write, writer } from '../../platform/database.server.ts'
import type { AccountId, ClinicId, Id, PersonId } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'
import type { AppointmentId } from '../plan.ts'

type VisitRequestTables = {
  visit_request: {
    clinic_id: ClinicId
    id: Id<'visit-request'>
    appointment_id: AppointmentId
    person_id: PersonId
    kind: 'move' | 'cancel'
    words: string
    asked_at: Instant
  }
  visit_request_answer: {
    clinic_id: ClinicId
    request_id: Id<'visit-request'>
    answered_by: AccountId
    answered_at: Instant
    outcome: 'done' | 'not-possible'
  }
}

const read = (db: Read) => reader<VisitRequestTables>(db)
const write = (db: Write) => writer<VisitRequestTables>(db)

export type VisitRequest = {
  readonly id: Id<'visit-request'>
  readonly appointmentId: AppointmentId
  readonly personId: PersonId
  readonly kind: 'move' | 'cancel'
  readonly words: string
  readonly askedAt: Instant
}

/** @returns false when this was asked before */
export async function insertRequest(db: Write, clinicId: ClinicId, request: VisitRequest): Promise<boolean> {
  const row = await write(db)
    .insertInto('visit_request')
    .values({
      clinic_id: clinicId,
      id: request.id,
      appointment_id: request.appointmentId,
      person_id: request.personId,
      kind: request.kind,
      words: request.words,
      asked_at: request.askedAt,
    })
    .onConflict((c) => c.columns(['clinic_id', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Requests that nobody answered, longest waiting first. @param personId only theirs */
export async function openRequests(
  db: Read,
  clinicId: ClinicId,
  personId?: PersonId,
): Promise<VisitRequest[]> {
  let query = read(db)
    .selectFrom('visit_request')
    .leftJoin('visit_request_answer', (join) =>
      join
        .onRef('visit_request_answer.clinic_id', '=', 'visit_request.clinic_id')
        .onRef('visit_request_answer.request_id', '=', 'visit_request.id'),
    )
    .selectAll('visit_request')
    .where('visit_request.clinic_id', '=', clinicId)
    .where('visit_request_answer.request_id', 'is', null)
    .orderBy('visit_request.asked_at')
  if (personId) query = query.where('visit_request.person_id', '=', personId)
  return (await query.execute()).map((row) => ({
    id: row.id,
    appointmentId: row.appointment_id,
    personId: row.person_id,
    kind: row.kind,
    words: row.words,
    askedAt: row.asked_at,
  }))
}

/** @returns false when it was answered before, or there is none */
export async function insertRequestAnswer(
  db: Write,
  clinicId: ClinicId,
  answer: { id: Id<'visit-request'>; by: AccountId; at: Instant; outcome: 'done' | 'not-possible' },
): Promise<boolean> {
  const row = await write(db)
    .insertInto('visit_request_answer')
    .values({
      clinic_id: clinicId,
      request_id: answer.id,
      answered_by: answer.by,
      answered_at: answer.at,
      outcome: answer.outcome,
    })
    .onConflict((c) => c.doNothing())
    .returning('request_id')
    .executeTakeFirst()
  return row !== undefined
}
