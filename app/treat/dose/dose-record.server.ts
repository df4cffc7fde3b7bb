import type { RaiseFact, Told } from '../../plan/index.ts'
import type { Read } from '../../platform/database.server.ts'
import type { ClinicId, PersonId } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'
import type { SessionState } from '../session/session.ts'
import type { SessionId } from '../session/session-event.ts'
import { sessionById } from '../session/sessions.server.ts'

/** The dose of a session as a plan keeps it. */
export type DoseRecord = {
  readonly planId: string
  readonly personId: PersonId
  readonly orderId: string
  readonly dosedAt: Instant
  /** How it was borne; undefined until the person has left. */
  readonly facts: Readonly<Record<RaiseFact, Told>> | undefined
}

/**
 * What a session says of its dose to whoever orders the next one.
 *
 * @returns undefined for a session without a dose
 */
export async function doseRecord(
  db: Read,
  clinicId: ClinicId,
  id: SessionId,
): Promise<DoseRecord | undefined> {
  const session = await sessionById(db, clinicId, id)
  if (!session?.state.dose) return undefined
  const { dose, dischargedAt } = session.state
  const distressed = session.events.some(
    (event) => event.kind === 'observation' && event.data.topic === 'distress',
  )
  return {
    planId: session.planId,
    personId: session.personId,
    orderId: dose.orderId,
    dosedAt: dose.startedAt,
    facts: dischargedAt ? howBorne(session.state, distressed) : undefined,
  }
}

/**
 * What a dose is never raised after, as this session recorded it. “No” needs at least one figure since the start; a
 * dose that was stopped without a word about distress is unknown; nausea is recorded, vomiting is not.
 */
export function howBorne(
  { dose, measured }: Pick<SessionState, 'dose' | 'measured'>,
  distressed: boolean,
): Readonly<Record<RaiseFact, Told>> {
  const since = measured.filter(({ at }) => dose && at >= dose.startedAt)
  const seen = (sign: 'systolicMmHg' | 'moaas' | 'spo2Percent', bad: (value: number) => boolean): Told => {
    const values = since.flatMap(({ values: each }) => (typeof each[sign] === 'number' ? [each[sign]] : []))
    return values.length === 0 ? 'unknown' : values.some(bad) ? 'yes' : 'no'
  }
  const stopped = dose?.ended?.how === 'stopped'
  return {
    'systolic-180': seen('systolicMmHg', (value) => value >= 180),
    'moaas-2': seen('moaas', (value) => value <= 2),
    'spo2-92': seen('spo2Percent', (value) => value < 92),
    'distress-stop': dose?.ended ? (!stopped ? 'no' : distressed ? 'yes' : 'unknown') : 'unknown',
    vomiting: 'unknown',
  }
}
