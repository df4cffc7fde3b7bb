import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  look,
  makeClinic,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../../../tests/database/test-clinic.ts'
import { treatPeople } from '../../../tests/database/treated-people.ts'
import type { PersonId } from '../../platform/ids.ts'
import { parseLocalDate } from '../../platform/time.ts'
import { bringOutcomesUpToDate } from '../dataset/refresh-outcomes.server.ts'
import { batchCounts, countedPeople } from './release-queries.server.ts'

/** Where people are put in a batch, at the edges of every range. Courses are written as the dataset would have made them. */
type Case = {
  readonly first: number | null
  readonly known: number | null
  readonly week: 'no-use' | 'use' | null
  readonly in: string
}
const CASES: readonly Case[] = [
  { first: 1, known: 1, week: null, in: 'used 0 missing' },
  { first: 30, known: 90, week: 'no-use', in: 'used 0 no-use' },
  { first: 31, known: 90, week: 'no-use', in: 'used 1 no-use' },
  { first: 60, known: 84, week: 'no-use', in: 'used 1 no-use' },
  { first: 61, known: 61, week: null, in: 'used 2 missing' },
  { first: 90, known: 90, week: 'use', in: 'used 2 use' },
  { first: 91, known: 91, week: 'no-use', in: 'followed no-use' },
  { first: 200, known: 200, week: null, in: 'followed missing' },
  { first: null, known: 84, week: 'no-use', in: 'followed no-use' },
  { first: null, known: 83, week: null, in: 'lost 2' },
  { first: null, known: 61, week: null, in: 'lost 2' },
  { first: null, known: 60, week: null, in: 'lost 1' },
  { first: null, known: 31, week: null, in: 'lost 1' },
  { first: null, known: 30, week: null, in: 'lost 0' },
  { first: null, known: 0, week: null, in: 'lost 0' },
  { first: null, known: null, week: null, in: 'lost 0' },
]

let t: TestDatabase
let harbor: TestClinic
let people: PersonId[]
const upTo = parseLocalDate('2026-03-31')
const first = { counted: 'first', upTo, after: undefined } as const

beforeAll(async () => {
  t = await openTestDatabase({ logErrors: false })
  harbor = await makeClinic(t.services, 'harbor')
  const treated = await treatPeople(t, harbor, CASES.length, '2026-03-31', { day: 3, used: 'no' })
  people = treated.map(({ personId }) => personId)
  await bringOutcomesUpToDate(t.services, harbor.id)
  for (const [at, { first, known, week }] of CASES.entries()) {
    await t.owner.query(
      'update outcome_course set first_use_day = $2, last_known_day = $3, week_90 = $4 where person_id = $1',
      [people[at], first, known, week],
    )
  }
})
afterAll(() => t.close())

const counts = (who: Parameters<typeof batchCounts>[2] = first) =>
  look(t.services, harbor.system, ({ db }) => batchCounts(db, harbor.id, who))

describe('people are put into a batch', () => {
  it('each in one place, by first use, the last day that is known, and the week', async () => {
    const { used, lost, followed } = await counts()
    const found = [
      ...used.flatMap((states, part) =>
        Object.entries(states).map(([state, n]) => [`used ${part} ${state}`, n] as const),
      ),
      ...lost.map((n, part) => [`lost ${part}`, n] as const),
      ...Object.entries(followed).map(([state, n]) => [`followed ${state}`, n] as const),
    ].filter(([, n]) => n > 0)
    const meant = Map.groupBy(CASES, (one) => one.in)
    expect(Object.fromEntries(found)).toEqual(
      Object.fromEntries([...meant].map(([place, those]) => [place, those.length])),
    )
  })

  it('with what was noted in a session up to day 90, once for each person, and nothing later', async () => {
    const note = (at: number, day: number, what: string) =>
      t.owner.query(`update outcome_session set day = $2, ${what} = true where person_id = $1`, [
        people[at],
        day,
      ])
    const again = (at: number, day: number) =>
      t.owner.query(
        `insert into outcome_session (clinic_id, person_id, session_id, day, dose_number, nausea_noted, distress_noted, stopped_early, left_by_override)
         select clinic_id, person_id, gen_random_uuid(), $2, 2, nausea_noted, distress_noted, stopped_early, false
         from outcome_session where person_id = $1`,
        [people[at], day],
      )
    await note(0, 0, 'nausea_noted')
    await again(0, 20)
    await note(1, 90, 'nausea_noted')
    await note(2, 91, 'nausea_noted')
    await note(3, 90, 'distress_noted')
    await note(4, 91, 'distress_noted')
    await note(5, 91, 'stopped_early')
    expect((await counts()).noted).toEqual({ nausea: 2, distress: 1, 'stopped-early': 0 })
  })

  it('whose first session is after the quarters of other definitions, and no later than the last day', async () => {
    const asked = (who: Parameters<typeof batchCounts>[2]) =>
      look(t.services, harbor.system, ({ db }) => countedPeople(db, harbor.id, who))
    const day = parseLocalDate
    expect(await asked(first)).toMatchObject({
      people: CASES.length,
      fresh: CASES.length,
      firstDoseFrom: '2026-03-31',
    })
    expect(await asked({ ...first, upTo: day('2026-03-30') })).toMatchObject({
      people: 0,
      firstDoseFrom: null,
    })
    expect(await asked({ ...first, after: day('2026-03-30') })).toMatchObject({ people: CASES.length })
    expect(await asked({ ...first, after: day('2026-03-31') })).toMatchObject({ people: 0 })
  })

  it('of this clinic alone', async () => {
    const inn = await makeClinic(t.services, 'inn')
    const other = await look(t.services, inn.system, ({ db }) => countedPeople(db, inn.id, first))
    expect(other.people).toBe(0)
  })
})
