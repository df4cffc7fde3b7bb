import type { Command } from '../../platform/command.server.ts'
import { done, refused } from '../../platform/outcome.ts'
import type { ChairId } from '../plan.ts'
import { addChair as addChairAction } from '../plan-access.ts'
import { allChairs, insertChair, insertRoom, rooms } from './resource-queries.server.ts'

/** Adds a chair to a room, and the room when there is none of this name. Repeating it with the same key changes nothing. */
export const addChair: Command<
  {
    readonly key: ChairId
    readonly roomName: string
    readonly name: string
    readonly turnaroundMin: number
  },
  { readonly chairId: ChairId },
  'name-taken'
> = {
  action: addChairAction,
  async run({ db, at, ids, actor, audit }, { key, roomName, name, turnaroundMin }) {
    // Does nothing when the room is there; waits for somebody who adds it at the same moment.
    await insertRoom(db, actor.clinicId, { id: ids.next(), name: roomName, kind: 'dosing' }, at)
    const room = (await rooms(db, actor.clinicId)).find((r) => r.name === roomName)
    if (!room) throw new Error('a room that was just added is not there')
    const added = await insertChair(db, actor.clinicId, { id: key, roomId: room.id, name, turnaroundMin }, at)
    if (!added) {
      const repeated = (await allChairs(db, actor.clinicId)).some((c) => c.id === key)
      return repeated ? done({ chairId: key }) : refused('name-taken')
    }
    audit.write(addChairAction.id, { object: 'treatment-chair', objectId: key })
    return done({ chairId: key })
  },
}
