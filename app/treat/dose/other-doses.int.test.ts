import { afterAll, beforeAll, expect, it } from 'vitest'
import { adoptOwnVersion, adoptProtocol } from '../../../tests/database/adopted-protocol.ts'
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
import { clinicById } from '../../identity/index.server.ts'
import { withdrawConsent } from '../../plan/index.server.ts'
import { runCommand } from '../../platform/command.server.ts'
import type { PageArgs } from '../../platform/page.server.ts'
import type { Instant, LocalDate } from '../../platform/time.ts'
import { MINUTE_MS } from '../../platform/time.ts'
import {
  dischargePerson,
  doseRecord,
  lots,
  openSession,
  receiveStock,
  recordSessionEvents,
  sessionById,
  startDose,
} from '../index.server.ts'
import { loadNote } from '../note/note-page.server.ts'
import { loadRemsList } from '../rems/rems-page.server.ts'
import { submissionsOf } from '../rems/rems-queries.server.ts'
import { recordRemsSent } from '../rems/send-rems.server.ts'
import type { BedsideEntry } from '../session/bedside-entry.ts'
import { DISCHARGE_STEPS, type LotId, type SessionId } from '../session/session-event.ts'
import { giveDevice } from './give-device.server.ts'

let t: TestDatabase
let harbor: TestClinic

beforeAll(async () => {
  t = await openTestDatabase()
  t.clock.set('2026-11-23T15:00:00.000Z')
  harbor = await makeClinic(t.services, 'harbor')
  for (const id of ['aud-met', 'oud-kpt', 'esk-trd']) await adoptProtocol(t.services, harbor, id)
  // The library names neither the dose nor how often: a clinic that gives tablets writes its own version.
  await adoptOwnVersion(t.services, harbor, 'sl-kap', ({ dose, course }) => ({
    dose: { ...dose, choicesMg: [75, 100], unknownBecause: null } as typeof dose,
    course: course.map((stretch) => ({ ...stretch, sessions: { value: 4, origin: 'default' } })),
  }))
})
afterAll(() => t.close())

const nurse = () => harbor.as.nurse
const entry = (kind: BedsideEntry['kind'], data: object) =>
  ({ id: anId(t.services), kind, at: t.clock.now(), data }) as unknown as BedsideEntry
const record = (sessionId: SessionId, ...entries: BedsideEntry[]) =>
  must(runCommand(t.services, nurse(), recordSessionEvents, { sessionId, entries }))
const VITALS = {
  systolicMmHg: 125,
  diastolicMmHg: 80,
  heartRatePerMin: 70,
  spo2Percent: 97,
  respiratoryRatePerMin: 14,
  moaas: 5,
}
const reading = () => entry('reading', { values: VITALS, confirmed: [] })

let weeks = 0
/** An opened session with everything but the dose, each in a week of its own, of a plan by another protocol than three infusions. */
async function ready(by: NonNullable<NonNullable<Parameters<typeof makeBookedPerson>[2]>['by']>) {
  weeks += 1
  t.clock.set(new Date(Date.parse('2026-11-23T15:00:00.000Z') + weeks * 7 * 86_400_000).toISOString())
  const person = await makeBookedPerson(t, harbor, { by })
  const { sessionId } = await must(
    runCommand(t.services, nurse(), openSession, {
      appointmentId: person.appointmentId,
      key: anId<'session'>(t.services),
    }),
  )
  await record(
    sessionId,
    entry('arrived', {}),
    entry('identity-checked', { identifiers: ['full-name', 'birth-date'] }),
    entry('checklist', {
      escortNamed: true,
      escortPhoneGiven: true,
      fasted: 'yes',
      noUseSince: 'yes',
      breathAlcoholGPer210L: 0,
    }),
    reading(),
  )
  return { ...person, sessionId }
}

