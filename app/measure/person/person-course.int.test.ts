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
import { tellDays } from '../../assess/index.server.ts'
import { submitCheckIn } from '../../follow-up/index.server.ts'
import { runCommand } from '../../platform/command.server.ts'
import type { PersonId } from '../../platform/ids.ts'
import { parseLocalDate } from '../../platform/time.ts'
import { courseRows } from './course-csv.ts'
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

const ZONE = { timeZone: 'America/New_York', gramsPerStandardDrink: 14 }
const courseOf = (clinic: TestClinic, personId: PersonId) =>
  look(t.services, clinic.system, (needs) => personCourse(needs, personId, ZONE))

/** Lays an order under every dose of a person, so that its weight is known. */
async function orderDoses(personId: PersonId, weightKg: number): Promise<void> {
  const client = await t.owner.connect()
  await client.query('begin')
  // Plan and signatures of this order do not exist, and need not for what these tests ask.
  await client.query('set local session_replication_role = replica')
  await client.query(
    `insert into dose_order (clinic_id, id, plan_id, dose_mg_per_kg, weight_basis, basis_weight_kg, actual_weight_kg, weight_measured_at,
       dose_mg, concentration_mg_per_ml, volume_ml, total_volume_ml, duration_min, rate_ml_per_h, arithmetic, weight_change_acknowledged,
       signed_by, signed_at, valid_until)
     select e.clinic_id, (e.data->>'orderId')::uuid, s.plan_id, 0.75, 'actual', $3, $3, e.at, 60, 50, 1.2, 50, 40, 75, '[]', false,
       e.by_account_id, e.at, e.at + interval '7 days'
     from session_event e join dosing_session s on s.clinic_id = e.clinic_id and s.id = e.session_id
     where e.clinic_id = $1 and s.person_id = $2 and e.kind = 'dose-started'`,
    [harbor.id, personId, weightKg],
  )
  await client.query('commit')
  client.release()
}

it("leads to one person's course: doses by the weight of their orders, scores, and both tellings of a day", async () => {
  t.clock.set('2026-03-02T15:00:00.000Z')
  const { personId, patient } = await makePerson(t.services, harbor, 'Alex Sample')
  await giveDose(t, harbor, personId, '2026-03-02T15:00:00.000Z', 60)
  await orderDoses(personId, 80)
  await giveDose(t, harbor, personId, '2026-03-09T15:00:00.000Z', 40)
  await giveDose(t, harbor, personId, '2026-03-10T15:00:00.000Z')
  t.clock.set('2026-03-12T15:00:00.000Z')
  await must(
    runCommand(t.services, patient, submitCheckIn, {
      key: anId<'check-in'>(t.services),
      answers: { craving0to10: 6, used: 'no', substances: [], mood0to10: null, words: null },
    }),
  )
  const drank = { state: 'used', entries: [{ substance: 'alcohol', grams: 42, drinks: [] }] } as const
  await must(
    runCommand(t.services, patient, tellDays, {
      personId,
      timeZone: ZONE.timeZone,
      gramsPerDrink: 14,
      days: [
        { day: parseLocalDate('2026-03-12'), basedOn: 0, ...drank },
        { day: parseLocalDate('2026-03-11'), basedOn: 0, state: 'none', entries: [] },
      ],
    }),
  )
  const course = await courseOf(harbor, personId)
  const [all] = course.exposure.spans
  expect(all).toMatchObject({
    sessions: 3,
    mg: { known: 100, without: 1 },
    mgPerKg: { known: 0.75, without: 2 },
  })
  expect(course.exposure.daysSinceLast).toBe(2)
  expect(course.doses.map(({ sessionNumber, day, weightKg }) => [sessionNumber, day, weightKg])).toEqual([
    [1, '2026-03-02', 80],
    [2, '2026-03-09', undefined],
    [3, '2026-03-10', undefined],
  ])
  expect(course.lines.map((line) => [line.instrumentId, line.points])).toEqual([
    [
      'craving-nrs',
      [{ day: 10, date: '2026-03-12', at: '2026-03-12T15:00:00.000Z', score: 6, estimate: false }],
    ],
  ])
  expect(course.use.since).toMatchObject({ days: 11, use: 1, noUse: 1, notTold: 9, differ: 1 })
  expect(course.use.before).toMatchObject({ days: 90, notTold: 90 })
  expect(course.use.days.at(-1)).toMatchObject({
    checkIn: 'no-use',
    calendar: 'use',
    state: 'use',
    drinks: 3,
  })
  expect(courseRows('doses', course, 'invented person')).toContainEqual([
    2,
    '2026-03-09',
    40,
    'not known',
    'not known',
    'not known',
  ])
  const elsewhere = await courseOf(other, personId)
  expect([elsewhere.sessions, elsewhere.checkIns, elsewhere.lines, elsewhere.doses]).toEqual([[], [], [], []])
  expect(elsewhere.use.before).toMatchObject({ days: 90, notTold: 90 })
})
