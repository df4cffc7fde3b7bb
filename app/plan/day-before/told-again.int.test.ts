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
import { openConcerns, respondToConcern } from '../../assess/index.server.ts'
import { actorOfLink } from '../../identity/index.server.ts'
import { runCommand } from '../../platform/command.server.ts'
import { HOUR_MS } from '../../platform/time.ts'
import { entryById } from '../diary/entry-queries.server.ts'
import { answerDayBefore, makeDayBeforeLink } from './answer-day-before.server.ts'
import { gateStateOf } from './gate.ts'
import { answeredVisits } from './load-gate.server.ts'

let t: TestDatabase
let harbor: TestClinic
let clinics = 0
beforeAll(async () => {
  t = await openTestDatabase()
})
afterAll(() => t.close())
beforeEach(async () => {
  clinics += 1
  t.clock.set('2026-11-22T15:00:00.000Z')
  harbor = await makeClinic(t.services, `harbor-${clinics}`)
})

const ZONE = 'America/New_York'

/** A dosing visit ahead, and somebody who answers its questions by link. */
async function answering() {
  const { appointmentId, personId, startsAt } = await makeBookedPerson(t, harbor, {
    consent: false,
    order: false,
    nurse: harbor.as.nurse,
  })
  const { path } = await must(
    runCommand(t.services, harbor.as.coordinator, makeDayBeforeLink, { appointmentId }),
  )
  const bearer = (await actorOfLink(t.services, path.replace('/day-before/', ''), 'day-before'))!
  const say = (answers: Record<string, string>) =>
    must(runCommand(t.services, bearer, answerDayBefore, { appointmentId, answers }))
  return { appointmentId, personId, startsAt, say }
}

it('alcohol "today" told again counts from when it was told again', async () => {
  const { appointmentId, startsAt, say } = await answering()
  t.clock.set(new Date(Date.parse(startsAt) - 30 * HOUR_MS).toISOString())
  const state = () =>
    look(t.services, harbor.as.nurse, async ({ db, at }) => {
      const entry = await entryById(db, harbor.id, appointmentId)
      const [visit] = await answeredVisits(db, harbor.id, [entry!], ZONE)
      return gateStateOf(visit!.answers, visit!, at)
    })
  await say({ alcohol: 'today', drugs: 'never' })
  expect(await state()).toMatchObject({ kind: 'open', missing: expect.not.arrayContaining(['use']) })
  t.clock.advance(10 * HOUR_MS)
  await say({ alcohol: 'today' })
  expect(await state()).toMatchObject({ kind: 'problem', problems: ['use'] })
})

it('a yes to self-harm told again raises a concern again once somebody answered the first', async () => {
  const { personId, say } = await answering()
  const concerns = () =>
    look(t.services, harbor.as.nurse, ({ db, at }) => openConcerns(db, harbor.id, at, personId))
  await say({ harm: 'yes' })
  await say({ harm: 'yes' })
  const [first, ...others] = await concerns()
  expect(others).toEqual([])
  await must(
    runCommand(t.services, harbor.as.nurse, respondToConcern, {
      key: anId<'concern-event'>(t.services),
      concernId: first!.id,
      note: 'Called; with a sister now.',
      told: 'a prescriber',
      contact: 'reached',
      outcome: 'no-present-danger',
    }),
  )
  await say({ harm: 'yes' })
  expect(await concerns()).toHaveLength(2)
})
