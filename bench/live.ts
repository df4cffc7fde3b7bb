import { fork } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import pg from 'pg'
import { beginSession, newSecretToken, openClinic } from '../app/identity/index.server.ts'
import { appointmentsBetween } from '../app/plan/index.server.ts'
import { runQuery } from '../app/platform/command.server.ts'
import { toConfig } from '../app/platform/config.ts'
import type { ClinicId } from '../app/platform/ids.ts'
import { jsonLog } from '../app/platform/log.server.ts'
import type { Services } from '../app/platform/services.server.ts'
import { addMs, instantFromMs, parseInstant } from '../app/platform/time.ts'
import { createApp } from '../server/app.ts'
import { connect } from '../server/database.ts'
import { novaHealthRecovery } from '../server/demonstration-clinic.ts'
import { startEmbeddedPostgres } from '../server/embedded-postgres.ts'
import { migrate } from '../server/migrate.ts'
import { startMonitoring } from '../server/monitoring.ts'
import { composeServices } from '../server/services.ts'
import { openVirtualClinic } from '../virtual-clinic/open-virtual-clinic.ts'
import { liveThrough } from '../virtual-clinic/story.ts'
import { act } from '../virtual-clinic/world.ts'
import { type Measure, quantile } from './figure.ts'
import type { LoadOrder, LoadReport } from './live-load.ts'

/**
 * Rooms × 10 values a second in batches of one second, through the whole way: key, parsing, one row in the database with its
 * session, alarms judged on the server, and the event at listeners of /live over HTTP. Monitors and listeners are a process of
 * their own. Beside it bare LISTEN/NOTIFY of as many messages a second on the same PostgreSQL, to one listener.
 */
