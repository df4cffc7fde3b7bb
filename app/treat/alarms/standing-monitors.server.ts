import type { ChairId } from '../../plan/index.ts'
import type { Read } from '../../platform/database.server.ts'
import type { ClinicId } from '../../platform/ids.ts'
import { addMs, DAY_MS, type Instant } from '../../platform/time.ts'
import { type Placement, standingAt } from '../monitors/device.ts'
import { monitorDevices, wasHeard } from '../monitors/monitor-queries.server.ts'
import type { StandingMonitor } from './monitor-inputs.ts'

/** A monitor of which nothing came in this time before a session is not in use, wherever it stands. */
const IN_USE_MS = 7 * DAY_MS

/**
 * The monitors that stand or stood at the chair of a session since it was opened. Which of them are in use is asked of what came
 * before it was opened, so that it is the same whenever it is asked.
 *
 * @param placements of the clinic, oldest first
 */
export async function standingMonitors(
  db: Read,
  clinicId: ClinicId,
  chairId: ChairId | null | undefined,
  openedAt: Instant,
  placements: readonly Placement[],
): Promise<StandingMonitor[]> {
  if (!chairId) return []
  const here = standingAt(chairId, placements).filter(({ until }) => until === undefined || until >= openedAt)
  if (here.length === 0) return []
  const devices = new Map((await monitorDevices(db, clinicId)).map((device) => [device.id, device]))
  const monitors: StandingMonitor[] = []
  for (const { deviceId, since, until } of here) {
    const device = devices.get(deviceId)
    if (!device) continue
    const inUse =
      !device.retiredAt && (await wasHeard(db, clinicId, deviceId, addMs(openedAt, -IN_USE_MS), openedAt))
    monitors.push({ device: device.wireName, since, until, inUse })
  }
  return monitors
}
