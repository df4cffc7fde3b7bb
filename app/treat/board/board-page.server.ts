import * as z from 'zod'
import { peopleToLookAtAgain } from '../../assess/index.server.ts'
import { accountNames, members } from '../../identity/index.server.ts'
import { appointmentById, appointmentsBetween, consentState } from '../../plan/index.server.ts'
import { type Appointment, takenBackAt } from '../../plan/index.ts'
import { mayDo } from '../../platform/access.ts'
import { runCommand, runQuery } from '../../platform/command.server.ts'
import type { Read } from '../../platform/database.server.ts'
import { feedHead } from '../../platform/feed.server.ts'
import { formProblem, parseForm } from '../../platform/form.ts'
import { parseId } from '../../platform/ids.ts'
import { goTo, notFound, type PageArgs } from '../../platform/page.server.ts'
import { addDays, addMs, DAY_MS, type Instant, instantAt, localDateOf } from '../../platform/time.ts'
import type { acknowledgeAlarm } from '../alarms/answer-alarm.server.ts'
import { ENTRY_FORMS } from '../bedside/entry-of-form.ts'
import { boardVisit } from '../bedside/session-page.server.ts'
import { acknowledgeForm } from '../session/care-form.ts'
import { openSession } from '../session/open-session.server.ts'
import { recordSessionEvents } from '../session/record-session-events.server.ts'
import { accountOf } from '../session/recorder.ts'
import { refusalWords } from '../session/refusal-words.ts'
import { foldSession } from '../session/session.ts'
import { type SessionEvent, THE_CLINIC, withoutWords } from '../session/session-event.ts'
import {
  eventsOfSessions,
  sessionsOfAppointments,
  sessionsOpenedSince,
} from '../session/session-queries.server.ts'
import {
  acknowledgeAlarm as acknowledgeAction,
  openSession as openAction,
  readBoard,
  readSession,
  recordSession,
} from '../treat-access.ts'
import { alarmFormNames } from './alarm-forms.ts'
import type { SoundTest } from './alarm-tones.ts'
import type { BoardVisit } from './board.ts'
import type { BoardSnapshot } from './board-feed.ts'
import { screenMark } from './screen-mark.ts'
import { newestSoundTest, type ScreenId, type SoundTestId } from './sound-test-queries.server.ts'
import { testSound } from './test-sound.server.ts'
import { nameOnWall } from './wall-pages.ts'

/**
 * The day's visits with their logs, and the feed's number at which this is true. A session of the last day in which
 * nobody has left yet is among them whatever the diary says by now: cancelling or moving a visit hides nobody.
 */
export async function loadBoard({ services, actor, clinic, request, url }: PageArgs) {
  const wall = url.searchParams.get('wall') === '1'
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
    const visits: BoardVisit[] = []
    for (const appointment of appointments) {
      const session = sessions.find(({ appointmentId }) => appointmentId === appointment.id)
      const consent = await consentState(db, clinic.id, appointment.personId)
      visits.push({
        ...(await boardVisit(db, clinic.id, appointment, session?.id, today, clinic.timeZone, at)),
        toSign: consent.missing.map((document) => document.title),
        consentTakenBackAt: takenBackAt(consent),
      })
    }
    const again = await peopleToLookAtAgain(db, clinic.id, [
      ...new Set(appointments.map(({ personId }) => personId)),
    ])
    const colleagues = await members(db, clinic.id, ['nurse', 'prescriber'])
    const said = [...logs.values()].flatMap((events) => events.map(({ by }) => by))
    const names = await accountNames(db, [...new Set(said)])
    return {
      /** Visits of people whose decision rests on something that has changed: no dose until a prescriber looked again. */
      lookAgain: appointments.filter(({ personId }) => again.has(personId)).map(({ id }) => id as string),
      snapshot: {
        seq,
        now: at,
        // What hangs on a wall never has a whole name in it, not even where nobody looks.
        visits: wall
          ? visits.map((visit) => ({ ...visit, personName: nameOnWall(visit.personName, clinic.wallNames) }))
          : visits,
        logs: Object.fromEntries(
          [...logs].map(([id, events]): [string, SessionEvent[]] => [id, events.map(withoutWords)]),
        ),
      } satisfies BoardSnapshot,
      timeZone: clinic.timeZone,
      wall,
      /** Whether only the reader's own rooms are asked for. */
      mine: url.searchParams.get('watch') === 'mine',
      me: accountOf(actor),
      names: {
        ...Object.fromEntries(colleagues.map(({ accountId, name }) => [accountId, name])),
        ...Object.fromEntries(names),
        [THE_CLINIC]: 'the clinic’s clock',
      } as Readonly<Record<string, string>>,
      /** Who may take the watch over a room. */
      watchers: colleagues.map(({ accountId, name }) => ({ id: accountId as string, name })),
      mayRead: mayDo(actor, readSession),
      mayOpen: mayDo(actor, openAction),
      mayRecord: mayDo(actor, recordSession),
      mayAcknowledge: mayDo(actor, acknowledgeAction),
      alarmKeys: Object.fromEntries(
        [...logs].flatMap(([id, events]) =>
          foldSession(events).care.alarms.flatMap((alarm) =>
            alarmFormNames(id, alarm).map((form): [string, string] => [form, services.ids.next()]),
          ),
        ),
      ),
      sound: await soundOfScreen(db, clinic, request.headers.get('cookie'), at),
      soundKey: services.ids.next() as string,
      keys: Object.fromEntries(appointments.map(({ id }): [string, string] => [id, services.ids.next()])),
    }
  })
}

