import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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
import { runCommand } from '../../platform/command.server.ts'
import type { PersonId } from '../../platform/ids.ts'
import type { PageArgs } from '../../platform/page.server.ts'
import { addMs, DAY_MS, HOUR_MS, type Instant } from '../../platform/time.ts'
import { asSeen } from '../diary/as-seen.ts'
import { entriesOfPerson } from '../diary/entry-queries.server.ts'
import { bookVisits, cancelAppointment, moveAppointment } from '../index.server.ts'
import { makeOwnFeed, makePlaceFeed, revokeFeed } from './change-feeds.server.ts'
import { calendarFile } from './read-feed.server.ts'

let t: TestDatabase
let harbor: TestClinic
let other: TestClinic

beforeAll(async () => {
  t = await openTestDatabase()
  harbor = await makeClinic(t.services, 'harbor')
  other = await makeClinic(t.services, 'other')
})
afterAll(() => t.close())

/** A call with the harbor's nurse. */
async function makeCall(startsAt: Instant): Promise<PersonId> {
  const { personId } = await makePerson(t.services, harbor)
  await must(
    runCommand(t.services, harbor.as.coordinator, bookVisits, {
      key: anId<'series'>(t.services),
      personId,
      typeCode: 'phone',
      visits: [{ startsAt, nurseMembershipId: harbor.as.nurse.membershipId }],
    }),
  )
  return personId
}
const callOf = async (personId: PersonId) =>
  (await look(t.services, harbor.as.nurse, ({ db }) => entriesOfPerson(db, harbor.id, personId)))[0]!

async function read(token: string, address = '203.0.113.7') {
  const page = { services: t.services, params: { file: `${token}.ics` }, address } as unknown as PageArgs
  const answer = await calendarFile(page).catch((thrown: Response) => thrown)
  return { status: answer.status, text: await answer.text() }
}
const nurseFeed = () => must(runCommand(t.services, harbor.as.nurse, makeOwnFeed, { as: 'staff' }))
/** The lines of one event. */
const eventOf = (text: string, uid: string) =>
  text.split('BEGIN:VEVENT').find((part) => part.includes(`UID:${uid}`))

describe('a calendar feed', () => {
  it('follows a visit that is moved and cancelled, under one id with a rising number, then forgets it', async () => {
    const startsAt = '2026-12-01T15:00:00.000Z' as Instant
    const personId = await makeCall(startsAt)
    const { token, feedId } = await nurseFeed()
    const { id } = await callOf(personId)
    expect(eventOf((await read(token)).text, id)).toContain('SEQUENCE:0\r\nDTSTART:20261201T150000Z')
    await must(
      runCommand(t.services, harbor.as.coordinator, moveAppointment, {
        appointmentId: id,
        startsAt: addMs(startsAt, HOUR_MS),
      }),
    )
    expect(eventOf((await read(token)).text, id)).toContain('SEQUENCE:1\r\nDTSTART:20261201T160000Z')
    await must(
      runCommand(t.services, harbor.as.coordinator, cancelAppointment, {
        appointmentId: id,
        reason: 'clinic',
      }),
    )
    const cancelled = (await read(token)).text
    expect(eventOf(cancelled, id)).toContain('SEQUENCE:2')
    expect(eventOf(cancelled, id)).toContain('STATUS:CANCELLED')
    expect(cancelled).not.toMatch(/ketamine|addiction|phone|call/i)
    const now = t.clock.now()
    t.clock.set(addMs(now, 45 * DAY_MS))
    expect(eventOf((await read(token)).text, id)).toBeUndefined()
    t.clock.set(now)
    await must(runCommand(t.services, harbor.as.nurse, revokeFeed, { feedId }))
    expect((await read(token)).status).toBe(404)
  })

  it('is revoked by whose it is or a manager, not by a colleague or another clinic', async () => {
    const { token, feedId } = await nurseFeed()
    for (const who of [harbor.as.coordinator, harbor.as.therapist, other.as.manager])
      expect(await runCommand(t.services, who, revokeFeed, { feedId })).toMatchObject({
        reason: 'no-such-feed',
      })
    expect((await read(token)).status).toBe(200)
    await must(runCommand(t.services, harbor.as.manager, revokeFeed, { feedId }))
    await must(runCommand(t.services, harbor.as.manager, revokeFeed, { feedId }))
    expect((await read(token)).status).toBe(404)
    const { rows } = await t.owner.query(
      `select action, power from audit_entry where clinic_id = $1 and object_id = $2 and power = 'write' order by seq`,
      [harbor.id, feedId],
    )
    expect(rows.map((row) => row.action)).toEqual([
      'plan.make-own-calendar-feed',
      'plan.revoke-calendar-feed',
    ])
  })

  it('keeps no secret in the database', async () => {
    const { token, feedId } = await nurseFeed()
    const { rows } = await t.owner.query('select * from calendar_feed where id = $1', [feedId])
    expect(JSON.stringify(rows)).not.toContain(token.slice(20))
    await must(runCommand(t.services, harbor.as.nurse, revokeFeed, { feedId }))
  })

  it('is made five times at most, for places of the clinic only, and by those who may', async () => {
    const made = await Promise.all(
      [1, 2, 3, 4, 5].map(() =>
        must(runCommand(t.services, harbor.as.therapist, makeOwnFeed, { as: 'staff' })),
      ),
    )
    expect(made).toHaveLength(5)
    expect(await runCommand(t.services, harbor.as.therapist, makeOwnFeed, { as: 'staff' })).toMatchObject({
      reason: 'too-many',
    })
    const place = { kind: 'chair', id: anId<'chair'>(t.services) } as const
    expect(await runCommand(t.services, harbor.as.coordinator, makePlaceFeed, place)).toMatchObject({
      reason: 'no-such-place',
    })
    expect(await runCommand(t.services, harbor.as.nurse, makePlaceFeed, place)).toMatchObject({
      reason: 'not-allowed',
    })
    expect(await runCommand(t.services, harbor.as.nurse, makeOwnFeed, { as: 'person' })).toMatchObject({
      reason: 'not-yours',
    })
  })

  it('is not found for a guess, and guessing is slowed by address', async () => {
    const guess = () => read('B'.repeat(54), '203.0.113.99')
    expect((await guess()).status).toBe(404)
    for (let i = 0; i < 60; i++) await guess()
    expect((await guess()).status).toBe(429)
    expect((await read('B'.repeat(54), '203.0.113.98')).status).toBe(404)
    expect((await read('short')).status).toBe(404)
  })
})

describe('a move by what was seen', () => {
  it('is refused when somebody else was first, with what it was and what it is', async () => {
    const startsAt = '2026-12-03T15:00:00.000Z' as Instant
    const personId = await makeCall(startsAt)
    const seen = asSeen(await callOf(personId))
    const { id: appointmentId } = await callOf(personId)
    const move = (hours: number) =>
      runCommand(t.services, harbor.as.coordinator, moveAppointment, {
        appointmentId,
        startsAt: addMs(startsAt, hours * HOUR_MS),
        seen,
      })
    await must(move(1))
    expect(await move(2)).toMatchObject({
      reason: 'changed-meanwhile',
      detail: { was: { startsAt }, is: { startsAt: addMs(startsAt, HOUR_MS) } },
    })
    // The same move sent twice is done once, and said to be.
    await must(move(1))
    expect((await callOf(personId)).changes).toBe(1)
  })
})
