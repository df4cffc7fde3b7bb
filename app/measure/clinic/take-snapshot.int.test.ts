import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { giveDose } from '../../../tests/database/dosed-person.ts'
import { addGeneratedPeople } from '../../../tests/database/generated-people.ts'
import {
  look,
  makeClinic,
  makePerson,
  must,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../../../tests/database/test-clinic.ts'
import type { Member } from '../../platform/actor.ts'
import { runCommand } from '../../platform/command.server.ts'
import { type LocalDate, parseLocalDate } from '../../platform/time.ts'
import { ownCurve } from '../cohorts/cohort-view.server.ts'
import { cutFiguresTo } from '../dataset/cut-queries.server.ts'
import { bringOutcomesUpToDate, refreshOutcomes } from '../dataset/refresh-outcomes.server.ts'
import { clinicPage } from './clinic-page.server.ts'
import { FIXED_DAYS_NOTE } from './figure-block.ts'
import { pointShares } from './point-shares.server.ts'
import { keptFigures, newestSnapshot } from './snapshot-queries.server.ts'
import { snapshotStamp } from './snapshot-stamp.server.ts'
import { readyFigures, takeSnapshot, takeSnapshotsJob } from './take-snapshot.server.ts'
import { overviewBlocks, topicBlocks } from './topic-blocks.server.ts'
import { TOPICS } from './topics.ts'

/** Strict figures are worked out once for a day, and what was worked out is what everybody reads. */
const ZONE = 'America/New_York'
const OCTOBER = parseLocalDate('2026-10-31')
let t: TestDatabase
let harbor: TestClinic
let other: TestClinic
beforeAll(async () => {
  t = await openTestDatabase({ logErrors: false })
})
afterAll(() => t.close())

let clinics = 0
beforeEach(async () => {
  clinics += 1
  t.clock.set('2026-11-02T15:00:00.000Z')
  harbor = await makeClinic(t.services, `harbor-${clinics}`)
  other = await makeClinic(t.services, `other-${clinics}`)
  await addGeneratedPeople(t, harbor, { seed: 20_261_101, people: 150 })
  await bringOutcomesUpToDate(t.services, harbor.id)
})

const take = (clinic = harbor) => must(runCommand(t.services, clinic.system, takeSnapshot, {}))

/** What is stored of clinics, beneath row-level security, each row as text. */
async function stored(
  clinic = harbor,
): Promise<{ day: LocalDate; stamp: string; people: number; whole: string }[]> {
  const { rows } = await t.owner.query(
    `select as_of_day as day, stamp, people, s::text as whole from measure_snapshot s where clinic_id = $1 order by as_of_day, built_at`,
    [clinic.id],
  )
  return rows
}

/** Everything that somebody can ask for. */
async function figuresOf(actor: Member, clinic = harbor) {
  const profile = await t.services.clinicProfile(clinic.id)
  return look(t.services, actor, async (needs) => {
    const { question } = await clinicPage(needs, profile, new URLSearchParams())
    const { block } = await ownCurve(needs, profile)
    const topics: unknown[] = [await overviewBlocks(question), await pointShares(question), block]
    for (const { id } of TOPICS) topics.push(await topicBlocks(id, question))
    return topics
  })
}

async function people(day: string, count: number) {
  t.clock.set(`${day}T15:00:00.000Z`)
  for (let n = 0; n < count; n++) {
    const { personId } = await makePerson(t.services, harbor, `Robin ${day} ${n}`)
    await giveDose(t, harbor, personId, t.clock.now(), 60)
  }
}

describe('a look', () => {
  it('works figures out when there are none, and the next ones read them', async () => {
    await readyFigures(t.services, harbor.as.manager)
    const first = await stored()
    expect(first.map(({ day, stamp }) => [day, stamp])).toEqual([[OCTOBER, snapshotStamp()]])
    t.clock.set('2026-11-20T15:00:00.000Z')
    await readyFigures(t.services, harbor.as.researcher)
    expect(await take()).toEqual({ taken: false, asOf: OCTOBER })
    expect(await stored()).toEqual(first)
  })

  it('by who treats people works nothing out', async () => {
    await readyFigures(t.services, harbor.as.prescriber)
    expect(await stored()).toEqual([])
  })

  it('is refused rather than counted for once', async () => {
    await expect(figuresOf(harbor.as.manager)).rejects.toThrow('before they were worked out')
  })

  it.each(['manager', 'researcher'] as const)('of a %s reads exactly what would be counted', async (role) => {
    await readyFigures(t.services, harbor.as[role])
    const actor = harbor.as[role]
    const counted = await look(t.services, actor, async ({ db }) => {
      await cutFiguresTo(db, { clinicId: harbor.id, timeZone: ZONE, day: OCTOBER })
      const { name } = await t.services.clinicProfile(harbor.id)
      const question = { db, asked: { clinicId: harbor.id, today: OCTOBER }, actor, clinicName: name }
      const use = await topicBlocks('use', question)
      const topics: unknown[] = [await overviewBlocks(question), await pointShares(question), use[0]]
      for (const { id } of TOPICS) topics.push(await topicBlocks(id, question))
      return topics
    })
    expect(JSON.stringify(counted)).toContain(FIXED_DAYS_NOTE)
    expect(await figuresOf(actor)).toStrictEqual(counted)
  })

  it('names clinicians to the manager alone', async () => {
    await addGeneratedPeople(t, harbor, { seed: 7, people: 1500 })
    await must(runCommand(t.services, harbor.system, refreshOutcomes, { rebuild: true }))
    t.clock.set('2027-02-02T15:00:00.000Z')
    await readyFigures(t.services, harbor.as.researcher)
    const namesFor = async (role: 'manager' | 'researcher') => {
      const [block] = await look(t.services, harbor.as[role], async (needs) => {
        const { question } = await clinicPage(
          needs,
          await t.services.clinicProfile(harbor.id),
          new URLSearchParams(),
        )
        return topicBlocks('funnel', question)
      })
      return block!.tables[0]?.rows.map(({ unit }) => unit)
    }
    const { prescriber, secondPrescriber } = harbor.as
    expect((await namesFor('manager'))?.sort()).toEqual(
      ['not known', prescriber.name, secondPrescriber.name].sort(),
    )
    const numbered = await namesFor('researcher')
    expect(numbered?.map((name) => String(name).replace(/\d/, 'N')).sort()).toEqual([
      'Clinician N',
      'Clinician N',
      'not known',
    ])
  })
})

describe('two at the same time', () => {
  it('work figures out once', async () => {
    const outcomes = await Promise.all([take(), take(), take()])
    expect(outcomes.map(({ taken }) => taken).sort()).toEqual([false, false, true])
    expect(await stored()).toHaveLength(1)
  })

  it('that look wait for the same work', async () => {
    await Promise.all(Array.from({ length: 20 }, () => readyFigures(t.services, harbor.as.manager)))
    expect(await stored()).toHaveLength(1)
  })

  it('leave nothing when the one dies, and the other does the work', async () => {
    const holding = new pg.Client(t.settings)
    await holding.connect()
    let waiting: ReturnType<typeof take>
    try {
      await holding.query('begin')
      // Whoever cuts the facts stands still, in the midst of the work.
      await holding.query('lock table session_event in access exclusive mode')
      const dying = take().catch((error: Error) => error)
      const blockedBy = (query: string) =>
        t.owner.query(
          `select a.pid from pg_stat_activity a
           where a.datname = current_database() and a.wait_event_type = 'Lock' and a.query like $1`,
          [query],
        )
      await waitFor(async () => (await blockedBy('%create temporary table%')).rows.length > 0)
      waiting = take()
      await waitFor(async () => (await blockedBy('%measure_snapshot%')).rows.length > 0)
      const { rows } = await blockedBy('%create temporary table%')
      await t.owner.query('select pg_terminate_backend($1)', [rows[0].pid])
      expect(await dying).toBeInstanceOf(Error)
      expect(await stored()).toEqual([])
    } finally {
      await holding.query('rollback')
      await holding.end()
    }
    expect(await waiting).toEqual({ taken: true, asOf: OCTOBER })
    expect((await stored()).map(({ people }) => people > 100)).toEqual([true])
  })
})

describe('figures that are kept', () => {
  it('are worked out anew by other definitions or other code, and stay beside the new ones', async () => {
    await take()
    await t.owner.query(`update measure_snapshot set stamp = 'older' where clinic_id = $1`, [harbor.id])
    await readyFigures(t.services, harbor.as.manager)
    expect((await stored()).map(({ day, stamp }) => [day, stamp])).toEqual([
      [OCTOBER, 'older'],
      [OCTOBER, snapshotStamp()],
    ])
  })

  it('stand until the job has worked out the next ones, when a month has ended and ten more have come', async () => {
    // After the last of the generated people.
    t.clock.set('2027-02-02T15:00:00.000Z')
    await readyFigures(t.services, harbor.as.manager)
    const [first] = await stored()
    const before = await figuresOf(harbor.as.manager)
    const days = async () => (await stored()).map(({ day }) => day)
    await people('2027-03-10', 2)
    const job = takeSnapshotsJob(t.services, async () => [harbor.id, other.id])
    t.clock.set('2027-04-02T15:00:00.000Z')
    await job({})
    expect(await days()).toEqual([first!.day])
    await people('2027-04-03', 10)
    t.clock.set('2027-05-02T15:00:00.000Z')
    await readyFigures(t.services, harbor.as.manager)
    expect(await figuresOf(harbor.as.manager)).toEqual(before)
    await job({})
    expect(await days()).toEqual([first!.day, '2027-04-30'])
    expect(await figuresOf(harbor.as.manager)).not.toEqual(before)
  })

  it('of nobody are no reason not to look again', async () => {
    await readyFigures(t.services, other.as.manager)
    expect((await stored(other)).map(({ people }) => people)).toEqual([0])
    await addGeneratedPeople(t, other, { seed: 5, people: 60 })
    t.clock.set('2026-11-20T15:00:00.000Z')
    await must(runCommand(t.services, other.system, refreshOutcomes, { rebuild: true }))
    await readyFigures(t.services, other.as.manager)
    const { question } = await look(t.services, other.as.manager, async (needs) =>
      clinicPage(needs, await t.services.clinicProfile(other.id), new URLSearchParams()),
    )
    expect(question.asked.today).toBe(OCTOBER)
    expect(Math.max(...(await stored(other)).map(({ people }) => people))).toBeGreaterThan(10)
  })

  it('are another clinic’s own', async () => {
    await take()
    const key = { clinicId: harbor.id, asOf: OCTOBER, stamp: snapshotStamp() }
    const before = parseLocalDate('2026-11-02')
    await look(t.services, other.as.manager, async ({ db }) => {
      expect(await newestSnapshot(db, { clinicId: harbor.id, before })).toBeUndefined()
      await expect(keptFigures(db, key, 'use')).rejects.toThrow('no figures of use are kept')
    })
    await readyFigures(t.services, other.as.manager)
    expect(await figuresOf(other.as.manager, other)).not.toEqual(await figuresOf(harbor.as.manager))
    expect((await stored()).length).toBe(1)
  })
})

/** Until the database says so: it is asked again and again, not after a time. */
async function waitFor(so: () => Promise<boolean>): Promise<void> {
  while (!(await so())) await new Promise((next) => setImmediate(next))
}
