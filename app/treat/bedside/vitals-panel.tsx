import { type State, type VitalSign, vitalSignNames } from '@evenkeel/vital-signs'
import { memo } from 'react'
import {
  type ChartLimits,
  DataTable,
  EmptyState,
  Figure,
  type StateKind,
  VitalsChart,
} from '../../ui/index.ts'
import type { AxisEvent, SessionAxis } from '../course/session-axis.ts'
import { readingWords } from '../session/event-words.ts'
import type { SessionState } from '../session/session.ts'
import { readingState, sessionLimits } from '../session/session-vitals.ts'

export const STATE_KIND: Readonly<Record<State, StateKind>> = {
  within: 'calm',
  amber: 'amber',
  red: 'red',
  unknown: 'unknown',
}

const SHOWN: readonly VitalSign[] = [
  'systolicMmHg',
  'diastolicMmHg',
  'heartRatePerMin',
  'spo2Percent',
  'respiratoryRatePerMin',
  'moaas',
]

/** The course of the session as a picture and as a table. */
export const VitalsCourse = memo(function VitalsCourse({
  state,
  axis,
  events,
  clock,
}: {
  state: SessionState
  /** The minutes shared with the other pictures of this session; undefined before there is anything to draw. */
  axis: SessionAxis | undefined
  events: readonly AxisEvent[]
  clock: (instant: string) => string
}) {
  const { readings } = state
  if (readings.length === 0 || !axis) {
    return (
      <EmptyState title="No readings yet">Each reading appears here with the limits beside it.</EmptyState>
    )
  }
  const minute = (instant: string) => Math.round((Date.parse(instant) - axis.zeroMs) / 6_000) / 10
  const value = (given: number | null | undefined) => (typeof given === 'number' ? given : undefined)
  const points = readings.map(({ at, values }) => ({
    minute: minute(at),
    ...defined('systolicMmHg', value(values.systolicMmHg)),
    ...defined('diastolicMmHg', value(values.diastolicMmHg)),
    ...defined('heartRatePerMin', value(values.heartRatePerMin)),
    ...defined('spo2Percent', value(values.spo2Percent)),
  }))
  const last = readings[readings.length - 1]!
  return (
    <Figure
      title="Measured in this session"
      definition={`Limits of ${sessionLimits.version}: ${sessionLimits.origin}. Pressures are also judged against the person’s own first reading.`}
      tableLabel="The readings as a table"
      table={<CourseTable state={state} clock={clock} />}
    >
      <VitalsChart
        points={points}
        events={events}
        startMinute={axis.startMinute}
        endMinute={axis.endMinute}
        limits={{
          // Only the upper limits: a lower systolic line would cross every normal diastolic value.
          systolicMmHg: upperOnly(chartLimits('systolicMmHg')),
          heartRatePerMin: chartLimits('heartRatePerMin'),
          spo2Percent: chartLimits('spo2Percent'),
        }}
        alt={`${readings.length} readings; the last at ${clock(last.at)}: ${readingWords(last.values)}`}
      />
    </Figure>
  )
})

function CourseTable({ state, clock }: { state: SessionState; clock: (instant: string) => string }) {
  const figure = (sign: VitalSign) => ({
    key: sign,
    head: vitalSignNames[sign].short,
    unit: vitalSignNames[sign].unit,
    align: 'figure' as const,
    cell: (row: SessionState['readings'][number]) => row.values[sign] ?? 'unknown',
  })
  return (
    <DataTable
      caption="Readings by bedside time"
      captionHidden
      rows={state.readings}
      rowKey={(row) => row.eventId}
      rowTone={(row) => STATE_KIND[readingState(state, row)]}
      empty={null}
      columns={[
        { key: 'at', head: 'Time', names: true, cell: (row) => clock(row.at) },
        ...SHOWN.map(figure),
        { key: 'state', head: 'State', cell: (row) => readingState(state, row) },
      ]}
    />
  )
}

function defined<Name extends string>(name: Name, value: number | undefined) {
  return (value === undefined ? {} : { [name]: value }) as { [Key in Name]?: number }
}

/** Where amber and red begin for a sign, from the absolute limits that hold at once. */
function upperOnly({ amberHigh, redHigh }: ChartLimits): ChartLimits {
  return { amberHigh, redHigh }
}

function chartLimits(sign: VitalSign): ChartLimits {
  const limits: { redLow?: number; amberLow?: number; amberHigh?: number; redHigh?: number } = {}
  for (const { sign: of, level, when, heldForMs } of sessionLimits.rules) {
    if (of !== sign || heldForMs !== undefined || !('value' in when)) continue
    const side = when.is === 'at-least' || when.is === 'above' ? 'High' : 'Low'
    limits[`${level}${side}`] = when.value
  }
  return limits
}
