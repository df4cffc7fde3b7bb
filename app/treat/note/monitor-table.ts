import { type MonitoredSign, vitalSignNames } from '@evenkeel/vital-signs'
import type { PdfBlock } from '../../platform/pdf-block.ts'
import { MINUTE_MS } from '../../platform/time.ts'
import type { MonitorStretch, MonitorValue } from '../monitors/monitor-stretches.ts'

const SIGNS = [
  'systolicMmHg',
  'diastolicMmHg',
  'heartRatePerMin',
  'spo2Percent',
  'respiratoryRatePerMin',
] as const satisfies readonly MonitoredSign[]

/** A session of any length prints on about two pages. */
const MOST_ROWS = 60
const STEPS_MIN = [1, 5, 15, 30, 60, 120] as const

/**
 * What monitors measured, for the printed record: a row for each minute, or for as many as make the table short enough, with the
 * lowest and the highest value in it, so that no extreme is lost between two rows. Pure.
 *
 * @returns nothing where no monitor measured anything
 */
export function monitorTable(
  stretches: readonly MonitorStretch[],
  time: (instant: string) => string,
): PdfBlock[] {
  const measured = stretches.filter(({ sign }) => (SIGNS as readonly string[]).includes(sign))
  if (measured.length === 0) return []
  const rowsOf = (minutes: number) =>
    Map.groupBy(measured, ({ fromMs }) => Math.floor(fromMs / (minutes * MINUTE_MS)))
  const minutes = STEPS_MIN.find((each) => rowsOf(each).size <= MOST_ROWS) ?? STEPS_MIN.at(-1)!
  const rows = [...rowsOf(minutes)].sort(([a], [b]) => a - b)
  const devices = [...new Set(measured.map(({ device }) => device))].sort()
  const doubted = measured.some(({ last, low, high }) => [last, low, high].some((each) => each.doubted))
  const every = minutes === 1 ? 'minute' : `${minutes} minutes`
  return [
    {
      kind: 'table',
      caption: `By monitor (${devices.join(', ')}): lowest to highest of each ${every} in which one measured; a dash was not measured${doubted ? '; ? was doubted by the monitor itself' : ''}`,
      columns: [
        { title: 'Monitor' },
        ...SIGNS.map((sign) => ({ title: vitalSignNames[sign].short, align: 'right' as const })),
      ],
      rows: rows.map(([place, each]) => [
        time(new Date(place * minutes * MINUTE_MS).toISOString()),
        ...SIGNS.map((sign) => rangeOf(each.filter((stretch) => stretch.sign === sign))),
      ]),
    },
  ]
}

function rangeOf(stretches: readonly MonitorStretch[]): string {
  if (stretches.length === 0) return '–'
  const values: MonitorValue[] = stretches.flatMap(({ low, high, last }) => [low, high, last])
  const [low, high] = [
    Math.min(...values.map(({ value }) => value)),
    Math.max(...values.map(({ value }) => value)),
  ]
  const mark = values.some(({ doubted }) => doubted) ? '?' : ''
  return `${low === high ? low : `${low} to ${high}`}${mark}`
}
