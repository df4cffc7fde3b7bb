import type { JobHandler } from './platform/jobs.server.ts'
import { sendMailJob } from './platform/send-mail.server.ts'
import type { Reaction, Services } from './platform/services.server.ts'

/**
 * Which event calls which command. The only place that knows slices in both directions.
 */
export function reactions(): ReadonlyMap<string, readonly Reaction[]> {
  return new Map<string, readonly Reaction[]>([])
}

/** What the queue works on, by job name; every handler is harmless when repeated. */
export function jobHandlers(services: Services): ReadonlyMap<string, JobHandler> {
  return new Map<string, JobHandler>([['send-mail', sendMailJob(services)]])
}

/** When scheduled jobs run (cron, UTC). */
export const jobSchedules: Readonly<Record<string, string>> = {}