async function lot(): Promise<LotId> {
  const { lotId } = await must(
    runCommand(t.services, harbor.as.manager, receiveStock, {
      key: anId<'drug-lot'>(t.services),
      drug: 'Ketamine hydrochloride',
      lotNumber: 'L1',
      concentrationMgPerMl: 50,
      containerMl: 10,
      containers: 1,
      expiresOn: '2031-12-31' as LocalDate,
      reason: 'delivery',
    }),
  )
  return lotId
}
const start = (
  sessionId: SessionId,
  lotId: LotId,
  drawnMl: number,
  key = anId<'session-event'>(t.services),
) => runCommand(t.services, nurse(), startDose, { sessionId, key, lotId, drawnMl })
const sessionOf = (id: SessionId) => look(t.services, nurse(), ({ db }) => sessionById(db, harbor.id, id))

it('an injection is given at once: drawn from the vial, over as it began, watched and left like any dose', async () => {
  // 2 mg/kg × 70 kg = 140 mg = 2.8 mL of 50 mg/mL.
  const { sessionId } = await ready({
    protocolId: 'oud-kpt',
    dose: { kind: 'at-once-per-kg', mgPerKg: 2, weightBasis: 'actual', concentrationMgPerMl: 50 },
    reason: 'the dose of the protocol',
  })
  const vial = await lot()
  const key = anId<'session-event'>(t.services)
  expect(await start(sessionId, vial, 2.7)).toMatchObject({ reason: 'drawn-not-as-ordered' })
  await must(start(sessionId, vial, 2.8, key))
  await must(start(sessionId, vial, 2.8, key))
  const session = await sessionOf(sessionId)
  expect(session?.state).toMatchObject({
    phase: 'recover',
    doseMgGiven: 140,
    dose: { atOnce: 'intramuscular', orderedMg: 140, ended: { how: 'finished', mgGiven: 140 } },
    notCounted: [],
  })
  expect(session?.events.filter(({ kind }) => kind.startsWith('dose-'))).toHaveLength(2)
  const left = (await look(t.services, nurse(), ({ db }) => lots(db, harbor.id))).find(
    ({ id }) => id === vial,
  )
  expect(left?.form === 'vial' && left.balanceMl).toBeCloseTo(7.2, 9)

  // Two hours of watching after it, by its protocol.
  t.clock.advance(119 * MINUTE_MS)
  const steps = () => [
    ...DISCHARGE_STEPS.map((step) => entry('discharge-step', { step, met: 'yes' })),
    entry('scale', { scale: 'aldrete', score: 10 }),
  ]
  await record(sessionId, reading(), ...steps())
  const leave = () =>
    runCommand(t.services, nurse(), dischargePerson, { sessionId, key: anId<'session-event'>(t.services) })
  expect(await leave()).toMatchObject({ reason: 'gate-not-met' })
  t.clock.advance(2 * MINUTE_MS)
  await record(sessionId, reading())
  await must(leave())
  expect(await look(t.services, nurse(), ({ db }) => doseRecord(db, harbor.id, sessionId))).toMatchObject({
    facts: { 'systolic-180': 'no', 'distress-stop': 'no', vomiting: 'unknown' },
  })
})

it('an infusion in two steps starts with the bolus, and carries the second step to be set', async () => {
  // 0.71 mg/kg × 70 kg from 50 mg/mL: 0.99 mL (49.5 mg) in 50 mL.
  const { sessionId } = await ready({
    protocolId: 'aud-met',
    dose: {
      kind: 'infusion',
      steps: [
        { title: 'Bolus', mgPerKg: 0.11, durationMin: 2 },
        { title: 'Infusion', mgPerKg: 0.6, durationMin: 50 },
      ],
      weightBasis: 'actual',
      concentrationMgPerMl: 50,
      totalVolumeMl: 50,
    },
  })
  await must(start(sessionId, await lot(), 0.99))
  const dose = (await sessionOf(sessionId))?.state.dose
  expect(dose?.steps?.map(({ title, rateMlPerH }) => [title, rateMlPerH])).toEqual([
    ['Bolus', 232.4],
    ['Infusion', 50.7],
  ])
  expect(dose?.rateMgPerH).toBeCloseTo(232.4 * 0.99, 6)
  t.clock.advance(2 * MINUTE_MS)
  await record(sessionId, entry('dose-rate-changed', { rateMlPerH: 50.7 }))
  t.clock.advance(50 * MINUTE_MS)
  await record(sessionId, entry('dose-stopped', {}))
  expect((await sessionOf(sessionId))?.state.doseMgGiven).toBeCloseTo(49.5, 1)
})

