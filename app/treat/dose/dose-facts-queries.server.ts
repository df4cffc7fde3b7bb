import { type Read, reader } from '../../platform/database.server.ts'
import type { ClinicId, PersonId } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'
import type { SessionId } from '../session/session-event.ts'

type DoseTables = {
  dosing_session: { clinic_id: ClinicId; id: SessionId; plan_id: string; person_id: PersonId }
  session_event: { clinic_id: ClinicId; session_id: SessionId; kind: string; at: Instant }
}

/** A dose as those who count outcomes need it. */
export type BegunDose = {
  readonly personId: PersonId
  readonly sessionId: SessionId
  readonly planId: string
  /** The first start of the infusion, by bedside time. */
  readonly at: Instant
}

/** Every session of the clinic in which a dose was begun, by time. */
export async function dosesOfClinic(db: Read, clinicId: ClinicId): Promise<BegunDose[]> {
  const rows = await reader<DoseTables>(db)
    .selectFrom('session_event as e')
    .innerJoin('dosing_session as s', (j) =>
      j.onRef('s.clinic_id', '=', 'e.clinic_id').onRef('s.id', '=', 'e.session_id'),
    )
    .select(['s.person_id', 's.id', 's.plan_id', (q) => q.fn.min<Instant>('e.at').as('at')])
    .where('e.clinic_id', '=', clinicId)
    .where('s.clinic_id', '=', clinicId)
    .where('e.kind', '=', 'dose-started')
    .groupBy(['s.person_id', 's.id', 's.plan_id'])
    .orderBy('at')
    .orderBy('s.id')
    .execute()
  return rows.map((row) => ({
    personId: row.person_id,
    sessionId: row.id,
    planId: row.plan_id,
    at: row.at,
  }))
}
