import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { appointmentById } from '../app/plan/index.server.ts'
import { runCommand } from '../app/platform/command.server.ts'
import { MINUTE_MS, toMs } from '../app/platform/time.ts'
import { openSession, startMonitors } from '../app/treat/index.server.ts'
import { addMonitor, placeMonitor } from '../app/treat/monitors/manage-devices.server.ts'
import { openBridge } from '../bridge/bridge.ts'
import { parseConfiguration } from '../bridge/configuration.ts'
import { openMllpSender } from '../bridge/mllp-sender.ts'
import { createSimulatedMonitor, simulatedConfiguration } from '../bridge/simulated-monitor.ts'
import { createApp } from '../server/app.ts'
import { makeBookedPerson } from './database/booked-person.ts'
import { anId, look, makeClinic, must, openTestDatabase, type TestDatabase } from './database/test-clinic.ts'

let t: TestDatabase
const folder = mkdtempSync(join(tmpdir(), 'bridge-server-'))
const closing: (() => unknown)[] = []
beforeAll(async () => {
  t = await openTestDatabase()
})
afterAll(async () => {
  for (const close of closing.reverse()) await close()
  await t.close()
  rmSync(folder, { recursive: true, force: true })
})

it('what a monitor says over MLLP stands in the session of its chair', async () => {
  // A clinic with a person in the chair and a monitor beside it.
  const harbor = await makeClinic(t.services, 'harbor')
  const person = await makeBookedPerson(t, harbor)
  t.clock.advance(50 * MINUTE_MS)
  const { chairId } = (await look(t.services, harbor.system, ({ db }) =>
    appointmentById(db, harbor.id, person.appointmentId),
  ))!
  const device = await must(
    runCommand(t.services, harbor.as.manager, addMonitor, {
      key: anId<'monitor-device'>(t.services),
      wireName: 'sim-01',
      name: 'Monitor by the window',
    }),
  )
  await must(runCommand(t.services, harbor.as.nurse, placeMonitor, { deviceId: device.deviceId, chairId }))
  t.clock.advance(MINUTE_MS)
  const { sessionId } = await must(
    runCommand(t.services, harbor.as.nurse, openSession, {
      appointmentId: person.appointmentId,
      key: anId<'session'>(t.services),
    }),
  )
  t.clock.advance(MINUTE_MS)
  const app = createApp({
    services: t.services,
    pages: async () => new Response('no pages'),
    clientFolder: undefined,
    ready: async () => true,
    monitors: startMonitors(t.services),
  })
  const server = createServer(getRequestListener(app.fetch))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })

  // A bridge with the key that the clinic was given.
  const parsed = parseConfiguration({
    ...simulatedConfiguration(1),
    listen: { port: 0 },
    server: { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
    spool: { folder: join(folder, 'spool') },
  })
  if (!parsed.ok) throw new Error(parsed.problems.join('\n'))
  const bridge = await openBridge({
    configuration: parsed.configuration,
    keys: new Map([['sim-01', device.secret!]]),
    after: (ms, run) => {
      const timer = setTimeout(run, ms)
      return () => clearTimeout(timer)
    },
    now: () => toMs(t.clock.now()),
    random: () => 0.5,
    report: () => {},
  })
  closing.push(() => bridge.close())

  const monitor = createSimulatedMonitor({ room: 1, seed: 1, scenario: 'probe-off', style: 'pcd' })
  const sender = await openMllpSender('127.0.0.1', bridge.port)
  closing.push(() => sender.close())
  const started = toMs(t.clock.now())
  for (const minute of [0, 10, 13]) {
    t.clock.advance(MINUTE_MS)
    for (const text of monitor.messages(started + minute * 1000, minute)) {
      expect(await sender.send(text)).toContain('\rMSA|CA|')
    }
  }
  await expect.poll(() => bridge.waiting, { timeout: 20_000 }).toBe(0)

  const { rows } = await t.owner.query(
    `select session_id, jsonb_array_length(samples) as samples, jsonb_array_length(technical) as notices
     from session_sample where clinic_id = $1 order by sequence`,
    [harbor.id],
  )
  expect(rows).toEqual([
    { session_id: sessionId, samples: 6, notices: 0 },
    // The probe comes off, and its saturation is no value; it is on again.
    { session_id: sessionId, samples: 0, notices: 1 },
    { session_id: sessionId, samples: 5, notices: 0 },
    { session_id: sessionId, samples: 0, notices: 1 },
    { session_id: sessionId, samples: 3, notices: 0 },
  ])
})
