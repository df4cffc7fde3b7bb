import { peopleToLookAtAgain } from '../../assess/index.server.ts'
import { appointmentById, appointmentsBetween, consentState } from '../../plan/index.server.ts'
import type { Appointment } from '../../plan/index.ts'
import { mayDo } from '../../platform/access.ts'
import { runCommand, runQuery } from '../../platform/command.server.ts'
import { feedHead } from '../../platform/feed.server.ts'
import { formProblem } from '../../platform/form.ts'
import { parseId } from '../../platform/ids.ts'
import { goTo, notFound, type PageArgs } from '../../platform/page.server.ts'
import { addDays, addMs, DAY_MS, instantAt, localDateOf } from '../../platform/time.ts'
import { boardVisit } from '../bedside/session-page.server.ts'
import { openSession } from '../session/open-session.server.ts'
import { foldSession } from '../session/session.ts'
import { type SessionEvent, withoutWords } from '../session/session-event.ts'
import {
  eventsOfSessions,
  sessionsOfAppointments,
  sessionsOpenedSince,
} from '../session/session-queries.server.ts'
import { openSession as openAction, readBoard, readSession } from '../treat-access.ts'
import type { BoardSnapshot } from './board-feed.ts'

/**
 * The day's visits with their logs, and the feed's number at which this is true. A session of the last day in which
 * nobody has left yet is among them whatever the diary says by now: cancelling or moving a visit hides nobody.
 */
export async function loadBoard({ services, actor, clinic }: PageArgs) {
  return runQuery(services, actor, async ({ db, at, audit }) => {
    // The number first: what is told between it and the logs comes again over the line and is counted once.
    const seq = await feedHead(db, clinic.id)
    const today = localDateOf(at, clinic.timeZone)
    const from = instantAt(today, '00:00', clinic.timeZone)
    const until = instantAt(addDays(today, 1), '00:00', clinic.timeZone)
    const booked = (await appointmentsBetween(db, clinic.id, from, until)).filter((each) => !each.cancelledAt)
    const ofToday = await sessionsOfAppointments(
      db,
      clinic.id,
      booked.map(({ id }) => id),
    )
    const others = (await sessionsOpenedSince(db, clinic.id, addMs(at, -DAY_MS))).filter(
      ({ id }) => !ofToday.some((session) => session.id === id),
    )
    const logs = await eventsOfSessions(
      db,
      clinic.id,
      [...ofToday, ...others].map(({ id }) => id),
    )
    const sessions = [...ofToday]
    const appointments = [...booked]
    for (const session of others) {
      const underWay = foldSession(logs.get(session.id) ?? []).phase !== 'leave'
      const appointment =
        underWay && (await appointmentById(db, clinic.id, session.appointmentId as Appointment['id']))
      if (!appointment) {
        logs.delete(session.id)
        continue
      }
      sessions.push(session)
      appointments.push(appointment)
    }
    audit.read(readBoard.id, { object: 'board', detail: { visits: appointments.length } })
    const visits: BoardSnapshot['visits'][number][] = []
    for (const appointment of appointments) {
      const session = sessions.find(({ appointmentId }) => appointmentId === appointment.id)
      const consent = await consentState(db, clinic.id, appointment.personId)
      visits.push({
        ...(await boardVisit(db, clinic.id, appointment, session?.id, today, clinic.timeZone, at)),
        toSign: consent.missing.map((document) => document.title),
      })
    }
    const again = await peopleToLookAtAgain(db, clinic.id, [
      ...new Set(appointments.map(({ personId }) => personId)),
    ])
    return {
      /** Visits of people whose decision rests on something that has changed: no dose until a prescriber looked again. */
      lookAgain: appointments.filter(({ personId }) => again.has(personId)).map(({ id }) => id as string),
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
