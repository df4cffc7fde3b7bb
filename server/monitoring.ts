import { randomUUID } from 'node:crypto'
import type { Services } from '../app/platform/services.server.ts'
import { type Monitors, startMonitors, watchAlarms } from '../app/treat/index.server.ts'
import type { SessionId } from '../app/treat/index.ts'
import { betweenProcesses } from './between-processes.ts'
import type { OpenDatabase } from './database.ts'

/** How often timers of alarms are looked at; each goes off at its own instant, however late it is looked at. */
const TICK_MS = 500

export type Monitoring = { readonly monitors: Monitors; stop(): Promise<void> }

/** Starts what this process does for monitors: the way in, the watch over alarms, and its ear to other processes. */
export async function startMonitoring(database: OpenDatabase, services: Services): Promise<Monitoring> {
  const nowMs = () => performance.now()
  const failed = (error: unknown) => services.log.error('monitoring.failed', error)
  const others = await betweenProcesses(
    database.ownerPool,
    ({ clinicId, sessions, feed }) => {
      if (feed) services.feed.look().catch(failed)
      if (!sessions) return
      watch.storedElsewhere(clinicId, sessions as SessionId[])
      monitors.storedElsewhere(clinicId, sessions as SessionId[]).catch(failed)
    },
    failed,
    () => {
      services.feed.look().catch(failed)
      watch.lookForMissed().catch(failed)
    },
  )
  const watch = watchAlarms(services, randomUUID(), nowMs, (clinicId) => others.say({ clinicId, feed: true }))
  const monitors = startMonitors(services, {
    nowMs,
    taken(clinicId, parts) {
      watch.taken(clinicId, parts)
      others.say({ clinicId, sessions: parts.map(({ sessionId }) => sessionId) })
    },
  })
  const ticking = setInterval(() => void watch.tick().catch(failed), TICK_MS)
  return {
    monitors,
    async stop() {
      clearInterval(ticking)
      monitors.samples.close()
      await watch.stop()
      await others.stop()
    },
  }
}
