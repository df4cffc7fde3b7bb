import { publishRelease, releaseDesk } from '../app/measure/index.server.ts'
import { act, type World } from './world.ts'

/** The manager looks at what may be published of the clinic's people and signs it, when there are enough of them. */
export async function publishResults(world: World): Promise<void> {
  const { manager } = world.staff
  const { next } = await releaseDesk(world.services, manager)
  if (next.kind === 'wait') return
  await act(world, manager, publishRelease, {
    key: world.services.ids.next(),
    pageHash: next.pageHash,
    typedName: manager.name,
  })
}
