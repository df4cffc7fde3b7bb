import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import pg from 'pg'
import { beginSession, openClinic } from '../app/identity/index.server.ts'
import { appointmentsBetween } from '../app/plan/index.server.ts'
import { runCommand, runQuery } from '../app/platform/command.server.ts'
import { toConfig } from '../app/platform/config.ts'
import { jsonLog } from '../app/platform/log.server.ts'
import { addMs, instantFromMs, parseInstant } from '../app/platform/time.ts'
import { openSession, recordSessionEvents } from '../app/treat/index.server.ts'
import { createApp } from '../server/app.ts'
import { connect } from '../server/database.ts'
import { novaHealthRecovery } from '../server/demonstration-clinic.ts'
import { startEmbeddedPostgres } from '../server/embedded-postgres.ts'
import { migrate } from '../server/migrate.ts'
import { composeServices } from '../server/services.ts'
import { openVirtualClinic } from '../virtual-clinic/open-virtual-clinic.ts'
import { liveThrough } from '../virtual-clinic/story.ts'
import { act } from '../virtual-clinic/world.ts'
import { type Measure, quantile } from './figure.ts'

/**
 * From a reading stored by a command to the event at listeners of /live over HTTP, one reading after the other;
 * beside bare LISTEN/NOTIFY on the same PostgreSQL, which carries no row, no audit and no order.
 */
export const measure: Measure = async ({ smoke }) => {
  const rounds = smoke ? 20 : 500
  const listeners = smoke ? 3 : 20
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
    const clinicId = world.system.clinicId
    const [appointment] = await runQuery(services, nurse, ({ db, at }) =>
      appointmentsBetween(db, clinicId, at, addMs(at, 8 * 86_400_000)),
    )
    const opened = await runCommand(services, nurse, openSession, {
      appointmentId: appointment!.id,
      key: services.ids.next(),
    })
    if (!opened.ok) throw new Error(`no session: ${opened.reason}`)

    const app = createApp({
      services,
      pages: async () => new Response('no pages here'),
      clientFolder: undefined,
      ready: async () => true,
    })
    const server = createServer((request, response) => void getRequestListener(app.fetch)(request, response))
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const url = `http://127.0.0.1:${(server.address() as { port: number }).port}`
    const cookie = `ek_session=${await beginSession(services, nurse)}`
    const arrivals = new Map<string, number[]>()
    const open = await Promise.all(
      Array.from({ length: listeners }, () => listen(`${url}/live`, cookie, arrivals)),
    )

    const taken: number[] = []
    for (let i = 0; i < rounds; i++) {
      const id = services.ids.next<'session-event'>()
      arrivals.set(id, [])
      const started = performance.now()
      const outcome = await runCommand(services, nurse, recordSessionEvents, {
        sessionId: opened.value.sessionId,
        entries: [
          {
            id,
            kind: 'reading',
            at: services.clock.now(),
            data: { values: { systolicMmHg: 120 + (i % 9), diastolicMmHg: 78 }, confirmed: [] },
          },
        ],
      })
      if (!outcome.ok) throw new Error(`not recorded: ${outcome.reason}`)
      const all = arrivals.get(id)!
      while (all.length < listeners) await new Promise((r) => setTimeout(r, 0.2))
      taken.push(...all.map((at) => at - started))
    }
    for (const controller of open) controller.abort()
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
    const bare = await bareNotify(settings, rounds)
    const how = `${rounds} readings, ${listeners} listeners over HTTP, each reading stored, audited and numbered`
    return [
      {
        name: 'reading stored → event at listener, p50',
        unit: 'ms',
        ours: quantile(taken, 0.5),
        peer: { name: 'bare LISTEN/NOTIFY', value: quantile(bare, 0.5) },
        how,
      },
      {
        name: 'reading stored → event at listener, p99',
        unit: 'ms',
        ours: quantile(taken, 0.99),
        peer: { name: 'bare LISTEN/NOTIFY', value: quantile(bare, 0.99) },
        how,
      },
    ]
  } finally {
    await database.close()
    await embedded.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Follows the feed and notes when each event arrived. */
async function listen(
  url: string,
  cookie: string,
  arrivals: Map<string, number[]>,
): Promise<AbortController> {
  const controller = new AbortController()
  const response = await fetch(url, { headers: { cookie }, signal: controller.signal })
  if (!response.ok) throw new Error(`the feed answered ${response.status}`)
  void (async () => {
    const decoder = new TextDecoder()
    let text = ''
    try {
      for await (const chunk of response.body!) {
        text += decoder.decode(chunk as Uint8Array, { stream: true })
        const at = performance.now()
        const messages = text.split('\n\n')
        text = messages.pop()!
        for (const message of messages) {
          const id =
            /"event":\{"id":"([0-9a-f-]{36})"/.exec(message)?.[1] ??
            /"id":"([0-9a-f-]{36})"/.exec(message)?.[1]
          if (id) arrivals.get(id)?.push(at)
        }
      }
    } catch {
      // Ended by us.
    }
  })()
  return controller
}

/** One notification after the other on two connections of the same server. */
async function bareNotify(settings: pg.ClientConfig, rounds: number): Promise<number[]> {
  const listener = new pg.Client(settings)
  const sender = new pg.Client(settings)
  await listener.connect()
  await sender.connect()
  await listener.query('listen bench')
  const taken: number[] = []
  for (let i = 0; i < rounds; i++) {
    const started = performance.now()
    const heard = new Promise<void>((done) => listener.once('notification', () => done()))
    await sender.query(`select pg_notify('bench', $1)`, [String(i)])
    await heard
    taken.push(performance.now() - started)
  }
  await listener.end()
  await sender.end()
  return taken
}
