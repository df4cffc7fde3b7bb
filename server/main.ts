import { createServer } from 'node:http'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { createRequestHandler, type ServerBuild } from 'react-router'
import { type Config, toConfig } from '../app/platform/config.ts'
import { jsonLog, type Log } from '../app/platform/log.server.ts'
import { type Clock, type Instant, instantFromMs, systemClock, toMs } from '../app/platform/time.ts'
import { createApp, type PageHandler } from './app.ts'
import { type OpenDatabase, openDatabase } from './database.ts'
import { migrate } from './migrate.ts'
import { startMonitoring } from './monitoring.ts'
import { composeServices, laterJobs, startClinicJobs } from './services.ts'

const root = join(import.meta.dirname, '..')
const FEED_LOOK_MS = 2_000

/** A clock that showed `start` when this process began, and has run on since. */
function clockFrom(start: Instant): Clock {
  const aheadMs = toMs(start) - Date.now()
  return { now: () => instantFromMs(Date.now() + aheadMs) }
}

const HEALTH_MS = 2_000

/** @returns whether the database answers a question within two seconds */
async function answersInTime({ ownerPool }: OpenDatabase): Promise<boolean> {
  const late = new Promise<false>((done) => setTimeout(() => done(false), HEALTH_MS).unref())
  return Promise.race([ownerPool.query('select 1').then(() => true), late])
}

type StartOptions = {
  readonly dev: boolean
  /** Settles when the pages in the build folder are those of today; undefined when they are already. */
  readonly pagesBuilt?: Promise<void> | undefined
}

/** Starts the clinic and keeps it running until it is told to stop. */
export async function main(options: StartOptions): Promise<void> {
  const read = toConfig(process.env)
  if (!read.ok) {
    console.error(['The settings are not usable:', ...read.problems.map((p) => `  ${p}`)].join('\n'))
    process.exit(1)
  }
  const { config } = read
  const log = jsonLog(
    config.logLevel,
    () => new Date().toISOString(),
    (line) => console.error(line),
  )
  const database = await openDatabase(config, (error) => log.error('database.connection', error), {
    own: true,
  })
  try {
    await run(options, config, log, database)
  } catch (error) {
    // A start that fails must not leave its PostgreSQL behind.
    await database.close().catch(() => {})
    throw error
  }
}

async function run(options: StartOptions, config: Config, log: Log, database: OpenDatabase): Promise<void> {
  await migrate(database.ownerPool)

  const jobs = laterJobs()
  const clock = config.clockStartsAt ? clockFrom(config.clockStartsAt) : systemClock
  const services = composeServices(database, config, log, { jobs, clock })
  const running = await startClinicJobs(database, services)
  jobs.use(running)
  const demonstration = config.demonstration
    ? await (await import('./demonstration.ts')).ensureDemonstration(
        database,
        config,
        log,
        services,
        console.log,
      )
    : undefined

  await options.pagesBuilt
  const vite = options.dev
    ? await (await import('vite')).createServer({ root, server: { middlewareMode: true }, appType: 'custom' })
    : undefined
  const pages: PageHandler = vite
    ? createRequestHandler(
        () => vite.ssrLoadModule('virtual:react-router/server-build') as Promise<ServerBuild>,
        'development',
      )
    : createRequestHandler((await import(join(root, 'build/server/index.js'))) as ServerBuild, 'production')

  const monitoring = await startMonitoring(database, services)
  const app = createApp({
    services,
    pages,
    clientFolder: vite ? undefined : join(root, 'build/client'),
    ready: () => answersInTime(database),
    monitors: monitoring.monitors,
  })
  const listener = getRequestListener(app.fetch)
  const server = createServer((request, response) => {
    if (vite) vite.middlewares(request, response, () => void listener(request, response))
    else void listener(request, response)
  })
  server.on('error', (error: NodeJS.ErrnoException) => {
    const why =
      error.code === 'EADDRINUSE' ? `port ${config.port} is taken; set PORT to another` : error.message
    console.error(`The clinic could not open its door: ${why}`)
    void stop(1)
  })
  const looking = setInterval(() => void services.feed.look(), FEED_LOOK_MS)

  let stopping = false
  async function stop(code: number): Promise<void> {
    if (stopping) return
    stopping = true
    clearInterval(looking)
    const hurry = setTimeout(() => process.exit(code || 1), 8_000)
    server.closeAllConnections?.()
    await new Promise((done) => server.close(done))
    await vite?.close()
    await monitoring.stop().catch((error) => log.error('monitoring.stop', error))
    await running.stop().catch((error) => log.error('jobs.stop', error))
    await database.close().catch((error) => log.error('database.stop', error))
    clearTimeout(hurry)
    process.exit(code)
  }
  process.on('SIGINT', () => void stop(0))
  process.on('SIGTERM', () => void stop(0))

  server.listen(config.port, config.host, () => {
    const address = server.address()
    const port = typeof address === 'object' && address ? address.port : config.port
    const host = config.host.includes(':') ? `[${config.host}]` : config.host
    console.log(`\nEvenkeel is open at http://${host}:${port}`)
    console.log(demonstration ?? 'An empty clinic is set up with: npm run clinic -- init')
    console.log('Stop with Ctrl-C.\n')
  })
}
