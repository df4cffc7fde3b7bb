import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeBookedPerson } from '../../../tests/database/booked-person.ts'
import {
  anId,
  look,
  makeClinic,
  must,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../../../tests/database/test-clinic.ts'
import { clinicById, members } from '../../identity/index.server.ts'
import type { Member } from '../../platform/actor.ts'
import { runCommand } from '../../platform/command.server.ts'
import type { PageArgs } from '../../platform/page.server.ts'
import { addMs, DAY_MS } from '../../platform/time.ts'
import { closeSession, openSession, recordSessionEvents, sessionById } from '../index.server.ts'
import { isAfterClosing } from '../session/session.ts'
import { loadAdverseEvents } from './adverse-list.server.ts'
import { ENTRY_FORMS, type EntryIntent } from './entry-of-form.ts'

let t: TestDatabase
let harbor: TestClinic
beforeAll(async () => {
  t = await openTestDatabase()
  t.clock.set('2026-11-23T15:00:00.000Z')
  harbor = await makeClinic(t.services, 'harbor')
})
afterAll(() => t.close())

it('what surrounds a dose is recorded by forms; an adverse event waits in the list until its follow-up is done', async () => {
  const { appointmentId, startsAt } = await makeBookedPerson(t, harbor, { order: false, consent: false })
  t.clock.set(startsAt)
  const { sessionId } = await must(
    runCommand(t.services, harbor.as.nurse, openSession, { appointmentId, key: anId<'session'>(t.services) }),
  )
  const send = (
    intent: EntryIntent,
    fields: Readonly<Record<string, string>>,
    by: Member = harbor.as.nurse,
  ) => {
    const form = new FormData()
    for (const [name, value] of Object.entries({ key: anId(t.services), ...fields })) form.append(name, value)
    const read = ENTRY_FORMS[intent](form, { now: t.clock.now(), timeZone: 'America/New_York' })
    if (!read.ok) throw new Error(JSON.stringify(read.answer.errors))
    return runCommand(t.services, by, recordSessionEvents, { sessionId, entries: read.entries })
  }
  const care = async () =>
    (await look(t.services, harbor.as.nurse, ({ db }) => sessionById(db, harbor.id, sessionId)))!.state.care
  const waiting = async () => {
    const clinic = await look(t.services, harbor.as.nurse, ({ db }) => clinicById(db, harbor.id))
    const page = { services: t.services, actor: harbor.as.nurse, clinic } as unknown as PageArgs
    return (await loadAdverseEvents(page)).rows.map(({ term, state }) => ({ term, state }))
  }
  await must(send('arrive', {}))

  // An order comes from somebody who prescribes here, the watch goes to somebody who may take it.
  const staff = await look(t.services, harbor.as.nurse, ({ db }) => members(db, harbor.id))
  const withRole = (role: 'nurse' | 'prescriber' | 'coordinator') =>
    staff.find(({ roles }) => roles.includes(role) && (role !== 'nurse' || roles.length === 1))!.accountId
  const ondansetron = {
    medicine: 'Ondansetron',
    amount: '4',
    unit: 'mg',
    route: 'intravenous',
    against: 'nausea',
  }
  expect(await send('medicine', { ...ondansetron, orderedBy: withRole('nurse') })).toMatchObject({
    reason: 'nobody-here',
  })
  expect(
    await send('medicine', { ...ondansetron, orderedBy: '6b1c1c9e-30f5-4f83-9d0a-0d38f2a1f001' }),
  ).toMatchObject({ reason: 'nobody-here' })
  await must(send('medicine', { ...ondansetron, orderedBy: withRole('prescriber') }))
  await must(send('take-watch', {}))
  expect(await send('offer', { to: withRole('coordinator') })).toMatchObject({ reason: 'nobody-here' })
  await must(send('offer', { to: withRole('prescriber') }))
  expect((await care()).watch).toMatchObject({ by: withRole('nurse'), offer: { to: withRole('prescriber') } })

  const nausea = {
    term: 'nausea',
    grade: '2',
    relation: 'probable',
    serious: 'none',
    expected: 'expected',
    outcome: 'resolving',
    text: 'Vomited once.',
  }
  await must(send('adverse', { ...nausea, again: 'again', followUpOn: startsAt.slice(0, 10) }))
  await must(send('adverse', { ...nausea, term: 'headache', again: 'done' }))
  expect(await waiting()).toEqual([{ term: 'nausea', state: 'today' }])

  // Days later the session is long closed; what became of it is still written down.
  await must(
    runCommand(t.services, harbor.as.nurse, closeSession, {
      sessionId,
      key: anId<'session-event'>(t.services),
      reason: 'Nausea before the dose.',
    }),
  )
  t.clock.set(addMs(startsAt, 2 * DAY_MS))
  expect(await waiting()).toEqual([{ term: 'nausea', state: 'overdue' }])
  const [event] = (await care()).adverseEvents
  await must(
    send('adverse-followed', { of: event!.eventId, outcome: 'resolved', again: 'done', text: 'Rang: well.' }),
  )
  expect(await waiting()).toEqual([])
  expect(await send('music', { on: 'on' })).toMatchObject({ reason: 'session-over' })

  // A call in the evening: something that nobody knew of when the session was closed.
  await must(
    send('adverse', { ...nausea, term: 'headache', again: 'again', followUpOn: '2027-01-31', text: 'Rang.' }),
  )
  expect(await waiting()).toEqual([{ term: 'headache', state: 'ahead' }])
  const { events } = (await look(t.services, harbor.as.nurse, ({ db }) =>
    sessionById(db, harbor.id, sessionId),
  ))!
  const told = events.filter(({ kind }) => kind === 'adverse-event')
  expect(told.map((each) => isAfterClosing(each, events))).toEqual([false, false, true])
})
