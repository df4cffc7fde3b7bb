import type { Read } from '../../platform/database.server.ts'
import type { ClinicId, PersonId } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'
import { foldSession, type SessionPhase, type SessionState } from './session.ts'
import type { SessionEvent, SessionId } from './session-event.ts'
import {
  eventsOfSessions,
  firstDoseTimes,
  type SessionRecord,
  sessionRecord,
  sessionRecordsOfPerson,
} from './session-queries.server.ts'

export type Session = SessionRecord & {
  readonly events: readonly SessionEvent[]
  readonly state: SessionState
}

/** A session with its log and what follows from it. */
export async function sessionById(db: Read, clinicId: ClinicId, id: SessionId): Promise<Session | undefined> {
  const record = await sessionRecord(db, clinicId, id)
  if (!record) return undefined
  const events = (await eventsOfSessions(db, clinicId, [id])).get(id) ?? []
  return { ...record, events, state: foldSession(events) }
}

/** One session as others need it: when it was and what was given. */
export type SessionSummary = {
  readonly id: SessionId
  readonly planId: string
  readonly sessionNumber: number
  /** Arrival. */
  readonly startedAt: Instant | undefined
  readonly doseStartedAt: Instant | undefined
  /** Discharge, or closing without a dose. */
  readonly endedAt: Instant | undefined
  /** As recorded at the end of the infusion; undefined while it runs, 0 when none was given. */
  readonly doseMgGiven: number | undefined
  /** The order of the dose; undefined before it began. */
  readonly orderId: string | undefined
  readonly state: SessionPhase
}

/** Sessions of a person in the order they were opened. */
export async function sessionsOfPerson(
  db: Read,
  clinicId: ClinicId,
  personId: PersonId,
): Promise<SessionSummary[]> {
  const records = await sessionRecordsOfPerson(db, clinicId, personId)
  const logs = await eventsOfSessions(
    db,
    clinicId,
    records.map(({ id }) => id),
  )
  return records.map((record) => {
    const state = foldSession(logs.get(record.id) ?? [])
    const withoutDose = state.closed !== undefined && state.dose === undefined
    return {
      id: record.id,
      planId: record.planId,
      sessionNumber: record.sessionNumber,
      startedAt: state.arrivedAt,
      doseStartedAt: state.dose?.startedAt,
      endedAt: state.dischargedAt ?? state.closed?.at,
      doseMgGiven: withoutDose ? 0 : state.doseMgGiven,
      orderId: state.dose?.orderId,
      state: state.phase,
    }
  })
}

/** When the person's first dose was started; undefined when there was none. */
export async function firstDoseAt(
  db: Read,
  clinicId: ClinicId,
  personId: PersonId,
): Promise<Instant | undefined> {
  return (await firstDoseTimes(db, clinicId, personId))[0]?.at
}

/** The first dose of everybody who was dosed here: where time to an outcome is counted from. */
export async function firstDoses(
  db: Read,
  clinicId: ClinicId,
): Promise<{ personId: PersonId; at: Instant }[]> {
  return firstDoseTimes(db, clinicId)
}
