import { type Read, reader, type Write, writer } from '../../platform/database.server.ts'
import type { AccountId, ClinicId, Id } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'
import type { AppointmentId } from '../plan.ts'
import type { GateAnswers, GateField } from './gate.ts'

/** How a call of the day before ended. */
export const CALL_OUTCOMES = ['reached', 'message-left', 'not-reached'] as const
export type CallOutcome = (typeof CALL_OUTCOMES)[number]

type DayBeforeTables = {
  day_before_answer: {
    clinic_id: ClinicId
    appointment_id: AppointmentId
    /** The time of the visit the answer is about: a visit that is moved is asked about anew. */
    visit_at: Instant
    field: GateField
    revision: number
    value: string
    by_staff: boolean
    told_by: AccountId | null
    told_at: Instant
  }
  day_before_call: {
    clinic_id: ClinicId
    id: Id<'day-before-call'>
    appointment_id: AppointmentId
    visit_at: Instant
    outcome: CallOutcome
    called_by: AccountId
    called_at: Instant
  }
}

const read = (db: Read) => reader<DayBeforeTables>(db)
const write = (db: Write) => writer<DayBeforeTables>(db)

export type StoredAnswer = {
  readonly field: GateField
  readonly revision: number
  readonly value: string
  readonly byStaff: boolean
  readonly toldBy: AccountId | undefined
  readonly toldAt: Instant
}

/** A visit as it is booked now; answers about another time of it do not count. */
export type AskedVisit = { readonly id: AppointmentId; readonly startsAt: Instant }

/** Every revision of every answer about these visits at the time they have now, oldest first. */
export async function answersOfVisits(
  db: Read,
  clinicId: ClinicId,
  visits: readonly AskedVisit[],
): Promise<ReadonlyMap<AppointmentId, readonly StoredAnswer[]>> {
  if (visits.length === 0) return new Map()
  const rows = await read(db)
    .selectFrom('day_before_answer')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where(
      'appointment_id',
      'in',
      visits.map(({ id }) => id),
    )
    .orderBy('told_at')
    .orderBy('revision')
    .execute()
  const startOf = new Map(visits.map(({ id, startsAt }) => [id, startsAt]))
  const about = rows.filter((row) => row.visit_at === startOf.get(row.appointment_id))
  const answers = new Map<AppointmentId, StoredAnswer[]>()
  for (const row of about) {
    const list = answers.get(row.appointment_id) ?? []
    list.push({
      field: row.field,
      revision: row.revision,
      value: row.value,
      byStaff: row.by_staff,
      toldBy: row.told_by ?? undefined,
      toldAt: row.told_at,
    })
    answers.set(row.appointment_id, list)
  }
  return answers
}

/** The newest answer to each question. */
export function newestAnswers(stored: readonly StoredAnswer[]): GateAnswers {
  const newest = new Map<GateField, StoredAnswer>()
  for (const answer of stored) {
    const before = newest.get(answer.field)
    if (!before || answer.revision > before.revision) newest.set(answer.field, answer)
  }
  return Object.fromEntries(
    [...newest].map(([field, { value, toldAt }]) => [field, { value, toldAt }]),
  ) as GateAnswers
}

export async function insertAnswers(
  db: Write,
  clinicId: ClinicId,
  visit: AskedVisit,
  answers: readonly StoredAnswer[],
): Promise<void> {
  await write(db)
    .insertInto('day_before_answer')
    .values(
      answers.map((answer) => ({
        clinic_id: clinicId,
        appointment_id: visit.id,
        visit_at: visit.startsAt,
        field: answer.field,
        revision: answer.revision,
        value: answer.value,
        by_staff: answer.byStaff,
        told_by: answer.toldBy ?? null,
        told_at: answer.toldAt,
      })),
    )
    .execute()
}

/** @returns false when this call was noted before */
export async function insertCall(
  db: Write,
  clinicId: ClinicId,
  visit: AskedVisit,
  call: { id: Id<'day-before-call'>; outcome: CallOutcome; by: AccountId; at: Instant },
): Promise<boolean> {
  const row = await write(db)
    .insertInto('day_before_call')
    .values({
      clinic_id: clinicId,
      id: call.id,
      appointment_id: visit.id,
      visit_at: visit.startsAt,
      outcome: call.outcome,
      called_by: call.by,
      called_at: call.at,
    })
    .onConflict((c) => c.columns(['clinic_id', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Calls about these visits at the time they have now, oldest first. */
export async function callsOfVisits(
  db: Read,
  clinicId: ClinicId,
  visits: readonly AskedVisit[],
): Promise<ReadonlyMap<AppointmentId, { outcome: CallOutcome; by: AccountId; at: Instant }[]>> {
  if (visits.length === 0) return new Map()
  const rows = await read(db)
    .selectFrom('day_before_call')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where(
      'appointment_id',
      'in',
      visits.map(({ id }) => id),
    )
    .orderBy('called_at')
    .execute()
  const startOf = new Map(visits.map(({ id, startsAt }) => [id, startsAt]))
  const calls = new Map<AppointmentId, { outcome: CallOutcome; by: AccountId; at: Instant }[]>()
  for (const row of rows) {
    if (row.visit_at !== startOf.get(row.appointment_id)) continue
    const list = calls.get(row.appointment_id) ?? []
    list.push({ outcome: row.outcome, by: row.called_by, at: row.called_at })
    calls.set(row.appointment_id, list)
  }
  return calls
}
