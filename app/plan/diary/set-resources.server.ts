import type { Command } from '../../platform/command.server.ts'
import { done, refused } from '../../platform/outcome.ts'
import { setDiaryResources } from '../plan-access.ts'
import type { RoomKind } from './appointment-type.ts'
import type { EquipmentId, RoomId } from './diary-entry.ts'
import { equipment, insertEquipment, insertRoom, rooms, setRetired } from './resource-queries.server.ts'

/** Adds a room. Repeating it with the same key changes nothing. */
export const addRoom: Command<
  { readonly key: RoomId; readonly name: string; readonly kind: RoomKind },
  { readonly roomId: RoomId },
  'name-taken'
> = {
  action: setDiaryResources,
  async run({ db, at, actor, audit }, { key, name, kind }) {
    if (!(await insertRoom(db, actor.clinicId, { id: key, name, kind }, at))) {
      const repeated = (await rooms(db, actor.clinicId)).some((r) => r.id === key)
      return repeated ? done({ roomId: key }) : refused('name-taken')
    }
    audit.write(setDiaryResources.id, { object: 'room', objectId: key, detail: { kind } })
    return done({ roomId: key })
  },
}

/** Adds one item of equipment. Repeating it with the same key changes nothing. */
export const addEquipment: Command<
  { readonly key: EquipmentId; readonly kind: string; readonly name: string },
  { readonly equipmentId: EquipmentId },
  'name-taken'
> = {
  action: setDiaryResources,
  async run({ db, at, actor, audit }, { key, kind, name }) {
    if (!(await insertEquipment(db, actor.clinicId, { id: key, kind, name }, at))) {
      const repeated = (await equipment(db, actor.clinicId)).some((e) => e.id === key)
      return repeated ? done({ equipmentId: key }) : refused('name-taken')
    }
    audit.write(setDiaryResources.id, { object: 'equipment', objectId: key, detail: { kind } })
    return done({ equipmentId: key })
  },
}

/** Takes a room, chair or item out of use or back into it. Visits that are booked keep it; new ones do not get it. */
export const retireResource: Command<
  {
    readonly kind: 'room' | 'chair' | 'equipment'
    readonly id: string
    readonly retired: boolean
  },
  { readonly id: string },
  'no-such-resource'
> = {
  action: setDiaryResources,
  async run({ db, at, actor, audit }, { kind, id, retired }) {
    if (!(await setRetired(db, actor.clinicId, { kind, id }, retired ? at : undefined)))
      return refused('no-such-resource')
    audit.write(setDiaryResources.id, { object: kind, objectId: id, detail: { retired } })
    return done({ id })
  },
}
