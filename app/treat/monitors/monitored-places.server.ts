import { appointmentById, appointmentsBetween } from '../../plan/index.server.ts'
import type { AppointmentId, ChairId } from '../../plan/index.ts'
import { asWrite, type Read, setTenant } from '../../platform/database.server.ts'
import type { ClinicId } from '../../platform/ids.ts'
import type { Services } from '../../platform/services.server.ts'
import { addMs, DAY_MS, HOUR_MS, type Instant, toMs } from '../../platform/time.ts'
import { endingsOfSessions, sessionsOpenedSince } from '../session/session-queries.server.ts'
import type { DeviceId, MonitorDevice, Placement, SeatedSession } from './device.ts'
import { deviceKeys, monitorDevices, placements } from './monitor-queries.server.ts'

/** What the intake must know of a clinic: whose key is whose, where devices stand, and who sits there. */
export type MonitoredPlaces = {
  readonly deviceByKeyHash: ReadonlyMap<string, MonitorDevice>
  /** Of each device, oldest first. */
  readonly placements: ReadonlyMap<DeviceId, readonly Placement[]>
  readonly sessions: readonly SeatedSession[]
}

export type PlacesOf = {
  /** @param youngerThanMs how old the answer may be */
  of(clinicId: ClinicId, youngerThanMs: number): Promise<MonitoredPlaces>
  /** Something changed: the next question reads again. */
  forget(clinicId: ClinicId): void
}

/** A session belongs to its chair for this long after it was opened, when nobody ended it. */
const SESSION_HOURS = 24

/**
 * Remembers these facts for a moment, since they are asked with each batch. Questions at the same time share one reading.
 *
 * @param nowMs a clock that never jumps, in milliseconds
 */
export function monitoredPlaces(services: Services, nowMs: () => number): PlacesOf {
  type Known = { readMs: number; stale: boolean; places: Promise<MonitoredPlaces> }
  const known = new Map<ClinicId, Known>()
  // A visit that has begun is not moved to another chair, so its chair is asked once.
  const chairs: KnownChairs = new Map()

  function load(clinicId: ClinicId): Known {
    const entry: Known = { readMs: nowMs(), stale: false, places: loadPlaces(services, clinicId, chairs) }
    // Whoever asked hears of it; the next one asks anew.
    entry.places.catch(() => known.delete(clinicId))
    known.set(clinicId, entry)
    return entry
  }

  return {
    async of(clinicId, youngerThanMs) {
      const entry = known.get(clinicId)
      const good = entry && !entry.stale && nowMs() - entry.readMs <= youngerThanMs
      return (good ? entry : load(clinicId)).places
    },
    forget(clinicId) {
      const entry = known.get(clinicId)
      if (entry) entry.stale = true
    },
  }
}

/** Chairs by visit; null for a visit that has none. */
type KnownChairs = Map<string, ChairId | null>

const MOST_CHAIRS_REMEMBERED = 10_000

async function loadPlaces(
  services: Services,
  clinicId: ClinicId,
  chairs: KnownChairs,
): Promise<MonitoredPlaces> {
  return services.db.transaction().execute(async (transaction) => {
    await setTenant(transaction, clinicId)
    const db = asWrite(transaction)
    const at = services.clock.now()
    const devices = new Map((await monitorDevices(db, clinicId)).map((device) => [device.id, device]))
    const deviceByKeyHash = new Map<string, MonitorDevice>()
    for (const key of await deviceKeys(db, clinicId)) {
      const device = devices.get(key.deviceId)
      if (device && !device.retiredAt && !key.revokedAt) deviceByKeyHash.set(key.hash, device)
    }
    const standing = new Map<DeviceId, Placement[]>()
    for (const placement of await placements(db, clinicId)) {
      standing.set(placement.deviceId, [...(standing.get(placement.deviceId) ?? []), placement])
    }
    return { deviceByKeyHash, placements: standing, sessions: await seatedSessions(db, clinicId, at, chairs) }
  })
}

/** Sessions of the last day, each with its chair. */
async function seatedSessions(
  db: Read,
  clinicId: ClinicId,
  at: Instant,
  chairs: KnownChairs,
): Promise<SeatedSession[]> {
  const sessions = await sessionsOpenedSince(db, clinicId, addMs(at, -SESSION_HOURS * HOUR_MS))
  const endings = await endingsOfSessions(
    db,
    clinicId,
    sessions.map(({ id }) => id),
  )
  if (chairs.size > MOST_CHAIRS_REMEMBERED) chairs.clear()
  if (sessions.some(({ appointmentId }) => !chairs.has(appointmentId))) {
    const around = await appointmentsBetween(db, clinicId, addMs(at, -2 * DAY_MS), addMs(at, 2 * DAY_MS))
    const begun = new Set(sessions.map(({ appointmentId }) => appointmentId))
    for (const { id, chairId } of around) if (begun.has(id)) chairs.set(id, chairId)
  }
  const seated: SeatedSession[] = []
  for (const session of sessions) {
    let chairId = chairs.get(session.appointmentId)
    if (chairId === undefined) {
      chairId = (await appointmentById(db, clinicId, session.appointmentId as AppointmentId))?.chairId ?? null
      chairs.set(session.appointmentId, chairId)
    }
    if (!chairId) continue
    const left = endings.get(session.id)
    seated.push({
      sessionId: session.id,
      chairId,
      openedAtMs: toMs(session.openedAt),
      leftAtMs: left === undefined ? undefined : toMs(left),
    })
  }
  return seated
}
