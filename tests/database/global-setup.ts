import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { startEmbeddedPostgres } from '../../server/embedded-postgres.ts'
import { migrate } from '../../server/migrate.ts'

/** Where test databases are made; each is a copy of the migrated template. */
export type TestServer = { readonly settings: pg.ClientConfig; readonly template: string }

declare module 'vitest' {
  export interface ProvidedContext {
    testServer: TestServer
  }
}

/** One PostgreSQL for the whole run: the packaged one, or the one of TEST_DATABASE_URL. */
export async function startTestServer(): Promise<{ server: TestServer; stop: () => Promise<void> }> {
  const url = process.env.TEST_DATABASE_URL
  const template = `evenkeel_template_${process.pid}`
  let settings: pg.ClientConfig
  let stopServer = async () => {}
  if (url) {
    settings = { connectionString: url }
  } else {
    const folder = mkdtempSync(join(tmpdir(), 'evenkeel-test-'))
    // mkdtemp makes a folder nobody else may enter, and PostgreSQL runs as somebody else when we are root.
    chmodSync(folder, 0o755)
    const embedded = await startEmbeddedPostgres(join(folder, 'pg'), [
      'fsync=off',
      'synchronous_commit=off',
      'full_page_writes=off',
      'max_connections=200',
    ])
    settings = { ...embedded.connection, database: 'postgres' }
    stopServer = async () => {
      await embedded.stop()
      rmSync(folder, { recursive: true, force: true })
    }
  }
  const admin = new pg.Client(settings)
  await admin.connect()
  await admin.query(`create database ${template}`)
  await admin.end()
  const pool = new pg.Pool({ ...withDatabase(settings, template), max: 1 })
  await migrate(pool)
  await pool.end()
  return {
    server: { settings, template },
    async stop() {
      const last = new pg.Client(settings)
      await last.connect()
      const left = await last.query(`select datname from pg_database where datname like $1`, [`${template}%`])
      for (const row of left.rows.reverse())
        await last.query(`drop database if exists ${row.datname} with (force)`)
      await last.end()
      await stopServer()
    },
  }
}

/** The same server, another database. */
export function withDatabase(settings: pg.ClientConfig, database: string): pg.ClientConfig {
  if (!settings.connectionString) return { ...settings, database }
  const url = new URL(settings.connectionString)
  url.pathname = `/${database}`
  return { connectionString: url.toString() }
}

export default async function setup(project: TestProject) {
  const { server, stop } = await startTestServer()
  project.provide('testServer', server)
  return stop
}
