import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { makeBookedPerson } from '../../../tests/database/booked-person.ts'
import {
  anId,
  look,
  makeClinic,
  must,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../../../tests/database/test-clinic.ts'
import { openConcerns, recordFacts } from '../../assess/index.server.ts'
import { actorOfLink } from '../../identity/index.server.ts'
import { runCommand } from '../../platform/command.server.ts'
import { recentMail } from '../../platform/mail.server.ts'
import type { PageArgs } from '../../platform/page.server.ts'
import { addMs, DAY_MS, HOUR_MS, MINUTE_MS } from '../../platform/time.ts'
import { entryById } from '../diary/entry-queries.server.ts'
import { moveAppointment } from '../diary/move-appointment.server.ts'
import { daySheet } from '../diary-views/day-sheet.server.ts'
import { orderSheet } from '../orders/order-sheet.server.ts'
import { answerDayBefore, makeDayBeforeLink, noteCall } from './answer-day-before.server.ts'
import { answeredVisits, gateLines, nextDosingVisit } from './load-gate.server.ts'
import { ownGate, postOwnGate } from './own-gate.server.ts'

let t: TestDatabase
let harbor: TestClinic
let other: TestClinic
let clinics = 0
beforeAll(async () => {
  t = await openTestDatabase()
})
afterAll(() => t.close())
beforeEach(async () => {
  clinics += 1
  t.clock.set('2026-11-22T15:00:00.000Z')
  harbor = await makeClinic(t.services, `harbor-${clinics}`)
  other = await makeClinic(t.services, `other-${clinics}`)
})

const ZONE = 'America/New_York'
const booked = (nurse = harbor.as.nurse) =>
  makeBookedPerson(t, harbor, { consent: false, order: false, nurse })

async function bearerOf(appointmentId: Awaited<ReturnType<typeof booked>>['appointmentId']) {
  const { path } = await must(
    runCommand(t.services, harbor.as.coordinator, makeDayBeforeLink, { appointmentId }),
  )
  const bearer = await actorOfLink(t.services, path.replace('/day-before/', ''), 'day-before')
  return bearer!
}
const storedOf = (appointmentId: Awaited<ReturnType<typeof booked>>['appointmentId']) =>
  look(t.services, harbor.as.nurse, async ({ db }) => {
    const entry = await entryById(db, harbor.id, appointmentId)
    return (await answeredVisits(db, harbor.id, [entry!], ZONE))[0]!
  })

it('keeps answers field by field; a changed one is the next revision, the same one is none', async () => {
  const { appointmentId } = await booked()
  const bearer = await bearerOf(appointmentId)
  const answer = (answers: Record<string, string>) =>
    must(runCommand(t.services, bearer, answerDayBefore, { appointmentId, answers }))
  await answer({ escort: 'not-yet', unwell: 'no' })
  await answer({ escort: 'not-yet', unwell: 'no' })
  await Promise.all([
    answer({ escort: 'named', escortName: 'Sam' }),
    answer({ escort: 'named', escortName: 'Sam' }),
  ])
  const { stored, answers } = await storedOf(appointmentId)
  expect(stored.map(({ field, revision, value }) => `${field} ${revision} ${value}`).sort()).toEqual([
    'escort 1 not-yet',
    'escort 2 named',
    'escortName 1 Sam',
    'unwell 1 no',
  ])
  expect(answers.escort?.value).toBe('named')
})

it('raises a concern for a yes to self-harm in the same transaction, once for each time it is said', async () => {
  const { appointmentId, personId } = await booked()
  const bearer = await bearerOf(appointmentId)
  const say = (harm: string) =>
    must(runCommand(t.services, bearer, answerDayBefore, { appointmentId, answers: { harm } }))
  expect(await say('yes')).toEqual({ help: true })
  expect(await say('yes')).toEqual({ help: true })
  const concerns = () =>
    look(t.services, harbor.as.nurse, ({ db }) => openConcerns(db, harbor.id, t.clock.now(), personId))
  expect(await concerns()).toHaveLength(1)
  expect(await say('no')).toEqual({ help: false })
  expect(await concerns()).toHaveLength(1)
})

it('tells the coordinators at once, in neutral words, when no one can fetch somebody', async () => {
  const { appointmentId } = await booked()
  const bearer = await bearerOf(appointmentId)
  for (const escort of ['nobody', 'nobody'])
    await must(
      runCommand(t.services, bearer, answerDayBefore, { appointmentId, answers: { escort, move: 'yes' } }),
    )
  const mails = await look(t.services, harbor.system, ({ db }) => recentMail(db, harbor.id, 100))
  const about = mails.filter((mail) => mail.dedupe_key.startsWith(`day-before ${appointmentId}`))
  expect(about).toHaveLength(1)
  expect(`${about[0]!.subject} ${about[0]!.body}`).not.toMatch(/ketamin|alcohol|drug|Robin/i)
})

it('a new link ends the older ones', async () => {
  const { appointmentId } = await booked()
  const make = async () =>
    (
      await must(runCommand(t.services, harbor.as.coordinator, makeDayBeforeLink, { appointmentId }))
    ).path.replace('/day-before/', '')
  const [first, stranger] = [await make(), await booked(harbor.as.secondNurse)]
  const strangers = await must(
    runCommand(t.services, harbor.as.coordinator, makeDayBeforeLink, {
      appointmentId: stranger.appointmentId,
    }),
  )
  const second = await make()
  expect(await actorOfLink(t.services, first, 'day-before')).toBeUndefined()
  expect(await actorOfLink(t.services, second, 'day-before')).toBeDefined()
  expect(
    await actorOfLink(t.services, strangers.path.replace('/day-before/', ''), 'day-before'),
  ).toBeDefined()
})

it('mails the coordinators at most once an hour, however often it is said', async () => {
  const { appointmentId, startsAt } = await booked()
  await must(
    runCommand(t.services, harbor.as.coordinator, moveAppointment, {
      appointmentId,
      startsAt: addMs(startsAt, 2 * HOUR_MS),
    }),
  )
  const bearer = await bearerOf(appointmentId)
  const say = (escort: string) =>
    must(runCommand(t.services, bearer, answerDayBefore, { appointmentId, answers: { escort } }))
  const sent = async () =>
    (await look(t.services, harbor.system, ({ db }) => recentMail(db, harbor.id, 100))).filter((mail) =>
      mail.dedupe_key.startsWith(`day-before ${appointmentId}`),
    ).length
  for (const escort of ['nobody', 'named', 'nobody']) await say(escort)
  expect(await sent()).toBe(1)
  t.clock.advance(40 * MINUTE_MS)
  for (const escort of ['named', 'nobody']) await say(escort)
  expect(await sent()).toBe(1)
  // An hour after the first mail, though not after the last time it was said.
  t.clock.advance(20 * MINUTE_MS)
  await say('named')
  await say('nobody')
  expect(await sent()).toBe(2)
})

it('answers only for their own visit, in its time, and not again after it was moved', async () => {
  const { appointmentId, personId, startsAt } = await booked()
  const stranger = await booked(harbor.as.secondNurse)
  const bearer = await bearerOf(appointmentId)
  const send = (id = appointmentId, by: typeof bearer = bearer) =>
    runCommand(t.services, by, answerDayBefore, { appointmentId: id, answers: { unwell: 'no' } })
  expect(await send(stranger.appointmentId)).toMatchObject({ ok: false, reason: 'no-such-visit' })
  expect(await send(appointmentId, harbor.as.nurse)).toMatchObject({ ok: false, reason: 'not-allowed' })
  expect((await send()).ok).toBe(true)
  await must(
    runCommand(t.services, harbor.as.coordinator, moveAppointment, {
      appointmentId,
      startsAt: addMs(startsAt, DAY_MS),
    }),
  )
  expect((await storedOf(appointmentId)).answers).toEqual({})
  t.clock.advance(25 * HOUR_MS)
  expect(await send()).toMatchObject({ ok: false, reason: 'over' })
  const next = await look(t.services, harbor.as.nurse, ({ db, at }) =>
    nextDosingVisit(db, harbor.id, personId, ZONE, at),
  )
  expect(next!.visit.sessionNumber).toBe(2)
  expect(await send(next!.visit.id)).toMatchObject({ ok: false, reason: 'too-early' })
})

it('lets staff note what they heard, once, and shows who is open first; another clinic sees nothing', async () => {
  const { appointmentId, startsAt } = await booked()
  const key = anId<'day-before-call'>(t.services)
  for (const _ of [1, 2])
    await must(
      runCommand(t.services, harbor.as.coordinator, noteCall, {
        key,
        appointmentId,
        outcome: 'reached',
        answers: { escort: 'nobody' },
      }),
    )
  const lines = (clinic: TestClinic) =>
    look(t.services, clinic.as.nurse, ({ db, at }) =>
      gateLines(db, clinic.id, { from: startsAt, to: addMs(startsAt, 1) }, ZONE, at),
    )
  const [line] = await lines(harbor)
  expect(line).toMatchObject({
    state: { kind: 'problem', problems: ['escort'] },
    calls: [{ outcome: 'reached' }],
  })
  expect(line!.stored).toHaveLength(1)
  expect(line!.stored[0]!.toldBy).toBe(harbor.as.coordinator.accountId)
  expect(await lines(other)).toEqual([])
  expect(
    await runCommand(t.services, other.as.nurse, noteCall, {
      key: anId<'day-before-call'>(t.services),
      appointmentId,
      outcome: 'reached',
      answers: {},
    }),
  ).toMatchObject({ ok: false, reason: 'no-such-visit' })
})

it('says on the list, the day sheet and the order sheet that a decision is to be looked at again', async () => {
  const { appointmentId, personId, planId, orderId, startsAt } = await makeBookedPerson(t, harbor)
  const clinic = await t.services.clinicProfile(harbor.id)
  const page = (address: string, params: Record<string, string> = {}) =>
    ({
      services: t.services,
      actor: harbor.as.prescriber,
      clinic,
      params,
      url: new URL(address, 'http://clinic.test'),
    }) as unknown as PageArgs
  const marks = async () => {
    const [line] = await look(t.services, harbor.as.nurse, ({ db, at }) =>
      gateLines(db, harbor.id, { from: startsAt, to: addMs(startsAt, 1) }, ZONE, at),
    )
    const { rows } = await daySheet(page('/work/schedule/sheet?day=2026-11-22'))
    const sheet = await orderSheet(page('/', { id: planId, orderId: orderId! }))
    return [line!.lookAgain, rows.find(({ id }) => id === appointmentId)!.lookAgain, sheet.lookAgain]
  }
  expect(await marks()).toEqual([false, false, false])
  t.clock.advance(MINUTE_MS)
  await must(
    runCommand(t.services, harbor.as.nurse, recordFacts, [
      {
        id: anId<'fact'>(t.services),
        personId,
        kind: 'pregnancy-test',
        value: 'positive',
        observedAt: t.clock.now(),
        source: 'measured-here',
      },
    ]),
  )
  expect(await marks()).toEqual([true, true, true])
  t.clock.advance(12 * HOUR_MS)
  // What is over is not marked any more.
  expect((await marks()).slice(0, 2)).toEqual([false, false])
})

it('is answered in the portal too, by the person alone, and says that they said it', async () => {
  const person = await booked()
  const { appointmentId, patient } = person
  const answer = (by: typeof patient, answers: Record<string, string>) =>
    runCommand(t.services, by, answerDayBefore, { appointmentId, answers })
  expect(await answer(harbor.as.nurse, { unwell: 'no' })).toMatchObject({ reason: 'not-allowed' })
  const somebody = await booked(harbor.as.secondNurse)
  expect(await answer(somebody.patient, { unwell: 'no' })).toMatchObject({ reason: 'no-such-visit' })
  await must(answer(patient, { escort: 'nobody', alcohol: 'today' }))
  const { stored } = await storedOf(appointmentId)
  expect(stored.map(({ field, byStaff }) => [field, byStaff]).sort()).toEqual([
    ['alcohol', false],
    ['escort', false],
  ])
  const mails = await look(t.services, harbor.system, ({ db }) => recentMail(db, harbor.id, 100))
  expect(mails.filter(({ dedupe_key }) => dedupe_key.startsWith('day-before'))).toHaveLength(1)
})

it('shows in the portal what the person said, asks anew what is of the moment, and says when nothing was told', async () => {
  const { appointmentId, patient } = await booked()
  const page = {
    services: t.services,
    actor: patient,
    clinic: await t.services.clinicProfile(harbor.id),
    url: new URL('https://clinic.example.org/portal/day-before'),
  } as unknown as PageArgs
  const send = (answers: Record<string, string>) => {
    const form = new FormData()
    for (const [name, value] of Object.entries({ appointmentId, ...answers })) form.set(name, value)
    return postOwnGate({ ...page, form })
  }
  const leadsTo = async (answers: Record<string, string>) =>
    ((await send(answers).catch((thrown) => thrown)) as Response).headers.get('location')
  expect(await leadsTo({ question: '', escortName: '' })).toBe('/portal/day-before?empty')
  expect(
    await leadsTo({ escort: 'named', escortName: 'Sam', escortPhone: '703-555-0111', alcohol: 'today' }),
  ).toBe('/portal/day-before?kept')
  expect(await ownGate(page)).toMatchObject({
    kind: 'open',
    byLink: false,
    values: { escortName: 'Sam', escortPhone: '703-555-0111' },
    earlier: { alcohol: expect.stringMatching(/^You said on .*: that day\. It is asked anew\.$/) },
  })
})
