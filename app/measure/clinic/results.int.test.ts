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
import { clinicResults } from './results.server.ts'

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
  return look(t.services, clinic.system, async (needs) =>
    clinicResults(needs, await t.services.clinicProfile(clinic.id)),
  )
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
  const { figure, invented } = await results(harbor)
  if (figure.kind !== 'curve') throw new Error(figure.why)
  expect(invented).toBe(' · invented people')
  expect(figure.people).toBe(12)
  expect(figure.untilDay).toBe(30)
  expect(figure.points.at(-1)!.without).toBeCloseTo(11 / 12, 12)
  // One user among twelve is a small count, and with the total the eleven would tell it.
  expect(figure.states.map((s) => s.people)).toEqual([undefined, undefined, 0, 0, 0])
  expect((await results(other)).figure).toEqual({ kind: 'no-curve', why: 'too-few-people', people: 0 })
})
