import { type Batch, defaultAlarmConfig } from '@evenkeel/vital-signs'

/** A monitor's clock that is further than this from when its values came in is wrong. */
const CLOCK_WRONG_MS = 2 * 60_000

/** When something was measured, as it is filed. */
export type FiledTime = {
  readonly atMs: number
  /** By how much the device's clock is ahead (negative: behind), where it is wrong and its word was not taken. */
  readonly clockAheadMs?: number
}

/** What is known of a device's clock: whether its newest word was right; undefined while nobody knows. */
export type ClockRight = boolean | undefined

export type DeviceTimes = {
  readonly of: (measuredAtMs: number, receivedAtMs?: number) => FiledTime
  /** What the batch shows of the clock, for the next one. */
  readonly clockRight: ClockRight
}

/**
 * When the values of a batch were measured. The device's clock is believed as long as it is within two minutes of when the values
 * came in, by the clock of the bridge, which keeps the server's time. Beyond that the clock is wrong, or set to another zone, and
 * values are filed by when they came in: into the session that runs then, not into the one that a clock half an hour slow names.
 *
 * One thing is truly older than its receipt: a cuff's pressure, told again with its own time until the next one. So what lies
 * behind is believed of a device whose newest value shows that its clock is right.
 *
 * @param nowMs the server's clock. What came in later than this came in now: then the bridge's clock is wrong, too
 * @param before what earlier batches of the device have shown
 */
export function deviceTimes(
  { samples, sentAtMs }: Pick<Batch, 'samples' | 'sentAtMs'>,
  nowMs: number,
  before: ClockRight,
): DeviceTimes {
  const ahead = (measuredAtMs: number, receivedAtMs: number) => measuredAtMs - Math.min(receivedAtMs, nowMs)
  const isRight = (aheadMs: number) => Math.abs(aheadMs) <= CLOCK_WRONG_MS
  const aheads = samples.map(({ measuredAtMs, receivedAtMs }) => ahead(measuredAtMs, receivedAtMs))
  const newest = aheads.length > 0 ? Math.max(...aheads) : undefined
  const clockRight = newest === undefined || saysNothing(newest, samples) ? before : isRight(newest)
  return {
    clockRight,
    // A notice does not say when it came: that is when its batch was made.
    of(measuredAtMs, receivedAtMs = sentAtMs) {
      const aheadMs = ahead(measuredAtMs, receivedAtMs)
      const filedMs = measuredAtMs - aheadMs
      if (isRight(aheadMs) || (aheadMs < 0 && clockRight === true)) return { atMs: measuredAtMs }
      return { atMs: filedMs, clockAheadMs: aheadMs }
    },
  }
}

/** A probe measures all the time: when even its newest value is old, the clock is. A cuff's may be as old as it says. */
function saysNothing(newestAheadMs: number, samples: Batch['samples']): boolean {
  const ofProbe = samples.some(({ sign }) => defaultAlarmConfig.continuous.includes(sign))
  return newestAheadMs < -CLOCK_WRONG_MS && !ofProbe
}
