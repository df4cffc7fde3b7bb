import type { Command } from '../../platform/command.server.ts'
import { done } from '../../platform/outcome.ts'
import type { KetamineExposure } from './ketamine-exposure.ts'
import { noteExposure as noteExposureAction } from './lab-test-access.ts'
import { insertExposure } from './lab-test-queries.server.ts'

/** Keeps that ketamine was given here, so that a later positive test is explained. Harmless when repeated. */
export const noteExposure: Command<KetamineExposure, undefined, never> = {
  action: noteExposureAction,
  async run({ db, at, actor, audit }, exposure) {
    if (await insertExposure(db, actor.clinicId, exposure, at)) {
      audit.write(noteExposureAction.id, {
        personId: exposure.personId,
        object: 'session',
        objectId: exposure.sessionId,
      })
    }
    return done(undefined)
  },
}
