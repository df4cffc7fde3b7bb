import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AssessedPerson, makeAssessedPerson } from '../../../tests/database/eligible-person.ts'
import {
  anId,
  look,
  makeClinic,
  must,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../../../tests/database/test-clinic.ts'
import type { Member } from '../../platform/actor.ts'
import { runCommand } from '../../platform/command.server.ts'
import type { MembershipId } from '../../platform/ids.ts'
import {
  addMs,
  DAY_MS,
  HOUR_MS,
  type Instant,
  instantAt,
  MINUTE_MS,
  parseLocalDate,
} from '../../platform/time.ts'
import { consentHash } from '../consents/consent-hash.server.ts'
import { treatmentConsent2 as treatmentConsent } from '../consents/documents/treatment-2.ts'
import {
  addChair,
  appointmentById,
  appointmentsBetween,
  appointmentsOfPerson,
  bookSeries,
  cancelAppointment,
  chairs,
  createPlan,
  moveAppointment,
  signConsent,
  withdrawConsent,
} from '../index.server.ts'
import type { AppointmentId, ChairId, PlanId, SeriesId } from '../plan.ts'
import type { WantedVisit } from './book-series.server.ts'
import type { TakenDetail } from './take-visits.server.ts'

let t: TestDatabase
let harbor: TestClinic
let other: TestClinic

beforeAll(async () => {
  t = await openTestDatabase()
  harbor = await makeClinic(t.services, 'harbor')
  other = await makeClinic(t.services, 'other')
})
afterAll(() => t.close())

const ZONE = 'America/New_York'
const start = (date: string, time: string): Instant => instantAt(parseLocalDate(date), time, ZONE)

async function makeChair(clinic = harbor, turnaroundMin = 15): Promise<ChairId> {
  const key = anId<'chair'>(t.services)
  await must(
    runCommand(t.services, clinic.as.manager, addChair, {
      key,
      roomName: 'Harbor room',
      name: key,
      turnaroundMin,
    }),
  )
  return key
}

async function makePlanned(clinic = harbor): Promise<AssessedPerson & { planId: PlanId }> {
  const person = await makeAssessedPerson(t, clinic)
  const { planId } = await must(
    runCommand(t.services, clinic.as.prescriber, createPlan, {
      key: anId<'plan'>(t.services),
      assessmentId: person.assessmentId,
      protocolId: 'aud-kare',
    }),
  )
  return { ...person, planId }
}

/** Three weeks from a first start, all in one chair with one nurse. */
function weekly(
  chairId: ChairId,
  first: Instant,
  nurse: MembershipId = harbor.as.nurse.membershipId,
): WantedVisit[] {
  return [0, 7, 14].map((days, i) => ({
    sessionNumber: i + 1,
    startsAt: addMs(first, days * DAY_MS),
    chairId,
    nurseMembershipId: nurse,
  }))
}

const book = (
  planId: PlanId,
  visits: readonly WantedVisit[],
  key: SeriesId = anId(t.services),
  by: Member = harbor.as.coordinator,
) => runCommand(t.services, by, bookSeries, { key, planId, visits })

const visitsOf = (person: AssessedPerson, clinic = harbor) =>
  look(t.services, clinic.as.nurse, ({ db }) => appointmentsOfPerson(db, clinic.id, person.personId))

// Each test has its own weeks, so that none is in another's way.
let week = 0
function ownWeeks(): Instant {
  week += 4
  return addMs(start('2027-01-04', '09:00'), week * 7 * DAY_MS)
}

describe('booking a series', () => {
  it('books three visits of three hours with chair and nurse, once, however often it is sent', async () => {
    const [chairId, person] = [await makeChair(), await makePlanned()]
    const first = start('2026-12-01', '09:00')
    const key = anId<'series'>(t.services)
    const visits = weekly(chairId, first)
    const both = await Promise.all([book(person.planId, visits, key), book(person.planId, visits, key)])
    for (const outcome of both) expect(outcome.ok).toBe(true)
    await must(book(person.planId, visits, key))
    expect(await visitsOf(person)).toMatchObject(
      [0, 1, 2].map((i) => ({
        sessionNumber: i + 1,
        startsAt: addMs(first, i * 7 * DAY_MS),
        endsAt: addMs(first, i * 7 * DAY_MS + 3 * HOUR_MS),
        chairId,
        roomName: 'Harbor room',
        nurseName: 'nurse of harbor',
        cancelledAt: undefined,
      })),
    )
  })

  it('books nothing when one of the three is taken, and says what is free next', async () => {
    const [chairId, first] = [await makeChair(), ownWeeks()]
    const [one, two] = [await makePlanned(), await makePlanned()]
    await must(book(one.planId, weekly(chairId, first)))
    // Only the third week meets the first person's second visit.
    const visits = weekly(chairId, addMs(first, -7 * DAY_MS), harbor.as.secondNurse.membershipId)
    const outcome = await book(two.planId, visits)
    expect(outcome).toMatchObject({ ok: false, reason: 'taken' })
    expect((outcome as { detail: TakenDetail }).detail).toMatchObject({
      sessionNumber: 2,
      resources: ['chair'],
    })
    // Three hours and a quarter of cleaning later, while the assumed hours of nine to five last.
    expect((outcome as { detail: TakenDetail }).detail.nextFree).toEqual(
      [195, 210, 225].map((min) => addMs(first, min * MINUTE_MS)),
    )
    expect(await visitsOf(two)).toEqual([])
    const series = await t.owner.query('select 1 from booking_series where plan_id = $1', [two.planId])
    expect(series.rowCount).toBe(0)
  })

  it.each([
    ['the nurse', async () => ({ chairId: await makeChair(), samePerson: false }), ['nurse']],
    ['chair and nurse', async () => ({ chairId: undefined, samePerson: false }), ['chair', 'nurse']],
  ])('names %s as taken', async (_case, arrange, resources) => {
    const first = ownWeeks()
    const chairId = await makeChair()
    await must(book((await makePlanned()).planId, weekly(chairId, first)))
    const { chairId: another } = await arrange()
    const outcome = await book((await makePlanned()).planId, weekly(another ?? chairId, first))
    expect(outcome).toMatchObject({ reason: 'taken', detail: { resources } })
  })

  it('one of twenty who want the same slot at the same moment gets it', async () => {
    const [chairId, first] = [await makeChair(), ownWeeks()]
    const people: Awaited<ReturnType<typeof makePlanned>>[] = []
    for (let i = 0; i < 20; i++) people.push(await makePlanned())
    const outcomes = await Promise.all(people.map((p) => book(p.planId, weekly(chairId, first))))
    const won = outcomes.filter((o) => o.ok)
    expect(won).toHaveLength(1)
    for (const lost of outcomes.filter((o) => !o.ok)) {
      expect(lost).toMatchObject({
        reason: 'taken',
        detail: { sessionNumber: 1, resources: ['chair', 'nurse'] },
      })
      expect((lost as { detail: TakenDetail }).detail.nextFree).toHaveLength(3)
    }
    const stored = await t.owner.query(
      `select count(*)::int as n, count(distinct a.plan_id)::int as plans from diary_hold h
       join diary_appointment a on a.clinic_id = h.clinic_id and a.id = h.appointment_id where h.resource_id = $1`,
      [chairId],
    )
    expect(stored.rows).toEqual([{ n: 3, plans: 1 }])
  })

  it('two who want the other’s chair and nurse crosswise do not both get them', async () => {
    const first = ownWeeks()
    const [a, b] = [await makeChair(), await makeChair()]
    const [one, two] = [await makePlanned(), await makePlanned()]
    const mixed = (x: ChairId, y: ChairId) =>
      weekly(x, first).map((v, i) => (i === 1 ? { ...v, chairId: y } : v))
    const outcomes = await Promise.all([
      book(one.planId, mixed(a, b)),
      book(
        two.planId,
        mixed(b, a).map((v) => ({ ...v, nurseMembershipId: harbor.as.secondNurse.membershipId })),
      ),
    ])
    // Different chairs and nurses in every week: both fit.
    expect(outcomes.map((o) => o.ok)).toEqual([true, true])
  })

  it('is refused in the past, outside the spacing, for strangers’ chairs and people who are no nurse', async () => {
    const [chairId, person, first] = [await makeChair(), await makePlanned(), ownWeeks()]
    const visits = weekly(chairId, first)
    const with1 = (part: Partial<WantedVisit>) => [{ ...visits[0]!, ...part }, ...visits.slice(1)]
    expect(await book(person.planId, with1({ startsAt: t.clock.now() }))).toMatchObject({
      reason: 'in-the-past',
    })
    expect(await book(person.planId, with1({ startsAt: addMs(first, 2 * DAY_MS) }))).toMatchObject({
      reason: 'spacing',
      detail: { sessionNumber: 2, days: 5 },
    })
    expect(await book(person.planId, with1({ chairId: await makeChair(other) }))).toMatchObject({
      reason: 'no-such-chair',
      detail: { sessionNumber: 1 },
    })
    for (const nurse of [other.as.nurse, harbor.as.therapist])
      expect(await book(person.planId, with1({ nurseMembershipId: nurse.membershipId }))).toMatchObject({
        reason: 'no-such-nurse',
      })
    for (const sessionNumber of [0, 2, 4, 1.5])
      expect(await book(person.planId, with1({ sessionNumber }))).toMatchObject({ reason: 'no-such-session' })
    expect(await book(person.planId, [])).toMatchObject({ reason: 'no-such-session' })
    expect(await book(person.planId, visits, anId(t.services), other.as.coordinator)).toMatchObject({
      reason: 'no-such-plan',
    })
    expect(await book(person.planId, visits, anId(t.services), harbor.as.therapist)).toMatchObject({
      reason: 'not-allowed',
    })
    expect(await visitsOf(person)).toEqual([])
    await must(book(person.planId, visits))
    expect(await book(person.planId, weekly(chairId, addMs(first, 4 * HOUR_MS)))).toMatchObject({
      reason: 'session-booked',
    })
  })

  it('respects the opening hours in the clinic’s zone', async () => {
    const clinic = await makeClinic(t.services, 'hours')
    await t.owner.query(`update clinic set profile = profile || $2::jsonb where id = $1`, [
      clinic.id,
      JSON.stringify({
        openingHours: [
          { days: 'Monday', opens: '08:00', closes: '18:00' },
          { days: 'Sunday', opens: '', closes: '' },
        ],
      }),
    ])
    const [chairId, person] = [await makeChair(clinic), await makePlanned(clinic)]
    const at = (date: string, time: string) =>
      book(
        person.planId,
        weekly(chairId, start(date, time), clinic.as.nurse.membershipId),
        anId(t.services),
        clinic.as.coordinator,
      )
    expect(await at('2026-11-30', '15:01')).toMatchObject({ reason: 'clinic-closed' })
    expect(await at('2026-11-29', '10:00')).toMatchObject({ reason: 'clinic-closed' })
    expect(await at('2026-11-30', '15:00')).toMatchObject({ ok: true })
  })
})

describe('the database itself', () => {
  it('lets nobody hold a person, chair or nurse twice, whoever writes; presence is shared', async () => {
    const [chairId, person, first] = [await makeChair(), await makePlanned(), ownWeeks()]
    const { appointments } = await must(book(person.planId, weekly(chairId, first)))
    const again = (resourceId: string, from: Instant, until: Instant, sharing = 'alone', live = true) =>
      t.owner.query(
        `insert into diary_hold (clinic_id, appointment_id, resource_kind, resource_id, sharing, part, held_from, held_until, live)
         values ($1, $2, 'staff', $3, $4, 'nurse', $5, $6, $7)`,
        [harbor.id, appointments[2]!.id, resourceId, sharing, from, until, live],
      )
    const end = addMs(first, 3 * HOUR_MS)
    // The third visit would take what the first one has: to its end, and the chair for the quarter after it.
    await t.owner.query('delete from diary_hold where appointment_id = $1', [appointments[2]!.id])
    for (const id of [person.personId, harbor.as.nurse.membershipId, chairId])
      await expect(again(id, addMs(end, -MINUTE_MS), end)).rejects.toThrow(/diary_hold_taken/)
    await expect(again(chairId, addMs(end, 14 * MINUTE_MS), addMs(end, HOUR_MS))).rejects.toThrow(
      /diary_hold_taken/,
    )
    await again(chairId, addMs(end, 15 * MINUTE_MS), addMs(end, HOUR_MS))
    await again(harbor.as.nurse.membershipId, first, end, 'present')
    await again(person.personId, first, end, 'alone', false)
  })
})

describe('moving and cancelling', () => {
  async function booked(first = ownWeeks()) {
    const [chairId, person] = [await makeChair(), await makePlanned()]
    const { appointments } = await must(book(person.planId, weekly(chairId, first)))
    return { chairId, person, first, appointments }
  }
  const move = (
    appointmentId: AppointmentId,
    startsAt: Instant,
    chairId: ChairId,
    by: Member = harbor.as.coordinator,
    nurse = harbor.as.nurse.membershipId,
  ) =>
    runCommand(t.services, by, moveAppointment, {
      appointmentId,
      startsAt,
      chairId,
      nurseMembershipId: nurse,
    })

  it('moves one visit and leaves the others; repeating it changes nothing', async () => {
    const { chairId, person, first, appointments } = await booked()
    const to = addMs(first, 8 * DAY_MS)
    await must(move(appointments[1]!.id, to, chairId))
    await must(move(appointments[1]!.id, to, chairId))
    expect((await visitsOf(person)).map((a) => a.startsAt)).toEqual([first, to, addMs(first, 14 * DAY_MS)])
    const told = await t.owner.query(
      `select count(*)::int as n from feed_event where kind = 'appointment.moved' and data->>'appointmentId' = $1`,
      [appointments[1]!.id],
    )
    expect(told.rows).toEqual([{ n: 1 }])
  })

  it('refuses what is taken and stays where it was', async () => {
    const one = await booked()
    const two = await booked(addMs(one.first, 4 * HOUR_MS))
    expect(await move(two.appointments[0]!.id, one.first, one.chairId)).toMatchObject({
      ok: false,
      reason: 'taken',
      detail: { sessionNumber: 1, resources: ['chair', 'nurse'] },
    })
    expect((await visitsOf(two.person))[0]).toMatchObject({ startsAt: two.first, movedAt: undefined })
  })

  it('may overlap the place it leaves', async () => {
    const { chairId, first, appointments } = await booked()
    await must(move(appointments[0]!.id, addMs(first, 30 * MINUTE_MS), chairId))
  })

  it('keeps the spacing to both neighbours', async () => {
    const { chairId, first, appointments } = await booked()
    expect(await move(appointments[1]!.id, addMs(first, 11 * DAY_MS), chairId)).toMatchObject({
      reason: 'spacing',
      detail: { sessionNumber: 2, days: 11 },
    })
    expect(await move(appointments[1]!.id, addMs(first, 9 * DAY_MS), chairId)).toMatchObject({
      reason: 'spacing',
      detail: { sessionNumber: 3, days: 5 },
    })
  })

  it('of two who move to the same slot at once, one does', async () => {
    const one = await booked()
    const two = await booked(addMs(one.first, 4 * HOUR_MS))
    const free = await makeChair()
    const to = addMs(one.first, 24 * HOUR_MS)
    const outcomes = await Promise.all([
      move(one.appointments[0]!.id, to, free),
      move(two.appointments[0]!.id, to, free, harbor.as.nurse, harbor.as.secondNurse.membershipId),
    ])
    expect(outcomes.filter((o) => o.ok)).toHaveLength(1)
    expect(outcomes.find((o) => !o.ok)).toMatchObject({ reason: 'taken', detail: { resources: ['chair'] } })
  })

  it('frees the slot when cancelled, once and for all', async () => {
    const one = await booked()
    const cancel = (id: AppointmentId, by: Member = harbor.as.coordinator) =>
      runCommand(t.services, by, cancelAppointment, { appointmentId: id, reason: 'asked-by-patient' })
    const [a, b, c] = one.appointments
    expect(await cancel(a!.id, other.as.coordinator)).toMatchObject({ reason: 'no-such-appointment' })
    for (const appointment of [a, b, c, a]) await must(cancel(appointment!.id))
    expect(await move(a!.id, addMs(one.first, DAY_MS), one.chairId)).toMatchObject({ reason: 'cancelled' })
    expect((await visitsOf(one.person)).every((v) => v.cancelledAt)).toBe(true)
    await must(book((await makePlanned()).planId, weekly(one.chairId, one.first)))
    await must(
      book(
        one.person.planId,
        weekly(await makeChair(), addMs(one.first, DAY_MS), harbor.as.secondNurse.membershipId),
      ),
    )
  })

  it('is refused for another clinic’s ids and once the visit is over', async () => {
    const { chairId, first, appointments } = await booked()
    expect(await move(appointments[0]!.id, first, chairId, other.as.coordinator)).toMatchObject({
      reason: 'no-such-appointment',
    })
    const seen = await look(t.services, other.as.nurse, ({ db }) =>
      appointmentById(db, harbor.id, appointments[0]!.id),
    )
    expect(seen).toBeUndefined()
    const now = t.clock.now()
    t.clock.set(addMs(first, 3 * HOUR_MS))
    expect(await move(appointments[0]!.id, addMs(first, DAY_MS), chairId)).toMatchObject({
      reason: 'already-over',
    })
    expect(
      await runCommand(t.services, harbor.as.coordinator, cancelAppointment, {
        appointmentId: appointments[0]!.id,
        reason: 'clinic',
      }),
    ).toMatchObject({ reason: 'already-over' })
    t.clock.set(now)
  })

  it('follows from taking back consent to treatment, for visits that are still ahead', async () => {
    const { person } = await booked()
    await must(
      runCommand(t.services, person.patient, signConsent, {
        key: anId<'consent-signature'>(t.services),
        documentId: 'treatment',
        version: treatmentConsent.version,
        textHash: consentHash(treatmentConsent),
        typedName: 'Robin Sample',
        teachBack: Object.fromEntries(treatmentConsent.teachBack.map((q) => [q.id, q.right])),
        acknowledged: treatmentConsent.acknowledgements.map((a) => a.id),
      }),
    )
    const withdraw = () =>
      runCommand(t.services, person.patient, withdrawConsent, {
        personId: person.personId,
        documentId: 'treatment',
      })
    expect(await must(withdraw())).toMatchObject({ cancelledVisits: 3, takenBack: 1 })
    expect(await must(withdraw())).toEqual({ cancelledVisits: 0, takenBack: 0, underWay: 0 })
    expect((await visitsOf(person)).map((v) => v.cancelledAt !== undefined)).toEqual([true, true, true])
  })

  it('shows a day without what was cancelled', async () => {
    const { first, appointments } = await booked()
    const seen = () =>
      look(t.services, harbor.as.nurse, ({ db }) =>
        appointmentsBetween(db, harbor.id, addMs(first, -HOUR_MS), addMs(first, HOUR_MS)),
      )
    expect((await seen()).map((a) => a.id)).toEqual([appointments[0]!.id])
    await must(
      runCommand(t.services, harbor.as.nurse, cancelAppointment, {
        appointmentId: appointments[0]!.id,
        reason: 'not-fit',
      }),
    )
    expect(await seen()).toEqual([])
  })
})

describe('chairs', () => {
  it('have one name in a room, are added once, and belong to their clinic', async () => {
    const key = anId<'chair'>(t.services)
    const add = (k: ChairId, by: Member = harbor.as.manager) =>
      runCommand(t.services, by, addChair, {
        key: k,
        roomName: 'North room',
        name: 'Chair 1',
        turnaroundMin: 15,
      })
    await must(add(key))
    await must(add(key))
    expect(await add(anId(t.services))).toMatchObject({ reason: 'name-taken' })
    expect(await add(anId(t.services), harbor.as.nurse)).toMatchObject({ reason: 'not-allowed' })
    await must(add(anId(t.services), other.as.manager))
    const seen = await look(t.services, other.as.nurse, ({ db }) => chairs(db, harbor.id))
    expect(seen).toEqual([])
  })
})