/** A delivery of spray devices. */
async function devices(units: number, expiresOn = '2031-12-31'): Promise<LotId> {
  const { lotId } = await must(
    runCommand(t.services, harbor.as.manager, receiveStock, {
      key: anId<'drug-lot'>(t.services),
      drug: 'Esketamine',
      lotNumber: 'E1',
      form: 'nasal-device',
      unitMg: 28,
      units,
      expiresOn: expiresOn as LocalDate,
      reason: 'delivery',
    }),
  )
  return lotId
}
const startUnits = (sessionId: SessionId, lotId: LotId) =>
  runCommand(t.services, nurse(), startDose, { sessionId, key: anId<'session-event'>(t.services), lotId })
const device = (sessionId: SessionId, lotId: LotId, key = anId<'session-event'>(t.services)) =>
  runCommand(t.services, nurse(), giveDevice, { sessionId, key, lotId })
const unitsLeft = async (lotId: LotId) => {
  const found = (await look(t.services, nurse(), ({ db }) => lots(db, harbor.id))).find(
    ({ id }) => id === lotId,
  )
  return found?.form === 'nasal-device' ? found.balanceUnits : undefined
}
const rems = { enrolled: 'yes', prescriberOnSite: 'yes', oximeterReady: 'yes' }

it('a nasal dose: enrolled and watched first, devices five minutes apart, two hours from the first one', async () => {
  const { sessionId } = await ready({ protocolId: 'esk-trd', dose: { kind: 'units', mg: 56, unitMg: 28 } })
  const box = await devices(3)
  expect(await startUnits(sessionId, box)).toMatchObject({
    reason: 'not-enrolled',
    detail: { hindrances: ['not-enrolled', 'no-prescriber-on-site', 'no-oximeter'] },
  })
  await record(sessionId, entry('rems', rems))
  expect(await startUnits(sessionId, await lot())).toMatchObject({ reason: 'lot-wrong-form' })
  await must(startUnits(sessionId, box))
  expect((await sessionOf(sessionId))?.state).toMatchObject({
    phase: 'monitor',
    dose: { orderedMg: 56, units: { count: 2, unitMg: 28 }, devices: [{ deviceNumber: 1, mg: 28 }] },
  })
  expect(await unitsLeft(box)).toBe(2)
  const paused = runCommand(t.services, nurse(), recordSessionEvents, {
    sessionId,
    entries: [entry('dose-paused', {})],
  })
  expect(await paused).toMatchObject({ reason: 'not-a-pump' })

  t.clock.advance(5 * MINUTE_MS)
  const key = anId<'session-event'>(t.services)
  expect(await device(sessionId, box, key)).toMatchObject({ reason: 'device-too-early' })
  t.clock.advance(1000)
  await must(device(sessionId, box, key))
  await must(device(sessionId, box, key))
  expect(await unitsLeft(box)).toBe(1)
  expect((await sessionOf(sessionId))?.state).toMatchObject({
    phase: 'recover',
    doseMgGiven: 56,
    notCounted: [],
  })
  expect(await device(sessionId, box)).toMatchObject({ reason: 'all-devices-given' })

  t.clock.advance(114 * MINUTE_MS)
  const steps = () => [
    ...DISCHARGE_STEPS.map((step) => entry('discharge-step', { step, met: 'yes' })),
    entry('scale', { scale: 'aldrete', score: 10 }),
  ]
  await record(sessionId, reading(), ...steps())
  const leave = () =>
    runCommand(t.services, nurse(), dischargePerson, { sessionId, key: anId<'session-event'>(t.services) })
  expect(await leave()).toMatchObject({ reason: 'gate-not-met', detail: { notMet: ['minimum-time'] } })
  // 120 min after the first device by now; the second one does not count anew.
  t.clock.advance(MINUTE_MS)
  await must(leave())

  // Then the form goes out, on no day before the session and none after today.
  const sent = (sentOn: string) =>
    runCommand(t.services, nurse(), recordRemsSent, {
      key: anId<'rems-submission'>(t.services),
      sessionId,
      sentOn: sentOn as LocalDate,
      how: 'portal',
      confirmation: 'P-17',
    })
  const today = t.clock.now().slice(0, 10)
  const day = (days: number) => new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10)
  expect(await sent(day(-1))).toMatchObject({ reason: 'before-session' })
  expect(await sent(day(1))).toMatchObject({ reason: 'future-day' })
  await must(sent(today))
  const kept = await look(t.services, nurse(), ({ db }) => submissionsOf(db, harbor.id, [sessionId]))
  expect(kept).toMatchObject([
    { how: 'portal', confirmation: 'P-17', sentOn: today, formVersion: '2026-11-22' },
  ])
})

