import { clinicById } from '../../identity/index.server.ts'
import type { Read } from '../../platform/database.server.ts'
import type { ClinicId, PersonId } from '../../platform/ids.ts'
import { type Instant, localDateOf } from '../../platform/time.ts'
import { standingTests } from './lab-test.ts'
import { labTestsOfPerson } from './lab-test-queries.server.ts'
import { type PresessionNotice, presessionNotice } from './presession-notice.ts'
import { presessionWarning } from './test-series.ts'

/**
 * What a person's urine tests ask somebody to look at before a dose: a prompt for review, not a gate.
 *
 * @param at the moment from which "days ago" is counted
 * @returns undefined when there is nothing to look at
 */
export async function presessionWarningOf(
  db: Read,
  clinicId: ClinicId,
  personId: PersonId,
  at: Instant,
): Promise<PresessionNotice | undefined> {
  const zone = (await clinicById(db, clinicId))?.timeZone ?? 'UTC'
  const { standing } = standingTests(await labTestsOfPerson(db, clinicId, personId))
  return presessionNotice(presessionWarning(standing, zone), localDateOf(at, zone))
}
