import { directory } from '../identity/index.server.ts'
import { runCommand } from '../platform/command.server.ts'
import type { JobHandler } from '../platform/jobs.server.ts'
import type { Services } from '../platform/services.server.ts'
import { forgetOldDrafts } from './draft.server.ts'

/** Every day, in every clinic: forms that nobody came back to are removed. */
export function forgetDraftsJob(services: Services): JobHandler {
  return async () => {
    for (const { clinicId } of await directory(services.db)) {
      await runCommand(services, { kind: 'system', clinicId, name: 'forget-drafts' }, forgetOldDrafts, {})
    }
  }
}
