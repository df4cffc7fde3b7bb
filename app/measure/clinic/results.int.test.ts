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
import { bringOutcomesUpToDate } from '../dataset/refresh-outcomes.server.ts'
import { clinicPage } from './clinic-page.server.ts'
import { readyFigures } from './take-snapshot.server.ts'
import { topicBlocks } from './topic-blocks.server.ts'

let t: TestDatabase
let harbor: TestClinic
let other: TestClinic
beforeAll(async () => {
  t = await openTestDatabase()
  harbor = await makeClinic(t.services, 'harbor')
  other = await makeClinic(t.services, 'other')
})
afterAll(() => t.close())

const results = async (clinic: TestClinic) => {
  await bringOutcomesUpToDate(t.services, clinic.id)
  return look(t.services, clinic.as.prescriber, async (needs) => {
    const page = await clinicPage(needs, await t.services.clinicProfile(clinic.id), new URLSearchParams())
    const [firstUse] = await topicBlocks('use', page.question)
    return { ...page, firstUse: firstUse! }
  })
}

it('leads from doses and check-ins to the curve of the own clinic, corrections counted once', async () => {
  for (let person = 0; person < 12; person++) {
    t.clock.set('2026-01-05T15:00:00.000Z')
    const { personId, patient } = await makePerson(t.services, harbor, `Robin ${person}`)
    await giveDose(t, harbor, personId, '2026-01-05T15:00:00.000Z', 60)
    const send = (day: number, used: 'yes' | 'no') => {
      t.clock.set(new Date(Date.UTC(2026, 0, 5 + day, 15)).toISOString())
      const answers = { craving0to10: 8, used, substances: [], mood0to10: 4, words: null }
      return must(
        runCommand(t.services, patient, submitCheckIn, { key: anId<'check-in'>(t.services), answers }),
      )
    }
    // Two of twelve use on day 10; one of them said so by mistake and corrected it.
    await send(10, person < 2 ? 'yes' : 'no')
    if (person === 1) await send(10, 'no')
    await send(30, 'no')
  }
  t.clock.set('2026-02-06T15:00:00.000Z')
  const { firstUse, invented } = await results(harbor)
  expect(invented).toBe(' · invented people')
  const [points, people] = firstUse.tables
  expect(points!.rows.at(-1)).toMatchObject({ day: 30, still_observed: 11 })
  expect(points!.rows.at(-1)!.without).toBeCloseTo(11 / 12, 12)
  // One user among twelve is a small count, and with the total the eleven would tell it.
  expect(people!.rows.map((row) => row.people)).toEqual([undefined, undefined, 0, 0, 0, 12])
  const nobody = (await results(other)).firstUse
  expect([nobody.nothing?.title, nobody.facts]).toEqual(['No curve yet', [{ term: 'People', value: 0 }]])
})

it('lets nobody choose a period who does not treat people, whatever stands in the address', async () => {
  const query = new URLSearchParams({ from: '2026-Q1', to: '2026-Q1' })
  const profile = await t.services.clinicProfile(harbor.id)
  const seenBy = async (role: 'researcher' | 'manager' | 'nurse') => {
    await readyFigures(t.services, harbor.as[role])
    return look(t.services, harbor.as[role], (needs) => clinicPage(needs, profile, query))
  }
  for (const role of ['researcher', 'manager'] as const) {
    const { question, filter, strictWords, period, today } = await seenBy(role)
    expect([question.asked.firstDose, filter.begins, filter.ends]).toEqual([undefined, [], []])
    expect([filter.from, filter.to, today]).toEqual([undefined, undefined, '2026-01-31'])
    expect(strictWords).toContain('as of Sat 31 Jan 2026')
    expect(period).toBe('Everybody with a first dose by Sat 31 Jan 2026, as of that day.')
  }
  const { question, strictWords } = await seenBy('nurse')
  expect([question.asked.firstDose?.from, strictWords]).toEqual(['2026-01-01', undefined])
})
