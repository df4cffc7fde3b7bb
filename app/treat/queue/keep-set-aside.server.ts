import type { Command } from '../../platform/command.server.ts'
import { done, refused } from '../../platform/outcome.ts'
import { accountOf } from '../session/recorder.ts'
import { foldSession } from '../session/session.ts'
import { eventsOfSessions, lockSession } from '../session/session-queries.server.ts'
import { recordSession } from '../treat-access.ts'
import { insertSetAside, type SetAside } from './set-aside-queries.server.ts'

/**
 * Keeps what somebody set aside once the log is closed: beside the log, so that it outlives the tablet, and in no note.
 * Sent again it is the same. While the session is open an observation in the log says it instead.
 */
export const keepSetAside: Command<
  Omit<SetAside, 'by' | 'setAsideAt'>,
  { readonly added: boolean },
  'no-such-session' | 'session-not-over'
> = {
  action: recordSession,
  async run({ db, at, actor, audit }, entry) {
    const session = await lockSession(db, actor.clinicId, entry.sessionId)
    if (!session) return refused('no-such-session')
    const events = (await eventsOfSessions(db, actor.clinicId, [session.id])).get(session.id) ?? []
    if (!foldSession(events).closed) return refused('session-not-over')
    const added = await insertSetAside(db, actor.clinicId, { ...entry, by: accountOf(actor), setAsideAt: at })
    if (added) {
      audit.write('treat.set-aside', {
        personId: session.personId,
        object: 'session',
        objectId: session.id,
        detail: { entryId: entry.id },
      })
    }
    return done({ added })
  },
}
