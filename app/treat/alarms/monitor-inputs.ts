import { type AlarmInput, type Batch, sampleId } from '@evenkeel/vital-signs'
import type { Instant } from '../../platform/time.ts'
import type { StoredNotice, StoredSample } from '../monitors/stored-sample.ts'

/** What one batch said of a session, as it was kept. */
export type KeptBatch = {
  readonly run: string
  readonly sequence: number
  readonly samples: readonly StoredSample[]
  readonly technical: readonly StoredNotice[]
}

/**
 * What a batch says to the alarms of one session.
 *
 * @param deviceName the device's name on the wire
 * @param receivedAt when the server took it in
 */
export function inputOfBatch(kept: KeptBatch, deviceName: string, receivedAt: Instant): AlarmInput {
  const { run, sequence } = kept
  const batch: Batch = {
    deviceId: deviceName,
    run,
    sequence,
    sentAtMs: Date.parse(receivedAt),
    samples: kept.samples.map((sample) => ({
      id: sampleId(deviceName, run, sequence, sample.i),
      index: sample.i,
      measuredAtMs: sample.at,
      receivedAtMs: sample.rx,
      sign: sample.s,
      value: sample.v,
      unit: '',
      quality: sample.q ?? 'ok',
      ...(sample.ca === undefined ? {} : { clockAheadMs: sample.ca }),
    })),
    technical: kept.technical.map((notice) => ({
      index: notice.i,
      atMs: notice.at,
      kind: notice.k,
      phase: notice.p,
      ...(notice.s ? { sign: notice.s } : {}),
    })),
  }
  return { kind: 'batch', batch, arrivedAtMs: Date.parse(receivedAt) }
}

/** A monitor at the chair of a session. */
export type StandingMonitor = {
  /** Its name on the wire. */
  readonly device: string
  readonly since: Instant
  readonly until: Instant | undefined
  /** Whether it was heard of late: one that was not is not missed. */
  readonly inUse: boolean
}

/**
 * What follows from where monitors stand. One in use at the chair is expected to send from the beginning of the dose on, whether
 * or not it ever did; one that somebody took away is not missed any more.
 *
 * @param dose when it began, and when that was known; undefined before
 */
export function standingInputs(
  monitors: readonly StandingMonitor[],
  dose: { readonly startedAtMs: number; readonly knownAtMs: number } | undefined,
): AlarmInput[] {
  return monitors.flatMap(({ device, since, until, inUse }): AlarmInput[] => {
    const untilMs = until === undefined ? undefined : Date.parse(until)
    const inputs: AlarmInput[] = []
    const input = (what: 'attached' | 'detached', atMs: number, arrivedAtMs: number) =>
      inputs.push({
        kind: 'device',
        id: `${what}:${device}@${atMs}`,
        atMs,
        arrivedAtMs,
        deviceId: device,
        what,
      })
    const fromMs = dose && Math.max(dose.startedAtMs, Date.parse(since))
    if (inUse && dose && fromMs !== undefined && (untilMs === undefined || untilMs > fromMs))
      input('attached', fromMs, Math.max(fromMs, dose.knownAtMs))
    if (untilMs !== undefined) input('detached', untilMs, untilMs)
    return inputs
  })
}
