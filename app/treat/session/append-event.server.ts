import type { Needs } from '../../platform/command.server.ts'
import type { Instant } from '../../platform/time.ts'
import { type SessionEvent, withoutWords } from './session-event.ts'
import { insertEvents, type SessionRecord } from './session-queries.server.ts'

/**
 * Part of a command: writes one event, audits it and tells the screens its figures.
 *
 * @returns false when an event with this id is in the log already
 */
export async function appendEvent(
  needs: LogNeeds,
  session: SessionRecord,
  event: SessionEvent,
): Promise<boolean> {
  return (await appendEvents(needs, session, [event])).has(event.id)
}

type LogNeeds = Pick<Needs, 'db' | 'at' | 'actor' | 'audit' | 'tell'>

/**
 * Part of a command: writes events of different ids in one statement, as `appendEvent` writes one.
 *
 * @returns the ids of those written; the others are in the log already
 */
export async function appendEvents(
  { db, at, actor, audit, tell }: LogNeeds,
  session: SessionRecord,
  events: readonly SessionEvent[],
): Promise<ReadonlySet<string>> {
  const stored = events.map(
    (event) => ({ ...event, receivedAt: at }) as SessionEvent & { readonly receivedAt: Instant },
  )
  const written = await insertEvents(db, actor.clinicId, session.id, stored)
  for (const event of stored.filter(({ id }) => written.has(id))) {
    audit.write(`treat.${event.kind}`, {
      personId: session.personId,
      object: 'session',
      objectId: session.id,
      detail: { eventId: event.id },
    })
    tell('session.event', { sessionId: session.id, event: withoutWords(event) })
  }
  return written
}
