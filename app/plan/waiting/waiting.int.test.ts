import { afterAll, beforeAll, expect, it } from 'vitest'
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
import type { PersonId } from '../../platform/ids.ts'
import { addDays, instantAt, localDateOf, parseLocalDate } from '../../platform/time.ts'
import { bookVisits } from '../diary/book-series.server.ts'
import { cancelAppointment } from '../diary/cancel-appointment.server.ts'
import { entriesOfPerson } from '../diary/entry-queries.server.ts'
import { enterClosures } from '../diary/set-calendars.server.ts'
import type { WishId } from './fitting.ts'
import { enterWish, giveFreed, takeBackWish } from './give-freed.server.ts'
import { freedWithFitting } from './waiting-page.server.ts'
import { lapsedWishes } from './waiting-queries.server.ts'

let t: TestDatabase
let harbor: TestClinic
let other: TestClinic
beforeAll(async () => {
  t = await openTestDatabase()
  harbor = await makeClinic(t.services, 'harbor')
  other = await makeClinic(t.services, 'other')
})
afterAll(() => t.close())

const startsAt = instantAt(parseLocalDate('2026-12-02'), '09:00', 'America/New_York')
const call = (personId: PersonId, at = startsAt) =>
  must(
    runCommand(t.services, harbor.as.coordinator, bookVisits, {
      key: anId<'series'>(t.services),
      personId,
      typeCode: 'phone',
      visits: [{ startsAt: at, nurseMembershipId: harbor.as.nurse.membershipId }],
    }),
  )
async function waiting(name: string) {
  const { personId } = await makePerson(t.services, harbor, name)
  const id: WishId = anId(t.services)
  t.clock.advance(1000)
  await must(
    runCommand(t.services, harbor.as.coordinator, enterWish, {
      id,
      personId,
      typeCode: 'phone',
      appointmentId: undefined,
      earliest: parseLocalDate('2026-12-01'),
      latest: parseLocalDate('2026-12-05'),
      weekdays: [],
      fromTime: '08:00',
      untilTime: '18:00',
    }),
  )
  return { personId, id }
}

it('finds who fits a cancelled visit, longest waiting first, and gives it to exactly one of two at once', async () => {
  const gone = await makePerson(t.services, harbor, 'Gone')
  const { entries } = await call(gone.personId)
  const [old, young, off] = [await waiting('Old'), await waiting('Young'), await waiting('Off')]
  const freed = () => look(t.services, harbor.as.nurse, ({ db, at }) => freedWithFitting(db, harbor.id, at))
  expect(await freed()).toEqual([])
  const freedId = entries[0]!.id
  await must(
    runCommand(t.services, harbor.as.coordinator, cancelAppointment, {
      appointmentId: freedId,
      reason: 'asked-by-patient',
    }),
  )
  await must(runCommand(t.services, harbor.as.coordinator, takeBackWish, { wishId: off.id }))
  const [found] = await freed()
  expect(found!.freed.id).toBe(freedId)
  expect(found!.wishes.map(({ id }) => id)).toEqual([old.id, young.id])
  const give = (wishId: WishId, by = harbor) =>
    runCommand(t.services, by.as.coordinator, giveFreed, {
      wishId,
      freedId,
      seriesKey: anId<'series'>(t.services),
    })
  expect(await give(old.id, other)).toMatchObject({ ok: false, reason: 'no-such-wish' })
  const both = await Promise.all([give(old.id), give(young.id)])
  expect(both.filter(({ ok }) => ok)).toHaveLength(1)
  expect(both.find(({ ok }) => !ok)).toMatchObject({ reason: 'taken' })
  const winner = both[0]!.ok ? old : young
  const booked = await look(t.services, harbor.as.nurse, ({ db }) =>
    entriesOfPerson(db, harbor.id, winner.personId),
  )
  expect(booked.map((e) => e.startsAt)).toEqual([startsAt])
  expect(await give(winner.id)).toMatchObject({ ok: false, reason: 'no-such-wish' })
  // Taken again, so it is free no more.
  expect(await freed()).toEqual([])
})

