import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { giveDose } from '../../../tests/database/dosed-person.ts'
import {
  anId,
  look,
  makeClinic,
  must,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../../../tests/database/test-clinic.ts'
import { checkIn, onDay, type TreatedPerson, treatPeople } from '../../../tests/database/treated-people.ts'
import { runCommand } from '../../platform/command.server.ts'
import { peopleOf } from './public-figures.ts'
import {
  type PreparedRelease,
  publishRelease,
  releaseDesk,
  withdrawRelease,
} from './publish-release.server.ts'
import { newestRelease, type ReleaseId } from './release-queries.server.ts'

/** Releases 1 (25 people of January to March) and 2 (20 of April to June), then what becomes wrong in them. */
let t: TestDatabase
let harbor: TestClinic
let winter: TreatedPerson[]
let spring: TreatedPerson[]

beforeAll(async () => {
  t = await openTestDatabase({ logErrors: false })
  harbor = await makeClinic(t.services, 'harbor')
  winter = [
    ...(await treat(12, '2026-01-20', { day: 20, used: 'yes' })),
    ...(await treat(13, '2026-02-10', { day: 88, used: 'no' })),
  ]
  t.clock.set(onDay('2026-07-30'))
  await sign()
  spring = [
    ...(await treat(10, '2026-04-20', { day: 20, used: 'yes' })),
    ...(await treat(10, '2026-05-20', { day: 88, used: 'no' })),
  ]
  t.clock.set(onDay('2026-11-01'))
  await sign()
})
afterAll(() => t.close())

const treat = (people: number, firstDose: string, answer: { day: number; used: 'yes' | 'no' }) =>
  treatPeople(t, harbor, people, firstDose, answer)
const desk = async () => (await releaseDesk(t.services, harbor.as.manager)).next
const ready = async () => {
  const next = await desk()
  if (next.kind !== 'ready') throw new Error(`not ready: ${next.why}`)
  return next
}
async function sign(): Promise<PreparedRelease & { kind: 'ready' }> {
  const next = await ready()
  await must(
    runCommand(t.services, harbor.as.manager, publishRelease, {
      key: anId<'results-release'>(t.services),
      pageHash: next.pageHash,
      typedName: 'manager of harbor',
    }),
  )
  return next
}
const releaseId = async (number: number): Promise<ReleaseId> => {
  const { before } = await releaseDesk(t.services, harbor.as.manager)
  return before.find((release) => release.number === number)!.id
}
const withdraw = async (number: number, reason = 'Two sessions were entered for the wrong day.') =>
  runCommand(t.services, harbor.as.manager, withdrawRelease, { releaseId: await releaseId(number), reason })
const shown = () => look(t.services, harbor.system, ({ db }) => newestRelease(db, harbor.id))
/** An earlier dose that comes to be known later, and a check-in by which the course is made anew. */
async function doseFoundLater({ personId, patient }: TreatedPerson, day: string): Promise<void> {
  await giveDose(t, harbor, personId, onDay(day))
  await checkIn(t, patient, 'no')
}
/** The stored course is derived from the record, so a test may say what the record would have told. */
const correctCourse = ({ personId }: TreatedPerson, set: string) =>
  t.owner.query(`update outcome_course set ${set} where person_id = $1`, [personId])
const peopleIn = async (number: number) =>
  (
    await t.owner.query<{ person_id: string }>(
      'select person_id from results_release_person where release_id = $1',
      [await releaseId(number)],
    )
  ).rows.map((row) => row.person_id)

describe('a release that was wrong', () => {
  it('is withdrawn newest first: the newer one adds the older up', async () => {
    expect(await withdraw(1)).toMatchObject({ ok: false, reason: 'not-the-newest' })
    await must(withdraw(2))
    expect((await shown())?.withdrawn?.reason).toBe('Two sessions were entered for the wrong day.')
  })

  it('is counted anew at once: the same people as far as they began then, and nobody who has come to light since', async () => {
    const [early, , out] = spring
    await correctCourse(early!, 'first_use_day = 40')
    await correctCourse(out!, `first_dose_day = '2026-07-02'`)
    const [found] = await treat(1, '2026-06-10', { day: 88, used: 'no' })
    t.clock.set(onDay('2026-11-05'))
    const next = await ready()
    expect(next).toMatchObject({
      number: 3,
      added: { from: '2026-04-01', to: '2026-06-30' },
      corrects: { number: 2 },
      tellsFew: true,
    })
    expect(peopleOf(next.batch.counts)).toBe(19)
    expect(next.batch.counts.used.map(({ missing }) => missing)).toEqual([8, 1, 0])
    await sign()
    expect(await peopleIn(3)).not.toContain(found!.personId)
    expect(await peopleIn(3)).not.toContain(out!.personId)
    spring.push(found!)
  })

  it('stays beside the corrected one, which says on which day and why', async () => {
    expect(await shown()).toMatchObject({
      number: 3,
      withdrawn: undefined,
      page: {
        firstSessions: { from: '2026-01-01', to: '2026-06-30' },
        corrections: [
          {
            release: 2,
            withdrawnOn: '2026-11-01',
            reason: 'Two sessions were entered for the wrong day.',
            correctedBy: 3,
            correctedOn: '2026-11-05',
          },
        ],
      },
    })
    const { before } = await releaseDesk(t.services, harbor.as.manager)
    expect(before.map(({ number, withdrawn }) => [number, withdrawn !== undefined])).toEqual([
      [3, false],
      [2, true],
      [1, false],
    ])
    expect(before[1]!.page.figures.people).toBe(45)
    expect(await desk()).toMatchObject({ kind: 'wait', why: 'no-new-quarter', until: '2027-01-28' })
  })

  it('may lie further back: then all that stand on it are withdrawn and counted anew in turn', async () => {
    await must(withdraw(3, 'Answers were lost.'))
    await must(withdraw(1, 'Answers were lost.'))
    expect(await ready()).toMatchObject({ number: 4, corrects: { number: 1 }, tellsFew: false })
    await sign()
    expect((await shown())?.page.figures.people).toBe(25)
    expect(await ready()).toMatchObject({ number: 5, corrects: { number: 3 } })
    const { page } = await sign()
    expect(page.figures.people).toBe(44)
    expect(page.corrections?.map(({ release, correctedBy }) => [release, correctedBy])).toEqual([
      [1, 4],
      [2, 3],
      [3, 5],
    ])
  })
})

describe('each person is counted once', () => {
  it('whose first session is corrected into a quarter before or after, and who was not known of in time', async () => {
    const summer = await treat(11, '2026-08-03', { day: 88, used: 'no' })
    const [countedBefore] = winter
    await correctCourse(countedBefore!, `first_dose_day = '2026-08-04'`)
    // First seen in August, until a session of December comes to be known, before the first quarter published.
    t.clock.set(onDay('2027-01-20'))
    await doseFoundLater(summer[0]!, '2025-12-15')
    t.clock.set(onDay('2027-02-01'))
    const next = await sign()
    expect(next.added).toEqual({ from: '2026-07-01', to: '2026-09-30' })
    // The eleven, the one who was found in June, and the one who left release 2 for July.
    expect((await peopleIn(6)).sort()).toEqual(
      [...summer, spring.at(-1)!, spring[2]!].map(({ personId }) => personId as string).sort(),
    )
    expect(next.page.figures.people).toBe(25 + 19 + 13)
    expect(next.page.firstSessions).toEqual({ from: '2025-10-01', to: '2026-09-30' })
    const twice = await t.owner.query(
      `select p.person_id from results_release_person p
       join results_release_live l on l.clinic_id = p.clinic_id and l.release_id = p.release_id
       group by p.person_id having count(*) > 1`,
    )
    expect(twice.rows).toEqual([])
  })

  it('when fewer than ten are left of a withdrawn release, together with ten new people', async () => {
    await must(withdraw(6))
    const [, ...leaving] = await peopleIn(6)
    const leaveUntil = async (left: number) => {
      while ((await remaining(6)) > left)
        await t.owner.query(`update outcome_course set first_dose_day = '2026-10-05' where person_id = $1`, [
          leaving.pop(),
        ])
    }
    await leaveUntil(10)
    expect(await ready()).toMatchObject({ number: 7, corrects: { number: 6 } })
    await leaveUntil(9)
    expect(await desk()).toMatchObject({ kind: 'wait', why: 'too-few-left', until: '2027-04-30' })
    // Thirteen who were in the withdrawn release and nine who are new: its page could be subtracted.
    await treat(9, '2026-11-10', { day: 88, used: 'no' })
    t.clock.set(onDay('2027-05-01'))
    expect(await desk()).toMatchObject({ kind: 'wait', why: 'too-few-left', until: '2027-07-29' })
    await treat(1, '2026-11-11', { day: 88, used: 'no' })
    t.clock.set(onDay('2027-05-01'))
    const next = await sign()
    expect(next).toMatchObject({
      number: 7,
      added: { from: '2026-07-01', to: '2026-12-31' },
      corrects: { number: 6 },
    })
    expect(peopleOf(next.batch.counts)).toBe(23)
    expect(await desk()).toMatchObject({ kind: 'wait', why: 'no-new-quarter' })
  })
})

describe('when a definition has risen', () => {
  it('only people of later quarters are counted and named: those before were counted by another', async () => {
    const client = await t.owner.connect()
    await client.query('begin')
    await client.query('set local session_replication_role = replica')
    await client.query(`update results_release set batch = jsonb_set(batch, '{versions}', '"others"')`)
    await client.query('commit')
    client.release()
    await treat(1, '2026-12-01', { day: 88, used: 'no' })
    const [real] = await treat(10, '2027-01-11', { day: 88, used: 'no' })
    await t.owner.query('update person set synthetic = false where id = $1', [real!.personId])
    t.clock.set(onDay('2027-08-01'))
    const { page } = await ready()
    expect(page.figures.people).toBe(10)
    expect(page.firstSessions).toEqual({ from: '2027-01-01', to: '2027-03-31' })
    expect(page.invented).toBe(' · partly invented people')
  })
})

const remaining = async (number: number) =>
  (
    await t.owner.query<{ n: number }>(
      `select count(*)::int as n from results_release_person p
       join outcome_course c on c.clinic_id = p.clinic_id and c.person_id = p.person_id
       where p.release_id = $1 and c.first_dose_day <= '2026-09-30'`,
      [await releaseId(number)],
    )
  ).rows[0]!.n

describe('the database', () => {
  it('refuses a release of quarters that one that stands has added, whoever writes it', async () => {
    const insert = (number: number, from: string, to: string) =>
      t.owner.query(
        `insert into results_release (clinic_id, id, number, first_dose_from, first_dose_to, counted_on, batch, page, page_hash,
           signed_name, signed_by, published_at)
         values ($1, $2, $3, $4, $5, '2028-01-01', '{}', '{}', '', '', '', now())`,
        [harbor.id, anId(t.services), number, from, to],
      )
    await expect(insert(90, '2026-12-31', '2027-03-31')).rejects.toThrow(/results_release_live_once/)
    // Release 6 is withdrawn: its quarter is held by release 7 alone.
    await expect(insert(91, '2026-07-01', '2026-09-30')).rejects.toThrow(/results_release_live_once/)
  })

  it('lets the application neither say what stands nor change who was counted', async () => {
    const rights = await t.owner.query<{ may: boolean }>(
      `select has_table_privilege('evenkeel_app', tab, priv) as may
       from unnest(array['results_release_live', 'results_release_live', 'results_release_live', 'results_release_person', 'results_release_person'],
         array['insert', 'update', 'delete', 'update', 'delete']) as asked (tab, priv)`,
    )
    expect(rights.rows.map(({ may }) => may)).toEqual([false, false, false, false, false])
  })
})
