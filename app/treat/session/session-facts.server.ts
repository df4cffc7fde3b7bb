import type { Read } from '../../platform/database.server.ts'
import type { ClinicId, PersonId } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'
import { byBedsideTime, foldSession } from './session.ts'
import type { SessionEvent, SessionId } from './session-event.ts'
import { eventsOfSessions, sessionsOpenedSince } from './session-queries.server.ts'

/** What was given and noted in one session in which a dose was begun. */
export type DosedSession = {
  readonly personId: PersonId
  readonly sessionId: SessionId
  readonly doseStartedAt: Instant
  /** As recorded at the end, after corrections; undefined while it runs. */
  readonly mgGiven: number | undefined
  readonly stoppedEarly: boolean
  /** Topics of observations in the log. */
  readonly topics: ReadonlySet<string>
  /** A second clinician answered for the leaving. */
  readonly leftByOverride: boolean
}

const EVER = '0001-01-01T00:00:00.000Z' as Instant

/** Every session of the clinic in which a dose was begun, each folded from its log; for counting what was noted. */
export async function dosedSessionsOfClinic(db: Read, clinicId: ClinicId): Promise<DosedSession[]> {
  const records = await sessionsOpenedSince(db, clinicId, EVER)
  const logs = await eventsOfSessions(
    db,
    clinicId,
    records.map(({ id }) => id),
  )
  return records.flatMap(({ id, personId }) => {
    const events = logs.get(id) ?? []
    const { dose, doseMgGiven } = foldSession(events)
    if (!dose) return []
    const counted = untilClosing(events)
    const left = counted.find((event) => event.kind === 'discharged')
    return [
      {
        personId,
        sessionId: id,
        doseStartedAt: dose.startedAt,
        mgGiven: doseMgGiven,
        stoppedEarly: dose.ended?.how === 'stopped',
        topics: new Set(counted.flatMap((event) => (event.kind === 'observation' ? [event.data.topic] : []))),
        leftByOverride: left?.kind === 'discharged' && left.data.overrideBy !== null,
      },
    ]
  })
}

/** What lies after the first closing is not counted, as in the fold. */
function untilClosing(events: readonly SessionEvent[]): SessionEvent[] {
  const ordered = [...events].sort(byBedsideTime)
  const closing = ordered.findIndex(({ kind }) => kind === 'session-closed')
  return closing < 0 ? ordered : ordered.slice(0, closing + 1)
}
