import { classNames } from '../class-names.ts'
import { linearScale, px, roundTicks, type Scale, spreadLabels } from './chart-scale.ts'
import { TwoSizes } from './two-sizes.tsx'

/** One course of a concentration. All arrays have the length of `minutes`. */
export interface ConcentrationLine {
  readonly key: string
  /** Stands at the line's end; name the site of sampling here when the chart holds more than one. */
  readonly label: string
  /** Minutes since the start, ascending. */
  readonly minutes: ArrayLike<number>
  /** ng/mL. */
  readonly ngPerMl: ArrayLike<number>
  /** Between what people lie, ng/mL. */
  readonly band?: { readonly low: ArrayLike<number>; readonly high: ArrayLike<number> }
  /** Colour and dash: 1 solid, 2 long dashes, 3 short dashes, 4 dash and dot. */
  readonly series: 1 | 2 | 3 | 4
  /** From this minute on the line is what would come, not what was: drawn faint. */
  readonly plannedFromMinute?: number
}

/** A stretch in which the drug is given. */
export interface GivenStretch {
  readonly fromMinute: number
  /** The same as `fromMinute` for a dose given at once. */
  readonly toMinute: number
}

/**
 * Predicted concentrations over a session: lines with bands, labelled where they end, and when the drug was given as a
 * strip beneath. Its edges lie where those of `VitalsChart` lie, so that both stand over the same minutes.
 *
 * @param alt what the picture says, in a sentence or two; the numbers belong in the `Figure`'s table
 * @param heading what is drawn, above the axis, for example `Ketamine in blood`
 * @param startMinute left edge; default the first minute of the lines
 * @param endMinute right edge; default the last minute of the lines
 * @param mostNgPerMl upper edge of the axis where several pictures are to be compared; default what the lines need
 * @param threshold a level to be held against the lines
 * @param events verticals, for example `{ minute: 40, label: 'end' }`
 * @param given when the drug was or will be given
 * @param nowMinute a solid vertical at the present or chosen minute
 * @param labels `edge` keeps the edges of `VitalsChart` (short labels); `wide` leaves room for words on a desk
 */
