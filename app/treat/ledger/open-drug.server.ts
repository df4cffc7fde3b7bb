import type { Read } from '../../platform/database.server.ts'
import type { ClinicId } from '../../platform/ids.ts'
import type { SessionDose } from '../session/session.ts'
import type { SessionId } from '../session/session-event.ts'
import { followed, sessionLedger, unsettled } from './dose-movements.ts'
import { movementsOfSession } from './ledger-queries.server.ts'
import { lotById } from './lot-queries.server.ts'
import type { OpenDrug } from './open-drug.ts'

/**
 * What keeps a session open, lot by lot, by the ledger as it is now. The session is held by a caller that decides by it.
 *
 * @param willFollow for a page: by the ledger as it is once it has followed the log, which it does with the next entry
 */
export async function openDrug(
  db: Read,
  clinicId: ClinicId,
  sessionId: SessionId,
  dose: SessionDose | undefined,
  willFollow = false,
): Promise<OpenDrug[]> {
  const ledger = sessionLedger(sessionId, await movementsOfSession(db, clinicId, sessionId))
  const open: OpenDrug[] = []
  for (const each of unsettled(dose, willFollow ? followed(dose, ledger) : ledger)) {
    const lot = await lotById(db, clinicId, each.lotId)
    if (!lot) throw new Error(`session ${sessionId} was drawn from lot ${each.lotId}, which is not there`)
    open.push({ ...each, lotNumber: lot.lotNumber, form: lot.form })
  }
  return open
}
