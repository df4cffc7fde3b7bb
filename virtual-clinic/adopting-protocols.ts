import {
  approveVersion,
  draftProtocol,
  publishVersion,
  runSimulation,
  submitVersion,
} from '../app/plan/index.server.ts'
import type { Member } from '../app/platform/actor.ts'
import { act, minutesAfter, type World } from './world.ts'

/**
 * In the first hours the clinic adopts versions of the library: the manager tries each on invented people and puts it
 * forward, a prescriber reviews it, the manager adopts it. A second one in the list is then begun as an own version.
 */
export function adoptProtocols(world: World, protocolIds: readonly string[]): void {
  const { manager, prescribers } = world.staff
  const reviewer = prescribers.at(-1)!
  const stepUp = ({ accountId }: Member) => ({ accountId, at: world.table.now() })
  for (const [i, protocolId] of protocolIds.entries()) {
    const seen = { protocolId, version: '1', seenRevision: 0 }
    const at = (minutes: number) => minutesAfter(world.table.now(), i * 20 + minutes)
    world.table.at(at(1), async () => {
      const tried = await runSimulation(
        { services: world.services, actor: manager },
        { ...seen, seed: 20_261_122 },
      )
      if (!tried.ok) throw new Error(`the simulation of ${protocolId} was refused: ${tried.reason}`)
      await act(world, manager, submitVersion, seen)
    })
    world.table.at(at(12), async () => {
      await act(world, reviewer, approveVersion, { ...seen, stepUp: stepUp(reviewer) })
    })
    world.table.at(at(15), async () => {
      await act(world, manager, publishVersion, { ...seen, stepUp: stepUp(manager) })
    })
  }
  // One of them is being changed: a draft that nobody has handed over yet.
  const [, changed] = protocolIds
  if (!changed) return
  world.table.at(minutesAfter(world.table.now(), protocolIds.length * 20 + 30), async () => {
    await act(world, manager, draftProtocol, {
      key: world.services.ids.next(),
      protocolId: changed,
      basedOn: '1',
    })
  })
}
