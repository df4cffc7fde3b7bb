import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { giveDose } from '../../../tests/database/dosed-person.ts'
import { addGeneratedPeople } from '../../../tests/database/generated-people.ts'
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
import type { Role } from '../../platform/actor.ts'
import { runCommand } from '../../platform/command.server.ts'
import type { PersonId } from '../../platform/ids.ts'
import { parseLocalDate } from '../../platform/time.ts'
import { storedCourses } from '../dataset/course-queries.server.ts'
import { cutFiguresTo } from '../dataset/cut-queries.server.ts'
import { type OutcomeFacts, outcomeCourses } from '../dataset/outcome-course.ts'
import { outcomeFacts, resultFacts } from '../dataset/outcome-facts.server.ts'
import { bringOutcomesUpToDate, refreshOutcomes } from '../dataset/refresh-outcomes.server.ts'
import { storedPairs, storedSessions } from '../dataset/result-queries.server.ts'
import { resultPairs, sessionRows } from '../dataset/result-rows.ts'
import { clinicPage } from './clinic-page.server.ts'
import { FIXED_DAYS_NOTE } from './figure-block.ts'
import { readyFigures } from './take-snapshot.server.ts'
import { overviewBlocks, topicBlocks } from './topic-blocks.server.ts'
import { TOPICS } from './topics.ts'

/** What somebody who does not treat sees stays as it was at the end of a month, whatever is entered after it. */
const ZONE = 'America/New_York'
let t: TestDatabase
let harbor: TestClinic
let generated: string[]
beforeAll(async () => {
  t = await openTestDatabase()
  harbor = await makeClinic(t.services, 'harbor')
  t.clock.set('2026-11-02T15:00:00.000Z')
  generated = await addGeneratedPeople(t, harbor, { seed: 20_261_101, people: 400 })
  await bringOutcomesUpToDate(t.services, harbor.id)
})
afterAll(() => t.close())

/** Everything that pages and downloads are made of. */
async function seenBy(role: Extract<Role, 'manager' | 'researcher' | 'prescriber'>) {
  await readyFigures(t.services, harbor.as[role])
  return look(t.services, harbor.as[role], async (needs) => {
    const page = await clinicPage(needs, await t.services.clinicProfile(harbor.id), new URLSearchParams())
    const topics: unknown[] = [page.period, page.invented, page.today, await overviewBlocks(page.question)]
    for (const { id } of TOPICS) topics.push(await topicBlocks(id, page.question))
    return topics
  })
}

const dayAt = (day: string) => `${day}T15:00:00.000Z`

async function newPerson(day: string, name: string) {
  t.clock.set(dayAt(day))
  const { personId, patient } = await makePerson(t.services, harbor, name)
  await giveDose(t, harbor, personId, dayAt(day), 60)
  const answers = { craving0to10: 9, used: 'yes', substances: [], mood0to10: 2, words: null } as const
  await must(runCommand(t.services, patient, submitCheckIn, { key: anId<'check-in'>(t.services), answers }))
  return personId
}

/** Written beneath the commands, which let nobody tell so much of others; told on the clock's day. */
async function tellUseOf(people: readonly string[], day: string) {
  await t.owner.query(
    `insert into use_day (clinic_id, person_id, day, revision, state, entries, grams_per_drink, said_by, told_by, told_at, time_zone)
     select $1, p, $3::date, coalesce((select max(revision) from use_day d where d.clinic_id = $1 and d.person_id = p and d.day = $3::date), 0) + 1,
       'used', '[{}]', 14, 'with-staff', 'test', $4, $5
     from unnest($2::uuid[]) p`,
    [harbor.id, people, day, t.services.clock.now(), ZONE],
  )
}

/** Each result of these people once more, finished at another time. */
async function finishAgain(people: readonly string[], at: string) {
  await t.owner.query(
    `insert into instrument_response (clinic_id, id, person_id, source, object_id, instrument_id, version, edition, form_hash, recall_period, scoring_version, answers, scores, completed_at, recorded_by)
     select clinic_id, gen_random_uuid(), person_id, source, gen_random_uuid()::text, instrument_id, version, edition, form_hash, recall_period, scoring_version, answers, scores, $3, recorded_by
     from instrument_response where clinic_id = $1 and person_id = any ($2::uuid[])`,
    [harbor.id, people, at],
  )
}

