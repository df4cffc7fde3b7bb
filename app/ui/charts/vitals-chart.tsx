import { linearScale, px, roundTicks, type Scale } from './chart-scale.ts'
import { TwoSizes } from './two-sizes.tsx'

/** One set of readings; what was not measured stays undefined and leaves a gap. */
export interface VitalsPoint {
  /** Minutes since the start of the session; negative before the dose. */
  readonly minute: number
  readonly systolicMmHg?: number
  readonly diastolicMmHg?: number
  readonly heartRatePerMin?: number
  readonly spo2Percent?: number
}

/** Where amber and red begin for one sign. */
export interface ChartLimits {
  readonly redLow?: number
  readonly amberLow?: number
  readonly amberHigh?: number
  readonly redHigh?: number
}

/**
 * Vital signs of one session as three small charts over the same minutes: blood pressure as bars from diastolic to
 * systolic, heart rate and oxygen saturation as lines; limits as labelled thin lines, events as verticals.
 *
 * @param alt what the picture says, in a sentence or two
 * @param limits amber and red limits of systolic pressure, heart rate and saturation
 * @param events for example `{ minute: 0, label: 'start' }`
 * @param startMinute left end of the axis; default the first reading or event, at most 0
 * @param endMinute right end of the axis; default the last reading or event
 */
export function VitalsChart({
  points,
  limits = {},
  events = [],
  startMinute,
  endMinute,
  alt,
}: {
  points: readonly VitalsPoint[]
  limits?: { systolicMmHg?: ChartLimits; heartRatePerMin?: ChartLimits; spo2Percent?: ChartLimits }
  events?: readonly { minute: number; label: string }[]
  startMinute?: number
  endMinute?: number
  alt: string
}) {
  const minutes = [...points, ...events].map(({ minute }) => minute)
  const first = startMinute ?? Math.min(0, ...minutes)
  const end = endMinute ?? Math.max(10, ...minutes)
  const panels: Omit<Panel, 'top' | 'height'>[] = [
    {
      label: 'Blood pressure',
      unit: 'mmHg',
      low: points.map((point) => ({ minute: point.minute, value: point.diastolicMmHg })),
      high: points.map((point) => ({ minute: point.minute, value: point.systolicMmHg })),
      limits: limits.systolicMmHg ?? {},
      atLeast: [60, 160],
      step: 20,
      most: Number.POSITIVE_INFINITY,
    },
    {
      label: 'Heart rate',
      unit: 'per min',
      high: points.map((point) => ({ minute: point.minute, value: point.heartRatePerMin })),
      limits: limits.heartRatePerMin ?? {},
      atLeast: [50, 110],
      step: 10,
      most: Number.POSITIVE_INFINITY,
    },
    {
      label: 'SpO₂',
      unit: '%',
      high: points.map((point) => ({ minute: point.minute, value: point.spo2Percent })),
      limits: limits.spo2Percent ?? {},
      atLeast: [90, 100],
      step: 5,
      most: 100,
    },
  ]
  return (
    <TwoSizes
      draw={({ widthPx, narrow }) => {
        const left = 40
        const right = narrow ? 60 : 78
        const heights = narrow ? [120, 80, 80] : [150, 96, 96]
        const gap = 46
        const x = linearScale([first, end], [left, widthPx - right])
        const heightPx = heights.reduce((sum, height) => sum + height + gap, firstPanelTop)
        const bottom = heightPx - gap
        return (
          <svg className="chart" viewBox={`0 0 ${widthPx} ${heightPx + 18}`} role="img" aria-label={alt}>
            {panels.map((panel, index) => {
              const height = heights[index] ?? 80
              const top = heights.slice(0, index).reduce((sum, each) => sum + each + gap, firstPanelTop)
              return (
                <PanelDrawing
                  key={panel.label}
                  panel={{ ...panel, top, height }}
                  x={x}
                  left={left}
                  edge={widthPx - right}
                />
              )
            })}
            {events.map((event) => (
              <g key={`${event.minute} ${event.label}`}>
                <path className="chart-event" d={eventPath(event.minute, heights, gap, x)} />
                <text
                  className="chart-text chart-middle chart-strong"
                  x={px(x(event.minute))}
                  y={bottom + 36}
                >
                  {event.label}
                </text>
              </g>
            ))}
            {roundTicks(first, end, narrow ? 5 : 8).map((tick) => (
              <text key={tick} className="chart-text chart-middle" x={px(x(tick))} y={bottom + 18}>
                {tick}
              </text>
            ))}
            <text className="chart-text chart-quiet" x={left} y={bottom + (events.length > 0 ? 56 : 38)}>
              Minutes since the start
            </text>
          </svg>
        )
      }}
    />
  )
}

/** Where the first panel begins: room for its name. */
const firstPanelTop = 28

/** A vertical through the panels, leaving their names free. */
function eventPath(minute: number, heightsPx: readonly number[], gapPx: number, x: Scale): string {
  let top = firstPanelTop
  let path = ''
  for (const height of heightsPx) {
    path += `M${px(x(minute))} ${top} v${height} `
    top += height + gapPx
  }
  return path.trim()
}

