import { parseBatch } from '@evenkeel/vital-signs'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { makeBookedPerson } from '../../../tests/database/booked-person.ts'
import { leaveShown } from '../../../tests/database/leave-shown.ts'
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
import { appointmentById } from '../../plan/index.server.ts'
import { runCommand } from '../../platform/command.server.ts'
import type { PageArgs } from '../../platform/page.server.ts'
import { MINUTE_MS } from '../../platform/time.ts'
import { loadReplay } from '../course/replay-page.server.ts'
import { dischargePerson, openSession, recordSessionEvents } from '../index.server.ts'
import { addMonitor, placeMonitor } from '../monitors/manage-devices.server.ts'
import { samplesAt } from '../monitors/monitor-stretches.ts'
import { type Monitors, startMonitors } from '../monitors/monitors.server.ts'
import { loadNote } from '../note/note-page.server.ts'
import { loadRecord } from '../note/record-page.server.ts'
import { recordContent } from '../note/record-pdf.ts'
import type { BedsideEntry } from '../session/bedside-entry.ts'
import { newestValues } from '../session/newest-values.ts'
import { foldSession } from '../session/session.ts'
import { DISCHARGE_STEPS, type SessionId } from '../session/session-event.ts'
import { loadHandOver } from './sheets-page.server.ts'

let t: TestDatabase
let harbor: TestClinic
let sessionId: SessionId
let monitors: Monitors
let key: string
let sequence = 0
let clinics = 0

beforeAll(async () => {
  t = await openTestDatabase()
})
afterAll(() => t.close())

const entry = (kind: BedsideEntry['kind'], data: object) =>
  ({ id: anId(t.services), kind, at: t.clock.now(), data }) as BedsideEntry
const record = (entries: readonly BedsideEntry[]) =>
  must(runCommand(t.services, harbor.as.nurse, recordSessionEvents, { sessionId, entries }))
const reading = (systolicMmHg: number, diastolicMmHg: number) =>
  entry('reading', {
    values: {
      systolicMmHg,
      diastolicMmHg,
      heartRatePerMin: 70,
      spo2Percent: 98,
      respiratoryRatePerMin: 14,
      moaas: 5,
    },
    confirmed: [],
  })
async function send(systolic: number, diastolic: number): Promise<void> {
  const at = t.clock.now()
  const of = (sign: string, value: number) => ({ measuredAt: at, receivedAt: at, sign, value, unit: 'mmHg' })
  sequence += 1
  const samples = [of('systolicMmHg', systolic), of('diastolicMmHg', diastolic)]
  const parsed = parseBatch({ schema: 1, deviceId: 'monitor-1', sequence, sentAt: at, samples })
  if (!parsed.ok) throw new Error(parsed.refusal.reason)
  const holder = (await monitors.intake.holderOf(key))!
  expect(await monitors.intake.take(holder, parsed.batch)).toMatchObject({ kind: 'taken' })
}
const leave = (more: object = {}) =>
  runCommand(t.services, harbor.as.nurse, dischargePerson, {
    sessionId,
    key: anId<'session-event'>(t.services),
    ...more,
  })
async function args(path = ''): Promise<PageArgs> {
  const clinic = await look(t.services, harbor.as.nurse, ({ db }) => clinicById(db, harbor.id))
  return {
    services: t.services,
    actor: harbor.as.nurse,
    clinic,
    params: { id: sessionId as string },
    url: new URL(`http://clinic.test/${path}`),
  } as unknown as PageArgs
}
/** What the log gets by ways that are tested where they live. */
const straight = (kind: string, data: object) =>
  t.owner.query(
    `insert into session_event (clinic_id, id, session_id, kind, at, received_at, by_account_id, data, words)
     values ($1, $2, $3, $4, $5, $5, $6, $7, '{}')`,
    [
      harbor.id,
      t.services.ids.next(),
      sessionId,
      kind,
      t.clock.now(),
      harbor.as.nurse.accountId,
      JSON.stringify(data),
    ],
  )

