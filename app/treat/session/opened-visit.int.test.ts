import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeBookedPerson } from '../../../tests/database/booked-person.ts'
import {
  anId,
  makeClinic,
  must,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../../../tests/database/test-clinic.ts'
import { bookSeries, cancelAppointment, chairs, moveAppointment } from '../../plan/index.server.ts'
import { runCommand, runQuery } from '../../platform/command.server.ts'
import { addMs, DAY_MS, HOUR_MS } from '../../platform/time.ts'
import { closeSession, openSession, sessionById } from '../index.server.ts'

let t: TestDatabase
let harbor: TestClinic
beforeAll(async () => {
  t = await openTestDatabase()
  t.clock.set('2026-11-23T15:00:00.000Z')
  harbor = await makeClinic(t.services, 'harbor')
})
afterAll(() => t.close())

it('a visit whose session is open stays until that has ended without a dose; then its session is booked anew', async () => {
  const person = await makeBookedPerson(t, harbor, { order: false, consent: false })
  const { appointmentId, startsAt } = person
  const move = () =>
    runCommand(t.services, harbor.as.coordinator, moveAppointment, {
      appointmentId,
      startsAt: addMs(startsAt, HOUR_MS),
    })
  const cancel = () =>
    runCommand(t.services, harbor.as.coordinator, cancelAppointment, { appointmentId, reason: 'not-fit' })
  const { sessionId } = await must(
    runCommand(t.services, harbor.as.nurse, openSession, { appointmentId, key: anId<'session'>(t.services) }),
  )
  expect(await move()).toMatchObject({ reason: 'session-open' })
  expect(await cancel()).toMatchObject({ reason: 'session-open' })

  // It ends after the visit's own time: the way out is open all the same.
  t.clock.set(addMs(startsAt, 9 * HOUR_MS))
  await must(
    runCommand(t.services, harbor.as.nurse, closeSession, {
      sessionId,
      key: anId<'session-event'>(t.services),
      reason: 'Blood pressure too high today.',
    }),
  )
  expect(await move()).toMatchObject({ reason: 'session-ended' })
  await must(cancel())
  const [chair] = await runQuery(t.services, harbor.as.nurse, ({ db }) => chairs(db, harbor.id))
  const again = await runCommand(t.services, harbor.as.coordinator, bookSeries, {
    key: anId<'series'>(t.services),
    planId: person.planId,
    visits: [
      {
        sessionNumber: 1,
        startsAt: addMs(startsAt, DAY_MS),
        chairId: chair!.id,
        nurseMembershipId: harbor.as.nurse.membershipId,
      },
    ],
  })
  expect(again).toMatchObject({ ok: true })
})

it('who opens a session watches the room, once, however often it is opened', async () => {
  const { appointmentId } = await makeBookedPerson(t, harbor, { order: false, consent: false })
  const open = (by: typeof harbor.as.nurse) =>
    runCommand(t.services, by, openSession, { appointmentId, key: anId<'session'>(t.services) })
  const { sessionId } = await must(open(harbor.as.nurse))
  expect(await must(open(harbor.as.prescriber))).toMatchObject({ sessionId })
  const session = await runQuery(t.services, harbor.as.nurse, ({ db }) =>
    sessionById(db, harbor.id, sessionId),
  )
  expect(session?.events.map(({ kind, by }) => [kind, by])).toEqual([
    ['watch-taken', harbor.as.nurse.accountId],
  ])
  expect(session?.state.care.watch).toMatchObject({ by: harbor.as.nurse.accountId, offer: undefined })
})
