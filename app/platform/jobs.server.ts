import type { Pool } from 'pg'
import { fromKysely, PgBoss } from 'pg-boss'
import { type Write, writer } from './database.server.ts'
import type { Log } from './log.server.ts'
import type { Instant } from './time.ts'

/**
 * Work for later. A job is planned inside the caller's transaction, so it exists exactly when the change does;
 * it runs at least once, one at a time, and must be harmless when repeated.
 */
export type Jobs = {
  plan(db: Write, name: string, data: JobData, options?: { readonly runAt?: Instant }): Promise<void>
}

export type JobData = Readonly<Record<string, unknown>>

export type JobHandler = (data: JobData) => Promise<void>

export type RunningJobs = Jobs & { readonly stop: () => Promise<void> }

/**
 * Starts the queue in its own schema with the owner's connection and works on the named jobs.
 *
 * @param schedules cron lines (minute hour day month weekday, UTC) by job name
 */
export async function startJobs(
  ownerPool: Pool,
  handlers: ReadonlyMap<string, JobHandler>,
  schedules: Readonly<Record<string, string>>,
  log: Log,
): Promise<RunningJobs> {
  const boss = new PgBoss({
    schema: 'pgboss',
    db: { executeSql: async (text: string, values?: unknown[]) => await ownerPool.query(text, values) },
  })
  boss.on('error', (error) => log.error('jobs.error', error))
  await boss.start()
  await ownerPool.query(
    `grant usage on schema pgboss to evenkeel_app;
     grant select, insert, update, delete on all tables in schema pgboss to evenkeel_app;
     grant execute on all functions in schema pgboss to evenkeel_app`,
  )
  for (const [name, handler] of handlers) {
    await boss.createQueue(name, { retryLimit: 5, retryDelay: 10, retryBackoff: true })
    await boss.work(name, { batchSize: 1, pollingIntervalSeconds: 1 }, async ([job]) => {
      if (job) await handler((job.data ?? {}) as JobData)
    })
    const cron = schedules[name]
    if (cron) await boss.schedule(name, cron)
  }
  // A queue made above owns a new table: the application may plan into it too.
  await ownerPool.query('grant select, insert, update, delete on all tables in schema pgboss to evenkeel_app')
  return {
    async plan(db, name, data, options = {}) {
      await boss.send(name, data, {
        ...(options.runAt ? { startAfter: new Date(options.runAt) } : {}),
        db: fromKysely(writer<never>(db)),
      })
    },
    async stop() {
      await boss.stop({ graceful: true, timeout: 5_000 })
    },
  }
}
