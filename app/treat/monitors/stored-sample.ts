import type {
  MonitoredSign,
  Sample,
  SampleQuality,
  TechnicalKind,
  TechnicalNotice,
} from '@evenkeel/vital-signs'

/**
 * A value as it is kept, short, since there are thousands in an hour: place in the batch, sign, value, when measured and
 * when the sender took it in (epoch milliseconds); quality unless ok; what the device said where that was another unit,
 * and how it called it.
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
}

/** A state of the device as it is kept. */
export type StoredNotice = {
  readonly i: number
  readonly at: number
  readonly k: TechnicalKind
  readonly p: 'start' | 'end'
  readonly s?: MonitoredSign
}

export function storedSample(sample: Sample): StoredSample {
  return {
    i: sample.index,
    s: sample.sign,
    v: sample.value,
    at: sample.measuredAtMs,
    rx: sample.receivedAtMs,
    ...(sample.quality === 'ok' ? {} : { q: sample.quality }),
    ...(sample.asSent ? { as: sample.asSent } : {}),
    ...(sample.coding ? { c: sample.coding } : {}),
  }
}

export function storedNotice(notice: TechnicalNotice): StoredNotice {
  return {
    i: notice.index,
    at: notice.atMs,
    k: notice.kind,
    p: notice.phase,
    ...(notice.sign ? { s: notice.sign } : {}),
  }
}
