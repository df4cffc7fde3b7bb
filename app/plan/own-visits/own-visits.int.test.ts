import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
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
import { openConcerns } from '../../assess/index.server.ts'
import { runCommand } from '../../platform/command.server.ts'
import { DAY_MS, daysBetween, type Instant, localDateOf, MINUTE_MS } from '../../platform/time.ts'
import type { BookingMode } from '../diary/appointment-type.ts'
import { asSeen } from '../diary/as-seen.ts'
import { entriesOfPerson } from '../diary/entry-queries.server.ts'
import { noteBegunVisit } from '../diary/note-begun-visit.server.ts'
import type { AppointmentId } from '../plan.ts'
import { answerVisitRequest, askAboutVisit, cancelOwnVisit, moveOwnVisit } from './change-own-visit.server.ts'
import { freeTimesFor } from './own-visit-page.server.ts'
import { openRequests } from './visit-request-queries.server.ts'

let t: TestDatabase
let harbor: TestClinic
let clinics = 0
beforeAll(async () => {
  t = await openTestDatabase()
})
afterAll(() => t.close())
beforeEach(async () => {
  clinics += 1
  t.clock.set('2026-11-23T15:00:00.000Z')
  harbor = await makeClinic(t.services, `harbor-${clinics}`)
})

/** The clinic lets people change dosing visits in this way. */
async function booked(mode: BookingMode) {
  const person = await makeBookedPerson(t, harbor, { consent: false, order: false })
  await t.owner.query(
    `insert into appointment_type (clinic_id, code, name, neutral_name, mode, length_min, before_min, after_min, needs, revision, changed_at)
     values ($1, 'dosing', 'Dosing visit', 'Visit', $2, null, 0, 0, $3, 1, now())`,
    [
      harbor.id,
      mode,
      JSON.stringify({
        place: 'chair',
        roomKinds: [],
        staff: ['nurse'],
        prescriberOnSite: true,
        equipment: [],
      }),
    ],
  )
  return person
}
const visitsOf = (personId: Awaited<ReturnType<typeof booked>>['personId']) =>
  look(t.services, harbor.system, ({ db }) => entriesOfPerson(db, harbor.id, personId))

it('offers free times that keep the spacing and moves to one; a time outside it is refused', async () => {
  const { personId, patient } = await booked('instant')
  const [first, second, third] = await visitsOf(personId)
  const times = await look(t.services, harbor.system, ({ db, at }) =>
    freeTimesFor(db, harbor.id, second!, at),
  )
  expect(times.length).toBeGreaterThan(3)
  // Noon of the clinic's winter is 17:00 in universal time.
  expect(new Set(times.map((time) => time.slice(11, 13) < '17')).size).toBe(2)
  const day = (at: Parameters<typeof localDateOf>[0]) => localDateOf(at, 'America/New_York')
  for (const time of times) {
    expect(daysBetween(day(first!.startsAt), day(time))).toBeGreaterThanOrEqual(5)
    expect(daysBetween(day(time), day(third!.startsAt))).toBeGreaterThanOrEqual(5)
  }
  const move = (startsAt: (typeof times)[number], seen = asSeen(second!)) =>
    runCommand(t.services, patient, moveOwnVisit, { appointmentId: second!.id, startsAt, seen })
  const offGrid = new Date(Date.parse(times[0]!) + 7 * MINUTE_MS).toISOString() as Instant
  expect(await move(offGrid)).toMatchObject({ ok: false, reason: 'not-offered' })
  const years = new Date(Date.parse(times[0]!) + 1400 * DAY_MS).toISOString() as Instant
  expect((await move(years)).ok).toBe(false)
  expect((await move(times[0]!)).ok).toBe(true)
  expect((await visitsOf(personId))[1]!.startsAt).toBe(times[0])
  expect(await move(times[1]!)).toMatchObject({ ok: false, reason: 'changed-meanwhile' })
  const now = asSeen((await visitsOf(personId))[1]!)
  const far = new Date(Date.parse(third!.startsAt) - DAY_MS).toISOString() as Instant
  expect(await move(far, now)).toMatchObject({ ok: false, reason: 'spacing' })
})