export function ConcentrationChart({
  lines,
  alt,
  heading = 'Ketamine',
  startMinute,
  endMinute,
  mostNgPerMl,
  threshold,
  events = [],
  given = [],
  nowMinute,
  timeLabel = 'Minutes since the start',
  labels = 'edge',
}: {
  lines: readonly ConcentrationLine[]
  alt: string
  heading?: string
  startMinute?: number
  endMinute?: number
  mostNgPerMl?: number
  threshold?: { readonly ngPerMl: number; readonly label: string }
  events?: readonly { readonly minute: number; readonly label: string }[]
  given?: readonly GivenStretch[]
  nowMinute?: number
  timeLabel?: string
  labels?: 'edge' | 'wide'
}) {
  const from = startMinute ?? Math.min(0, ...lines.map(({ minutes }) => minutes[0] ?? 0))
  const to = endMinute ?? Math.max(10, ...lines.map(({ minutes }) => minutes[minutes.length - 1] ?? 0))
  const most = mostNgPerMl ?? Math.max(highest(lines, from, to), threshold?.ngPerMl ?? 0)
  return (
    <TwoSizes
      draw={({ widthPx, narrow }) => {
        const left = 40
        const right = labels === 'edge' ? (narrow ? 60 : 78) : narrow ? 14 : 150
        const top = 32
        const bottom = top + (narrow ? 200 : 260)
        const x = linearScale([from, to], [left, widthPx - right])
        const ticks = roundTicks(0, Math.max(10, most), 5)
        const step = (ticks[1] ?? 10) - (ticks[0] ?? 0)
        const y = linearScale([0, Math.ceil(Math.max(10, most) / step) * step], [bottom, top])
        const axisTicks = roundTicks(0, Math.ceil(Math.max(10, most) / step) * step, 6)
        const strip = given.length > 0 ? 14 : 0
        const heightPx = bottom + strip + (events.length > 0 ? 64 : 46)
        const inside = labels === 'wide' && narrow
        return (
          <svg className="chart" viewBox={`0 0 ${widthPx} ${heightPx}`} role="img" aria-label={alt}>
            <text className="chart-text" x={0} y={14}>
              <tspan className="chart-strong">{heading}</tspan> <tspan className="chart-quiet">ng/mL</tspan>
            </text>
            {axisTicks.map((tick) => (
              <g key={tick}>
                <path
                  className={tick === 0 ? 'chart-axis' : 'chart-grid'}
                  d={`M${left} ${px(y(tick))} H${widthPx - right}`}
                />
                <text className="chart-text chart-end chart-quiet" x={left - 6} y={px(y(tick)) + 4}>
                  {tick}
                </text>
              </g>
            ))}
            {lines.map(
              (line) =>
                line.band && (
                  <path
                    key={line.key}
                    className={`chart-band series-${line.series}`}
                    d={bandPath(line.minutes, line.band, [from, to], x, y)}
                  />
                ),
            )}
            {threshold && (
              <path
                className="chart-threshold"
                d={`M${left} ${px(y(threshold.ngPerMl))} H${widthPx - right}`}
              />
            )}
            {events.map((event) => (
              <g key={`${event.minute} ${event.label}`}>
                <path className="chart-event" d={`M${px(x(event.minute))} ${top} V${bottom}`} />
                <text
                  className="chart-text chart-middle chart-strong"
                  x={px(x(event.minute))}
                  y={bottom + strip + 36}
                >
                  {event.label}
                </text>
              </g>
            ))}
            {lines.map((line) => (
              <Course key={line.key} line={line} edges={[from, to]} x={x} y={y} />
            ))}
            {nowMinute !== undefined && nowMinute >= from && nowMinute <= to && (
              <path className="chart-now" d={`M${px(x(nowMinute))} ${top - 6} V${bottom}`} />
            )}
            {given.map(({ fromMinute, toMinute }) => (
              <path
                key={`${fromMinute} ${toMinute}`}
                className="chart-given"
                d={`M${px(x(Math.max(from, fromMinute)))} ${bottom + 7} h${px(Math.max(3, x(Math.min(to, toMinute)) - x(Math.max(from, fromMinute))))}`}
              />
            ))}
            {roundTicks(from, to, narrow ? 5 : 8).map((tick) => (
              <text key={tick} className="chart-text chart-middle" x={px(x(tick))} y={bottom + strip + 18}>
                {tick}
              </text>
            ))}
            <text
              className="chart-text chart-quiet"
              x={left}
              y={bottom + strip + (events.length > 0 ? 56 : 38)}
            >
              {timeLabel}
              {given.length > 0 && '; the bar: drug is given'}
            </text>
            {threshold && (
              <text
                className="chart-text chart-quiet chart-halo chart-end"
                {...freePlace({
                  lines,
                  edges: [from, to],
                  x,
                  y,
                  lineY: y(threshold.ngPerMl),
                  label: threshold.label,
                  fromX: left,
                  toX: widthPx - right,
                  limitsPx: [inside ? top + 12 + lines.length * 18 : top, bottom],
                })}
              >
                {threshold.label}
              </text>
            )}
            <Labels lines={lines} edges={[from, to]} x={x} y={y} limitsPx={[top, bottom]} inside={inside} />
          </svg>
        )
      }}
    />
  )
}

type Edges = readonly [number, number]

/** What a line is called: beside its end or, where there is no room, above one another in the upper right, where levels have fallen. */
function Labels({
  lines,
  edges,
  x,
  y,
  limitsPx,
  inside,
}: {
  lines: readonly ConcentrationLine[]
  edges: Edges
  x: Scale
  y: Scale
  limitsPx: readonly [number, number]
  inside: boolean
}) {
  const ends = lines.map((line) => lastWithin(line, edges))
  const places = inside
    ? lines.map((_, index) => limitsPx[0] + 12 + index * 18)
    : spreadLabels(
        ends.map((end) => y(end.ngPerMl) + 4),
        16,
        [limitsPx[0] + 6, limitsPx[1] - 2],
      )
  return (
    <>
      {lines.map((line, index) => {
        const end = x(inside ? edges[1] : (ends[index]?.minute ?? 0))
        const baseline = px(places[index] ?? 0)
        return (
          <g key={line.key} className={`series-${line.series}`}>
            {inside && <path className="chart-line" d={`M${px(end - 22)} ${baseline - 4} h22`} />}
            <text
              className={classNames('chart-text chart-label chart-halo', inside && 'chart-end')}
              x={px(inside ? end - 28 : end + 6)}
              y={baseline}
            >
              {line.label}
            </text>
          </g>
        )
      })}
    </>
  )
}

/** Width of a character of `chart-text` at most, its height, and what stays free around it, in px. */
const CHARACTER_PX = 7.5
const TEXT_PX = 11
const AROUND_PX = 3

/**
 * Where a threshold's label stands: at the right edge above its line where no course runs through it, else beneath, else
 * further to the left. Where nothing is free it keeps the right edge, above.
 *
 * @param limitsPx highest and lowest y that text may take
 */
