import { createHash } from 'node:crypto'
import type { Kysely } from 'kysely'
import { sql } from 'kysely'
import { type Instant, msBetween } from './time.ts'

/**
 * Counts tries per key in fixed windows, in the database, so that a restart or a second process forgets
 * nothing. Keys (addresses, e-mails) are stored as hashes only.
 */
type RateTables = { rate_window: { key_hash: string; started_at: Instant; tries: number } }

export type RateRule = { readonly windowMs: number; readonly most: number }

function keyHash(key: string): string {
  return createHash('sha256').update(key).digest('hex')
}

/** Counts one try. @returns milliseconds to wait when there have been too many, else 0 */
export async function countTry(db: Kysely<never>, key: string, rule: RateRule, at: Instant): Promise<number> {
  const tables = db as unknown as Kysely<RateTables>
  const oldest = new Date(Date.parse(at) - rule.windowMs).toISOString()
  const row = await tables
    .insertInto('rate_window')
    .values({ key_hash: keyHash(key), started_at: at, tries: 1 })
    .onConflict((c) =>
      c.column('key_hash').doUpdateSet({
        tries: sql<number>`case when rate_window.started_at < ${oldest}::timestamptz then 1 else rate_window.tries + 1 end`,
        started_at: sql<Instant>`case when rate_window.started_at < ${oldest}::timestamptz then excluded.started_at else rate_window.started_at end`,
      }),
    )
    .returning(['tries', 'started_at'])
    .executeTakeFirstOrThrow()
  return row.tries > rule.most ? Math.max(1_000, rule.windowMs - msBetween(row.started_at, at)) : 0
}

/** Takes back one counted try that turned out well, where others' tries under the same key must stay counted. */
export async function uncountTry(db: Kysely<never>, key: string): Promise<void> {
  const tables = db as unknown as Kysely<RateTables>
  await tables
    .updateTable('rate_window')
    .set({ tries: sql<number>`greatest(tries - 1, 0)` })
    .where('key_hash', '=', keyHash(key))
    .execute()
}

/** Forgets a key, after a success. */
export async function forgetTries(db: Kysely<never>, key: string): Promise<void> {
  const tables = db as unknown as Kysely<RateTables>
  await tables.deleteFrom('rate_window').where('key_hash', '=', keyHash(key)).execute()
}