/** Somebody who could leave by what was taken by hand, two hours after an injection. */
beforeEach(async () => {
  clinics += 1
  harbor = await makeClinic(t.services, `harbor-${clinics}`)
  const person = await makeBookedPerson(t, harbor)
  const { chairId } = (await look(t.services, harbor.system, ({ db }) =>
    appointmentById(db, harbor.id, person.appointmentId),
  ))!
  const made = await must(
    runCommand(t.services, harbor.as.manager, addMonitor, {
      key: anId<'monitor-device'>(t.services),
      wireName: 'monitor-1',
      name: 'Monitor 1',
    }),
  )
  key = made.secret!
  await must(runCommand(t.services, harbor.as.nurse, placeMonitor, { deviceId: made.deviceId, chairId }))
  t.clock.advance(50 * MINUTE_MS)
  const opened = await must(
    runCommand(t.services, harbor.as.nurse, openSession, {
      appointmentId: person.appointmentId,
      key: anId<'session'>(t.services),
    }),
  )
  sessionId = opened.sessionId
  monitors = startMonitors(t.services)
  t.clock.advance(1000)
  await record([entry('arrived', {}), reading(124, 78)])
  await straight('dose-started', {
    orderId: t.services.ids.next(),
    lotId: t.services.ids.next(),
    drawnMl: 1,
    lotConcentrationMgPerMl: 50,
    orderedMg: 40,
    rateMgPerH: 0,
    durationMin: 0,
    atOnce: 'intramuscular',
  })
  t.clock.advance(1000)
  await straight('dose-finished', { mgGiven: 40, computedMg: 40, atOnce: true })
  t.clock.advance(40 * MINUTE_MS)
  await send(177, 112)
  t.clock.advance(85 * MINUTE_MS)
  await record([
    reading(126, 80),
    ...DISCHARGE_STEPS.map((step) => entry('discharge-step', { step, met: 'yes' })),
    entry('scale', { scale: 'aldrete', score: 10 }),
  ])
  t.clock.advance(MINUTE_MS)
})

it('does not let somebody go against a newer bad value of the monitor, and does on a newer good one', async () => {
  await send(160, 101)
  t.clock.advance(1000)
  const notMet = ['systolicMmHg', 'diastolicMmHg']
  expect(await leave()).toMatchObject({ ok: false, reason: 'gate-not-met', detail: { notMet } })
  // Nor by a time typed for before it.
  const before = new Date(Date.parse(t.clock.now()) - 30_000).toISOString()
  expect(await leave({ at: before })).toMatchObject({ ok: false, reason: 'gate-not-met' })
  t.clock.advance(4 * MINUTE_MS)
  await send(128, 80)
  await must(leave())
})

it('takes a second signature for what the monitor showed, not for something worse since', async () => {
  await send(160, 101)
  const shown = await leaveShown(t, harbor, sessionId)
  expect(shown).toContain('monitor-amber')
  t.clock.advance(1000)
  await send(188, 115)
  const stepUp = () => ({ accountId: harbor.as.prescriber.accountId, at: t.clock.now() })
  const override = { stepUp: stepUp(), reason: 'the escort is a nurse', shown }
  expect(await leave({ override })).toMatchObject({ ok: false, reason: 'not-as-shown' })
  const newer = await leaveShown(t, harbor, sessionId)
  await must(leave({ override: { ...override, stepUp: stepUp(), shown: newer } }))
  const { parts } = await loadHandOver(await args())
  const line = (term: string) =>
    parts.flatMap(({ lines }) => lines).find((each) => each.term.startsWith(term))
  expect(line('Systolic pressure')?.value).toContain('not met: 188 mmHg')
})

it('hands over the extremes that a monitor measured, with source and time', async () => {
  const { parts } = await loadHandOver(await args())
  const line = (term: string) => parts.flatMap(({ lines }) => lines).find((each) => each.term === term)
  expect(line('Highest pressure since')?.value).toMatch(
    /^BP 177\/112 mmHg at \d\d:\d\d, by monitor Monitor 1$/,
  )
  expect(line('Lowest oxygen since')?.value).toMatch(/^98 % at .*, by hand$/)
})

it('says in note, record and replay what the monitor measured, each with its source', async () => {
  await send(118, 74)
  const note = await loadNote(await args())
  const said = note.draft.flatMap(({ sentences }) => sentences)
  expect(said.find(({ text }) => text.startsWith('Highest pressure'))).toMatchObject({
    text: expect.stringMatching(/BP 177\/112 mmHg at \d\d:\d\d, by monitor Monitor 1\.$/),
    sources: [expect.stringMatching(/^\d\d:\d\d monitor Monitor 1$/)],
  })
  const sheet = JSON.stringify(recordContent(await loadRecord(await args())))
  expect(sheet).toContain('By monitor (Monitor 1)')
  expect(sheet).toMatch(/\["\d\d:\d\d","177","112","–","–","–"\]/)
  const { monitors: series, span } = await loadReplay(await args())
  const at = (minute: number) => samplesAt(series, span!.zeroMs + minute * MINUTE_MS)
  expect(at(39)).toEqual({})
  expect(at(41).systolicMmHg).toMatchObject({ value: 177, quality: 'ok', device: 'Monitor 1' })
  const { events } = await loadReplay(await args())
  const state = foldSession(
    events.filter(({ at: when }) => Date.parse(when) <= span!.zeroMs + 41 * MINUTE_MS),
  )
  const shown = (minute: number) =>
    newestValues(state, at(minute), span!.zeroMs + minute * MINUTE_MS, 15 * MINUTE_MS).find(
      ({ sign }) => sign === 'systolicMmHg',
    )
  expect(shown(41)).toMatchObject({ value: 177, state: 'amber', source: { by: 'monitor' } })
  expect(shown(60)).toMatchObject({ value: 177, stale: true })
})
