import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { directory, members } from '../app/identity/index.server.ts'
import { chairs } from '../app/plan/index.server.ts'
import type { Member } from '../app/platform/actor.ts'
import { runCommand, runQuery } from '../app/platform/command.server.ts'
import type { ClinicId } from '../app/platform/ids.ts'
import type { Services } from '../app/platform/services.server.ts'
import { addMonitor, monitorDevices, placeMonitor, renewMonitorKey } from '../app/treat/index.server.ts'

/** How the bridge's simulated monitors call themselves. */
const deviceName = (i: number) => `sim-${String(i + 1).padStart(2, '0')}`

/**
 * Gives each chair of the demonstration a simulated monitor, and lays its key into `keys/` of the data folder, where
 * a bridge's configuration beside it looks for them (docs/guide/bridge.md). A key whose file is there already stays.
 *
 * @param fresh a clinic that is just being made and not in the directory yet: files of another one are written over. Monitors that
 *   stand there when its story ends also stand there when the server is started again with the same clock.
 * @returns a line for the terminal; undefined when the demonstration has no chair or no manager
 */
export async function demonstrationMonitors(
  services: Services,
  dataFolder: string,
  fresh?: ClinicId,
): Promise<string | undefined> {
  const clinicId = fresh ?? (await directory(services.db))[0]?.clinicId
  if (!clinicId) return undefined
  const system = { kind: 'system', clinicId, name: 'demonstration' } as const
  const { seats, managers } = await runQuery(services, system, async ({ db }) => ({
    seats: await chairs(db, clinicId),
    managers: await members(db, clinicId, ['manager']),
  }))
  const found = managers[0]
  if (!found || seats.length === 0) return undefined
  const { accountId, membershipId, name, roles } = found
  const manager: Member = { kind: 'member', clinicId, accountId, membershipId, name, roles }
  const folder = join(dataFolder, 'keys')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  for (const [i, seat] of seats.entries()) {
    const wireName = deviceName(i)
    const file = join(folder, wireName)
    if (!fresh && existsSync(file)) continue
    const key = services.ids.next<'monitor-device'>()
    const added = await runCommand(services, manager, addMonitor, {
      key,
      wireName,
      name: `Simulated monitor, ${seat.roomName}`,
    })
    const secret = added.ok ? added.value.secret : await keyAnew(services, manager, wireName)
    if (added.ok) await runCommand(services, manager, placeMonitor, { deviceId: key, chairId: seat.id })
    if (secret) await writeFile(file, secret, { mode: 0o600 })
  }
  return [
    `simulated monitors ${deviceName(0)} to ${deviceName(seats.length - 1)} may send (docs/guide/bridge.md):`,
    `  npm run monitor -- --rooms ${seats.length} --configuration ${join(dataFolder, 'bridge.json')} --server ${services.config.linkBase}`,
  ].join('\n')
}

/** The file was lost: the key in it is ended, and another made. */
async function keyAnew(services: Services, manager: Member, wireName: string): Promise<string | undefined> {
  const devices = await runQuery(services, manager, ({ db }) => monitorDevices(db, manager.clinicId))
  const deviceId = devices.find((device) => device.wireName === wireName)?.id
  if (!deviceId) return undefined
  const renewed = await runCommand(services, manager, renewMonitorKey, { deviceId, key: services.ids.next() })
  return renewed.ok ? renewed.value.secret : undefined
}
