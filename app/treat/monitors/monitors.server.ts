import type { MonitoredSign } from '@evenkeel/vital-signs'
import type { ClinicId } from '../../platform/ids.ts'
import type { Services } from '../../platform/services.server.ts'
import type { LiveValue, SessionSamples } from './live-samples.ts'
import { monitoredPlaces, type PlacesOf } from './monitored-places.server.ts'
import { type SamplesChannel, samplesChannel } from './samples-channel.server.ts'
import { batchIntake, type Intake, type TakenPart } from './take-batches.server.ts'

/** What this process holds of the monitors: the way in, and the way to screens. */
export type Monitors = {
  readonly intake: Intake
  readonly samples: SamplesChannel
  readonly places: PlacesOf
  /** The clock that never jumps, by which these parts measure how long something takes. */
  readonly nowMs: () => number
}

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
  const samples = samplesChannel(nowMs)
  const intake = batchIntake(services, places, (clinicId, stored) => {
    if (stored.length === 0) return
    samples.put(clinicId, newestBySession(stored))
    parts.taken?.(clinicId, stored)
  })
  return { intake, samples, places, nowMs }
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
      const before = signs[s]
      if (!before || at > before.atMs)
        signs[s] = { value: v, atMs: at, quality: q ?? 'ok', device: device.name }
    }
  }
  return sessions
}
