import type { Action } from '../../platform/access.ts'
import type { Command } from '../../platform/command.server.ts'
import { done, refused } from '../../platform/outcome.ts'
import { addMs, type Instant } from '../../platform/time.ts'
import { appendEvents } from '../session/append-event.server.ts'
import type { AlarmLife } from '../session/care.ts'
import { accountOf } from '../session/recorder.ts'
import { foldSession } from '../session/session.ts'
import type { AlarmChange, SessionEvent, SessionEventId, SessionId } from '../session/session-event.ts'
import { eventsOfSessions, lockSession, sessionOfEvent } from '../session/session-queries.server.ts'
import { acknowledgeAlarm as acknowledgeAction, seeAlarm as seeAction } from '../treat-access.ts'
import { lastRaisedAt, lesserOf } from './lesser-alarms.ts'
import { alarmEventId } from './record-alarms.server.ts'

export type AlarmAnswer = {
  readonly sessionId: SessionId
  readonly alarmId: string
  /** Id of the entry; sent again with the same id it is the same answer. */
  readonly key: SessionEventId
  /** The newest instant the screen had shown: what was raised after it is not answered. Left out: what is there now. */
  readonly shownTo?: Instant
  /** What was found or done, in the person's own words. */
  readonly reason?: string
}

type AnswerRefusal =
  | 'no-such-session'
  | 'session-over'
  | 'no-such-alarm'
  | 'alarm-over'
  | 'raised-since'
  | 'key-in-use'

/** Somebody has looked at an alarm. It goes on, and the ladder too: looking is not taking it on. */
export const seeAlarm = answering(seeAction, 'seen')

/**
 * Somebody takes an alarm on: the ladder stops, the alarm stays on the screen until its cause is gone, and it is raised
 * again when that lasts or the value becomes worse. Acknowledged twice, the first counts; both are on record.
 */
export const acknowledgeAlarm = answering(acknowledgeAction, 'acknowledged')

function answering(
  action: Action,
  change: 'seen' | 'acknowledged',
): Command<AlarmAnswer, { readonly eventId: SessionEventId }, AnswerRefusal> {
  return {
    action,
    async run(needs, { sessionId, alarmId, key, shownTo, reason }) {
      const { db, at, actor } = needs
      const session = await lockSession(db, actor.clinicId, sessionId)
      if (!session) return refused('no-such-session')
      const log = (await eventsOfSessions(db, actor.clinicId, [sessionId])).get(sessionId) ?? []
      const stored = log.find(({ id }) => id === key)
      if (stored) {
        const same =
          stored.kind === 'alarm' && stored.data.alarmId === alarmId && stored.data.change === change
        return same ? done({ eventId: key }) : refused('key-in-use')
      }
      const state = foldSession(log)
      if (state.closed) return refused('session-over')
      const life = state.care.alarms.find((alarm) => alarm.alarmId === alarmId)
      if (!life) return refused('no-such-alarm')
      if (life.resolvedAt) return refused('alarm-over')
      if (shownTo !== undefined && lastRaisedAt(life) > shownTo) return refused('raised-since')
      const event: SessionEvent = {
        id: key,
        kind: 'alarm',
        at: afterAll(at, life),
        by: accountOf(actor),
        data: answerOf(life, change),
        ...(reason ? { words: { reason } } : {}),
      }
      const written = await appendEvents(needs, session, [
        event,
        ...lesserOf(life, state.care.alarms, shownTo).map((lesser) => ({
          ...event,
          id: alarmEventId(sessionId, `${key}/${lesser.alarmId}`),
          data: answerOf(lesser, change),
        })),
      ])
      if (!written.has(key)) {
        return refused('key-in-use', { session: await sessionOfEvent(db, actor.clinicId, key) })
      }
      return done({ eventId: key })
    },
  }
}

/** Now, or a moment after the alarm's last change: an answer of the same instant must not stand before what it answers. */
function afterAll(now: Instant, { changes }: AlarmLife): Instant {
  const last = changes.at(-1)?.at
  return last !== undefined && last >= now ? addMs(last, 1) : now
}

function answerOf(
  { alarmId, cause, level, sign, value }: AlarmLife,
  change: 'seen' | 'acknowledged',
): AlarmChange {
  return {
    alarmId,
    change,
    cause,
    level,
    ...(sign ? { sign } : {}),
    ...(value === undefined ? {} : { value }),
  }
}