export type BoardPage = Awaited<ReturnType<typeof loadBoard>>

/** What this screen is called, and its newest test if that was today. */
async function soundOfScreen(
  db: Read,
  clinic: PageArgs['clinic'],
  cookies: string | null,
  at: Instant,
): Promise<{ readonly screenName: string | undefined; readonly test: SoundTest | undefined }> {
  const screen = parseId<'screen'>(screenMark(cookies))
  const newest = screen && (await newestSoundTest(db, clinic.id, screen))
  if (!newest) return { screenName: undefined, test: undefined }
  const { heard, testedAt, testedBy, screenName } = newest
  const isToday = localDateOf(testedAt, clinic.timeZone) === localDateOf(at, clinic.timeZone)
  const name = (await accountNames(db, [testedBy])).get(testedBy) ?? 'a colleague'
  return { screenName, test: isToday ? { heard, testedAt, testedBy: name, screenName } : undefined }
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

/** The watch over a room from the board: taken, offered or taken over, by the same forms and rules as at the bedside. */
export function recordWatch(intent: 'take-watch' | 'offer' | 'take-offer') {
  return async (page: PageArgs & { readonly form: FormData }) => {
    const sessionId = parseId<'session'>(page.form.get('sessionId')) ?? notFound()
    const moment = { now: page.services.clock.now(), timeZone: page.clinic.timeZone }
    const read = ENTRY_FORMS[intent](page.form, moment)
    if (!read.ok) return read.answer
    const { entries } = read
    const outcome = await runCommand(page.services, page.actor, recordSessionEvents, { sessionId, entries })
    if (outcome.ok) return backToBoard(page)
    if (outcome.reason === 'no-such-session') notFound()
    return formProblem(page.form, { form: watchRefusal(outcome.reason) })
  }
}

/** An offer that was taken back or taken by somebody, and an offer by who has not the watch, contradict the log. */
function watchRefusal(reason: string): string {
  return reason === 'contradicts-log'
    ? 'Nothing was changed: the watch over this room has gone on meanwhile. The board shows who has it now.'
    : refusalWords(reason)
}

/**
 * An alarm answered from its tile: somebody has seen it, or takes it on. The same command and refusals as at the bedside:
 * what was raised after the board had shown it is not answered.
 */
export function answerAlarm(command: typeof acknowledgeAlarm) {
  return async (page: PageArgs & { readonly form: FormData }) => {
    const sessionId = parseId<'session'>(page.form.get('sessionId')) ?? notFound()
    const parsed = parseForm(acknowledgeForm, page.form)
    if (!parsed.ok) return parsed.answer
    const { key, alarmId, shownTo } = parsed.value
    const answer = { sessionId, key, alarmId, shownTo: shownTo as Instant }
    const outcome = await runCommand(page.services, page.actor, command, answer)
    if (outcome.ok) return backToBoard(page)
    if (outcome.reason === 'no-such-session') notFound()
    return formProblem(page.form, { form: refusalWords(outcome.reason) })
  }
}

const soundForm = z.object({
  key: z.uuid(),
  screenId: z.uuid('This browser gave no mark of its screen. Allow cookies for this page and try again.'),
  screenName: z
    .string('Say what this screen is called.')
    .trim()
    .min(1, 'Say what this screen is called.')
    .max(60, 'Keep this under 60 characters.'),
  heard: z.enum(['yes', 'no'], 'Say whether you heard it.'),
})

/** Whether the sound was heard on this screen. */
export async function recordSoundTest(page: PageArgs & { readonly form: FormData }) {
  const parsed = parseForm(soundForm, page.form)
  if (!parsed.ok) return parsed.answer
  const { key, screenId, screenName, heard } = parsed.value
  await runCommand(page.services, page.actor, testSound, {
    key: key as SoundTestId,
    screenId: screenId as ScreenId,
    screenName,
    heard: heard === 'yes',
  })
  return backToBoard(page)
}

function backToBoard({ url }: PageArgs): Response {
  return goTo(url.searchParams.get('watch') === 'mine' ? '/work/board?watch=mine' : '/work/board')
}
