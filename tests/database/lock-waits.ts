import type { TestDatabase } from './test-clinic.ts'

/**
 * Holds rows by a statement of another connection while some work runs, until the work is done or waits for them.
 *
 * @param hold the statement that takes the rows, not committed, and whether it is kept or undone before the work goes on
 * @param waiters how many connections wait when all of the work does
 * @returns whether the work waited, and its value
 */
export async function whileHeld<Value>(
  t: TestDatabase,
  hold: { readonly statement: string; readonly values: unknown[]; readonly finish: 'commit' | 'rollback' },
  work: () => Promise<Value>,
  waiters = 1,
): Promise<{ readonly waited: boolean; readonly value: Value }> {
  const holder = await t.owner.connect()
  try {
    await holder.query('begin')
    await holder.query(hold.statement, hold.values)
    let over = false
    const running = work().finally(() => {
      over = true
    })
    let waited = false
    while (!over && !waited) {
      const { rows } = await t.owner.query(
        `select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      )
      waited = rows[0].n >= waiters
    }
    await holder.query(hold.finish)
    return { waited, value: await running }
  } finally {
    holder.release()
  }
}
