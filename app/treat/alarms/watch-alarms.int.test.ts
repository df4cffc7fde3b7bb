import { parseBatch } from '@evenkeel/vital-signs'
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
import { appointmentById } from '../../plan/index.server.ts'
import { runCommand } from '../../platform/command.server.ts'
import { MINUTE_MS } from '../../platform/time.ts'
import type { DeviceId } from '../monitors/device.ts'
import { addMonitor, placeMonitor } from '../monitors/manage-devices.server.ts'
import { type Monitors, startMonitors } from '../monitors/monitors.server.ts'
import { openSession } from '../session/open-session.server.ts'
import { recordSessionEvents } from '../session/record-session-events.server.ts'
import { type AlarmChange, type SessionId, THE_CLINIC } from '../session/session-event.ts'
import { sessionById } from '../session/sessions.server.ts'
import { acknowledgeAlarm, seeAlarm } from './answer-alarm.server.ts'
import { type AlarmWatch, watchAlarms } from './watch-alarms.server.ts'

let t: TestDatabase
let harbor: TestClinic
let sessionId: SessionId
let deviceId: DeviceId
let key: string
let clinics = 0
let passedMs = 0
const running: AlarmWatch[] = []

beforeAll(async () => {
  t = await openTestDatabase({ logErrors: false })
})
afterAll(async () => {
  for (const watch of running) await watch.stop()
  await t.close()
})

beforeEach(async () => {
  for (const watch of running.splice(0)) await watch.stop()
  clinics += 1
  passedMs += 60_000
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
  deviceId = made.deviceId
  key = made.secret!
  await must(runCommand(t.services, harbor.as.nurse, placeMonitor, { deviceId, chairId }))
  t.clock.advance(50 * MINUTE_MS)
  const opened = await must(
    runCommand(t.services, harbor.as.nurse, openSession, {
      appointmentId: person.appointmentId,
      key: anId<'session'>(t.services),
    }),
  )
  sessionId = opened.sessionId
  t.clock.advance(1000)
})

type Process = { watch: AlarmWatch; monitors: Monitors }

/** One process of the clinic: an own watch, and an own way in for monitors that tells it. */
async function aProcess(): Promise<Process> {
  const watch = watchAlarms(t.services, t.services.ids.next(), () => passedMs)
  running.push(watch)
  const monitors = startMonitors(t.services, {
    nowMs: () => passedMs,
    taken: (clinicId, parts) => watch.taken(clinicId, parts),
  })
  await watch.tick()
  await watch.settled()
  return { watch, monitors }
}
/** A process that is killed: it never says that it gives anything up. */
function kill({ watch }: Process): void {
  running.splice(running.indexOf(watch), 1)
}
const watchIsOver = () =>
  t.owner.query(`update alarm_watch set until = now() - interval '1 second' where clinic_id = $1`, [
    harbor.id,
  ])
async function lookAgain({ watch }: Process): Promise<void> {
  passedMs += 2_100
  await watch.tick()
  await watch.settled()
}
async function send({ monitors, watch }: Process, sequence: number, spo2: number): Promise<void> {
  const at = t.clock.now()
  const sample = { measuredAt: at, receivedAt: at, sign: 'spo2Percent', value: spo2, unit: '%' }
  const parsed = parseBatch({ schema: 1, deviceId: 'monitor-1', sequence, sentAt: at, samples: [sample] })
  if (!parsed.ok) throw new Error(parsed.refusal.reason)
  const holder = (await monitors.intake.holderOf(key))!
  expect(await monitors.intake.take(holder, parsed.batch)).toMatchObject({ kind: 'taken' })
  await watch.settled()
}
const session = async () =>
  (await look(t.services, harbor.system, ({ db }) => sessionById(db, harbor.id, sessionId)))!
const changes = async () =>
  (await session()).events.flatMap((event) =>
    event.kind === 'alarm' ? [{ by: event.by, at: event.at, ...(event.data as AlarmChange) }] : [],
  )
const said = async () => (await changes()).map(({ change, cause }) => `${change} ${cause}`)
const mails = async () =>
  (
    await t.owner.query(
      'select to_address, subject, body from mail_message where clinic_id = $1 and subject like $2',
      [harbor.id, 'A colleague%'],
    )
  ).rows

