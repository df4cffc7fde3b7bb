import type { MonitoredSign } from '@evenkeel/vital-signs'
import { runQuery } from '../../platform/command.server.ts'
import type { Read } from '../../platform/database.server.ts'
import type { FeedEvent } from '../../platform/domain-event.ts'
import { feedHead } from '../../platform/feed.server.ts'
import type { ClinicId } from '../../platform/ids.ts'
import type { Services } from '../../platform/services.server.ts'
import { addMs, type Instant } from '../../platform/time.ts'
import type { SessionId } from '../session/session-event.ts'
import { isNewer, type LiveValue, newestOf, type SessionSamples } from './live-samples.ts'
import { monitorDevices } from './monitor-queries.server.ts'
import { monitoredPlaces, type PlacesOf } from './monitored-places.server.ts'
import { sessionSamples } from './sample-queries.server.ts'
import { type SamplesChannel, samplesChannel } from './samples-channel.server.ts'
import { batchIntake, type Intake, type TakenPart } from './take-batches.server.ts'

/** What this process holds of the monitors: the way in, and the way to screens. */
export type Monitors = {
  readonly intake: Intake
  readonly samples: SamplesChannel
  readonly places: PlacesOf
  /** The clock that never jumps, by which these parts measure how long something takes. */
  readonly nowMs: () => number
  /** Another process stored something of these sessions: screens at this one are told. */
  storedElsewhere(clinicId: ClinicId, sessionIds: readonly SessionId[]): Promise<void>
}

/** How far back is looked for what another process stored, from the moment it said so. */
const STORED_LATELY_MS = 10_000

/**
 * Puts the monitors' parts together for one process.
 *
 * @param parts.taken told of what was stored, after screens were
 * @param parts.nowMs a clock that never jumps, in milliseconds
 */
export function startMonitors(
  services: Services,
  parts: {
    readonly taken?: (clinicId: ClinicId, parts: readonly TakenPart[]) => void
    readonly nowMs?: () => number
  } = {},
): Monitors {
  const nowMs = parts.nowMs ?? (() => performance.now())
  const places = monitoredPlaces(services, nowMs)
  const following = new Set<ClinicId>()
  const samples = samplesChannel(nowMs)
  const intake = batchIntake(services, places, (clinicId, stored) => {
    followChanges(services, places, following, clinicId)
    if (stored.length === 0) return
    samples.put(clinicId, newestBySession(stored))
    parts.taken?.(clinicId, stored)
  })
  return {
    intake,
    samples,
    places,
    nowMs,
    async storedElsewhere(clinicId, sessionIds) {
      if (!samples.isFollowed(clinicId)) return
      const actor = { kind: 'system', clinicId, name: 'monitors' } as const
      const newest = await runQuery(services, actor, ({ db, at }) =>
        lastStored(db, clinicId, sessionIds, addMs(at, -STORED_LATELY_MS)),
      )
      samples.put(clinicId, newest)
    },
  }
}

/** What is remembered of a clinic is forgotten when the feed tells of a device, an opened session or somebody who left. */
function followChanges(
  services: Services,
  places: PlacesOf,
  following: Set<ClinicId>,
  clinicId: ClinicId,
): void {
  if (following.has(clinicId)) return
  following.add(clinicId)
  const actor = { kind: 'system', clinicId, name: 'monitors' } as const
  runQuery(services, actor, ({ db }) => feedHead(db, clinicId))
    .then((head) => {
      places.forget(clinicId)
      services.feed.follow(clinicId, head, {
        deliver(events) {
          if (events.some(changesPlaces)) places.forget(clinicId)
        },
        close: () => following.delete(clinicId),
      })
    })
    .catch((error) => {
      following.delete(clinicId)
      services.log.error('devices.feed', error)
    })
}

function changesPlaces({ kind, data }: FeedEvent): boolean {
  if (kind === 'monitor.changed' || kind === 'session.opened') return true
  const told = (data.event as { readonly kind?: unknown } | undefined)?.kind
  return kind === 'session.event' && (told === 'discharged' || told === 'session-closed')
}

/**
 * The newest values that monitors sent of sessions, as they are stored: what a page shows before it follows the line.
 *
 * @param since received from here on; a value that is older says nothing about now
 * @param until measured up to here, for looking back
 */
export async function newestStored(
  db: Read,
  clinicId: ClinicId,
  sessionIds: readonly SessionId[],
  since: Instant,
  until?: Instant,
): Promise<Record<string, SessionSamples>> {
  const stored = await lastStored(db, clinicId, sessionIds, since, until)
  return Object.fromEntries(Object.entries(stored).map(([id, signs]) => [id, newestOf(undefined, signs)]))
}

/** The same with what its device does not believe, which takes back what a screen may have been told. */
async function lastStored(
  db: Read,
  clinicId: ClinicId,
  sessionIds: readonly SessionId[],
  since: Instant,
  until?: Instant,
): Promise<Record<string, SessionSamples>> {
  const parts = await sessionSamples(db, clinicId, sessionIds, since)
  const devices = new Map((await monitorDevices(db, clinicId)).map((device) => [device.id, device]))
  return newestBySession(
    [...parts].flatMap(([sessionId, own]) =>
      own.flatMap((part) => {
        const device = devices.get(part.deviceId)
        if (!device) return []
        const samples = until ? part.samples.filter(({ at }) => at <= Date.parse(until)) : part.samples
        return [{ sessionId, device, samples }]
      }),
    ),
  )
}

/** The newest value of each sign of each session. */
function newestBySession(
  parts: readonly Pick<TakenPart, 'sessionId' | 'device' | 'samples'>[],
): Record<string, SessionSamples> {
  const sessions: Record<string, Partial<Record<MonitoredSign, LiveValue>>> = {}
  for (const { sessionId, device, samples } of parts) {
    sessions[sessionId] ??= {}
    const signs = sessions[sessionId]
    for (const { s, v, at, q } of samples) {
      const value = { value: v, atMs: at, quality: q ?? 'ok', device: device.name }
      const before = signs[s]
      if (!before || isNewer(value, before)) signs[s] = value
    }
  }
  return sessions
}
