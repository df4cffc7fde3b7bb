import { accountNames, peopleByIds } from '../../identity/index.server.ts'
import { runQuery } from '../../platform/command.server.ts'
import type { PageArgs } from '../../platform/page.server.ts'
import { dateInWords, dayInWords, localDateOf } from '../../platform/time.ts'
import { foldSession } from '../session/session.ts'
import { eventsOfSessions, sessionsWithAdverseEvents } from '../session/session-queries.server.ts'
import { readAdverseEvents } from '../treat-access.ts'
import { followUpState, openAdverseEvents } from './open-adverse-events.ts'

/** Adverse events of every session that wait for a further look. */
export async function loadAdverseEvents({ services, actor, clinic }: PageArgs) {
  return runQuery(services, actor, async ({ db, at, audit }) => {
    const sessions = await sessionsWithAdverseEvents(db, clinic.id)
    const logs = await eventsOfSessions(
      db,
      clinic.id,
      sessions.map(({ id }) => id),
    )
    const open = openAdverseEvents(
      sessions.flatMap(({ id, personId }) =>
        foldSession(logs.get(id) ?? []).care.adverseEvents.map((event) => ({
          event,
          sessionId: id,
          personId,
        })),
      ),
    )
    const people = await peopleByIds(db, clinic.id, [...new Set(open.map(({ personId }) => personId))])
    const names = await accountNames(
      db,
      open.map(({ event }) => event.by),
    )
    const today = localDateOf(at, clinic.timeZone)
    for (const personId of new Set(open.map((each) => each.personId))) {
      audit.read(readAdverseEvents.id, { personId, object: 'person', objectId: personId })
    }
    return {
      rows: open.map(({ event, sessionId, personId }) => {
        const day = localDateOf(event.followUpBy!, clinic.timeZone)
        return {
          id: event.eventId,
          sessionId,
          person: people.find(({ id }) => id === personId)?.displayName ?? 'unknown',
          term: event.term,
          grade: event.grade,
          serious: event.serious.length > 0,
          outcome: event.outcome,
          happened: dayInWords(event.at, clinic.timeZone),
          by: names.get(event.by) ?? 'a colleague',
          lookBy: dateInWords(day),
          state: followUpState(day, today),
          followed: event.followed.length,
        }
      }),
    }
  })
}