export const measure: Measure = async ({ smoke }) => {
  const rooms = smoke ? 30 : 300
  const listeners = smoke ? 3 : 20
  const seconds = smoke ? 8 : 600
  const folder = mkdtempSync(join(tmpdir(), 'evenkeel-bench-'))
  chmodSync(folder, 0o755)
  const embedded = await startEmbeddedPostgres(join(folder, 'pg'))
  const admin = new pg.Client({ ...embedded.connection, database: 'postgres' })
  await admin.connect()
  await admin.query('create database bench')
  await admin.end()
  const settings = { ...embedded.connection, database: 'bench' }
  const database = connect(settings, () => {})
  try {
    await migrate(database.ownerPool)
    const config = toConfig({ EVENKEEL_DATA: folder })
    if (!config.ok) throw new Error(config.problems.join())
    const log = jsonLog('quiet', () => '', console.error)
    const start = parseInstant('2026-11-24T12:30:00Z')
    const world = await openVirtualClinic(database, config.config, log, {
      slug: 'bench',
      profile: novaHealthRecovery,
      staff: [
        { name: 'Coordinator', email: 'c@example.org', role: 'coordinator' },
        { name: 'Prescriber', email: 'p@example.org', role: 'prescriber' },
        { name: 'Nurse', email: 'n@example.org', role: 'nurse' },
        { name: 'Therapist', email: 't@example.org', role: 'therapist' },
        { name: 'Manager', email: 'm@example.org', role: 'manager' },
      ],
      password: 'bench bench bench',
      seed: 3,
      end: start,
    })
    await liveThrough(world, { seed: 3, howMany: 1 })
    await act(world, world.system, openClinic, {})
    const aheadMs = Date.parse(start) - Date.now()
    const clock = { now: () => instantFromMs(Date.now() + aheadMs) }
    const services = composeServices(database, config.config, log, { clock, jobs: { plan: async () => {} } })
    const nurse = world.staff.nurses[0]!
    const devices = await fillRooms(
      services,
      database.ownerPool,
      world.system.clinicId,
      nurse.accountId,
      rooms,
    )

    const monitoring = await startMonitoring(database, services)
    const app = createApp({
      services,
      pages: async () => new Response('no pages here'),
      clientFolder: undefined,
      ready: async () => true,
      monitors: monitoring.monitors,
    })
    const server = createServer((request, response) => void getRequestListener(app.fetch)(request, response))
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const url = `http://127.0.0.1:${(server.address() as { port: number }).port}`
    const cookie = `ek_session=${await beginSession(services, nurse)}`

    const memory: number[] = []
    const looking = setInterval(() => memory.push(process.memoryUsage().rss / 2 ** 20), 1_000)
    const cpuBefore = process.cpuUsage()
    const startedMs = performance.now()
    const report = await load({ url, cookie, listeners, seconds, devices, aheadMs })
    if (report.sampleMs.heard === 0) throw new Error(`no listener heard a value: ${JSON.stringify(report)}`)
    const cpu = process.cpuUsage(cpuBefore)
    const tookS = (performance.now() - startedMs) / 1000
    clearInterval(looking)
    await monitoring.stop()
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
    if (report.alarmMs.heard === 0) throw new Error(`no listener heard an alarm: ${JSON.stringify(report)}`)
    if (report.refused > 0) throw new Error(`${report.refused} of ${report.posted} batches were not taken`)
    const bare = await bareNotify(settings, rooms, Math.min(seconds, 60))
    const half = memory.slice(Math.floor(memory.length / 2))
    const how = `${rooms} rooms × 10 values/s for ${seconds} s, ${listeners} listeners over HTTP; ${report.posted} batches taken, ${report.sampleMs.lost} of ${report.sampleMs.heard + report.sampleMs.lost} events overtaken by a newer one, the first three seconds not counted`
    const peer = (p: number) => ({ name: 'bare LISTEN/NOTIFY', value: quantile(bare, p) })
    return [
      {
        name: 'sample → event at listener, p50',
        unit: 'ms',
        ours: report.sampleMs.p50,
        peer: peer(0.5),
        how,
      },
      {
        name: 'sample → event at listener, p99',
        unit: 'ms',
        ours: report.sampleMs.p99,
        peer: peer(0.99),
        how,
      },
      { name: 'batch → answer after commit, p99', unit: 'ms', ours: report.answerMs.p99, how },
      {
        name: 'red value → alarm at listener, p50',
        unit: 'ms',
        ours: report.alarmMs.p50,
        how: `${report.alarmMs.heard} of ${report.alarmMs.wanted} heard; each on record, audited and numbered`,
      },
      { name: 'red value → alarm at listener, p99', unit: 'ms', ours: report.alarmMs.p99, how },
      {
        name: 'red value → alarm at listener, p99 of the first three seconds',
        unit: 'ms',
        ours: report.firstAlarmMs.p99,
        how: 'right after a start of the server, which reads every session anew',
      },
      {
        name: 'CPU of the server',
        unit: 'cores',
        ours: (cpu.user + cpu.system) / 1e6 / tookS,
        how: 'without PostgreSQL and without the load',
      },
      {
        name: 'memory of the server at the end',
        unit: 'MiB',
        ours: memory.at(-1) ?? Number.NaN,
        peer: { name: 'half-way', value: half[0] ?? Number.NaN },
        how: 'resident set, once a second',
      },
    ]
  } finally {
    await database.close()
    await embedded.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function load(order: LoadOrder): Promise<LoadReport> {
  const child = fork(join(import.meta.dirname, 'live-load.ts'))
  return new Promise((done, failed) => {
    child.once('message', (report) => done(report as LoadReport))
    child.once('exit', (code) => failed(new Error(`the load ended with ${code}`)))
    child.send(order)
  })
}

/**
 * Rooms with one chair, one monitor and one open session each, straight into the tables: copies of one visit that was booked the
 * proper way.
 */
async function fillRooms(
  services: Services,
  owner: pg.Pool,
  clinicId: ClinicId,
  nurseId: string,
  rooms: number,
): Promise<LoadOrder['devices']> {
  const system = { kind: 'system', clinicId, name: 'bench' } as const
  const [visit] = await runQuery(services, system, ({ db, at }) =>
    appointmentsBetween(db, clinicId, at, addMs(at, 8 * 86_400_000)),
  )
  if (!visit) throw new Error('the clinic has no visit to copy')
  const devices: LoadOrder['devices'][number][] = []
  const client = await owner.connect()
  const next = () => services.ids.next()
  const openedAt = addMs(services.clock.now(), -60_000)
  const endsAt = addMs(openedAt, 3 * 3_600_000)
  const copy = (table: string, where: string, patch: string, values: readonly unknown[]) =>
    client.query(
      `insert into ${table} select (jsonb_populate_record(t, ${patch})).* from ${table} t where ${where}`,
      [...values],
    )
  await client.query('begin')
  await client.query('set local session_replication_role = replica')
  for (let i = 0; i < rooms; i++) {
    const [chair, appointment, sessionId, device] = [next(), next(), next(), next()]
    await copy('infusion_chair', 'id = $1', `jsonb_build_object('id', $2::text, 'name', $3::text)`, [
      visit.chairId,
      chair,
      `Chair ${i}`,
    ])
    await copy(
      'diary_appointment',
      'id = $1',
      `jsonb_build_object('id', $2::text, 'session_number', $3::int, 'starts_at', $4::text, 'ends_at', $5::text)`,
      [visit.id, appointment, 100 + i, openedAt, endsAt],
    )
    await copy(
      'diary_hold',
      `appointment_id = $1 and resource_kind in ('chair', 'staff') and sharing = 'alone'`,
      `jsonb_build_object('appointment_id', $2::text, 'held_from', $4::text, 'held_until', $5::text,
        'resource_id', case when t.resource_kind = 'chair' then $3::text else $6::text end)`,
      [visit.id, appointment, chair, openedAt, endsAt, next()],
    )
    await client.query(
      `insert into dosing_session (clinic_id, id, appointment_id, plan_id, person_id, session_number, opened_at, opened_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [clinicId, sessionId, appointment, visit.planId, visit.personId, 100 + i, openedAt, nurseId],
    )
    const wireName = `monitor-${i}`
    const { token, hash } = newSecretToken(clinicId)
    await client.query(
      `insert into monitor_device (clinic_id, id, wire_name, name, made_at, made_by) values ($1, $2, $3, $3, $4, $5)`,
      [clinicId, device, wireName, openedAt, nurseId],
    )
    await client.query(
      `insert into monitor_key (clinic_id, id, device_id, key_hash, made_at, made_by) values ($1, $2, $3, $4, $5, $6)`,
      [clinicId, next(), device, hash, openedAt, nurseId],
    )
    await client.query(
      `insert into monitor_placement (clinic_id, id, device_id, chair_id, since, placed_by) values ($1, $2, $3, $4, $5, $6)`,
      [clinicId, next(), device, chair, openedAt, nurseId],
    )
    devices.push({ wireName, key: token, sessionId })
  }
  await client.query('commit')
  client.release()
  return devices
}

/** As many notifications a second as batches, each of a few hundred bytes, from one connection to another. */
async function bareNotify(settings: pg.ClientConfig, perSecond: number, seconds: number): Promise<number[]> {
  const listener = new pg.Client(settings)
  const sender = new pg.Client(settings)
  await listener.connect()
  await sender.connect()
  await listener.query('listen bench')
  const taken: number[] = []
  const sent = new Map<string, number>()
  listener.on('notification', ({ payload = '' }) => {
    const at = sent.get(payload.slice(0, 12))
    if (at !== undefined) taken.push(performance.now() - at)
  })
  const began = performance.now()
  const rest = 'x'.repeat(300)
  for (let i = 0; i < perSecond * seconds; i++) {
    const dueMs = began + (i * 1000) / perSecond
    const restMs = dueMs - performance.now()
    if (restMs > 1) await new Promise((done) => setTimeout(done, restMs))
    const name = String(i).padStart(12, '0')
    sent.set(name, performance.now())
    await sender.query('select pg_notify($1, $2)', ['bench', name + rest])
  }
  await new Promise((done) => setTimeout(done, 200))
  await listener.end()
  await sender.end()
  return taken
}