interface Value {
  readonly minute: number
  readonly value: number | undefined
}

interface Panel {
  readonly label: string
  readonly unit: string
  readonly low?: readonly Value[]
  readonly high: readonly Value[]
  readonly limits: ChartLimits
  /** Range that is always shown; it widens in steps when a reading lies outside, never beyond `most`. */
  readonly atLeast: readonly [number, number]
  readonly step: number
  readonly most: number
  readonly top: number
  readonly height: number
}

function PanelDrawing({ panel, x, left, edge }: { panel: Panel; x: Scale; left: number; edge: number }) {
  const values = [...(panel.low ?? []), ...panel.high].flatMap(({ value }) =>
    value === undefined ? [] : [value],
  )
  const bottom = panel.top + panel.height
  const domain = [
    Math.floor(Math.min(panel.atLeast[0], ...values.map((value) => value - 1)) / panel.step) * panel.step,
    Math.min(panel.most, Math.ceil(Math.max(panel.atLeast[1], ...values) / panel.step) * panel.step),
  ] as const
  const y = linearScale(domain, [bottom, panel.top])
  const last = lastReading(panel)
  const lines = limitLines(panel.limits).filter(({ at }) => at >= domain[0] && at <= domain[1])
  return (
    <g>
      <text className="chart-text" x={0} y={panel.top - 14}>
        <tspan className="chart-strong">{panel.label}</tspan>{' '}
        <tspan className="chart-quiet">{panel.unit}</tspan>
      </text>
      {domain.map((value) => (
        <text key={value} className="chart-text chart-end chart-quiet" x={left - 6} y={px(y(value)) + 4}>
          {value}
        </text>
      ))}
      <path className="chart-axis" d={`M${left} ${bottom} H${edge}`} />
      {lines.map(({ at, state }) => (
        <g key={`${state} ${at}`} className={`chart-limit chart-limit-${state}`}>
          <path className="chart-limit-line" d={`M${left} ${px(y(at))} H${edge}`} />
          <text className="chart-text chart-limit-text" x={edge + 5} y={px(y(at)) + 4}>
            {state} {at}
          </text>
        </g>
      ))}
      {panel.low === undefined ? (
        <>
          <path className="chart-line series-1" d={linePath(panel.high, x, y)} />
          {panel.high.map(
            ({ minute, value }) =>
              value !== undefined && (
                <circle
                  key={minute}
                  className="chart-dot series-1"
                  cx={px(x(minute))}
                  cy={px(y(value))}
                  r={3.5}
                />
              ),
          )}
        </>
      ) : (
        <path className="chart-line series-1" d={pressurePath(panel.high, panel.low, x, y)} />
      )}
      {last !== undefined && (
        <text
          className="chart-text chart-label chart-halo series-1"
          x={px(x(last.minute)) + 8}
          y={px(y(last.value)) + (last.value > (domain[0] + domain[1]) / 2 ? 14 : -6)}
        >
          {last.text}
        </text>
      )}
    </g>
  )
}

/** The newest reading with its words, for the label at the end of the line. */
function lastReading(panel: Panel): { minute: number; value: number; text: string } | undefined {
  const index = panel.high.findLastIndex(({ value }) => value !== undefined)
  const reading = panel.high[index]
  if (reading?.value === undefined) return undefined
  const beneath = panel.low === undefined ? '' : `/${panel.low[index]?.value ?? '–'}`
  return { minute: reading.minute, value: reading.value, text: `${reading.value}${beneath}` }
}

function limitLines(limits: ChartLimits): { at: number; state: 'amber' | 'red' }[] {
  const all = [
    { at: limits.redLow, state: 'red' as const },
    { at: limits.amberLow, state: 'amber' as const },
    { at: limits.amberHigh, state: 'amber' as const },
    { at: limits.redHigh, state: 'red' as const },
  ]
  return all.flatMap(({ at, state }) => (at === undefined ? [] : [{ at, state }]))
}

/** A line that breaks where nothing was measured. */
function linePath(values: readonly Value[], x: Scale, y: Scale): string {
  let path = ''
  let drawing = false
  for (const { minute, value } of values) {
    if (value !== undefined) path += `${drawing ? ' L' : ' M'}${px(x(minute))} ${px(y(value))}`
    drawing = value !== undefined
  }
  return path.trim()
}

/** A bar from diastolic to systolic with a tick at each end; a lone value keeps its tick. */
function pressurePath(high: readonly Value[], low: readonly Value[], x: Scale, y: Scale): string {
  return high
    .map(({ minute, value: systolic }, index) => {
      const diastolic = low[index]?.value
      const at = px(x(minute))
      const tick = (value: number | undefined) =>
        value === undefined ? '' : `M${at - 4} ${px(y(value))} h8 `
      const bar =
        systolic === undefined || diastolic === undefined
          ? ''
          : `M${at} ${px(y(systolic))} V${px(y(diastolic))} `
      return tick(systolic) + tick(diastolic) + bar
    })
    .join('')
    .trim()
}