it('offers no time of a day that was closed since', async () => {
  const later = instantAt(parseLocalDate('2026-12-09'), '09:00', 'America/New_York')
  const { personId } = await makePerson(t.services, harbor, 'Closed')
  const { entries } = await call(personId, later)
  await must(
    runCommand(t.services, harbor.as.coordinator, cancelAppointment, {
      appointmentId: entries[0]!.id,
      reason: 'asked-by-patient',
    }),
  )
  const freed = async () =>
    (await look(t.services, harbor.as.nurse, ({ db, at }) => freedWithFitting(db, harbor.id, at))).filter(
      (each) => each.freed.startsAt === later,
    )
  expect(await freed()).toHaveLength(1)
  await must(
    runCommand(t.services, harbor.as.manager, enterClosures, {
      days: [
        {
          id: anId<'closure'>(t.services),
          day: parseLocalDate('2026-12-09'),
          title: 'Works in the house',
          hours: 'closed',
        },
      ],
    }),
  )
  expect(await freed()).toEqual([])
})

it('moves a visit of one’s own to the freed time when there is one', async () => {
  const at = instantAt(parseLocalDate('2026-12-03'), '09:00', 'America/New_York')
  const later = instantAt(parseLocalDate('2026-12-10'), '09:00', 'America/New_York')
  const [gone, keen] = [
    await makePerson(t.services, harbor, 'Gone too'),
    await makePerson(t.services, harbor, 'Keen'),
  ]
  const freed = (await call(gone.personId, at)).entries[0]!
  const own = (await call(keen.personId, later)).entries[0]!
  const wishId: WishId = anId(t.services)
  await must(
    runCommand(t.services, harbor.as.coordinator, enterWish, {
      id: wishId,
      personId: keen.personId,
      typeCode: 'phone',
      appointmentId: own.id,
      earliest: parseLocalDate('2026-12-03'),
      latest: parseLocalDate('2026-12-03'),
      weekdays: [4],
      fromTime: '08:00',
      untilTime: '12:00',
    }),
  )
  await must(
    runCommand(t.services, harbor.as.coordinator, cancelAppointment, {
      appointmentId: freed.id,
      reason: 'other',
    }),
  )
  await must(
    runCommand(t.services, harbor.as.coordinator, giveFreed, {
      wishId,
      freedId: freed.id,
      seriesKey: anId<'series'>(t.services),
    }),
  )
  const visits = await look(t.services, harbor.as.nurse, ({ db }) =>
    entriesOfPerson(db, harbor.id, keen.personId),
  )
  expect(visits.map((v) => [v.id, v.startsAt])).toEqual([[own.id, at]])
})

it('takes no wish whose days are over, and shows one whose days have passed since', async () => {
  const { personId } = await makePerson(t.services, harbor, 'Late')
  const wish = (latest: string) =>
    runCommand(t.services, harbor.as.coordinator, enterWish, {
      id: anId<'waiting-wish'>(t.services),
      personId,
      typeCode: 'phone',
      appointmentId: undefined,
      earliest: parseLocalDate('2026-11-01'),
      latest: parseLocalDate(latest),
      weekdays: [],
      fromTime: '08:00',
      untilTime: '18:00',
    })
  const today = localDateOf(t.clock.now(), 'America/New_York')
  expect(await wish(addDays(today, -1))).toMatchObject({ reason: 'days-over' })
  await must(wish(today))
  const lapsed = (on: typeof today) =>
    look(t.services, harbor.as.nurse, async ({ db }) =>
      (await lapsedWishes(db, harbor.id, on)).filter((each) => each.personId === personId),
    )
  expect(await lapsed(today)).toEqual([])
  expect(await lapsed(addDays(today, 1))).toHaveLength(1)
})
