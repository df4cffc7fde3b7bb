import { appointmentsBetween } from '../plan/index.server.ts'
import { mayDo } from '../platform/access.ts'
import { runCommand, runQuery } from '../platform/command.server.ts'
import { feedHead } from '../platform/feed.server.ts'
import { formProblem } from '../platform/form.ts'
import { parseId } from '../platform/ids.ts'
import { goTo, notFound, type PageArgs } from '../platform/page.server.ts'
import { addDays, instantAt, localDateOf } from '../platform/time.ts'
import type { BoardSnapshot } from './board-feed.ts'
import { openSession } from './open-session.server.ts'
import { type SessionEvent, withoutWords } from './session-event.ts'
import { boardVisit } from './session-page.server.ts'
import { eventsOfSessions, sessionsOfAppointments } from './session-queries.server.ts'
import { openSession as openAction, readBoard, readSession } from './treat-access.ts'

/** The day's visits with their logs, and the feed's number at which this is true. */
export async function loadBoard({ services, actor, clinic }: PageArgs) {
  return runQuery(services, actor, async ({ db, at, audit }) => {
    // The number first: what is told between it and the logs comes again over the line and is counted once.
    const seq = await feedHead(db, clinic.id)
    const today = localDateOf(at, clinic.timeZone)
    const from = instantAt(today, '00:00', clinic.timeZone)
    const until = instantAt(addDays(today, 1), '00:00', clinic.timeZone)
    const appointments = (await appointmentsBetween(db, clinic.id, from, until)).filter(
      (each) => !each.cancelledAt,
    )
    const sessions = await sessionsOfAppointments(
      db,
      clinic.id,
      appointments.map(({ id }) => id),
    )
    const logs = await eventsOfSessions(
      db,
      clinic.id,
      sessions.map(({ id }) => id),
    )
    audit.read(readBoard.id, { object: 'board', detail: { visits: appointments.length } })
    const visits: BoardSnapshot['visits'][number][] = []
    for (const appointment of appointments) {
      const session = sessions.find(({ appointmentId }) => appointmentId === appointment.id)
      visits.push(await boardVisit(db, clinic.id, appointment, session?.id))
    }
    return {
      snapshot: {
        seq,
        now: at,
        visits,
        logs: Object.fromEntries(
          [...logs].map(([id, events]): [string, SessionEvent[]] => [id, events.map(withoutWords)]),
        ),
      } satisfies BoardSnapshot,
      timeZone: clinic.timeZone,
      mayRead: mayDo(actor, readSession),
      mayOpen: mayDo(actor, openAction),
      keys: Object.fromEntries(appointments.map(({ id }): [string, string] => [id, services.ids.next()])),
    }
  })
}

/** Opens the session of a visit from its tile. */
export async function openFromBoard(page: PageArgs & { readonly form: FormData }) {
  const appointmentId = parseId<'appointment'>(page.form.get('appointmentId')) ?? notFound()
  const key = parseId<'session'>(page.form.get('key')) ?? notFound()
  const outcome = await runCommand(page.services, page.actor, openSession, { appointmentId, key })
  if (outcome.ok) return goTo(`/work/sessions/${outcome.value.sessionId}?done=opened`)
  if (outcome.reason === 'no-such-appointment') notFound()
  return formProblem(page.form, {
    form:
      outcome.reason === 'appointment-cancelled'
        ? 'This appointment was cancelled meanwhile. Reload the board.'
        : 'This session could not be opened. Reload the board and try again.',
  })
}