it('cancels once, only what is their own and a day ahead', async () => {
  const { personId, patient } = await booked('instant')
  const [first, second] = await visitsOf(personId)
  const cancel = (appointmentId: AppointmentId, by = patient) =>
    runCommand(t.services, by, cancelOwnVisit, { appointmentId })
  expect(await cancel(first!.id)).toMatchObject({ ok: false, reason: 'too-late' })
  expect((await cancel(second!.id)).ok).toBe(true)
  expect((await cancel(second!.id)).ok).toBe(true)
  const gone = (await visitsOf(personId))[1]!
  expect(gone.cancelledAt).toBeDefined()
  expect(
    await runCommand(t.services, patient, moveOwnVisit, {
      appointmentId: gone.id,
      startsAt: gone.startsAt,
      seen: asSeen(gone),
    }),
  ).toMatchObject({ ok: false, reason: 'cancelled' })
  const other = await makeBookedPerson(t, harbor, {
    consent: false,
    order: false,
    nurse: harbor.as.secondNurse,
  })
  expect(await cancel((await visitsOf(other.personId))[1]!.id)).toMatchObject({
    ok: false,
    reason: 'no-such-visit',
  })
})

it('cancels no visit whose session is open at the bedside, like staff', async () => {
  const { personId, patient } = await booked('instant')
  const [, second] = await visitsOf(personId)
  await must(
    runCommand(t.services, { kind: 'system', clinicId: harbor.id, name: 'wiring' }, noteBegunVisit, {
      appointmentId: second!.id,
      sessionId: anId<'dosing-session'>(t.services),
    }),
  )
  expect(await runCommand(t.services, patient, cancelOwnVisit, { appointmentId: second!.id })).toMatchObject({
    ok: false,
    reason: 'session-open',
  })
  expect((await visitsOf(personId))[1]!.cancelledAt).toBeUndefined()
})

it('raises a concern for words of danger and says that help comes first, also when it was asked before', async () => {
  const { personId, patient } = await booked('request')
  const [, second] = await visitsOf(personId)
  const ask = (words: string) =>
    runCommand(t.services, patient, askAboutVisit, {
      key: anId<'visit-request'>(t.services),
      appointmentId: second!.id,
      kind: 'cancel',
      words,
    })
  expect(await ask('Fridays')).toMatchObject({ ok: true, value: { help: false, asked: true } })
  expect(await ask('I want to kill myself')).toMatchObject({ ok: true, value: { help: true, asked: true } })
  expect(
    await look(t.services, harbor.as.nurse, ({ db, at }) => openConcerns(db, harbor.id, at, personId)),
  ).toMatchObject([{ trigger: 'words-of-danger-about-a-visit', severity: 'critical' }])
})

it('asks where the clinic wants to be asked, once; staff answer once; by telephone where it is off', async () => {
  const { personId, patient } = await booked('request')
  const [, second] = await visitsOf(personId)
  const ask = (key = anId<'visit-request'>(t.services)) =>
    runCommand(t.services, patient, askAboutVisit, {
      key,
      appointmentId: second!.id,
      kind: 'move',
      words: 'Fridays',
    })
  expect(await runCommand(t.services, patient, cancelOwnVisit, { appointmentId: second!.id })).toMatchObject({
    ok: false,
    reason: 'not-by-yourself',
  })
  const key = anId<'visit-request'>(t.services)
  expect((await ask(key)).ok).toBe(true)
  expect((await ask(key)).ok).toBe(true)
  expect(await ask()).toMatchObject({ ok: false, reason: 'asked-before' })
  const answers = await Promise.all(
    ['done', 'not-possible'].map((outcome) =>
      runCommand(t.services, harbor.as.coordinator, answerVisitRequest, {
        id: key,
        outcome: outcome as 'done',
      }),
    ),
  )
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
  expect(await look(t.services, harbor.system, ({ db }) => openRequests(db, harbor.id))).toEqual([])
  await t.owner.query(`update appointment_type set mode = 'off' where clinic_id = $1`, [harbor.id])
  expect(await ask()).toMatchObject({ ok: false, reason: 'not-by-yourself' })
})
