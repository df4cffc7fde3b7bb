import { consentChanges } from '../../plan/index.server.ts'
import type { ConsentChange } from '../../plan/index.ts'
import type { Read } from '../../platform/database.server.ts'
import type { ClinicId } from '../../platform/ids.ts'
import type { Session } from './sessions.server.ts'

/** What became of consent to dosing from the opening of a session until the person left, or ended without a dose. */
export async function consentDuring(
  db: Read,
  clinicId: ClinicId,
  { personId, openedAt, state }: Pick<Session, 'personId' | 'openedAt' | 'state'>,
): Promise<ConsentChange[]> {
  return consentChanges(db, clinicId, personId, openedAt, state.dischargedAt ?? state.closed?.at)
}
