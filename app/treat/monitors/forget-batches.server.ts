import { type Command, runCommand } from '../../platform/command.server.ts'
import type { ClinicId } from '../../platform/ids.ts'
import type { JobHandler } from '../../platform/jobs.server.ts'
import { done } from '../../platform/outcome.ts'
import type { Services } from '../../platform/services.server.ts'
import { addMs, DAY_MS } from '../../platform/time.ts'
import { forgetBatches as forgetAction } from '../treat-access.ts'
import { forgetOldBatches } from './monitor-queries.server.ts'

/** What belongs to no session is kept for this long. */
const UNASSIGNED_MS = DAY_MS
/** A batch sent again after this is no longer known; a bridge's spool is far smaller. */
const NAMES_MS = 30 * DAY_MS

const forgetBatches: Command<Record<never, never>, Record<never, never>, never> = {
  action: forgetAction,
  async run({ db, at, actor }) {
    await forgetOldBatches(db, actor.clinicId, {
      unassigned: addMs(at, -UNASSIGNED_MS),
      names: addMs(at, -NAMES_MS),
    })
    return done({})
  },
}

/** Forgets what monitors sent that belongs to nobody, clinic by clinic. One that fails keeps no other from it; the job tries again. */
export function forgetBatchesJob(
  services: Services,
  clinics: () => Promise<readonly ClinicId[]>,
): JobHandler {
  return async () => {
    let failed: unknown
    for (const clinicId of await clinics()) {
      try {
        await runCommand(services, { kind: 'system', clinicId, name: 'jobs' }, forgetBatches, {})
      } catch (error) {
        services.log.error('forget-batches.failed', error, { clinicId })
        failed = error
      }
    }
    if (failed) throw failed
  }
}
