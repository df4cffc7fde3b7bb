import { afterAll, beforeAll, expect, it } from 'vitest'
import { type BookedPerson, makeBookedPerson } from '../../../../tests/database/booked-person.ts'
import {
  anId,
  look,
  makeClinic,
  must,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../../../../tests/database/test-clinic.ts'
import { action, role } from '../../../platform/access.ts'
import type { Member } from '../../../platform/actor.ts'
import { type Command, runCommand } from '../../../platform/command.server.ts'
import { done } from '../../../platform/outcome.ts'
import type { LocalDate } from '../../../platform/time.ts'
import { openSession } from '../../session/open-session.server.ts'
import type { LotId, SessionId } from '../../session/session-event.ts'
import { drawForDose } from '../draw-for-dose.server.ts'
import { recallLot } from '../keep-stock.server.ts'
import { lockLot } from '../lot-queries.server.ts'
import { receiveStock } from '../receive-stock.server.ts'
import { loadLedgerAlerts } from './load-alerts.server.ts'
import { type NotedAlert, noteAlert } from './note-alert.server.ts'

let t: TestDatabase
let harbor: TestClinic
let other: TestClinic
let booked: BookedPerson

beforeAll(async () => {
  t = await openTestDatabase()
  // Tuesday, 10:00 in New York. Visits at 11:00, and a week and two weeks later.
  t.clock.set('2026-11-24T15:00:00.000Z')
  harbor = await makeClinic(t.services, 'harbor')
  other = await makeClinic(t.services, 'other')
  booked = await makeBookedPerson(t, harbor)
})
afterAll(() => t.close())

const seen = (by: Member = harbor.as.manager, clinic = harbor) =>
  look(t.services, by, (needs) => loadLedgerAlerts(needs, { id: clinic.id, timeZone: 'America/New_York' }))
const codes = async (by?: Member) => (await seen(by)).alerts.map(({ code }) => code)

async function receive(containers: number, lotNumber = 'L1'): Promise<LotId> {
  const key = anId<'drug-lot'>(t.services)
  await must(
    runCommand(t.services, harbor.as.manager, receiveStock, {
      key,
      drug: 'Ketamine hydrochloride',
      lotNumber,
      concentrationMgPerMl: 10,
      containerMl: 10,
      containers,
      expiresOn: '2031-12-31' as LocalDate,
      reason: 'invoice 7',
    }),
  )
  return key
}

const draw: Command<{ lotId: LotId; sessionId: SessionId; hundredths: number }, boolean, never> = {
  action: action('test.draw', role('nurse')),
  async run(needs, { lotId, sessionId, hundredths }) {
    const lot = (await lockLot(needs.db, needs.actor.clinicId, lotId))!
    return done(await drawForDose(needs, { lot, hundredths, sessionId, at: needs.at }))
  },
}

it('holds the booked visits with their orders against what is in the safe', async () => {
  const [none] = (await seen()).alerts
  expect(none).toMatchObject({ code: 'stock-below-need', severity: 'red' })
  expect(none?.title).toBe('Not enough for the booked visits: vials of 10 mg/mL')
  expect(none?.detail).toMatch(/take 11\.20 mL for 2 visits; 0\.00 mL can be drawn\. It lasts for 0 of 2/)
  expect((await seen(other.as.manager, other)).alerts).toEqual([])
})

it('says of visits without an order that what they take is not known', async () => {
  await makeBookedPerson(t, harbor, { order: false, nurse: harbor.as.secondNurse })
  const { alerts, notJudged } = await seen()
  expect(alerts[0]?.detail).toMatch(/2 of 4 booked visits .* \(no order in force\)/)
  expect(notJudged.join(' ')).toMatch(/Stock for booked visits: 2 of 4/)
})

it('is content when there is enough, and a visit whose dose is drawn takes nothing more', async () => {
  const lotId = await receive(1)
  expect((await seen()).alerts[0]?.detail).toMatch(/lasts for 1 of 2/)
  const { sessionId } = await must(
    runCommand(t.services, harbor.as.nurse, openSession, {
      appointmentId: booked.appointmentId,
      key: anId<'session'>(t.services),
    }),
  )
  await must(runCommand(t.services, harbor.as.nurse, draw, { lotId, sessionId, hundredths: 560 }))
  expect((await seen()).alerts[0]?.detail).toMatch(/take 5\.60 mL for 1 visit; .* lasts for 0 of 1/)
  await receive(2)
  expect(await codes()).toEqual([])

  // 22:00 there: the session is still under way, the vial beyond its six hours.
  t.clock.set('2026-11-25T03:00:00.000Z')
  await must(
    runCommand(t.services, harbor.as.nurse, draw, { lotId: await receive(1), sessionId, hundredths: 10 }),
  )
  const late = await seen()
  expect(late.alerts.map(({ code }) => code)).toEqual(['vial-open-too-long', 'outside-hours'])
  expect(late.alerts[0]).toMatchObject({
    title: 'Open for too long: vial 1 of lot L1 (Ketamine hydrochloride)',
    since: { at: '2026-11-24T21:00:00.000Z' },
  })
  // What was taken in at night, not what was drawn for the session.
  expect(late.alerts[1]?.title).toMatch(/manager of harbor$/)
  expect(late.alerts[1]?.detail).toMatch(/^Once within 30 days.*22:00: received, 10\.00 mL of lot L1/)
})

it('tells the nurse of vials, and not of a colleague', async () => {
  expect(await codes(harbor.as.nurse)).toEqual(['vial-open-too-long'])
  expect((await seen(harbor.as.nurse)).notJudged.join(' ')).not.toMatch(/Waste/)
})

it('a lot called back is first, and since when', async () => {
  const lotId = await receive(1, 'L2')
  t.clock.set('2026-11-25T16:00:00.000Z')
  await must(
    runCommand(t.services, harbor.as.manager, recallLot, {
      key: anId<'lot-recall'>(t.services),
      lotId,
      state: 'recalled',
      reason: 'particles in the glass',
    }),
  )
  const [first] = (await seen(harbor.as.nurse)).alerts
  expect(first).toMatchObject({
    code: 'lot-recalled',
    severity: 'red',
    since: { at: '2026-11-25T16:00:00.000Z' },
  })
})

it('is looked at by the manager, in words that stay, until something is added to it', async () => {
  const alertKey = (await seen()).alerts.find(({ code }) => code === 'outside-hours')!.key
  const shown = async () => (await seen()).alerts.find(({ key }) => key === alertKey)!
  const note = async (by: Member, change: Partial<NotedAlert> = {}) =>
    runCommand(t.services, by, noteAlert, {
      key: anId<'alert-look'>(t.services),
      alertKey,
      shown: (await shown()).shown,
      words: 'A late delivery, asked for',
      timeZone: 'America/New_York',
      ...change,
    })
  expect(await note(harbor.as.nurse)).toMatchObject({ reason: 'not-allowed' })
  expect(await note(harbor.as.manager, { alertKey: 'outside-hours nobody' })).toMatchObject({
    reason: 'no-such-alert',
  })
  expect(await note(harbor.as.manager, { shown: '{}' })).toMatchObject({ reason: 'not-as-shown' })
  expect(await note(other.as.manager)).toMatchObject({ reason: 'no-such-alert' })
  expect((await shown()).looked).toBeUndefined()
  const key = anId<'alert-look'>(t.services)
  await must(note(harbor.as.manager, { key }))
  await must(note(harbor.as.manager, { key }))
  expect(await note(harbor.as.manager, { key, words: 'Ann was there' })).toMatchObject({
    reason: 'recorded-otherwise',
  })
  expect((await shown()).looked).toMatchObject({ words: 'A late delivery, asked for' })
  await expect(t.owner.query(`update alert_look set words = 'x' where id = '${key}'`)).rejects.toThrow(
    'never changed',
  )
  // 23:30 there: once more.
  t.clock.set('2026-11-26T04:30:00.000Z')
  await receive(1, 'L3')
  expect((await shown()).looked).toBeUndefined()
})