async function begin(): Promise<void> {
  const nurse = harbor.as.nurse
  const at = t.clock.now()
  await must(
    runCommand(t.services, nurse, recordSessionEvents, {
      sessionId,
      entries: [
        { id: anId<'session-event'>(t.services), kind: 'arrived', at, data: {} },
        {
          id: anId<'session-event'>(t.services),
          kind: 'reading',
          at,
          data: {
            values: {
              systolicMmHg: 120,
              diastolicMmHg: 76,
              heartRatePerMin: 70,
              spo2Percent: 98,
              respiratoryRatePerMin: 14,
              moaas: 5,
            },
            confirmed: [],
          },
        },
        { id: anId<'session-event'>(t.services), kind: 'watch-taken', at, data: { from: null } },
      ],
    }),
  )
  // A dose straight in the log: the way there is tested where it lives.
  await t.owner.query(
    `insert into session_event (clinic_id, id, session_id, kind, at, received_at, by_account_id, data, words)
     values ($1, $2, $3, 'dose-started', $4, $4, $5, $6, '{}')`,
    [
      harbor.id,
      t.services.ids.next(),
      sessionId,
      at,
      nurse.accountId,
      JSON.stringify({
        orderId: t.services.ids.next(),
        lotId: t.services.ids.next(),
        drawnMl: 6,
        lotConcentrationMgPerMl: 10,
        orderedMg: 56,
        rateMgPerH: 84,
        durationMin: 40,
      }),
    ],
  )
  t.clock.advance(10_000)
}

it('writes what a monitor’s value raises, told to screens, and calls the next by message when nobody takes it on', async () => {
  await begin()
  const one = await aProcess()
  await send(one, 1, 97)
  expect(await said()).toEqual([])
  t.clock.advance(1000)
  await send(one, 2, 86)
  expect((await said()).sort()).toEqual(['raised spo2-low-amber', 'raised spo2-low-red'])
  const red = (await changes()).find(({ level }) => level === 'red')!
  expect(red).toMatchObject({ by: THE_CLINIC, at: t.clock.now(), sign: 'spo2Percent', value: 86 })
  const told = await t.owner.query(
    `select data->'event' as event from feed_event where clinic_id = $1 and kind = 'session.event' order by seq desc limit 2`,
    [harbor.id],
  )
  expect(told.rows.map(({ event }) => event.data.cause).sort()).toEqual(['spo2-low-amber', 'spo2-low-red'])

  t.clock.advance(35_000)
  await one.watch.tick()
  await one.watch.settled()
  expect(await said()).toContain('escalated spo2-low-red')
  const written = await mails()
  // To the other nurse, not to the one who has the watch.
  expect(written.map(({ to_address }) => to_address)).toEqual([`secondnurse.harbor-${clinics}@example.org`])
  expect(written[0].body).not.toMatch(/spo2|saturation|oxygen|\b86\b|Robin|ketamine/i)
})

it('stops calling once somebody has acknowledged, who answers for the amber one of the sign as well', async () => {
  await begin()
  const one = await aProcess()
  await send(one, 1, 86)
  const red = (await changes()).find(({ level }) => level === 'red')!
  const answer = {
    sessionId,
    alarmId: red.alarmId,
    key: anId<'session-event'>(t.services),
    reason: 'Repositioned, oxygen given',
  }
  await must(
    runCommand(t.services, harbor.as.nurse, seeAlarm, { ...answer, key: anId<'session-event'>(t.services) }),
  )
  await must(runCommand(t.services, harbor.as.nurse, acknowledgeAlarm, answer))
  await must(runCommand(t.services, harbor.as.nurse, acknowledgeAlarm, answer))
  const { care } = (await session()).state
  expect(care.alarms.map(({ acknowledged }) => acknowledged?.by)).toEqual([
    harbor.as.nurse.accountId,
    harbor.as.nurse.accountId,
  ])
  await one.watch.settled()
  t.clock.advance(61_000)
  await one.watch.tick()
  await one.watch.settled()
  expect((await said()).filter((words) => words.startsWith('escalated spo2'))).toEqual([])
  // The value is as it was: after two minutes the red one is raised again.
  t.clock.advance(62_000)
  await one.watch.tick()
  await one.watch.settled()
  expect(await said()).toContain('raised-again spo2-low-red')
})

it('refuses an answer to an alarm that was raised after the screen had looked, and to none', async () => {
  const one = await aProcess()
  const before = t.clock.now()
  t.clock.advance(1000)
  await send(one, 1, 86)
  const [alarm] = await changes()
  const answer = { sessionId, alarmId: alarm!.alarmId, key: anId<'session-event'>(t.services) }
  expect(
    await runCommand(t.services, harbor.as.nurse, acknowledgeAlarm, { ...answer, shownTo: before }),
  ).toMatchObject({ ok: false, reason: 'raised-since' })
  expect(
    await runCommand(t.services, harbor.as.nurse, acknowledgeAlarm, { ...answer, alarmId: 'silence:x@1' }),
  ).toMatchObject({ ok: false, reason: 'no-such-alarm' })
  expect(await runCommand(t.services, harbor.as.manager, acknowledgeAlarm, answer)).toMatchObject({
    ok: false,
    reason: 'not-allowed',
  })
})

