import { afterAll, beforeAll, expect, it } from 'vitest'
import { giveDose } from '../../../tests/database/dosed-person.ts'
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
import { submitCheckIn } from '../../follow-up/index.server.ts'
import { runCommand } from '../../platform/command.server.ts'
import { personCourse } from './person-course.server.ts'

let t: TestDatabase
let harbor: TestClinic
let other: TestClinic
beforeAll(async () => {
  t = await openTestDatabase()
  harbor = await makeClinic(t.services, 'harbor')
  other = await makeClinic(t.services, 'other')
})
afterAll(() => t.close())

it("leads to one person's course: sessions, what was given, scores of check-ins", async () => {
  t.clock.set('2026-03-02T15:00:00.000Z')
  const { personId, patient } = await makePerson(t.services, harbor, 'Alex Sample')
  await giveDose(t, harbor, personId, '2026-03-02T15:00:00.000Z', 60.5)
  await giveDose(t, harbor, personId, '2026-03-09T15:00:00.000Z')
  t.clock.set('2026-03-12T15:00:00.000Z')
  await must(
    runCommand(t.services, patient, submitCheckIn, {
      key: anId<'check-in'>(t.services),
      answers: { craving0to10: 6, used: 'no', substances: [], mood0to10: null, words: null },
    }),
  )
  const course = await look(t.services, harbor.system, (needs) =>
    personCourse(needs, personId, 'America/New_York'),
  )
  expect(course.exposure).toMatchObject({ sessions: 2, knownMg: 60.5, withoutAmount: 1, daysSinceLast: 3 })
  expect(course.sessionMarks).toEqual([
    { day: 0, label: '1' },
    { day: 7, label: '2' },
  ])
  expect(course.lines.map((line) => [line.instrumentId, line.points])).toEqual([
    ['craving-nrs', [{ day: 10, date: '2026-03-12', score: 6 }]],
  ])
  const elsewhere = await look(t.services, other.system, (needs) =>
    personCourse(needs, personId, 'America/New_York'),
  )
  expect([elsewhere.sessions, elsewhere.checkIns, elsewhere.lines]).toEqual([[], [], []])
})
