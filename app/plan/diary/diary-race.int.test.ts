import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BookingAnswer, BookingOrder } from '../../../tests/database/booking-process.ts'
import { makeAssessedPerson } from '../../../tests/database/eligible-person.ts'
import {
  anId,
  makeClinic,
  makePerson,
  must,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../../../tests/database/test-clinic.ts'
import { runCommand } from '../../platform/command.server.ts'
import type { PersonId } from '../../platform/ids.ts'
import { addMs, DAY_MS, type Instant, instantAt, MINUTE_MS, parseLocalDate } from '../../platform/time.ts'
import { addChair, bookVisits, cancelAppointment, createPlan, moveAppointment } from '../index.server.ts'
import type { AppointmentId } from '../plan.ts'
import type { RoomId } from './diary-entry.ts'
import { clashes, type Hold, resource } from './hold.ts'
import { addRoom } from './set-resources.server.ts'
import type { TakenDetail } from './take-visits.server.ts'

let t: TestDatabase
let harbor: TestClinic
beforeAll(async () => {
  t = await openTestDatabase()
  harbor = await makeClinic(t.services, 'harbor')
})
afterAll(() => t.close())

const wall = (date: string, time: string) => instantAt(parseLocalDate(date), time, 'America/New_York')

describe('fifty who want one slot at once, from five processes', () => {
  const PROCESSES = 5
  const EACH = 10

  it('exactly one gets it; the others are told the next free times', async () => {
    const chairId = anId<'chair'>(t.services)
    await must(
      runCommand(t.services, harbor.as.manager, addChair, {
        key: chairId,
        roomName: 'Room',
        name: 'Chair',
        turnaroundMin: 15,
      }),
    )
    const startsAt = wall('2026-12-01', '09:00')
    const attempts: BookingOrder['attempts'][number][] = []
    for (let i = 0; i < PROCESSES * EACH; i++) {
      const { assessmentId } = await makeAssessedPerson(t, harbor)
      const planId = anId<'plan'>(t.services)
      await must(
        runCommand(t.services, harbor.as.prescriber, createPlan, {
          key: planId,
          assessmentId,
          protocolId: 'aud-kare',
        }),
      )
      const visit = { sessionNumber: 1, startsAt, chairId, nurseMembershipId: harbor.as.nurse.membershipId }
      attempts.push({ key: anId<'series'>(t.services), planId, visits: [visit] })
    }
    const processes = Array.from({ length: PROCESSES }, () =>
      fork(join(import.meta.dirname, '../../../tests/database/booking-process.ts'), { stdio: 'inherit' }),
    )
    await Promise.all(
      processes.map((each, i) => {
        const order: BookingOrder = {
          settings: t.settings,
          now: t.clock.now(),
          by: harbor.as.coordinator,
          attempts: attempts.slice(i * EACH, (i + 1) * EACH),
        }
        each.send({ kind: 'prepare', order })
        return answerOf(each, 'ready')
      }),
    )
    const answers = processes.map((each) => answerOf(each, 'booked'))
    for (const each of processes) each.send({ kind: 'go' })
    const outcomes = (await Promise.all(answers)).flatMap((a) => (a.kind === 'booked' ? a.outcomes : []))
    expect(outcomes).toHaveLength(PROCESSES * EACH)
    expect(outcomes.filter((o) => o.ok)).toHaveLength(1)
    for (const outcome of outcomes) {
      if (outcome.ok) continue
      expect(outcome).toMatchObject({ reason: 'taken', detail: { resources: ['chair', 'nurse'] } })
      expect((outcome.detail as TakenDetail).nextFree).toEqual(
        [195, 210, 225].map((min) => addMs(startsAt, min * MINUTE_MS)),
      )
    }
    const live = await t.owner.query(
      'select count(*)::int as n from diary_hold where live and resource_id = $1',
      [chairId],
    )
    expect(live.rows).toEqual([{ n: 1 }])
  }, 120_000)
})

/** The next message of a kind; throws when the process ends before. */
async function answerOf(each: ChildProcess, kind: BookingAnswer['kind']): Promise<BookingAnswer> {
  const gone = once(each, 'exit').then(([code]) => {
    throw new Error(`a booking process ended with ${code} before it was ${kind}`)
  })
  gone.catch(() => {})
  for (;;) {
    const [message] = (await Promise.race([once(each, 'message'), gone])) as [BookingAnswer]
    if (message.kind === kind) return message
  }
}

describe('whatever is booked, moved and cancelled', () => {
  /** A generator from a seed, so that a run can be repeated. */
  function seeded(seed: number) {
    let state = seed
    return (below: number) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      return Math.floor((state / 2 ** 32) * below)
    }
  }
  const FIRST = addMs(wall('2027-03-12', '00:00'), 0)
  let people: PersonId[]
  let rooms: RoomId[]
  beforeAll(async () => {
    people = []
    for (let i = 0; i < 3; i++) people.push((await makePerson(t.services, harbor)).personId)
    rooms = [anId<'room'>(t.services), anId<'room'>(t.services)]
    for (const [i, key] of rooms.entries())
      await must(
        runCommand(t.services, harbor.as.manager, addRoom, { key, name: `Talking ${i}`, kind: 'therapy' }),
      )
  })

  /** Some start between nine and five on one of three days around the change of clocks. */
  const someStart = (random: (below: number) => number): Instant =>
    addMs(FIRST, random(3) * DAY_MS + (9 * 60 + 60 + random(20) * 15) * MINUTE_MS)
  const overlapping = () =>
    t.owner.query(
      `select a.appointment_id from diary_hold a join diary_hold b
         on a.clinic_id = b.clinic_id and a.resource_id = b.resource_id and a.appointment_id < b.appointment_id
       where a.live and b.live and a.sharing = 'alone' and b.sharing = 'alone'
         and a.held_from < b.held_until and b.held_from < a.held_until`,
    )

  // The database answers as the pure model does; no two live holds of anything ever overlap.
  it.each([1, 2, 3])('the database agrees with the model, seed %i', async (seed) => {
    await t.owner.query('update diary_hold set live = false')
    await t.owner.query(
      `update diary_appointment set cancelled_at = now(), cancel_reason = 'other' where cancelled_at is null`,
    )
    const random = seeded(seed)
    const model = new Map<
      AppointmentId,
      { holds: Hold[]; person: PersonId; room: RoomId; startsAt: Instant }
    >()
    const holdsAt = (person: PersonId, room: RoomId, startsAt: Instant): Hold[] => {
      const until = addMs(startsAt, 50 * MINUTE_MS)
      const alone = { sharing: 'alone', part: undefined, from: startsAt } as const
      return [
        { ...alone, kind: 'person', resourceId: resource(person), until },
        { ...alone, kind: 'staff', resourceId: resource(harbor.as.therapist.membershipId), until },
        { ...alone, kind: 'room', resourceId: resource(room), until: addMs(until, 10 * MINUTE_MS) },
      ]
    }
    const others = (but?: AppointmentId) =>
      [...model].filter(([id]) => id !== but).flatMap(([, { holds }]) => holds)
    for (let step = 0; step < 40; step++) {
      const ids = [...model.keys()]
      const chosen = ids[random(Math.max(1, ids.length))]
      const [person, room, startsAt] = [people[random(3)]!, rooms[random(2)]!, someStart(random)]
      const what = random(4)
      if (what < 2 || !chosen) {
        const outcome = await runCommand(t.services, harbor.as.coordinator, bookVisits, {
          key: anId<'series'>(t.services),
          personId: person,
          typeCode: 'therapy',
          visits: [{ startsAt, roomId: room, therapistMembershipId: harbor.as.therapist.membershipId }],
        })
        const holds = holdsAt(person, room, startsAt)
        expect(outcome.ok ? 'booked' : outcome.reason).toBe(
          clashes(holds, others()).length > 0 ? 'taken' : 'booked',
        )
        if (outcome.ok) model.set(outcome.value.entries[0]!.id, { holds, person, room, startsAt })
      } else if (what === 2) {
        const before = model.get(chosen)!
        const outcome = await runCommand(t.services, harbor.as.coordinator, moveAppointment, {
          appointmentId: chosen,
          startsAt,
          roomId: room,
        })
        const holds = holdsAt(before.person, room, startsAt)
        expect(outcome.ok ? 'moved' : outcome.reason).toBe(
          clashes(holds, others(chosen)).length > 0 ? 'taken' : 'moved',
        )
        if (outcome.ok) model.set(chosen, { ...before, holds, room, startsAt })
      } else {
        await must(
          runCommand(t.services, harbor.as.coordinator, cancelAppointment, {
            appointmentId: chosen,
            reason: 'other',
          }),
        )
        model.delete(chosen)
      }
    }
    const live = await t.owner.query('select resource_id, held_from, held_until from diary_hold where live')
    const key = (id: string, from: Instant, until: Instant) => `${id} ${from} ${until}`
    expect(live.rows.map((r) => key(r.resource_id, r.held_from, r.held_until)).sort()).toEqual(
      others()
        .map((h) => key(h.resourceId, h.from, h.until))
        .sort(),
    )
    expect((await overlapping()).rows).toEqual([])
  })

  it('many at once leave no overlap either, and what was left open is given to whoever is free', async () => {
    await t.owner.query('update diary_hold set live = false')
    const random = seeded(11)
    const wanted = Array.from({ length: 24 }, () => ({
      person: people[random(3)]!,
      startsAt: someStart(random),
    }))
    const outcomes = await Promise.all(
      wanted.map(({ person, startsAt }) =>
        runCommand(t.services, harbor.as.coordinator, bookVisits, {
          key: anId<'series'>(t.services),
          personId: person,
          typeCode: 'phone',
          visits: [{ startsAt }],
        }),
      ),
    )
    expect(outcomes.some((o) => o.ok)).toBe(true)
    for (const outcome of outcomes) if (!outcome.ok) expect(outcome.reason).toBe('taken')
    expect((await overlapping()).rows).toEqual([])
  })
})
