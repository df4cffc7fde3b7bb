import { watchAlarms } from '../app/treat/index.server.ts'
import type { World } from './world.ts'

/**
 * Lets the clinic's own watch look at its rooms as they are now, as a server that has just begun does: what follows from readings and
 * clocks until this moment stands in the logs afterwards, each at its own instant.
 */
export async function lookAtAlarms({ services, system }: World): Promise<void> {
  const watch = watchAlarms(
    services,
    services.ids.next(),
    () => 0,
    () => {},
    // Nobody finds a clinic in the directory before its story is whole.
    async () => [system.clinicId],
  )
  await watch.tick()
  await watch.settled()
  await watch.stop()
}
