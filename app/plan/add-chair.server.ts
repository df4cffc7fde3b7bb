import type { Command } from '../platform/command.server.ts'
import { done, refused } from '../platform/outcome.ts'
import { chairs, insertChair } from './diary-queries.server.ts'
import type { ChairId } from './plan.ts'
import { addChair as addChairAction } from './plan-access.ts'

/** Adds a chair to a room. Repeating it with the same key changes nothing. */
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
  async run({ db, at, actor, audit }, { key, roomName, name, turnaroundMin }) {
    const added = await insertChair(db, actor.clinicId, { id: key, roomName, name, turnaroundMin }, at)
    if (!added) {
      const repeated = (await chairs(db, actor.clinicId)).some((c) => c.id === key)
      return repeated ? done({ chairId: key }) : refused('name-taken')
    }
    audit.write(addChairAction.id, { object: 'treatment-chair', objectId: key })
    return done({ chairId: key })
  },
}
