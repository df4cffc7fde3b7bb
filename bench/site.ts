import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, createServer, get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import pg from 'pg'
import { createRequestHandler, type ServerBuild } from 'react-router'
import { setUpClinic } from '../app/identity/index.server.ts'
import { runCommand } from '../app/platform/command.server.ts'
import { toConfig } from '../app/platform/config.ts'
import type { ClinicId } from '../app/platform/ids.ts'
import { jsonLog } from '../app/platform/log.server.ts'
import { buildIfChanged } from '../scripts/build.ts'
import { createApp } from '../server/app.ts'
import { connect } from '../server/database.ts'
import { novaHealthRecovery } from '../server/demonstration-clinic.ts'
import { startEmbeddedPostgres } from '../server/embedded-postgres.ts'
import { migrate } from '../server/migrate.ts'
import { composeServices } from '../server/services.ts'
import { type Figure, type Measure, median } from './figure.ts'

const PAGES = ['/', '/how-treatment-works', '/conditions/alcohol', '/studies', '/questions']
/** Requests under way at once: what keeps one process busy without a queue of its own. */
const AT_ONCE = 8
const ROUNDS = 3

type Sample = { readonly perSecond: number; readonly bytes: number }

/**
 * Warm public pages a second through the whole server over HTTP (policy, clinic, loader, rendering, sheets inside, Brotli),
 * beside the same bare server that hands out a file with those very bytes, without compression. Both run in this process with
 * the load, in turns, so that a busy machine slows both.
 */
export const measure: Measure = async ({ smoke }) => {
  const seconds = smoke ? 0.5 : 4
  await buildIfChanged()
  const folder = mkdtempSync(join(tmpdir(), 'evenkeel-bench-'))
  chmodSync(folder, 0o755)
  const embedded = await startEmbeddedPostgres(join(folder, 'pg'))
  const admin = new pg.Client({ ...embedded.connection, database: 'postgres' })
  await admin.connect()
  await admin.query('create database bench')
  await admin.end()
  const database = connect({ ...embedded.connection, database: 'bench' }, () => {})
  const stops: (() => Promise<unknown>)[] = []
  try {
    await migrate(database.ownerPool)
    const config = toConfig({ EVENKEEL_DATA: folder })
    if (!config.ok) throw new Error(config.problems.join())
    const log = jsonLog('quiet', () => '', console.error)
    const services = composeServices(database, config.config, log, { jobs: { plan: async () => {} } })
    const id: ClinicId = services.ids.next()
    const clinic = { slug: 'bench', profile: novaHealthRecovery }
    const made = await runCommand(
      services,
      { kind: 'system', clinicId: id, name: 'bench' },
      setUpClinic,
      clinic,
    )
    if (!made.ok) throw new Error('the clinic could not be set up')
    const app = createApp({
      services,
      pages: createRequestHandler(
        (await import(join(import.meta.dirname, '../build/server/index.js'))) as ServerBuild,
        'production',
      ),
      clientFolder: join(import.meta.dirname, '../build/client'),
      ready: async () => true,
    })
    const files = join(folder, 'files')
    const bare = new Hono().use('*', serveStatic({ root: folder }))
    const [ours, theirs] = await Promise.all([
      open(app.fetch as Fetch, stops),
      open(bare.fetch as Fetch, stops),
    ])
    mkdirSync(files)
    const figures: Figure[] = []
    for (const [i, path] of PAGES.entries()) {
      const sent = await ask(`${ours}${path}`)
      writeFileSync(join(files, `${i}.bin`), sent)
      await load(`${ours}${path}`, seconds / 4)
      await load(`${theirs}/files/${i}.bin`, seconds / 4)
      const taken: { page: Sample[]; file: Sample[] } = { page: [], file: [] }
      for (let round = 0; round < (smoke ? 1 : ROUNDS); round++) {
        taken.page.push(await load(`${ours}${path}`, seconds))
        taken.file.push(await load(`${theirs}/files/${i}.bin`, seconds))
      }
      const rate = (samples: readonly Sample[]) => median(samples.map(({ perSecond }) => perSecond))
      figures.push({
        name: path,
        unit: 'pages/s',
        ours: rate(taken.page),
        peer: { name: 'bare server, static file', value: rate(taken.file) },
        how: `warm, ${AT_ONCE} at once, ${(taken.page[0]!.bytes / 1024).toFixed(1)} KB as sent; server and load in one process, median of ${taken.page.length} × ${seconds} s`,
      })
    }
    return figures
  } finally {
    for (const stop of stops) await stop()
    await database.close()
    await embedded.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

type Fetch = Parameters<typeof getRequestListener>[0]

async function open(fetch: Fetch, stops: (() => Promise<unknown>)[]): Promise<string> {
  const server = createServer(getRequestListener(fetch))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  stops.push(() => {
    server.closeAllConnections()
    return new Promise((done) => server.close(done))
  })
  return `http://127.0.0.1:${(server.address() as { port: number }).port}`
}

const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE })

/** One answer as it was sent: nobody unpacks it, because that would be the load's time. */
function ask(url: string): Promise<Buffer> {
  return new Promise((done, fail) => {
    get(url, { agent, headers: { 'accept-encoding': 'br' } }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.once('error', fail)
      response.once('end', () => {
        if (response.statusCode === 200) done(Buffer.concat(chunks))
        else fail(new Error(`${url} answered ${response.statusCode}`))
      })
    }).once('error', fail)
  })
}

async function load(url: string, seconds: number): Promise<Sample> {
  let answers = 0
  let bytes = 0
  const started = performance.now()
  const end = started + seconds * 1000
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (performance.now() < end) {
        bytes = (await ask(url)).length
        answers += 1
      }
    }),
  )
  return { perSecond: answers / ((performance.now() - started) / 1000), bytes }
}
