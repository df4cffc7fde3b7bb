import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeBookedPerson, orderFor } from '../../../tests/database/booked-person.ts'
import {
  look,
  makeClinic,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../../../tests/database/test-clinic.ts'
import { clinicById } from '../../identity/index.server.ts'
import type { Member } from '../../platform/actor.ts'
import type { PageArgs } from '../../platform/page.server.ts'
import { entryPage } from '../diary-views/entry-page.server.ts'
import { planPage } from '../plan-page.server.ts'
import { orderPage } from './order-page.server.ts'

let t: TestDatabase
let harbor: TestClinic

beforeAll(async () => {
  t = await openTestDatabase()
  harbor = await makeClinic(t.services, 'harbor')
})
afterAll(() => t.close())

async function page(actor: Member, id: string): Promise<PageArgs> {
  const clinic = await look(t.services, harbor.system, ({ db }) => clinicById(db, harbor.id))
  const url = new URL('http://clinic.test/work')
  return { services: t.services, actor, clinic, params: { id }, url } as unknown as PageArgs
}

it('an infusion of 70 min on visits of 40: plan, visit and order page say what they lack', async () => {
  const { planId, appointmentId } = await makeBookedPerson(t, harbor)
  const { coordinator, prescriber } = harbor.as
  const planShown = async () => planPage(await page(coordinator, planId), planId)
  const visitShown = async () => (await entryPage(await page(coordinator, appointmentId))).problems.join(' ')
  expect((await planShown()).shortVisits).toBeUndefined()
  expect(await visitShown()).not.toContain('too short')
  expect((await orderPage(await page(prescriber, planId))).booked.visits).toHaveLength(3)

  await orderFor(t, harbor, planId, {
    dose: {
      kind: 'infusion',
      steps: [{ title: 'Infusion', mgPerKg: 0.8, durationMin: 70 }],
      weightBasis: 'actual',
      concentrationMgPerMl: 10,
      totalVolumeMl: 50,
    },
    reason: 'Slower, as the last one was felt too strongly.',
  })
  expect((await planShown()).shortVisits).toBe(
    '3 booked visits are too short for an infusion of 70 min, by 30 min.',
  )
  expect(await visitShown()).toContain('It is 30 min too short for what is ordered.')
})
