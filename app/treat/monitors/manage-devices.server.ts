import { newSecretToken } from '../../identity/index.server.ts'
import { chairs } from '../../plan/index.server.ts'
import type { ChairId } from '../../plan/index.ts'
import type { Command } from '../../platform/command.server.ts'
import type { AccountId } from '../../platform/ids.ts'
import { done, refused } from '../../platform/outcome.ts'
import { accountOf } from '../session/recorder.ts'
import {
  addMonitor as addAction,
  placeMonitor as placeAction,
  renewMonitorKey as renewAction,
  revokeMonitorKeys as revokeAction,
} from '../treat-access.ts'
import type { DeviceId, DeviceKeyId } from './device.ts'
import {
  insertDevice,
  insertKey,
  insertPlacement,
  lockDevice,
  monitorDevices,
  placements,
  revokeKeys,
} from './monitor-queries.server.ts'

/**
 * Adds a device and makes its first key. The key is in the answer and nowhere else: only its hash is kept. Sent again with the
 * same id it adds nothing and gives no key.
 */
export const addMonitor: Command<
  { readonly key: DeviceId; readonly wireName: string; readonly name: string },
  { readonly deviceId: DeviceId; readonly secret: string | undefined },
  'name-taken'
> = {
  action: addAction,
  async run({ db, at, ids, actor, audit, tell }, { key, wireName, name }) {
    const by = accountOf(actor) as AccountId
    if (!(await insertDevice(db, actor.clinicId, { id: key, wireName, name }, at, by))) {
      const there = (await monitorDevices(db, actor.clinicId)).some(({ id }) => id === key)
      return there ? done({ deviceId: key, secret: undefined }) : refused('name-taken')
    }
    const { token, hash } = newSecretToken(actor.clinicId)
    await insertKey(db, actor.clinicId, { id: ids.next(), deviceId: key, hash }, at, by)
    audit.write(addAction.id, { object: 'monitor', objectId: key })
    tell('monitor.changed', { deviceId: key })
    return done({ deviceId: key, secret: token })
  },
}

/** Makes a new key for a device; the ones before end at once. Sent again with the same id it changes nothing and gives no key. */
export const renewMonitorKey: Command<
  { readonly deviceId: DeviceId; readonly key: DeviceKeyId },
  { readonly secret: string | undefined },
  'no-such-device'
> = {
  action: renewAction,
  async run({ db, at, actor, audit, tell }, { deviceId, key }) {
    const by = accountOf(actor) as AccountId
    if (!(await lockDevice(db, actor.clinicId, deviceId))) return refused('no-such-device')
    const { token, hash } = newSecretToken(actor.clinicId)
    await revokeKeys(db, actor.clinicId, deviceId, at, by, key)
    if (!(await insertKey(db, actor.clinicId, { id: key, deviceId, hash }, at, by)))
      return done({ secret: undefined })
    audit.write(renewAction.id, { object: 'monitor', objectId: deviceId })
    tell('monitor.changed', { deviceId })
    return done({ secret: token })
  },
}

/** Ends every key of a device: it is no longer let in. Doing it again changes nothing. */
export const revokeMonitorKeys: Command<
  { readonly deviceId: DeviceId },
  Record<never, never>,
  'no-such-device'
> = {
  action: revokeAction,
  async run({ db, at, actor, audit, tell }, { deviceId }) {
    if (!(await lockDevice(db, actor.clinicId, deviceId))) return refused('no-such-device')
    const ended = await revokeKeys(db, actor.clinicId, deviceId, at, accountOf(actor) as AccountId)
    if (ended > 0) {
      audit.write(revokeAction.id, { object: 'monitor', objectId: deviceId })
      tell('monitor.changed', { deviceId })
    }
    return done({})
  },
}

/**
 * Says at which chair a device stands from now on, or that it stands nowhere. What it measured before stays where it was.
 * Saying again what is so changes nothing.
 */
export const placeMonitor: Command<
  { readonly deviceId: DeviceId; readonly chairId: ChairId | undefined },
  Record<never, never>,
  'no-such-device' | 'no-such-chair'
> = {
  action: placeAction,
  async run({ db, at, ids, actor, audit, tell }, { deviceId, chairId }) {
    if (!(await lockDevice(db, actor.clinicId, deviceId))) return refused('no-such-device')
    if (chairId && !(await chairs(db, actor.clinicId)).some(({ id }) => id === chairId))
      return refused('no-such-chair')
    const before = (await placements(db, actor.clinicId)).findLast((p) => p.deviceId === deviceId)
    if (before?.chairId === chairId) return done({})
    const by = accountOf(actor) as AccountId
    await insertPlacement(db, actor.clinicId, { id: ids.next(), deviceId, chairId }, at, by)
    audit.write(placeAction.id, {
      object: 'monitor',
      objectId: deviceId,
      detail: { chairId: chairId ?? null },
    })
    tell('monitor.changed', { deviceId })
    return done({})
  },
}
