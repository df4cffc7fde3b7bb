import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeBookedPerson } from '../../tests/database/booked-person.ts'
import {
  anId,
  look,
  makeClinic,
  must,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../../tests/database/test-clinic.ts'
import { recordFact, recordMedicine } from '../assess/index.server.ts'
import { runCommand } from '../platform/command.server.ts'
import { addMs, DAY_MS, HOUR_MS } from '../platform/time.ts'
import { appointmentsOfPlan } from './diary/entry-queries.server.ts'
import { holdsFor, holdsOfPlans } from './load-holds.server.ts'
import { activeOrder } from './orders/sign-order.server.ts'
import { planById } from './plan-queries.server.ts'
import { protocolOfPlan } from './protocols/protocol-of.server.ts'

const ZONE = 'America/New_York'
let t: TestDatabase
let harbor: TestClinic
beforeAll(async () => {
  t = await openTestDatabase()
  t.clock.set('2026-11-22T15:00:00.000Z')
  harbor = await makeClinic(t.services, 'harbor')
})
afterAll(() => t.close())

it('finds what holds a plan’s next dose, and tells each reader no more than is theirs', async () => {
  const { planId, personId } = await makeBookedPerson(t, harbor)
  const holds = () =>
    look(t.services, harbor.as.nurse, async ({ db, at }) => {
      const plan = (await planById(db, harbor.id, planId))!
      const protocol = await protocolOfPlan(db, harbor.id, plan)
      const atHand = {
        plan,
        protocol,
        order: await activeOrder(db, harbor.id, planId, at),
        visits: await appointmentsOfPlan(db, harbor.id, planId),
        dosedAt: [],
      }
      return (await holdsOfPlans(db, { id: harbor.id, timeZone: ZONE }, [atHand], at)).get(planId)!
    })
  const idsOf = async () => (await holds()).map(({ id, kind }) => `${id} ${kind}`)
  // The visit is within the hour, and nobody has asked the questions of the day before.
  expect(await idsOf()).toEqual(['day-before unknown'])

  await must(
    runCommand(t.services, harbor.as.nurse, recordMedicine, {
      id: anId<'medicine-entry'>(t.services),
      personId,
      told: {
        kind: 'taken',
        name: 'theophylline',
        group: 'not-known',
        dose: undefined,
        since: undefined,
        lastTakenAt: undefined,
        source: 'self-report',
      },
    }),
  )
  await must(
    runCommand(t.services, harbor.as.nurse, recordFact, {
      id: anId<'fact'>(t.services),
      personId,
      kind: 'weight-kg',
      value: 90,
      observedAt: t.clock.now(),
      source: 'measured-here',
    }),
  )
  expect(await idsOf()).toEqual(['medicines-hold against', 'weight-changed against', 'day-before unknown'])
  const seenBy = async (actor: Parameters<typeof holdsFor>[0]) =>
    JSON.stringify(holdsFor(actor, await holds()))
  expect(await seenBy(harbor.as.nurse)).toContain('Theophylline')
  expect(await seenBy(harbor.as.coordinator)).not.toContain('heophylline')
  expect(await seenBy(harbor.as.coordinator)).toContain('othing answered yet')
  expect(await seenBy(harbor.as.therapist)).not.toContain('othing answered yet')

  // Days later the first visit is over and nobody is asked about the next; then the facts of a week are too old.
  t.clock.advance(3 * DAY_MS)
  expect(await idsOf()).toEqual(['medicines-hold against', 'weight-changed against'])
  t.clock.advance(5 * DAY_MS)
  expect(await idsOf()).toContain('eligibility-too-old unknown')
})

it('judges the age of the weight on the day of the next visit', async () => {
  const { planId } = await makeBookedPerson(t, harbor)
  const idsWith = (days: number) =>
    look(t.services, harbor.as.nurse, async ({ db, at }) => {
      const plan = (await planById(db, harbor.id, planId))!
      const [visit] = await appointmentsOfPlan(db, harbor.id, planId)
      const atHand = {
        plan,
        protocol: await protocolOfPlan(db, harbor.id, plan),
        order: await activeOrder(db, harbor.id, planId, at),
        visits: [
          { ...visit!, startsAt: addMs(at, days * DAY_MS), endsAt: addMs(at, days * DAY_MS + HOUR_MS) },
        ],
        dosedAt: [],
      }
      const holds = await holdsOfPlans(db, { id: harbor.id, timeZone: ZONE }, [atHand], at)
      return holds.get(planId)!.map(({ id }) => id)
    })
  expect(await idsWith(20)).toEqual([])
  expect(await idsWith(32)).toEqual(['weight-too-old'])
})
