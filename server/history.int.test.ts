import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../tests/database/test-clinic.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await openTestDatabase()
})
afterAll(() => t.close())

describe('connections for a history', () => {
  it('have the application’s rights, do not wait for the disk, and prepare what has values', async () => {
    const history = t.database.forHistory()
    const setting = async (db: typeof history.db, name: string) =>
      (await sql<{ value: string }>`select current_setting(${name}) as value`.execute(db)).rows[0]!.value
    expect(await setting(history.db, 'role')).toBe('evenkeel_app')
    expect(await setting(history.db, 'synchronous_commit')).toBe('off')
    const prepared = await history.db.connection().execute(async (one) => {
      for (const n of [1, 2, 3]) {
        const asked = await sql<{ twice: number }>`select ${n}::int * 2 as twice`.execute(one)
        expect(asked.rows[0]!.twice).toBe(n * 2)
      }
      return sql`select 1 from pg_prepared_statements where statement like '%* 2 as twice'`.execute(one)
    })
    expect(prepared.rows).toHaveLength(1)
    await history.close()
  })
})
