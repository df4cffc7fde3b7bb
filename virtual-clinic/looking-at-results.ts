import { reviewResult, waitingResponseIds } from '../app/assess/index.server.ts'
import { runQuery } from '../app/platform/command.server.ts'
import type { Instant } from '../app/platform/time.ts'
import { act, type Life, minutesAfter, type World } from './world.ts'

const HOURS_UNTIL_LOOKED_AT = 20

/** Within a day the therapist looks at what waits of a person; what came on the story's last day still waits. */
export function lookAtResults(world: World, life: Life, at: Instant): void {
  world.table.at(minutesAfter(at, HOURS_UNTIL_LOOKED_AT * 60), async () => {
    const { therapist } = world.staff
    const clinicId = world.system.clinicId
    const waiting = await runQuery(world.services, therapist, ({ db }) => waitingResponseIds(db, clinicId))
    for (const { id, personId } of waiting.filter((one) => one.personId === life.personId)) {
      await act(world, therapist, reviewResult, {
        key: world.services.ids.next(),
        personId,
        responseId: id,
        note: 'Read, and spoken about at the next contact.',
      })
    }
  })
}
