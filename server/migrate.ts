import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Pool } from 'pg'

const FOLDER = join(dirname(fileURLToPath(import.meta.url)), '..', 'db', 'migrations')
/** Any fixed number: two processes that start at once must agree on it. */
const LOCK = 4_173_922

export type Migration = { readonly name: string; readonly text: string; readonly hash: string }

export function readMigrations(folder = FOLDER): Migration[] {
  return readdirSync(folder)
    .filter((name) => /^\d{4}-[a-z0-9-]+\.sql$/.test(name))
    .sort()
    .map((name) => {
      const text = readFileSync(join(folder, name), 'utf8')
      return { name, text, hash: createHash('sha256').update(text).digest('hex') }
    })
}

/**
 * Brings the database to today's schema: numbered SQL files, forward only, each in its own transaction, under a
 * lock so that two processes that start together do it once.
 *
 * @throws Error when a migration that was already applied has been edited since
 * @returns names of the migrations applied now
 */
export async function migrate(pool: Pool, migrations = readMigrations()): Promise<string[]> {
  const client = await pool.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK])
    await client.query(
      `create table if not exists public.schema_migration (
         name text primary key, hash text not null, applied_at timestamptz not null default now())`,
    )
    const applied = new Map<string, string>(
      (await client.query('select name, hash from public.schema_migration')).rows.map((r) => [
        r.name,
        r.hash,
      ]),
    )
    const done: string[] = []
    for (const migration of migrations) {
      const before = applied.get(migration.name)
      if (before === migration.hash) continue
      if (before) {
        throw new Error(
          `${migration.name} was applied before and has been edited since; write a new migration`,
        )
      }
      await client.query('begin')
      try {
        await client.query(migration.text)
        await client.query('insert into public.schema_migration (name, hash) values ($1, $2)', [
          migration.name,
          migration.hash,
        ])
        await client.query('commit')
      } catch (error) {
        await client.query('rollback')
        throw new Error(`migration ${migration.name} failed`, { cause: error })
      }
      done.push(migration.name)
    }
    return done
  } finally {
    await client.query('select pg_advisory_unlock($1)', [LOCK]).catch(() => {})
    client.release()
  }
}
