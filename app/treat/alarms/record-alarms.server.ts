import { createHash } from 'node:crypto'
import { members } from '../../identity/index.server.ts'
import { appointmentById } from '../../plan/index.server.ts'
import type { AppointmentId } from '../../plan/index.ts'
import type { Command, Needs } from '../../platform/command.server.ts'
import { planMails } from '../../platform/mail.server.ts'
import { done, refused } from '../../platform/outcome.ts'
import { instantFromMs } from '../../platform/time.ts'
import { appendEvents } from '../session/append-event.server.ts'
import { foldSession, type SessionState } from '../session/session.ts'
import {
  type SessionEvent,
  type SessionEventId,
  type SessionId,
  THE_CLINIC,
} from '../session/session-event.ts'
import { eventsOfSessions, lockSession, type SessionRecord } from '../session/session-queries.server.ts'
import { recordAlarms as recordAction } from '../treat-access.ts'
import { type FoundChange, reconciled } from './alarm-changes.ts'
import type { alarmConfigOf } from './alarm-inputs.ts'
import { holdsAlarmWatch } from './alarm-watch-queries.server.ts'

/** The id of a change in the log: made of the session and of what happened, so that it is written once by whomever. */
export function alarmEventId(sessionId: SessionId, mark: string): SessionEventId {
  const bytes = createHash('sha256').update(`${sessionId}\n${mark}`).digest().subarray(0, 16)
  // Version 8 is free for ids that are made of something; the variant is that of all UUIDs.
  bytes[6] = (bytes[6]! & 0x0f) | 0x80
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join(
    '-',
  ) as SessionEventId
}

export type AlarmsFound = {
  readonly sessionId: SessionId
  /** Names the process that found them; it must have the watch. */
  readonly holder: string
  readonly changes: readonly FoundChange[]
  /** The alarms that are open by now, to compare the log with; left out when nothing speaks for a difference. */
  readonly open?: Parameters<typeof reconciled>[1]
  readonly config: ReturnType<typeof alarmConfigOf>
  /** Where the address of the board begins. */
  readonly baseUrl: string
}

/**
 * Writes what became of alarms into the log, as the clinic itself: what is there already is passed over. Whoever is next
 * on the ladder is written to, when the alarm is still open and nobody has taken it on.
 */
export const recordAlarmChanges: Command<
  AlarmsFound,
  { readonly written: number },
  'no-such-session' | 'watch-lost'
> = {
  action: recordAction,
  async run(needs, { sessionId, holder, changes, open, config, baseUrl }) {
    const { db, at, actor } = needs
    if (!(await holdsAlarmWatch(db, actor.clinicId, holder))) return refused('watch-lost')
    const session = await lockSession(db, actor.clinicId, sessionId)
    if (!session) return refused('no-such-session')
    const log = (await eventsOfSessions(db, actor.clinicId, [sessionId])).get(sessionId) ?? []
    const before = foldSession(log)
    // What lies after the closing is not counted; the note is signed, and nobody watches any more.
    if (before.closed) return done({ written: 0 })
    const events = changes.map((found) => eventOf(sessionId, found))
    let all = joined(log, events)
    if (open) {
      const more = reconciled(foldSession(all).care.alarms, open, Date.parse(at), config)
      events.push(...more.map((found) => eventOf(sessionId, found)))
      all = joined(log, events)
    }
    const known = new Set(log.map(({ id }) => id))
    const fresh = events.filter(({ id }) => !known.has(id))
    if (fresh.length === 0) return done({ written: 0 })
    const written = await appendEvents(needs, session, fresh)
    const called = changes.filter(
      ({ mark, change }) => change.change === 'escalated' && written.has(alarmEventId(sessionId, mark)),
    )
    await callByMessage(needs, session, foldSession(all), called, baseUrl)
    return done({ written: written.size })
  },
}

function joined(log: readonly SessionEvent[], events: readonly SessionEvent[]): SessionEvent[] {
  const known = new Set(log.map(({ id }) => id))
  return [...log, ...events.filter(({ id }) => !known.has(id))]
}

function eventOf(sessionId: SessionId, { mark, atMs, change, reason }: FoundChange): SessionEvent {
  return {
    id: alarmEventId(sessionId, mark),
    kind: 'alarm',
    at: instantFromMs(atMs),
    by: THE_CLINIC,
    data: change,
    ...(reason ? { words: { reason } } : {}),
  }
}

/** Who is written to at a step of the ladder, by its name in the configuration. The first one is beside the screen. */
const ROLE_OF_STEP: Readonly<Record<string, 'nurse' | 'prescriber'>> = {
  'second nurse': 'nurse',
  prescriber: 'prescriber',
}

async function callByMessage(
  needs: Needs,
  session: SessionRecord,
  { care, dose, dischargedAt }: SessionState,
  called: readonly FoundChange[],
  baseUrl: string,
): Promise<void> {
  const { db, actor } = needs
  // Before a dose and after leaving, the screens are enough.
  if (!dose || dischargedAt) return
  const waiting = called.filter(({ change }) =>
    care.alarms.some(
      ({ alarmId, resolvedAt, acknowledged }) => alarmId === change.alarmId && !resolvedAt && !acknowledged,
    ),
  )
  if (waiting.length === 0) return
  const appointment = await appointmentById(db, actor.clinicId, session.appointmentId as AppointmentId)
  for (const { mark, to } of waiting) {
    const role = ROLE_OF_STEP[to ?? '']
    if (!role) continue
    const staff = (await members(db, actor.clinicId, [role])).filter(
      ({ accountId }) => accountId !== care.watch?.by,
    )
    const eventId = alarmEventId(session.id, mark)
    await planMails(
      needs,
      actor.clinicId,
      staff.map(({ accountId, email }) => ({
        key: `called:${eventId}:${accountId}`,
        to: email,
        subject: 'A colleague needs you now',
        body: [
          `Please go to ${appointment?.roomName ?? 'the rooms'} now, or look at the board:`,
          `${baseUrl}/work/board`,
          '',
          'Nobody has answered there yet. This message is sent by the clinic’s clock; it is no emergency call.',
        ].join('\n'),
      })),
    )
  }
}
