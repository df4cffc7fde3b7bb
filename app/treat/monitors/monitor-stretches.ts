import type { MonitoredSign } from '@evenkeel/vital-signs'
import type { LiveValue, SessionSamples } from './live-samples.ts'

/** A value of a monitor with the instant it was measured at. */
export type MonitorValue = {
  readonly value: number
  /** Epoch milliseconds. */
  readonly atMs: number
  /** The device itself called it questionable. */
  readonly doubted: boolean
}

/** How fine the record looks at what monitors sent: well below the minute after which a value says nothing any more. */
export const MONITOR_STRETCH_MS = 15_000

/** What one device measured of one sign in a stretch of time. */
export type MonitorStretch = {
  readonly device: string
  readonly sign: MonitoredSign
  readonly fromMs: number
  readonly last: MonitorValue
  readonly low: MonitorValue
  readonly high: MonitorValue
}

/** What one device measured of one sign, short, for a screen that looks back: when (epoch milliseconds), value, 1 where it was doubted. */
export type MonitorSeries = Pick<MonitorStretch, 'device' | 'sign'> & {
  readonly values: readonly (readonly [atMs: number, value: number, doubted: 0 | 1])[]
}

/** The last value of each stretch, by sign and device. */
export function seriesOf(stretches: readonly MonitorStretch[]): MonitorSeries[] {
  const found = new Map<string, MonitorSeries & { values: MonitorSeries['values'][number][] }>()
  for (const { device, sign, last } of stretches) {
    const key = `${sign} ${device}`
    const series = found.get(key) ?? { device, sign, values: [] }
    series.values.push([last.atMs, last.value, last.doubted ? 1 : 0])
    found.set(key, series)
  }
  return [...found.values()]
}

/**
 * The newest values that monitors had sent by an instant, as a screen had them then. Pure.
 *
 * @example samplesAt(series, Date.parse('2026-11-24T15:31:00Z')).spo2Percent?.value // 97
 */
export function samplesAt(series: readonly MonitorSeries[], atMs: number): SessionSamples {
  const found: Partial<Record<MonitoredSign, LiveValue>> = {}
  for (const { sign, device, values } of series) {
    const newest = values.findLast(([measuredMs]) => measuredMs <= atMs)
    if (!newest) continue
    const [measuredMs, value, doubted] = newest
    const before = found[sign]
    if (before && before.atMs >= measuredMs) continue
    found[sign] = { value, atMs: measuredMs, quality: doubted ? 'questionable' : 'ok', device }
  }
  return found
}

/** The lowest or highest value of a sign from an instant on, and who measured it; undefined where no monitor did. */
export function monitorExtreme(
  stretches: readonly MonitorStretch[],
  sign: MonitoredSign,
  which: 'low' | 'high',
  fromMs: number,
): (MonitorValue & { readonly device: string }) | undefined {
  let extreme: (MonitorValue & { readonly device: string }) | undefined
  for (const stretch of stretches) {
    if (stretch.sign !== sign) continue
    const { device } = stretch
    // Of the stretch in which the dose began only what was measured after that counts.
    for (const each of [stretch[which], stretch.last]) {
      if (each.atMs < fromMs) continue
      const further = !extreme || (which === 'low' ? each.value < extreme.value : each.value > extreme.value)
      if (further) extreme = { ...each, device }
    }
  }
  return extreme
}

/** The diastolic pressure that a monitor measured together with a systolic one. */
export function measuredWith(
  stretches: readonly MonitorStretch[],
  sign: MonitoredSign,
  { atMs, device }: { readonly atMs: number; readonly device: string },
): number | undefined {
  for (const stretch of stretches) {
    if (stretch.sign !== sign || stretch.device !== device) continue
    for (const each of [stretch.high, stretch.last, stretch.low]) if (each.atMs === atMs) return each.value
  }
  return undefined
}