it('a nasal dose stopped after one device is 28 mg, and gives no more', async () => {
  const { sessionId } = await ready({ protocolId: 'esk-trd', dose: { kind: 'units', mg: 56, unitMg: 28 } })
  const box = await devices(2)
  await record(sessionId, entry('rems', rems))
  await must(startUnits(sessionId, box))
  t.clock.advance(2 * MINUTE_MS)
  await record(sessionId, entry('dose-stopped', {}))
  expect((await sessionOf(sessionId))?.state).toMatchObject({ doseMgGiven: 28, phase: 'recover' })
  t.clock.advance(5 * MINUTE_MS)
  expect(await device(sessionId, box)).toMatchObject({ reason: 'no-infusion-running' })
  expect(await unitsLeft(box)).toBe(1)
})

it('no further device after consent is taken back', async () => {
  const { sessionId, personId } = await ready({
    protocolId: 'esk-trd',
    dose: { kind: 'units', mg: 56, unitMg: 28 },
  })
  const box = await devices(2)
  await record(sessionId, entry('rems', rems))
  await must(startUnits(sessionId, box))
  t.clock.advance(2 * MINUTE_MS)
  await must(runCommand(t.services, nurse(), withdrawConsent, { personId, documentId: 'treatment' }))
  t.clock.advance(5 * MINUTE_MS)
  expect(await device(sessionId, box)).toMatchObject({ reason: 'consent-taken-back' })
  expect(await unitsLeft(box)).toBe(1)
  await record(sessionId, reading(), entry('dose-stopped', {}))
  expect((await sessionOf(sessionId))?.state).toMatchObject({ doseMgGiven: 28, phase: 'recover' })
})

it('no further device while red stands; a dose and a device on amber once somebody has said that it is right', async () => {
  const { sessionId } = await ready({ protocolId: 'esk-trd', dose: { kind: 'units', mg: 56, unitMg: 28 } })
  const box = await devices(2)
  await record(sessionId, entry('rems', rems))
  const read = (values: object) =>
    record(sessionId, entry('reading', { values: { ...VITALS, ...values }, confirmed: [] }))
  t.clock.advance(MINUTE_MS)
  await read({ spo2Percent: 93 })
  expect(await startUnits(sessionId, box)).toMatchObject({
    reason: 'amber-stands',
    detail: { stands: [expect.stringContaining('93%')], question: 'amber:spo2Percent=93' },
  })
  t.clock.advance(MINUTE_MS)
  await read({})
  await must(startUnits(sessionId, box))
  t.clock.advance(2 * MINUTE_MS)
  await read({ respiratoryRatePerMin: 7, moaas: 2 })
  t.clock.advance(5 * MINUTE_MS)
  expect(await device(sessionId, box)).toMatchObject({
    reason: 'red-stands',
    detail: {
      stands: [expect.stringContaining('Breathing rate 7'), expect.stringContaining('Responsiveness 2')],
    },
  })
  await read({ moaas: 4 })
  const asked = await device(sessionId, box)
  expect(asked).toMatchObject({ reason: 'amber-stands', detail: { question: 'amber:moaas=4' } })
  expect(await unitsLeft(box)).toBe(1)
  const key = anId<'session-event'>(t.services)
  await must(
    runCommand(t.services, nurse(), giveDevice, { sessionId, key, lotId: box, sure: 'amber:moaas=4' }),
  )
  expect(await unitsLeft(box)).toBe(0)
})

