import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { clinicById } from '../app/identity/index.server.ts'
import { appointmentById } from '../app/plan/index.server.ts'
import type { ChairId } from '../app/plan/index.ts'
import { runCommand } from '../app/platform/command.server.ts'
import type { PageArgs } from '../app/platform/page.server.ts'
import { addMs, MINUTE_MS } from '../app/platform/time.ts'
import { loadSession } from '../app/treat/bedside/session-page.server.ts'
import { VitalsStrip } from '../app/treat/bedside/vitals-strip.tsx'
import { boardTiles } from '../app/treat/board/board.ts'
import { beginBoard } from '../app/treat/board/board-feed.ts'
import { forgetBatchesJob, openSession, startMonitors } from '../app/treat/index.server.ts'
import type { DeviceId } from '../app/treat/monitors/device.ts'
import {
  addMonitor,
  placeMonitor,
  renewMonitorKey,
  revokeMonitorKeys,
} from '../app/treat/monitors/manage-devices.server.ts'
import { newestStored } from '../app/treat/monitors/monitors.server.ts'
import type { SessionId } from '../app/treat/session/session-event.ts'
import { makeBookedPerson } from '../tests/database/booked-person.ts'
import {
  anId,
  look,
  makeClinic,
  must,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../tests/database/test-clinic.ts'
import { createApp } from './app.ts'

let t: TestDatabase
let harbor: TestClinic
let app: ReturnType<typeof createApp>
let deviceId: DeviceId
let key: string
let chairId: ChairId
let sessionId: SessionId
let devices = 0
/** What the server takes to have passed; tests move it. */
let passedMs = 0

beforeAll(async () => {
  t = await openTestDatabase()
  app = appOf()
})
afterAll(() => t.close())

function appOf() {
  return createApp({
    services: t.services,
    pages: async () => new Response('no pages'),
    clientFolder: undefined,
    ready: async () => true,
    monitors: startMonitors(t.services, { nowMs: () => passedMs }),
  })
}

beforeEach(async () => {
  passedMs += 60_000
  devices += 1
  harbor = await makeClinic(t.services, `harbor-${devices}`)
  const person = await makeBookedPerson(t, harbor)
  t.clock.advance(50 * MINUTE_MS)
  chairId = (await look(t.services, harbor.system, ({ db }) =>
    appointmentById(db, harbor.id, person.appointmentId),
  ))!.chairId
  const made = await must(
    runCommand(t.services, harbor.as.manager, addMonitor, {
      key: anId<'monitor-device'>(t.services),
      wireName: `monitor-${devices}`,
      name: `Monitor ${devices}`,
    }),
  )
  deviceId = made.deviceId
  key = made.secret!
  await must(runCommand(t.services, harbor.as.nurse, placeMonitor, { deviceId, chairId }))
  t.clock.advance(MINUTE_MS)
  sessionId = (
    await must(
      runCommand(t.services, harbor.as.nurse, openSession, {
        appointmentId: person.appointmentId,
        key: anId<'session'>(t.services),
      }),
    )
  ).sessionId
  t.clock.advance(MINUTE_MS)
})

const value = (more: object = {}) => ({
  measuredAt: t.clock.now(),
  receivedAt: t.clock.now(),
  sign: 'spo2Percent',
  value: 97,
  unit: '%',
  ...more,
})
const batch = (sequence: number, samples: object[] = [value()], more: object = {}) => ({
  schema: 1,
  deviceId: `monitor-${devices}`,
  sequence,
  sentAt: t.clock.now(),
  samples,
  ...more,
})
async function post(body: unknown, bearer: string | undefined = key, to = app) {
  const response = await to.request('/devices/batches', {
    method: 'POST',
    headers: bearer ? { authorization: `Bearer ${bearer}` } : {},
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  const text = await response.text()
  return {
    status: response.status,
    headers: response.headers,
    body: text.startsWith('{') ? JSON.parse(text) : text,
  }
}
const kept = async () =>
  (
    await t.owner.query(
      `select s.session_id, v->>'s' as sign, (v->>'v')::numeric as value from session_sample s, jsonb_array_elements(s.samples) v
       where s.clinic_id = $1 and s.device_id = $2 order by s.sequence, (v->>'i')::int`,
      [harbor.id, deviceId],
    )
  ).rows
const unassigned = async () =>
  (
    await t.owner.query(
      'select why, values_held from unassigned_sample where clinic_id = $1 and device_id = $2 order by why',
      [harbor.id, deviceId],
    )
  ).rows

it('stores each value with the session of its chair, in the sign’s own unit, and answers after commit', async () => {
  const answer = await post(
    batch(1, [value(), value({ sign: 'systolicMmHg', value: 16, unit: 'kPa' }), value({ sign: 'colour' })]),
  )
  expect(answer.status).toBe(200)
  expect(answer.body).toMatchObject({
    accepted: 2,
    duplicates: 0,
    problems: [{ list: 'samples', index: 2, problem: 'unknown-sign' }],
    now: t.clock.now(),
  })
  expect(await kept()).toEqual([
    { session_id: sessionId, sign: 'spo2Percent', value: 97 },
    { session_id: sessionId, sign: 'systolicMmHg', value: expect.closeTo(120.01, 2) },
  ])
})

it('takes a batch once, however often and at however many doors it comes', async () => {
  const other = appOf()
  const same = batch(7, [value(), value({ sign: 'heartRatePerMin', value: 70, unit: '/min' })])
  const answers = await Promise.all([post(same), post(same), post(same, key, other), post(same, key, other)])
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
  expect(answers.reduce((sum, { body }) => sum + body.accepted, 0)).toBe(2)
  expect(answers.reduce((sum, { body }) => sum + body.duplicates, 0)).toBe(6)
  expect(await kept()).toHaveLength(2)
  // Sent later it is still the same batch.
  t.clock.advance(MINUTE_MS)
  expect((await post({ ...same, sentAt: t.clock.now() })).body).toMatchObject({ accepted: 0, duplicates: 2 })
})

it('refuses other content under a sequence that was taken, and keeps what it has', async () => {
  await post(batch(3))
  const changed = await post(batch(3, [value({ value: 80 })]))
  expect(changed.status).toBe(409)
  expect((await kept()).map((row) => row.value)).toEqual([97])
  const both = await Promise.all([post(batch(4)), post(batch(4, [value({ value: 81 })]))])
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
})

it('lets nobody in without a key that is good now', async () => {
  expect((await post(batch(1), '')).status).toBe(401)
  expect((await post(batch(1), 'x'.repeat(54))).status).toBe(401)
  expect((await post(batch(1), `${key.slice(0, -4)}AAAA`)).status).toBe(401)
  const renewed = await must(
    runCommand(t.services, harbor.as.manager, renewMonitorKey, {
      deviceId,
      key: anId<'monitor-key'>(t.services),
    }),
  )
  passedMs += 3_000
  expect((await post(batch(1))).status).toBe(401)
  expect((await post(batch(1), renewed.secret)).status).toBe(200)
  // This process follows what it did itself: a key that is ended is ended at once.
  await must(runCommand(t.services, harbor.as.manager, revokeMonitorKeys, { deviceId }))
  await expect.poll(async () => (await post(batch(2), renewed.secret)).status).toBe(401)
  expect(
    (await t.owner.query('select key_hash from monitor_key')).rows.map((row) => row.key_hash),
  ).not.toContain(renewed.secret)
})

it('refuses what another device says, what is too large and what is no batch', async () => {
  expect((await post(batch(1, [value()], { deviceId: 'monitor-99' }))).status).toBe(403)
  expect(
    (
      await post(
        batch(
          1,
          Array.from({ length: 501 }, () => value()),
        ),
      )
    ).status,
  ).toBe(413)
  expect((await post(`{"schema":1,"x":"${'x'.repeat(300_000)}"}`)).status).toBe(413)
  expect((await post('not json')).status).toBe(400)
  expect((await post(batch(-1))).status).toBe(400)
  expect(await kept()).toEqual([])
})

it('keeps apart what belongs to no session, and says how much', async () => {
  const early = new Date(Date.parse(t.clock.now()) - 90_000).toISOString()
  const ahead = new Date(Date.parse(t.clock.now()) + 10 * MINUTE_MS).toISOString()
  const answer = await post(batch(1, [value({ measuredAt: early }), value(), value({ measuredAt: ahead })]))
  expect(answer.body.accepted).toBe(3)
  // What a wrong clock says is filed by when it came.
  expect(await kept()).toHaveLength(2)
  expect(await unassigned()).toEqual([{ why: 'no-session', values_held: 1 }])
  await must(runCommand(t.services, harbor.as.manager, placeMonitor, { deviceId, chairId: undefined }))
  t.clock.advance(MINUTE_MS)
  passedMs += 3_000
  await post(batch(2))
  expect((await unassigned()).map((row) => row.why)).toEqual(['no-chair', 'no-session'])
})

it('forgets what belongs to no session after a day, and keeps what belongs to one', async () => {
  const early = new Date(Date.parse(t.clock.now()) - 90_000).toISOString()
  await post(batch(1, [value({ measuredAt: early }), value()]))
  const forget = forgetBatchesJob(t.services, async () => [harbor.id])
  t.clock.advance(23 * 60 * MINUTE_MS)
  await forget({})
  expect(await unassigned()).toHaveLength(1)
  t.clock.advance(2 * 60 * MINUTE_MS)
  await forget({})
  expect(await unassigned()).toEqual([])
  expect(await kept()).toHaveLength(1)
  // It is still known as the same batch.
  passedMs += 3_000
  expect((await post(batch(1, [value({ measuredAt: early }), value()]))).status).toBe(409)
})

it('tells screens of this process what another one stored, when somebody looks', async () => {
  const elsewhere = startMonitors(t.services, { nowMs: () => passedMs })
  await post(
    batch(1, [
      value({ value: 95 }),
      value({ sign: 'heartRatePerMin', value: 0, unit: '/min', quality: 'invalid' }),
    ]),
  )
  await elsewhere.storedElsewhere(harbor.id, [sessionId])
  expect(JSON.parse(elsewhere.samples.all(harbor.id))).toEqual({ sessions: {} })
  const stop = elsewhere.samples.follow(harbor.id, () => {})
  await elsewhere.storedElsewhere(harbor.id, [sessionId])
  const newest = await look(t.services, harbor.system, ({ db, at }) =>
    newestStored(db, harbor.id, [sessionId], addMs(at, -MINUTE_MS)),
  )
  expect(newest).toEqual({
    [sessionId]: {
      spo2Percent: {
        value: 95,
        atMs: Date.parse(t.clock.now()),
        quality: 'ok',
        device: `Monitor ${devices}`,
      },
    },
  })
  expect(JSON.parse(elsewhere.samples.all(harbor.id)).sessions).toEqual(newest)
  stop()
  elsewhere.samples.close()
})

it('are on the page of their session as it is opened, with age and source, before any line is followed', async () => {
  const minutesAgo = (min: number) => addMs(t.clock.now(), -min * MINUTE_MS)
  await post(
    batch(1, [
      value({ value: 96, measuredAt: minutesAgo(2) }),
      value({ value: 95, measuredAt: minutesAgo(1) }),
      value({ sign: 'heartRatePerMin', value: 71, unit: '/min', measuredAt: minutesAgo(1) }),
      value({ sign: 'heartRatePerMin', value: 0, unit: '/min', quality: 'invalid' }),
    ]),
  )
  const opened = async () => {
    const clinic = await look(t.services, harbor.as.nurse, ({ db }) => clinicById(db, harbor.id))
    const url = new URL(`http://clinic.test/work/sessions/${sessionId}`)
    const page = { services: t.services, actor: harbor.as.nurse, clinic, url, params: { id: sessionId } }
    const { snapshot } = await loadSession(page as unknown as PageArgs)
    const { visits, logs, samples } = beginBoard(snapshot, 0)
    const nowMs = Date.parse(snapshot.now)
    const signs = boardTiles(visits, logs, nowMs, samples)[0]!.signs
    const html = renderToStaticMarkup(createElement(VitalsStrip, { signs, nowMs, staleAfterMs: 600_000 }))
    return { html, of: (sign: string) => signs.find((each) => each.sign === sign) }
  }
  const now = await opened()
  expect(now.of('spo2Percent')).toMatchObject({
    value: 95,
    state: 'within',
    ageMs: MINUTE_MS,
    source: { by: 'monitor', device: `Monitor ${devices}` },
  })
  expect(now.of('heartRatePerMin')).toMatchObject({ value: 71, ageMs: MINUTE_MS })
  expect(now.html).toMatch(/95.*1 min ago.*monitor/)
  // What grows old is said to be; nothing comes that was never measured.
  t.clock.advance(10 * MINUTE_MS)
  const later = await opened()
  expect(later.of('spo2Percent')).toMatchObject({ value: 95, state: 'unknown', stale: true })
  expect(later.html).toMatch(/95.*11 min ago/)
  expect(later.of('systolicMmHg')).toMatchObject({ value: null, state: 'unknown' })
  t.clock.advance(22 * MINUTE_MS)
  expect((await opened()).of('spo2Percent')).toMatchObject({ value: null, state: 'unknown' })
})

it('slows down a device that sends without pause', async () => {
  const answers = await Promise.all(Array.from({ length: 320 }, () => post(batch(1))))
  const slowed = answers.filter(({ status }) => status === 429)
  expect(slowed.length).toBeGreaterThan(0)
  expect(slowed[0]!.headers.get('retry-after')).toBe('1')
})

it('sends a batch back while the database does not answer, and takes it afterwards', async () => {
  await t.owner.query('alter table monitor_batch rename to monitor_batch_away')
  const failed = await post(batch(1))
  await t.owner.query('alter table monitor_batch_away rename to monitor_batch')
  expect(failed.status).toBe(503)
  expect(Number(failed.headers.get('retry-after'))).toBeGreaterThan(0)
  expect((await post(batch(1))).body).toMatchObject({ accepted: 1 })
})
