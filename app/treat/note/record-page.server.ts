import { accountNames, personById } from '../../identity/index.server.ts'
import { runQuery } from '../../platform/command.server.ts'
import { notFound, type PageArgs } from '../../platform/page.server.ts'
import { dateInWords, dayInWords, type Instant, momentInWords, timeInWords } from '../../platform/time.ts'
import { sessionIdOf } from '../bedside/session-actions.server.ts'
import { MONITOR_STRETCH_MS } from '../monitors/monitor-stretches.ts'
import { monitorStretches } from '../monitors/sample-queries.server.ts'
import { setAsideOf } from '../queue/set-aside-queries.server.ts'
import { consentDuring } from '../session/consent-during.server.ts'
import { accountsNamed } from '../session/named-in-entry.ts'
import { byBedsideTime } from '../session/session.ts'
import { THE_CLINIC } from '../session/session-event.ts'
import { sessionById } from '../session/sessions.server.ts'
import { readSession } from '../treat-access.ts'
import { cosignaturesOf, notesOfSession } from './note-queries.server.ts'

/** The whole record of a session for printing: log, readings, note with its signatures, addenda. */
export async function loadRecord(page: PageArgs) {
  const { services, actor, clinic } = page
  const id = sessionIdOf(page)
  return runQuery(services, actor, async ({ db, at, audit }) => {
    const session = (await sessionById(db, clinic.id, id)) ?? notFound()
    const person = (await personById(db, clinic.id, session.personId)) ?? notFound()
    audit.read(readSession.id, { personId: session.personId, object: 'session-record', objectId: id })
    const notes = await notesOfSession(db, clinic.id, id)
    const note = notes.find(({ part }) => part === 'note')
    const under = note ? await cosignaturesOf(db, clinic.id, note.id) : []
    const consent = await consentDuring(db, clinic.id, session)
    const setAside = await setAsideOf(db, clinic.id, id)
    const names = await accountNames(db, [
      ...new Set([
        ...setAside.map(({ by }) => by),
        ...session.events.flatMap(accountsNamed),
        ...consent.map(({ by }) => by),
        ...notes.flatMap(({ savedBy, signed }) => [savedBy, ...(signed ? [signed.by] : [])]),
        ...under.map(({ by }) => by),
      ]),
    ])
    const name = (account: string) =>
      account === THE_CLINIC ? 'the clinic' : (names.get(account) ?? 'unknown')
    const moment = (instant: Instant) => momentInWords(instant, clinic.timeZone)
    return {
      sessionId: id,
      sessionNumber: session.sessionNumber,
      clinic: clinic.name,
      made: at,
      printed: moment(at),
      person: {
        name: person.displayName,
        birthDate: person.birthDate && dateInWords(person.birthDate),
        synthetic: person.synthetic,
      },
      day: dayInWords(session.state.arrivedAt ?? session.openedAt, clinic.timeZone),
      state: session.state,
      events: [...session.events].sort(byBedsideTime),
      consent,
      stretches: await monitorStretches(db, clinic.id, id, MONITOR_STRETCH_MS),
      time: (instant: string) => timeInWords(instant as Instant, clinic.timeZone),
      name,
      note: note && {
        body: note.body,
        signed: note.signed && `${name(note.signed.by)}, ${moment(note.signed.at)}`,
        saved: `${name(note.savedBy)}, ${moment(note.savedAt)}`,
        under: under.map(
          ({ by, at: when, remark }) => `${name(by)}, ${moment(when)}${remark ? `: ${remark}` : ''}`,
        ),
      },
      addenda: notes
        .filter(({ part }) => part === 'addendum')
        .map(({ body, savedAt, savedBy, signed }) => ({
          body,
          signed: `${name(signed?.by ?? savedBy)}, ${moment(signed?.at ?? savedAt)}`,
        })),
      setAside: setAside.map(({ said, because, writtenAt, setAsideAt, by }) => ({
        written: moment(writtenAt),
        said: `${said} Set aside because: ${because}`,
        by: `${name(by)}, ${moment(setAsideAt)}`,
      })),
    }
  })
}

export type SessionRecordSheet = Awaited<ReturnType<typeof loadRecord>>