it('two at one chair give one device, not two', async () => {
  const { sessionId } = await ready({ protocolId: 'esk-trd', dose: { kind: 'units', mg: 56, unitMg: 28 } })
  const box = await devices(5)
  await record(sessionId, entry('rems', rems))
  await must(startUnits(sessionId, box))
  t.clock.advance(6 * MINUTE_MS)
  const both = await Promise.all([device(sessionId, box), device(sessionId, box)])
  expect(both.filter(({ ok }) => ok)).toHaveLength(1)
  expect(await unitsLeft(box)).toBe(3)
})

/** A delivery of tablets. */
async function tablets(
  units: number,
  { unitMg = 50, expiresOn = '2031-12-31', at = '' } = {},
): Promise<LotId> {
  const { lotId } = await must(
    runCommand(t.services, harbor.as.manager, receiveStock, {
      key: anId<'drug-lot'>(t.services),
      drug: 'Ketamine, compounded',
      lotNumber: 'T1',
      form: 'tablet',
      unitMg,
      units,
      expiresOn: expiresOn as LocalDate,
      reason: 'delivery',
      ...(at === '' ? {} : { at: at as Instant }),
    }),
  )
  return lotId
}
const tabletsLeft = async (lotId: LotId) => {
  const all = await look(t.services, nurse(), ({ db }) => lots(db, harbor.id))
  const found = all.find(({ id }) => id === lotId)
  return found?.form === 'tablet' ? found.balanceUnits : undefined
}
const underTheTongue = (mg: number) =>
  ({
    protocolId: 'sl-kap',
    dose: { kind: 'units', mg, unitMg: 50 },
  }) as const

