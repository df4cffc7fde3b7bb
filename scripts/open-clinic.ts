import { toConfig } from '../app/platform/config.ts'
import type { Jobs } from '../app/platform/jobs.server.ts'
import { jsonLog } from '../app/platform/log.server.ts'
import type { Services } from '../app/platform/services.server.ts'
import { openDatabase } from '../server/database.ts'
import { migrate } from '../server/migrate.ts'
import { composeServices } from '../server/services.ts'

/**
 * Opens the clinic's database for a command on the terminal, beside a running server or without one.
 * Jobs that a command plans are left to the server: a command that needs them does not belong here.
 */
export async function openForCommand(): Promise<{ services: Services; close: () => Promise<void> }> {
  const read = toConfig(process.env)
  if (!read.ok) throw new Error(['The settings are not usable:', ...read.problems].join('\n  '))
  const log = jsonLog(
    'quiet',
    () => new Date().toISOString(),
    (line) => console.error(line),
  )
  const database = await openDatabase(read.config, (error) => log.error('database.connection', error))
  await migrate(database.ownerPool)
  const noJobs: Jobs = {
    plan: async (_db, name) => {
      throw new Error(`this command may not plan the job ${name}`)
    },
  }
  return {
    services: composeServices(database, read.config, log, { jobs: noJobs }),
    close: () => database.close(),
  }
}
