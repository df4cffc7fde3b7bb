import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { giveDose } from '../../../tests/database/dosed-person.ts'
import {
  anId,
  asSystem,
  look,
  makeClinic,
  makePerson,
  must,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../../../tests/database/test-clinic.ts'
import { recordResponse, tellDays } from '../../assess/index.server.ts'
import { submitCheckIn } from '../../follow-up/index.server.ts'
import type { Member } from '../../platform/actor.ts'
import { runCommand } from '../../platform/command.server.ts'
import type { PersonId } from '../../platform/ids.ts'
import { localDateOf } from '../../platform/time.ts'
import { refreshState, storedCourses } from './course-queries.server.ts'
import { type OutcomeCourse, outcomeCourses } from './outcome-course.ts'
import { outcomeFacts } from './outcome-facts.server.ts'
import {
  bringOutcomesUpToDate,
  type Refreshed,
  refreshOutcomes,
  refreshOutcomesJob,
} from './refresh-outcomes.server.ts'
import { storedPairs, storedSessions } from './result-queries.server.ts'

const ZONE = 'America/New_York'
const STARTED = '2026-01-05T15:00:00.000Z'

let t: TestDatabase
let harbor: TestClinic
let other: TestClinic
let alex: { personId: PersonId; patient: Member }
let robin: { personId: PersonId; patient: Member }

beforeAll(async () => {
  t = await openTestDatabase({ logErrors: false })
})
afterAll(() => t.close())

let clinics = 0
beforeEach(async () => {
  clinics += 1
  t.clock.set(STARTED)
  harbor = await makeClinic(t.services, `harbor-${clinics}`)
  other = await makeClinic(t.services, `other-${clinics}`)
  alex = await makePerson(t.services, harbor, 'Alex')
  robin = await makePerson(t.services, harbor, 'Robin')
  await giveDose(t, harbor, alex.personId, STARTED)
  await giveDose(t, harbor, robin.personId, STARTED)
  await checkIn(robin.patient, 3, 'no')
})

const refresh = (input: { rebuild?: boolean } = {}): Promise<Refreshed> =>
  must(runCommand(t.services, harbor.system, refreshOutcomes, input))
const stored = () => look(t.services, harbor.system, ({ db }) => storedCourses(db, harbor.id))
const known = async () =>
  outcomeCourses(await look(t.services, harbor.system, ({ db }) => outcomeFacts(db, harbor.id, ZONE)))
const state = () => look(t.services, harbor.system, ({ db }) => refreshState(db, harbor.id))
const of = (courses: readonly OutcomeCourse[], { personId }: { personId: PersonId }) =>
  courses.find((course) => course.personId === personId)!

const pairs = () => look(t.services, harbor.system, ({ db }) => storedPairs(db, harbor.id))
const sessions = () => look(t.services, harbor.system, ({ db }) => storedSessions(db, harbor.id))

/** A finished form, every question answered alike. */
async function keepPhq9(personId: PersonId, answer: number): Promise<void> {
  const answers = Object.fromEntries(Array.from({ length: 9 }, (_, at) => [`q${at + 1}`, answer]))
  await asSystem(t.services, harbor, async (needs) => {
    const id = needs.ids.next<'instrument-response'>()
    await recordResponse(needs, {
      id,
      personId,
      source: 'form',
      objectId: id,
      instrumentId: 'phq-9',
      answers,
    })
    needs.tell('form.finished', { personId })
  })
}

/** Moves the clock to a day after the first dose and checks in. */
async function checkIn(patient: Member, day: number, used: 'yes' | 'no', craving = 4): Promise<void> {
  t.clock.set(new Date(Date.parse(STARTED) + day * 86_400_000).toISOString())
  const answers = { craving0to10: craving, used, substances: [], mood0to10: 4, words: null }
  await must(runCommand(t.services, patient, submitCheckIn, { key: anId<'check-in'>(t.services), answers }))
}

describe('a refresh', () => {
  it('makes everybody when nothing was made, and nothing when nothing happened', async () => {
    expect(await state()).toBeUndefined()
    expect(await refresh()).toEqual({ what: 'all', people: 2 })
    expect(await stored()).toEqual(await known())
    expect(await refresh()).toEqual({ what: 'nothing', people: 0 })
    expect(await state()).toMatchObject({ timeZone: ZONE, refreshedAt: t.clock.now() })
  })

  it.each<[string, () => Promise<void>]>([
    ['a check-in', () => checkIn(alex.patient, 5, 'yes')],
    [
      'a corrected check-in',
      async () => {
        await checkIn(alex.patient, 5, 'yes')
        await refresh()
        await checkIn(alex.patient, 5, 'no')
      },
    ],
    [
      'a told day',
      async () => {
        t.clock.set('2026-01-12T15:00:00.000Z')
        await must(
          runCommand(t.services, alex.patient, tellDays, {
            personId: alex.personId,
            timeZone: ZONE,
            gramsPerDrink: 14,
            days: [
              {
                day: localDateOf(t.clock.now(), ZONE),
                state: 'used',
                entries: [{ substance: 'alcohol', grams: 30, drinks: [] }],
                basedOn: 0,
              },
            ],
          }),
        )
      },
    ],
    [
      'a dose',
      async () => {
        t.clock.set('2026-01-19T15:00:00.000Z')
        await giveDose(t, harbor, alex.personId, t.clock.now())
        await asSystem(t.services, harbor, async ({ tell }) =>
          tell('session.dosed', { personId: alex.personId }),
        )
      },
    ],
    [
      'an entry in the log of a session, which names the session alone',
      async () => {
        await giveDose(t, harbor, alex.personId, '2026-01-26T15:00:00.000Z')
        const { rows } = await t.owner.query(
          'select id from dosing_session where clinic_id = $1 and person_id = $2 order by session_number desc',
          [harbor.id, alex.personId],
        )
        await asSystem(t.services, harbor, async ({ tell }) =>
          tell('session.event', { sessionId: rows[0].id }),
        )
      },
    ],
  ])(
    'after %s makes the one person whom it is about, as a rebuild from nothing does',
    async (_what, change) => {
      await refresh()
      const before = await stored()
      await change()
      expect(await refresh()).toEqual({ what: 'some', people: 1 })
      const after = await stored()
      expect(of(after, alex)).not.toEqual(of(before, alex))
      expect(of(after, robin)).toEqual(of(before, robin))
      expect(after).toEqual(await known())
      await refresh({ rebuild: true })
      expect(await stored()).toEqual(after)
    },
  )

  it('takes in a result and what a session says, as a rebuild from nothing does', async () => {
    t.clock.set('2026-01-04T15:00:00.000Z')
    await keepPhq9(alex.personId, 3)
    await refresh()
    expect(await pairs()).toMatchObject([{ before: 27, after: null }])
    t.clock.set('2026-01-12T15:00:00.000Z')
    await keepPhq9(alex.personId, 1)
    expect(await refresh()).toEqual({ what: 'some', people: 1 })
    const after = { pairs: await pairs(), sessions: await sessions() }
    expect(after.pairs).toMatchObject([{ before: 27, after: 9, sameLine: true }])
    expect(after.sessions).toHaveLength(2)
    await refresh({ rebuild: true })
    expect({ pairs: await pairs(), sessions: await sessions() }).toEqual(after)
  })

  it('takes in somebody who is dosed for the first time', async () => {
    await refresh()
    const casey = await makePerson(t.services, harbor, 'Casey')
    await refresh()
    expect(await stored()).toHaveLength(2)
    await giveDose(t, harbor, casey.personId, STARTED)
    await checkIn(casey.patient, 2, 'no')
    await refresh()
    expect(of(await stored(), casey)).toMatchObject({ lastKnownDay: 2 })
  })

  it('makes everybody anew when a definition or the zone of the clinic has changed', async () => {
    await refresh()
    const before = await state()
    for (const column of ['definitions_hash', 'time_zone']) {
      await t.owner.query(`update outcome_refresh set ${column} = 'of another time' where clinic_id = $1`, [
        harbor.id,
      ])
      await t.owner.query('update outcome_course set doses = 99 where clinic_id = $1', [harbor.id])
      await bringOutcomesUpToDate(t.services, harbor.id)
      expect(await stored()).toEqual(await known())
      expect(await state()).toEqual(before)
    }
  })

  it('touches no other clinic, and what is stored is seen by its own alone', async () => {
    await refresh()
    expect(await look(t.services, other.system, ({ db }) => storedCourses(db, harbor.id))).toEqual([])
    expect(await look(t.services, other.system, ({ db }) => refreshState(db, other.id))).toBeUndefined()
    await refreshOutcomesJob(t.services, async () => [other.id, harbor.id])({})
    expect(await look(t.services, other.system, ({ db }) => refreshState(db, other.id))).toBeDefined()
  })

  it('that finds a clinic gone goes on with the others and is tried again', async () => {
    const nowhere = t.services.ids.next<'clinic'>()
    const job = refreshOutcomesJob(t.services, async () => [nowhere, harbor.id])
    await expect(job({})).rejects.toThrow(/no clinic/)
    expect(await stored()).toHaveLength(2)
  })
})

describe('what happens at the same time', () => {
  it('of two refreshes at once one waits and finds nothing left; nobody is there twice', async () => {
    await refresh()
    await checkIn(alex.patient, 5, 'yes')
    await checkIn(robin.patient, 5, 'no')
    const both = await Promise.all([refresh(), refresh()])
    expect(both.map(({ what }) => what).sort()).toEqual(['nothing', 'some'])
    expect(await stored()).toEqual(await known())
  })

  it('of two first refreshes at once one makes everybody', async () => {
    const both = await Promise.all([refresh(), refresh(), refresh()])
    expect(both.map(({ what }) => what).sort()).toEqual(['all', 'nothing', 'nothing'])
    expect(await stored()).toHaveLength(2)
  })

  it('what is not committed yet when a refresh looks is taken in by the next one', async () => {
    await refresh()
    const writing = new pg.Client(t.settings)
    await writing.connect()
    try {
      await writing.query('begin')
      await writing.query(
        `insert into check_in (clinic_id, id, person_id, for_date, version, submitted_at, by_link, used, substances, craving_stamp)
         values ($1, $2, $3, '2026-01-09', 1, $4, false, 'yes', '[]', '{}')`,
        [harbor.id, anId(t.services), alex.personId, STARTED],
      )
      await writing.query(
        `with head as (update feed_head set seq = seq + 1 where clinic_id = $1 returning seq)
         insert into feed_event select $1, seq, $2, 'check-in.submitted', $3, jsonb_build_object('personId', $4::text) from head`,
        [harbor.id, anId(t.services), STARTED, alex.personId],
      )
      expect(await refresh()).toEqual({ what: 'nothing', people: 0 })
      await writing.query('commit')
    } finally {
      await writing.end()
    }
    expect(await refresh()).toEqual({ what: 'some', people: 1 })
    expect(of(await stored(), alex).firstUseDay).toBe(4)
  })

  it('a server that dies between the writes leaves the figures as they were, and the next refresh mends nothing by half', async () => {
    await refresh()
    const before = { courses: await stored(), state: await state() }
    await checkIn(alex.patient, 5, 'yes')
    const casey = await makePerson(t.services, harbor, 'Casey')
    await giveDose(t, harbor, casey.personId, STARTED)
    await checkIn(casey.patient, 6, 'yes')

    // Somebody else is about to write the row of the newcomer, so that the refresh stands still when it has deleted the
    // old courses and is in the midst of writing the new ones.
    const holding = new pg.Client(t.settings)
    await holding.connect()
    try {
      await holding.query('begin')
      await holding.query(
        `insert into outcome_course
         select (jsonb_populate_record(c, jsonb_build_object('person_id', $3::text))).* from outcome_course c
         where clinic_id = $1 and person_id = $2`,
        [harbor.id, robin.personId, casey.personId],
      )
      const dying = refresh().catch((error: Error) => error)
      await waitFor(async () => {
        const { rows } = await t.owner.query(
          `select pg_terminate_backend(a.pid) from pg_stat_activity a
           where a.datname = current_database() and a.wait_event_type = 'Lock' and a.query like '%insert into outcome_course%'`,
        )
        return rows.length > 0
      })
      expect(await dying).toBeInstanceOf(Error)
    } finally {
      await holding.query('rollback')
      await holding.end()
    }
    expect({ courses: await stored(), state: await state() }).toEqual(before)

    expect(await refresh()).toEqual({ what: 'some', people: 2 })
    expect(await stored()).toEqual(await known())
  })
})

describe('a page that is about to read', () => {
  it('takes in what is little, and leaves a clinic far behind as it was to the job', async () => {
    await bringOutcomesUpToDate(t.services, harbor.id)
    await checkIn(alex.patient, 5, 'yes')
    await bringOutcomesUpToDate(t.services, harbor.id)
    expect(await stored()).toEqual(await known())

    await t.owner.query(
      `with head as (update feed_head set seq = seq + 30000 where clinic_id = $1 returning seq)
       insert into feed_event select $1, head.seq - n, gen_random_uuid(), 'stock.changed', $2, '{}' from head, generate_series(0, 29999) n`,
      [harbor.id, STARTED],
    )
    const then = await state()
    await bringOutcomesUpToDate(t.services, harbor.id)
    expect(await state()).toEqual(then)
    await refresh()
    expect((await state())!.feedSeq).toBe(then!.feedSeq + 30_000)
  })
})

/** Asks until it is so. */
async function waitFor(so: () => Promise<boolean>): Promise<void> {
  while (!(await so())) await new Promise((again) => setImmediate(again))
}