function freePlace({
  lines,
  edges,
  x,
  y,
  lineY,
  label,
  fromX,
  toX,
  limitsPx: [highest, lowest],
}: {
  lines: readonly ConcentrationLine[]
  edges: Edges
  x: Scale
  y: Scale
  lineY: number
  label: string
  fromX: number
  toX: number
  limitsPx: readonly [number, number]
}): { readonly x: number; readonly y: number } {
  const widthPx = label.length * CHARACTER_PX
  const baselines = [lineY - 5, lineY + TEXT_PX + 4].filter(
    (baseline) => baseline - TEXT_PX >= highest && baseline <= lowest,
  )
  for (let end = toX - 4; end - widthPx >= fromX; end -= 8) {
    for (const baseline of baselines) {
      const box = { left: end - widthPx, right: end, top: baseline - TEXT_PX, bottom: baseline + 2 }
      if (!lines.some((line) => runsThrough(line, edges, x, y, box))) return { x: px(end), y: px(baseline) }
    }
  }
  return { x: px(toX - 4), y: px(lineY - 5) }
}

/** Whether a course comes into a box of text, or near to it. */
function runsThrough(
  { minutes, ngPerMl }: ConcentrationLine,
  [from, to]: Edges,
  x: Scale,
  y: Scale,
  box: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number },
): boolean {
  for (let i = 1; i < minutes.length; i++) {
    if ((minutes[i - 1] ?? 0) < from || (minutes[i] ?? 0) > to) continue
    const [startX, endX] = [x(minutes[i - 1] ?? 0), x(minutes[i] ?? 0)]
    const [startY, endY] = [y(ngPerMl[i - 1] ?? 0), y(ngPerMl[i] ?? 0)]
    if (endX < box.left - AROUND_PX || startX > box.right + AROUND_PX) continue
    // The part of this stretch that lies over the box, not the whole stretch: few points may lie far apart.
    const at = (px: number) => startY + ((endY - startY) * (px - startX)) / (endX - startX || 1)
    const ys = [at(Math.max(startX, box.left - AROUND_PX)), at(Math.min(endX, box.right + AROUND_PX))]
    if (Math.max(...ys) >= box.top - AROUND_PX && Math.min(...ys) <= box.bottom + AROUND_PX) return true
  }
  return false
}

function Course({ line, edges, x, y }: { line: ConcentrationLine; edges: Edges; x: Scale; y: Scale }) {
  const split = line.plannedFromMinute ?? Number.POSITIVE_INFINITY
  const known = linePath(line, [edges[0], Math.min(split, edges[1])], x, y)
  // Both parts share the last known point, so that no gap opens between them.
  const joint = lastWithin(line, [edges[0], split]).minute
  const planned = split < edges[1] ? linePath(line, [Math.max(joint, edges[0]), edges[1]], x, y) : ''
  return (
    <g className={`series-${line.series}`}>
      {known && <path className="chart-line" d={known} />}
      {planned && <path className="chart-line chart-planned" d={planned} />}
    </g>
  )
}

function linePath({ minutes, ngPerMl }: ConcentrationLine, [from, to]: Edges, x: Scale, y: Scale): string {
  let path = ''
  for (let i = 0; i < minutes.length; i++) {
    const minute = minutes[i] ?? 0
    if (minute < from || minute > to) continue
    path += `${path ? 'L' : 'M'}${px(x(minute))} ${px(y(ngPerMl[i] ?? 0))}`
  }
  return path
}

function bandPath(
  minutes: ArrayLike<number>,
  band: NonNullable<ConcentrationLine['band']>,
  [from, to]: Edges,
  x: Scale,
  y: Scale,
): string {
  let above = ''
  let below = ''
  for (let i = 0; i < minutes.length; i++) {
    const minute = minutes[i] ?? 0
    if (minute < from || minute > to) continue
    above += `${above ? 'L' : 'M'}${px(x(minute))} ${px(y(band.high[i] ?? 0))}`
    below = `L${px(x(minute))} ${px(y(band.low[i] ?? 0))}${below}`
  }
  return above && `${above}${below}Z`
}

function lastWithin({ minutes, ngPerMl }: ConcentrationLine, [, to]: Edges) {
  for (let i = minutes.length - 1; i >= 0; i--) {
    const minute = minutes[i] ?? 0
    if (minute <= to) return { minute, ngPerMl: ngPerMl[i] ?? 0 }
  }
  return { minute: to, ngPerMl: 0 }
}

function highest(lines: readonly ConcentrationLine[], from: number, to: number): number {
  let most = 0
  for (const { minutes, ngPerMl, band } of lines) {
    for (let i = 0; i < minutes.length; i++) {
      const minute = minutes[i] ?? 0
      if (minute >= from && minute <= to) most = Math.max(most, band?.high[i] ?? 0, ngPerMl[i] ?? 0)
    }
  }
  return most
}