it('tablets under the tongue are given all at once, counted off the stock, watched and left like any dose', async () => {
  const { sessionId } = await ready(underTheTongue(100))
  const box = await tablets(4)
  // What is ordered, and nothing else.
  const wrong = [
    [await devices(9), 'lot-wrong-form'],
    [await lot(), 'lot-wrong-form'],
    [await tablets(9, { unitMg: 100 }), 'lot-wrong-form'],
    [await tablets(9, { expiresOn: '2026-11-01', at: '2026-10-01T15:00:00.000Z' }), 'lot-expired'],
    [await tablets(1), 'not-enough-in-lot'],
  ] as const
  for (const [lotId, reason] of wrong) expect(await startUnits(sessionId, lotId)).toMatchObject({ reason })
  expect((await sessionOf(sessionId))?.state.dose).toBeUndefined()
  // Not the REMS of esketamine: nobody is asked for an enrolment.
  const key = anId<'session-event'>(t.services)
  const startOnce = () => runCommand(t.services, nurse(), startDose, { sessionId, key, lotId: box })
  await must(startOnce())
  await must(startOnce())
  expect(await tabletsLeft(box)).toBe(2)
  const given = await sessionOf(sessionId)
  expect(given?.state).toMatchObject({
    phase: 'recover',
    doseMgGiven: 100,
    notCounted: [],
    dose: {
      atOnce: 'sublingual',
      orderedMg: 100,
      units: { unitMg: 50, count: 2, atMin: [] },
      devices: [],
      ended: { how: 'finished', mgGiven: 100 },
    },
  })
  expect(given?.events.filter(({ kind }) => kind.startsWith('dose-'))).toHaveLength(2)

  // Nothing runs that could be stopped or paused, no second tablet waits, and nobody is given a second dose.
  t.clock.advance(MINUTE_MS)
  for (const kind of ['dose-stopped', 'dose-paused', 'dose-finished'] as const) {
    const entries = [entry(kind, {})]
    const outcome = await runCommand(t.services, nurse(), recordSessionEvents, { sessionId, entries })
    expect(outcome).toMatchObject({ reason: 'no-infusion-running' })
  }
  expect(await device(sessionId, box)).toMatchObject({ reason: 'no-infusion-running' })
  expect(await startUnits(sessionId, box)).toMatchObject({ reason: 'dose-already-started' })
  expect(await tabletsLeft(box)).toBe(2)
  // One was spat out: the mg are set right, and never above what was given out.
  const end = given?.state.dose?.ended?.eventId
  const corrected = (mgGiven: number) =>
    runCommand(t.services, nurse(), recordSessionEvents, {
      sessionId,
      entries: [entry('correction', { of: end, figures: { mgGiven } })],
    })
  expect(await corrected(101)).toMatchObject({ reason: 'more-than-drawn' })
  await must(corrected(50))
  expect((await sessionOf(sessionId))?.state.doseMgGiven).toBe(50)

  // Two hours from the dose.
  t.clock.advance(118 * MINUTE_MS)
  await record(
    sessionId,
    reading(),
    ...DISCHARGE_STEPS.map((step) => entry('discharge-step', { step, met: 'yes' })),
    entry('scale', { scale: 'aldrete', score: 10 }),
  )
  const leave = () =>
    runCommand(t.services, nurse(), dischargePerson, { sessionId, key: anId<'session-event'>(t.services) })
  expect(await leave()).toMatchObject({ reason: 'gate-not-met', detail: { notMet: ['minimum-time'] } })
  t.clock.advance(2 * MINUTE_MS)
  await must(leave())
  expect(await look(t.services, nurse(), ({ db }) => doseRecord(db, harbor.id, sessionId))).toMatchObject({
    facts: { 'systolic-180': 'no', 'distress-stop': 'no', vomiting: 'unknown' },
  })
  const clinic = await look(t.services, nurse(), ({ db }) => clinicById(db, harbor.id))
  const url = new URL(`http://clinic.test/work/sessions/${sessionId}/note`)
  const page = { services: t.services, actor: nurse(), clinic, url, params: { id: sessionId } }
  const note = await loadNote(page as unknown as PageArgs)
  expect(note.draftText).toMatch(
    /100 mg ordered and handed over under the tongue at .*: 2 of 50 mg from lot T1; 50 mg given\./,
  )
})

it('of a dose of one and a half tablets one and a half leave the stock', async () => {
  const { sessionId } = await ready(underTheTongue(75))
  const box = await tablets(2)
  await must(startUnits(sessionId, box))
  expect(await tabletsLeft(box)).toBe(0.5)
  expect((await sessionOf(sessionId))?.state).toMatchObject({
    doseMgGiven: 75,
    dose: { units: { count: 1.5 } },
  })
})

it('the form of a nasal dose stays on the list until it is sent, also where nobody recorded that they left', async () => {
  const { sessionId } = await ready({ protocolId: 'esk-trd', dose: { kind: 'units', mg: 56, unitMg: 28 } })
  const dosedOn = t.clock.now().slice(0, 10) as LocalDate
  await record(sessionId, entry('rems', rems))
  await must(startUnits(sessionId, await devices(2)))
  const injection = await ready({
    protocolId: 'oud-kpt',
    dose: { kind: 'at-once-per-kg', mgPerKg: 2, weightBasis: 'actual', concentrationMgPerMl: 50 },
    reason: 'the dose of the protocol',
  })
  await must(start(injection.sessionId, await lot(), 2.8))
  t.clock.advance(200 * 24 * 60 * MINUTE_MS)
  const clinic = await look(t.services, nurse(), ({ db }) => clinicById(db, harbor.id))
  const { rows } = await loadRemsList({ services: t.services, actor: nurse(), clinic } as unknown as PageArgs)
  const dueOn = new Date(Date.parse(dosedOn) + 7 * 86_400_000).toISOString().slice(0, 10)
  expect(rows.find((row) => row.sessionId === sessionId)?.due).toMatchObject({
    state: 'red',
    word: expect.stringMatching(/^Leaving not recorded\. Was due/),
    dueOn,
  })
  expect(rows.some((row) => row.sessionId === injection.sessionId)).toBe(false)
})
