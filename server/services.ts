import { appendAudit } from '../app/audit/index.server.ts'
import { clinicById } from '../app/identity/index.server.ts'
import type { ClinicProfile } from '../app/platform/clinic-profile.ts'
import type { Config } from '../app/platform/config.ts'
import { asWrite, setTenant } from '../app/platform/database.server.ts'
import type { DomainEvent } from '../app/platform/domain-event.ts'
import { feedHub } from '../app/platform/feed.server.ts'
import { type ClinicId, type Ids, systemIds } from '../app/platform/ids.ts'
import { type JobHandler, type Jobs, type RunningJobs, startJobs } from '../app/platform/jobs.server.ts'
import type { Log } from '../app/platform/log.server.ts'
import { inMemoryMetrics } from '../app/platform/metrics.server.ts'
import type { Services } from '../app/platform/services.server.ts'
import { type Clock, systemClock } from '../app/platform/time.ts'
import { jobHandlers, jobSchedules, reactions } from '../app/wiring.server.ts'
import type { OpenDatabase } from './database.ts'

const PROFILE_CACHE_MS = 5_000

/** Puts the services together. Tests and the virtual clinic hand in their own clock, ids and jobs. */
export function composeServices(
  database: OpenDatabase,
  config: Config,
  log: Log,
  parts: { readonly clock?: Clock; readonly ids?: Ids; readonly jobs: Jobs },
): Services {
  const profiles = new Map<ClinicId, { readonly untilMs: number; readonly profile: ClinicProfile }>()
  const metrics = inMemoryMetrics()
  const feed = feedHub(database.db, (error) => log.error('feed.failed', error))
  metrics.gauge('evenkeel_live_followers', () => feed.followers())
  return {
    config,
    db: database.db,
    clock: parts.clock ?? systemClock,
    ids: parts.ids ?? systemIds,
    jobs: parts.jobs,
    audit: { append: appendAudit },
    feed,
    log,
    metrics,
    reactions: reactions(),
    async clinicProfile(clinicId) {
      const cached = profiles.get(clinicId)
      if (cached && cached.untilMs > Date.now()) return cached.profile
      const profile = await database.db.transaction().execute(async (transaction) => {
        await setTenant(transaction, clinicId)
        return clinicById(asWrite(transaction), clinicId)
      })
      if (!profile) throw new Error(`there is no clinic ${clinicId}`)
      profiles.set(clinicId, { untilMs: Date.now() + PROFILE_CACHE_MS, profile })
      return profile
    },
  }
}

/** A queue that has not started yet can plan nothing; set once the real one runs. */
export function laterJobs(): Jobs & { use(jobs: Jobs): void } {
  let current: Jobs | undefined
  return {
    use(jobs) {
      current = jobs
    },
    async plan(...args) {
      if (!current) throw new Error('the job queue has not started')
      await current.plan(...args)
    },
  }
}

/** Starts the queue with the clinic's handlers and the safety net for reactions. */
export async function startClinicJobs(database: OpenDatabase, services: Services): Promise<RunningJobs> {
  const handlers = new Map<string, JobHandler>(jobHandlers(services))
  handlers.set('react', async (data) => {
    const event = data.event as DomainEvent
    for (const reaction of services.reactions.get(event.kind) ?? []) await reaction(services, event)
  })
  return startJobs(database.ownerPool, handlers, jobSchedules, services.log)
}
