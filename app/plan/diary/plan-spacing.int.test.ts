import { afterAll, beforeAll, expect, it } from 'vitest'
import { type BookedPerson, makeBookedPerson } from '../../../tests/database/booked-person.ts'
import {
  anId,
  look,
  makeClinic,
  makePerson,
  must,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../../../tests/database/test-clinic.ts'
import { runCommand } from '../../platform/command.server.ts'
import { addMs, DAY_MS, type Instant, MINUTE_MS, parseInstant } from '../../platform/time.ts'
import {
  addChair,
  appointmentsOfPerson,
  bookSeries,
  bookVisits,
  cancelAppointment,
  moveAppointment,
  noteGivenDose,
} from '../index.server.ts'
import type { AppointmentId, ChairId } from '../plan.ts'

let t: TestDatabase
let harbor: TestClinic
beforeAll(async () => {
  t = await openTestDatabase()
  harbor = await makeClinic(t.services, 'harbor')
})
afterAll(() => t.close())

// Each person has weeks of their own, so that nobody is in another's way.
async function booked(): Promise<BookedPerson & { chairId: ChairId }> {
  t.clock.set(addMs(t.clock.now(), 28 * DAY_MS))
  const person = await makeBookedPerson(t, harbor, { consent: false })
  const chairId = anId<'chair'>(t.services)
  await must(
    runCommand(t.services, harbor.as.manager, addChair, {
      key: chairId,
      roomName: 'Another room',
      name: chairId,
      turnaroundMin: 15,
    }),
  )
  return { ...person, chairId }
}
const visitsOf = async (person: BookedPerson) =>
  (
    await look(t.services, harbor.as.nurse, ({ db }) => appointmentsOfPerson(db, harbor.id, person.personId))
  ).filter((v) => !v.cancelledAt)
const move = (appointmentId: AppointmentId, startsAt: Instant) =>
  runCommand(t.services, harbor.as.coordinator, moveAppointment, { appointmentId, startsAt })
const cancel = (appointmentId: AppointmentId) =>
  must(runCommand(t.services, harbor.as.coordinator, cancelAppointment, { appointmentId, reason: 'clinic' }))
const book = (person: BookedPerson & { chairId: ChairId }, sessionNumber: number, days: number) =>
  runCommand(t.services, harbor.as.coordinator, bookSeries, {
    key: anId<'series'>(t.services),
    planId: person.planId,
    visits: [
      {
        sessionNumber,
        startsAt: addMs(person.startsAt, days * DAY_MS),
        chairId: person.chairId,
        nurseMembershipId: harbor.as.nurse.membershipId,
      },
    ],
  })
const atOnce = <Each>(pair: readonly (() => Promise<Each>)[]) => Promise.all(pair.map((each) => each()))

it.each([1, 2, 3])(
  'of two who move neighbouring sessions towards each other at once, one does; time %i',
  async () => {
    const person = await booked()
    const [first, second] = await visitsOf(person)
    // Six days from the other as it stands; five when both move.
    const outcomes = await atOnce([
      () => move(first!.id, addMs(first!.startsAt, DAY_MS)),
      () => move(second!.id, addMs(second!.startsAt, -DAY_MS)),
    ])
    expect(outcomes.filter((o) => o.ok)).toHaveLength(1)
    expect(outcomes.find((o) => !o.ok)).toMatchObject({ reason: 'spacing', detail: { days: 5 } })
  },
)

it.each([1, 2, 3])('of two who book neighbouring sessions too near at once, one does; time %i', async () => {
  const person = await booked()
  for (const visit of await visitsOf(person)) await cancel(visit.id)
  const outcomes = await atOnce([() => book(person, 1, 1), () => book(person, 2, 2)])
  expect(outcomes.filter((o) => o.ok)).toHaveLength(1)
  expect(outcomes.find((o) => !o.ok)).toMatchObject({ reason: 'spacing', detail: { days: 1 } })
})

it('with the session between cancelled, the next keeps the days of both windows', async () => {
  const person = await booked()
  const [first, second, third] = await visitsOf(person)
  await cancel(second!.id)
  expect(await move(third!.id, addMs(first!.startsAt, DAY_MS))).toMatchObject({
    reason: 'spacing',
    detail: { sessionNumber: 3, after: 1, days: 1, earliestDays: 12, latestDays: 20 },
  })
  await must(move(third!.id, addMs(first!.startsAt, 12 * DAY_MS)))
})

it('a visit too soon after a dose that was given is neither booked nor moved there, booked or not', async () => {
  const person = await booked()
  const [first, second, third] = await visitsOf(person)
  await must(
    runCommand(t.services, { kind: 'system', clinicId: harbor.id, name: 'wiring' }, noteGivenDose, {
      sessionId: anId<'dosing-session'>(t.services),
      planId: person.planId,
      personId: person.personId,
      orderId: person.orderId!,
      // The day before the first visit, at another one than those booked here.
      dosedAt: addMs(t.clock.now(), -DAY_MS),
      facts: undefined,
    }),
  )
  await cancel(first!.id)
  await cancel(third!.id)
  expect(await move(second!.id, addMs(first!.startsAt, 4 * DAY_MS))).toMatchObject({
    reason: 'after-dose',
    detail: { sessionNumber: 2, days: 5, leastDays: 6 },
  })
  await must(move(second!.id, addMs(first!.startsAt, 5 * DAY_MS)))
  await cancel(second!.id)
  expect(await book(person, 1, 1)).toMatchObject({ reason: 'after-dose', detail: { days: 2 } })
  await must(book(person, 1, 5))
})

it('offers in place of a time that is taken only days that the protocol allows', async () => {
  // Winter: eleven in the morning on the clinic's clock.
  t.clock.set(parseInstant('2030-01-07T15:00:00.000Z'))
  const person = await booked()
  const [, second, third] = await visitsOf(person)
  await cancel(second!.id)
  await cancel(third!.id)
  // The last allowed day of the second session; the nurse is on the telephone in the middle of it.
  const lastDay = addMs(person.startsAt, 10 * DAY_MS)
  await must(
    runCommand(t.services, harbor.as.coordinator, bookVisits, {
      key: anId<'series'>(t.services),
      personId: (await makePerson(t.services, harbor, 'On the telephone')).personId,
      typeCode: 'phone',
      visits: [
        { startsAt: addMs(lastDay, 150 * MINUTE_MS), nurseMembershipId: harbor.as.nurse.membershipId },
      ],
    }),
  )
  expect(await book(person, 2, 10)).toMatchObject({
    reason: 'taken',
    detail: { nextFree: [addMs(lastDay, 180 * MINUTE_MS)], spaced: true },
  })
})
