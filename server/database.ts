import { join } from 'node:path'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Config } from '../app/platform/config.ts'
import { startEmbeddedPostgres } from './embedded-postgres.ts'
import { PreparingClient } from './preparing-client.ts'

// int8 and numeric come as numbers, instants as ISO text in UTC, days as they are: one form everywhere.
pg.types.setTypeParser(pg.types.builtins.INT8, Number)
pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number)
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)
pg.types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, (text) => new Date(text).toISOString())

export type OpenDatabase = {
  /** The owner's connections: migrations and the job queue. */
  readonly ownerPool: pg.Pool
  /** The application's connections: row-level security applies to them. */
  readonly db: Kysely<never>
  /**
   * Connections of the application for a history that is written before anybody is let in. Statements are prepared once, and a
   * commit does not wait for the disk: after a crash the last of them may be missing, in order, never one in the middle.
   * Whatever says that the history is whole must be committed on `db` afterwards; then all before it is on the disk too.
   */
  forHistory(): { readonly db: Kysely<never>; close(): Promise<void> }
  close(): Promise<void>
}

/** The role is set as the connection starts, so no statement ever runs with the owner's rights. */
const AS_APPLICATION = '-c role=evenkeel_app'

/**
 * Connects by DATABASE_URL, or starts (or adopts) the packaged PostgreSQL in the data folder.
 *
 * @param options `own`: closing also stops a PostgreSQL that was adopted; the clinic's server says so, commands on
 *   the terminal do not
 */
export async function openDatabase(
  config: Config,
  onError: (error: unknown) => void,
  options: { readonly own?: boolean } = {},
): Promise<OpenDatabase> {
  if (config.databaseUrl) return connect({ connectionString: config.databaseUrl }, onError)
  const embedded = await startEmbeddedPostgres(join(config.dataFolder, 'postgres'), [], {
    ...options,
    onDied: onError,
  })
  try {
    const admin = new pg.Client({ ...embedded.connection, database: 'postgres' })
    await admin.connect()
    const found = await admin.query(`select 1 from pg_database where datname = 'evenkeel'`)
    if (found.rowCount === 0) await admin.query('create database evenkeel')
    await admin.end()
    const open = connect({ ...embedded.connection, database: 'evenkeel' }, onError)
    return {
      ...open,
      async close() {
        await open.close()
        await embedded.stop()
      },
    }
  } catch (error) {
    await embedded.stop()
    throw error
  }
}

/** Two pools to one database: the owner's, and the application's with the role `evenkeel_app`. */
export function connect(settings: pg.PoolConfig, onError: (error: unknown) => void): OpenDatabase {
  const ownerPool = new pg.Pool({ ...settings, max: 6 })
  const appPool = new pg.Pool({
    ...settings,
    max: 12,
    options: AS_APPLICATION,
    connectionTimeoutMillis: 10_000,
  })
  let closing = false
  const unlessClosing = (error: unknown) => {
    if (!closing) onError(error)
  }
  const heard = (pool: pg.Pool): pg.Pool => {
    // A pool without a listener ends the process when the database goes away.
    pool.on('error', unlessClosing)
    // A connection that dies in the midst of a transaction: the running query hears of it. Unheard, it would end the process.
    pool.on('connect', (client) => client.on('error', () => {}))
    return pool
  }
  heard(ownerPool)
  heard(appPool)
  const db = new Kysely<never>({ dialect: new PostgresDialect({ pool: appPool }) })
  return {
    ownerPool,
    db,
    forHistory() {
      const pool = new pg.Pool({
        ...settings,
        max: 2,
        options: `${AS_APPLICATION} -c synchronous_commit=off`,
        Client: PreparingClient,
      })
      const history = new Kysely<never>({ dialect: new PostgresDialect({ pool: heard(pool) }) })
      return { db: history, close: () => history.destroy() }
    },
    async close() {
      closing = true
      await db.destroy()
      await ownerPool.end()
    },
  }
}