describe('facts cut at the end of a day', () => {
  it('make the same courses, results and sessions as if nothing later had ever been told', async () => {
    const day = parseLocalDate('2026-06-30')
    const known = await look(t.services, harbor.as.manager, async ({ db }) => ({
      ...(await outcomeFacts(db, harbor.id, ZONE)),
      ...(await resultFacts(db, harbor.id, ZONE)),
      courseDoses: (await outcomeFacts(db, harbor.id, ZONE)).doses,
    }))
    // Days before the cut, told after it: they are in no course of that day, though in those of today.
    await tellUseOf(generated.slice(0, 200), '2026-06-20')
    const [cut, pairs, sessions, today] = await look(t.services, harbor.as.manager, async ({ db }) => {
      const today = await outcomeFacts(db, harbor.id, ZONE)
      await cutFiguresTo(db, { clinicId: harbor.id, timeZone: ZONE, day })
      return [
        await storedCourses(db, harbor.id),
        await storedPairs(db, harbor.id),
        await storedSessions(db, harbor.id),
        today,
      ] as const
    })
    const by = <Fact extends { readonly day: string }>(facts: readonly Fact[]) =>
      facts.filter((fact) => fact.day <= day)
    const upTo: OutcomeFacts = {
      doses: by(known.courseDoses),
      checkIns: known.checkIns.filter(({ forDate }) => forDate <= day),
      // Told in one piece before that day.
      calendarDays: known.calendarDays,
    }
    const byPerson = (courses: readonly { personId: string }[]) =>
      [...courses].sort((a, b) => (a.personId < b.personId ? -1 : 1))
    expect(cut.length).toBeGreaterThan(50)
    expect(byPerson(cut)).toEqual(byPerson(outcomeCourses(upTo)))
    const withLater = outcomeCourses({ ...upTo, calendarDays: today.calendarDays })
    expect(byPerson(cut)).not.toEqual(byPerson(withLater))
    const doses = by(known.doses)
    expect(pairs).toEqual(resultPairs(doses, by(known.results)))
    expect(pairs).not.toEqual(resultPairs(doses, known.results))
    // A session that ran over midnight of the last day is cut in the middle of its log.
    const ofLastDay = known.sessions.filter((fact) => fact.day === day).map(({ sessionId }) => sessionId)
    const whole = ({ sessionId }: { readonly sessionId: string }) => !ofLastDay.includes(sessionId)
    expect(sessions.filter(whole)).toEqual(sessionRows(by(known.sessions)).filter(whole))
    expect(sessions.filter(whole).length).toBeGreaterThan(50)
  })

  it('leave nothing behind: the next transaction reads what is stored', async () => {
    const all = () =>
      look(t.services, harbor.as.manager, async ({ db }) => [
        (await storedCourses(db, harbor.id)).length,
        (await storedPairs(db, harbor.id)).length,
        (await storedSessions(db, harbor.id)).length,
      ])
    const before = await all()
    const cut = await look(t.services, harbor.as.manager, async ({ db }) => {
      await cutFiguresTo(db, { clinicId: harbor.id, timeZone: ZONE, day: parseLocalDate('2026-03-31') })
      return (await storedSessions(db, harbor.id)).length
    })
    expect(cut).toBeLessThan(before[2]!)
    for (let times = 0; times < 12; times++) expect(await all()).toEqual(before)
  })
})

describe('strict figures in a running month', () => {
  it('do not move with who comes, what is told and what is corrected in it; the team’s do', async () => {
    const [manager, researcher, team] = [
      await seenBy('manager'),
      await seenBy('researcher'),
      await seenBy('prescriber'),
    ]
    expect(manager[0]).toBe('Everybody with a first dose by Sat 31 Oct 2026, as of that day.')
    // Enough people for curves, and for means and quartiles that may be told.
    expect(JSON.stringify(manager)).toContain(FIXED_DAYS_NOTE)
    expect(JSON.stringify(manager)).toMatch(/the median was \d of 10/)
    await newPerson('2026-11-10', 'Robin')
    // Days of October told and corrected in November, of people who are in the figures.
    t.clock.set(dayAt('2026-11-12'))
    for (const day of ['2026-10-05', '2026-10-28', '2026-11-03']) await tellUseOf(generated.slice(0, 60), day)
    await finishAgain(generated, dayAt('2026-11-12'))
    // Another session of somebody of September, and its log.
    await giveDose(t, harbor, generated[1] as PersonId, dayAt('2026-11-15'), 40)
    t.clock.set(dayAt('2026-11-28'))
    await must(runCommand(t.services, harbor.system, refreshOutcomes, { rebuild: true }))
    expect(await seenBy('manager')).toEqual(manager)
    // Not only because it is kept: worked out anew it is the same.
    await t.owner.query('delete from measure_snapshot where clinic_id = $1', [harbor.id])
    expect(await seenBy('manager')).toEqual(manager)
    expect(await seenBy('researcher')).toEqual(researcher)
    expect(await seenBy('prescriber')).not.toEqual(team)
  })
})
