import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeAssessedPerson } from '../../../tests/database/eligible-person.ts'
import {
  anId,
  look,
  makeClinic,
  must,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../../../tests/database/test-clinic.ts'
import { clinicById } from '../../identity/index.server.ts'
import { runCommand } from '../../platform/command.server.ts'
import { addChair, bookSeries, createPlan, planById } from '../index.server.ts'
import type { ChairId, PlanId } from '../plan.ts'
import { bookingPreview } from './booking-preview.server.ts'
import { wallInstant } from './diary-form.ts'
import { appointmentsOfPlan } from './entry-queries.server.ts'
import { rulesOfPlan } from './session-rules.ts'

let t: TestDatabase
let harbor: TestClinic
let chairId: ChairId

beforeAll(async () => {
  t = await openTestDatabase()
  harbor = await makeClinic(t.services, 'harbor')
  await t.owner.query(`update clinic set profile = profile || $2::jsonb where id = $1`, [
    harbor.id,
    JSON.stringify({
      openingHours: [
        { days: 'Monday to Friday', opens: '08:00', closes: '18:00' },
        { days: 'Sunday', opens: '', closes: '' },
      ],
    }),
  ])
  chairId = anId(t.services)
  await must(
    runCommand(t.services, harbor.as.manager, addChair, {
      key: chairId,
      roomName: 'Room',
      name: 'One',
      turnaroundMin: 15,
    }),
  )
})
afterAll(() => t.close())

async function makePlan(): Promise<PlanId> {
  const { assessmentId } = await makeAssessedPerson(t, harbor)
  const key = anId<'plan'>(t.services)
  return (
    await must(
      runCommand(t.services, harbor.as.prescriber, createPlan, { key, assessmentId, protocolId: 'aud-kare' }),
    )
  ).planId
}

const preview = (planId: PlanId, asked: Record<string, string>) =>
  look(t.services, harbor.as.coordinator, async ({ db, at }) => {
    const plan = (await planById(db, harbor.id, planId))!
    const clinic = (await clinicById(db, harbor.id))!
    const visits = await appointmentsOfPlan(db, harbor.id, planId)
    const rules = await rulesOfPlan(db, clinic.id, plan)
    return bookingPreview(db, clinic, plan, rules, visits, new URLSearchParams(asked), at)
  })
const ask = (first: string) => ({ first, chair: chairId, nurse: harbor.as.nurse.membershipId })
const book = (planId: PlanId, sessionNumber: number, wall: string) =>
  must(
    runCommand(t.services, harbor.as.coordinator, bookSeries, {
      key: anId<'series'>(t.services),
      planId,
      visits: [
        {
          sessionNumber,
          startsAt: wallInstant(wall, 'America/New_York'),
          chairId,
          nurseMembershipId: harbor.as.nurse.membershipId,
        },
      ],
    }),
  )

describe('proposing dates', () => {
  it('proposes nothing before it is asked, and says what to give', async () => {
    const planId = await makePlan()
    expect(await preview(planId, {})).toMatchObject({ unbooked: [1, 2, 3], proposed: undefined, errors: {} })
    expect((await preview(planId, { first: '2026-02-30T09:00', chair: 'x', nurse: '' })).errors).toEqual({
      first: 'This day does not exist.',
      chair: 'Choose a chair.',
      nurse: 'Choose a nurse.',
    })
  })

  it('proposes one date a week at the same time on the clock, and says which are free', async () => {
    await book(await makePlan(), 1, '2026-12-08T10:00')
    const { proposed } = await preview(await makePlan(), ask('2026-12-01T09:00'))
    expect(proposed?.map((p) => [p.sessionNumber, p.start, p.free])).toEqual([
      [1, '2026-12-01T09:00', true],
      [2, '2026-12-08T09:00', false],
      [3, '2026-12-15T09:00', true],
    ])
    expect(proposed?.[1]?.words).toBe(
      'The chair is taken and the nurse is with somebody else. Free next with the same chair and nurse: Tue 8 Dec 2026, 13:15; Tue 8 Dec 2026, 13:30; Tue 8 Dec 2026, 13:45.',
    )
  })

  it('says when the clinic is closed, and when nobody knows', async () => {
    const planId = await makePlan()
    const words = async (first: string) => (await preview(planId, ask(first))).proposed?.[0]
    expect(await words('2026-12-06T09:00')).toMatchObject({
      free: false,
      words: expect.stringMatching(/^The clinic is closed then\./),
    })
    expect(await words('2026-12-05T09:00')).toMatchObject({
      free: true,
      words: expect.stringMatching(/were not checked/),
    })
  })

  it('begins with the first session that is not booked', async () => {
    const planId = await makePlan()
    await book(planId, 1, '2026-12-21T09:00')
    await book(planId, 3, '2027-01-04T09:00')
    const { unbooked, proposed } = await preview(planId, ask('2026-12-28T09:00'))
    expect(unbooked).toEqual([2])
    expect(proposed?.map((p) => [p.sessionNumber, p.start])).toEqual([[2, '2026-12-28T09:00']])
  })

  it('offers nothing that has passed, and nothing on a day the protocol does not allow', async () => {
    const planId = await makePlan()
    const offered = async (first: string) => {
      const words = (await preview(planId, ask(first))).proposed?.[0]?.words ?? ''
      const days = words.split('Free next')[1]?.match(/\d+ [A-Z][a-z]{2} \d{4}/g) ?? []
      return { words, days: days.map((text) => new Date(`${text} 00:00Z`).toISOString().slice(0, 10)) }
    }
    const past = await offered('2026-10-05T09:00')
    expect(past.words).toMatch(/^This time has passed/)
    expect(past.days).toHaveLength(3)
    for (const each of past.days) expect(each >= t.clock.now().slice(0, 10)).toBe(true)

    await book(planId, 1, '2027-02-01T09:00')
    for (const asked of ['2027-02-03T09:00', '2027-02-16T09:00']) {
      const far = await offered(asked)
      expect(far.words).toMatch(/after session 1; the protocol allows 6 to 10/)
      expect(far.days).toHaveLength(3)
      for (const each of far.days) expect(each >= '2027-02-07' && each <= '2027-02-11').toBe(true)
    }
  })

  it('finds one session anew at the time of those that stand', async () => {
    const planId = await makePlan()
    await book(planId, 1, '2027-04-05T14:15')
    await book(planId, 3, '2027-04-19T14:15')
    const { proposed } = await preview(planId, { find: 'yes' })
    expect(proposed).toMatchObject([{ sessionNumber: 2, start: '2027-04-12T14:15', chair: chairId }])
  })

  it('finds a whole series inside the windows, with whoever is free, or says why there is none', async () => {
    const planId = await makePlan()
    const found = await preview(planId, { find: 'yes', first: '2027-06-07T10:00', chair: '', nurse: '' })
    expect(found.errors).toEqual({})
    expect(found.proposed?.map((p) => p.start)).toEqual([
      '2027-06-07T10:00',
      '2027-06-14T10:00',
      '2027-06-21T10:00',
    ])
    // What was found can be booked as it is.
    await must(
      runCommand(t.services, harbor.as.coordinator, bookSeries, {
        key: anId<'series'>(t.services),
        planId,
        visits: found.proposed!.map((p) => ({
          sessionNumber: p.sessionNumber,
          startsAt: wallInstant(p.start, 'America/New_York'),
          chairId: p.chair as typeof chairId,
          nurseMembershipId: p.nurse as typeof harbor.as.nurse.membershipId,
        })),
      }),
    )
    const other = await preview(await makePlan(), { find: 'yes', first: '2027-06-07T10:00', chair: chairId })
    expect(other.proposed?.map((p) => p.start)).not.toContain('2027-06-07T10:00')
    const wrong = await preview(await makePlan(), { find: 'yes', chair: 'none' })
    expect(wrong).toMatchObject({ errors: { chair: 'Choose a chair.' }, proposed: undefined })
  })
})