it('loses nothing and doubles nothing when the process is killed in between', async () => {
  await begin()
  const first = await aProcess()
  await send(first, 1, 97)
  t.clock.advance(1000)
  await send(first, 2, 86)
  kill(first)
  // Stored by the way in, but the watch that would have judged it is gone.
  t.clock.advance(5_000)
  const deaf = startMonitors(t.services, { nowMs: () => passedMs })
  await send({ monitors: deaf, watch: first.watch } as Process, 3, 97)
  t.clock.advance(90_000)
  const second = await aProcess()
  // Until the watch of the first is over, the second one waits.
  expect((await said()).length).toBe(2)
  await watchIsOver()
  await lookAgain(second)
  const found = await said()
  expect(found).toContain('resolved spo2-low-amber')
  expect(found).toContain('escalated spo2-low-red')
  expect(found).toContain('raised silence')
  expect(new Set(found).size).toBe(found.length - 1)
  // The red one climbed twice; everything else happened once.
  expect(found.filter((words) => words === 'escalated spo2-low-red')).toHaveLength(2)
  const third = await aProcess()
  await watchIsOver()
  await lookAgain(third)
  expect(await said()).toEqual(found)
})

it('is done by one of two processes, also when values come in at the other', async () => {
  await begin()
  const [one, two] = [await aProcess(), await aProcess()]
  await send(two, 1, 97)
  t.clock.advance(1000)
  await send(two, 2, 86)
  expect(await said()).toEqual([])
  one.watch.storedElsewhere(harbor.id, [sessionId])
  await one.watch.settled()
  expect((await said()).sort()).toEqual(['raised spo2-low-amber', 'raised spo2-low-red'])
  // One that still believes to have the watch writes nothing.
  await t.owner.query('update alarm_watch set holder = $2 where clinic_id = $1', [
    harbor.id,
    t.services.ids.next(),
  ])
  t.clock.advance(35_000)
  await one.watch.tick()
  await one.watch.settled()
  await two.watch.tick()
  await two.watch.settled()
  expect(await said()).toHaveLength(2)
})

it('reads a session again that could not be read, and what came for it meanwhile', async () => {
  await begin()
  await t.owner.query('alter table monitor_device rename to monitor_device_away')
  const one = await aProcess()
  await t.owner.query('alter table monitor_device_away rename to monitor_device')
  await send(one, 1, 86)
  await lookAgain(one)
  expect((await said()).sort()).toEqual(['raised spo2-low-amber', 'raised spo2-low-red'])
})

it('judges what another process stored while its notice was lost, and what it may have missed when it hears again', async () => {
  await begin()
  const one = await aProcess()
  const two = await aProcess()
  await send(one, 1, 97)
  t.clock.advance(2_000)
  // The other process takes this one in, and nobody hears of it.
  await send(two, 2, 84)
  // Longer than any notice looks back, the process stands still.
  t.clock.advance(40_000)
  passedMs += 1_000
  await one.watch.lookForMissed()
  await one.watch.settled()
  expect(await said()).toContain('raised spo2-low-red')
})

it('finds what it missed by itself within some seconds, though later values were told', async () => {
  await begin()
  const one = await aProcess()
  const two = await aProcess()
  await send(one, 1, 97)
  t.clock.advance(2_000)
  await send(two, 2, 84)
  for (let look = 0; look < 7; look++) {
    t.clock.advance(2_000)
    await lookAgain(one)
  }
  await send(two, 3, 97)
  one.watch.storedElsewhere(harbor.id, [sessionId])
  await one.watch.settled()
  expect(await said()).toContain('raised spo2-low-red')
})

it('does not go on missing a monitor that somebody says stands elsewhere', async () => {
  await begin()
  const one = await aProcess()
  await send(one, 1, 97)
  await must(runCommand(t.services, harbor.as.nurse, placeMonitor, { deviceId, chairId: undefined }))
  await t.services.feed.look()
  await one.watch.settled()
  t.clock.advance(60_000)
  await lookAgain(one)
  expect(await said()).not.toContain('raised silence')
})

it('misses a monitor that stands at the chair, was in use before, and never sent since the dose began', async () => {
  await t.owner.query(
    `insert into monitor_batch (clinic_id, device_id, run, sequence, content_hash, received_at, accepted)
     values ($1, $2, '', 0, 'x', $3, 1)`,
    [harbor.id, deviceId, new Date(Date.parse(t.clock.now()) - 3_600_000).toISOString()],
  )
  await begin()
  const one = await aProcess()
  t.clock.advance(60_000)
  await lookAgain(one)
  expect(await said()).toContain('raised silence')
})
