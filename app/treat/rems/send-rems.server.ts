import { clinicById } from '../../identity/index.server.ts'
import type { Command } from '../../platform/command.server.ts'
import type { Id } from '../../platform/ids.ts'
import { done, refused } from '../../platform/outcome.ts'
import { type LocalDate, localDateOf } from '../../platform/time.ts'
import { accountOf } from '../session/recorder.ts'
import type { SessionId } from '../session/session-event.ts'
import { sessionById } from '../session/sessions.server.ts'
import { recordSession } from '../treat-access.ts'
import { insertSubmission, type RemsSubmission } from './rems-queries.server.ts'
import { REMS_FORM } from './rems-sheet.ts'

/** Records that the monitoring form of a session was sent, by whom and with which number. It sends nothing itself. */
export const recordRemsSent: Command<
  {
    readonly key: Id<'rems-submission'>
    readonly sessionId: SessionId
    readonly sentOn: LocalDate
    readonly how: RemsSubmission['how']
    readonly confirmation: string
  },
  null,
  'no-such-session' | 'no-devices-given' | 'not-left-yet' | 'before-session' | 'future-day'
> = {
  action: recordSession,
  async run({ db, at, actor, audit }, input) {
    const session = await sessionById(db, actor.clinicId, input.sessionId)
    if (!session) return refused('no-such-session')
    const { dose, dischargedAt } = session.state
    if (!dose?.units || dose.atOnce) return refused('no-devices-given')
    if (!dischargedAt) return refused('not-left-yet')
    const timeZone = (await clinicById(db, actor.clinicId))?.timeZone ?? 'UTC'
    if (input.sentOn < localDateOf(dischargedAt, timeZone)) return refused('before-session')
    if (input.sentOn > localDateOf(at, timeZone)) return refused('future-day')
    const { key: id, ...sent } = input
    const isNew = await insertSubmission(db, actor.clinicId, {
      ...sent,
      id,
      formVersion: REMS_FORM.version,
      recordedAt: at,
      recordedBy: accountOf(actor),
    })
    if (isNew) {
      audit.write('treat.rems-sent', {
        personId: session.personId,
        object: 'session',
        objectId: session.id,
        detail: { submissionId: id },
      })
    }
    return done(null)
  },
}
