import type {
  MonitoredSign,
  Sample,
  SampleQuality,
  TechnicalKind,
  TechnicalNotice,
} from '@evenkeel/vital-signs'
import type { FiledTime } from './device-clock.ts'

/**
 * A value as it is kept, short, since there are thousands in an hour: place in the batch, sign, value, when measured and
 * when the sender took it in (epoch milliseconds); quality unless ok; what the device said where that was another unit,
 * and how it called it; by how much its clock was ahead where it was wrong, and the value is filed by when it came.
 */
export type StoredSample = {
  readonly i: number
  readonly s: MonitoredSign
  readonly v: number
  readonly at: number
  readonly rx: number
  readonly q?: SampleQuality
  readonly as?: { readonly value: number; readonly unit: string }
  readonly c?: { readonly system: string; readonly code: string; readonly name?: string }
  readonly ca?: number
}

/** A state of the device as it is kept. */
export type StoredNotice = {
  readonly i: number
  readonly at: number
  readonly k: TechnicalKind
  readonly p: 'start' | 'end'
  readonly s?: MonitoredSign
}

/** @param filed when it was measured; under a clock that is wrong it is in doubt, whatever the device says of it */
export function storedSample(sample: Sample, { atMs, clockAheadMs }: FiledTime): StoredSample {
  const quality = sample.quality === 'ok' && clockAheadMs !== undefined ? 'questionable' : sample.quality
  return {
    i: sample.index,
    s: sample.sign,
    v: sample.value,
    at: atMs,
    rx: sample.receivedAtMs,
    ...(quality === 'ok' ? {} : { q: quality }),
    ...(sample.asSent ? { as: sample.asSent } : {}),
    ...(sample.coding ? { c: sample.coding } : {}),
    ...(clockAheadMs === undefined ? {} : { ca: clockAheadMs }),
  }
}

export function storedNotice(notice: TechnicalNotice, { atMs }: FiledTime): StoredNotice {
  return {
    i: notice.index,
    at: atMs,
    k: notice.kind,
    p: notice.phase,
    ...(notice.sign ? { s: notice.sign } : {}),
  }
}
