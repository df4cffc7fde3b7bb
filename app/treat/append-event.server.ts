import type { Needs } from '../platform/command.server.ts'
import type { Instant } from '../platform/time.ts'
import { type SessionEvent, withoutWords } from './session-event.ts'
import { insertEvent, type SessionRecord } from './session-queries.server.ts'

/**
 * Part of a command: writes one event, audits it and tells the screens its figures.
 *
 * @returns false when an event with this id is in the log already
 */
export async function appendEvent(
  { db, at, actor, audit, tell }: Pick<Needs, 'db' | 'at' | 'actor' | 'audit' | 'tell'>,
  session: SessionRecord,
  event: SessionEvent,
): Promise<boolean> {
  const stored = { ...event, receivedAt: at } as SessionEvent & { readonly receivedAt: Instant }
  if (!(await insertEvent(db, actor.clinicId, session.id, stored))) return false
  audit.write(`treat.${event.kind}`, {
    personId: session.personId,
    object: 'session',
    objectId: session.id,
    detail: { eventId: event.id },
  })
  tell('session.event', { sessionId: session.id, event: withoutWords(stored) })
  return true
}
