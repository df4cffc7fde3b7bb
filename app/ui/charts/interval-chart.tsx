import { linearScale, logScale, px, ratioTicks, roundTicks } from './chart-scale.ts'
import { TwoSizes } from './two-sizes.tsx'

/** One line of an `IntervalChart`: a value and how sure it is. All values in the chart's unit. */
export interface IntervalRow {
  readonly key: string
  readonly label: string
  /** Undefined is a value that may not be shown or is not known: its place holds the words of `instead`. */
  readonly value: number | undefined
  readonly lower?: number
  readonly upper?: number
  /** Stands at the right, for example `11 of 40`. */
  readonly beside?: string
  /** What stands where there is no value, for example `withheld`. */
  readonly instead?: string
  /** Colour and shape: 1 disc, 2 square, 3 diamond, 4 triangle. */
  readonly series?: 1 | 2 | 3 | 4
}

/** Rows that belong together, under their own heading. */
export interface IntervalGroup {
  readonly label?: string
  readonly rows: readonly IntervalRow[]
}

const ROW_PX = { wide: 30, narrow: 46 }
const HEAD_PX = 30

/**
 * Values with their intervals, one a row, along one scale: a mark, a line from the lower to the upper limit, the count
 * at the right.
 *
 * @param alt what the picture says, in a sentence or two; the numbers belong in the `Figure`'s table
 * @param valueLabel what the scale counts, for example `Without use`
 * @param range lowest and highest value of the scale; limits beyond it end in an arrow
 * @param unit `percent` writes 0.25 as 25%, `number` as it is, `ratio` too but on a logarithmic scale (range above 0)
 * @param reference a level to hold the rows against, with its word
 */
export function IntervalChart({
  groups,
  alt,
  valueLabel,
  range = [0, 1],
  unit = 'percent',
  reference,
}: {
  groups: readonly IntervalGroup[]
  alt: string
  valueLabel: string
  range?: readonly [number, number]
  unit?: 'percent' | 'number' | 'ratio'
  reference?: { readonly value: number; readonly label: string }
}) {
  return (
    <TwoSizes
      draw={({ widthPx, narrow }) => {
        const left = narrow ? 10 : 230
        const right = narrow ? 14 : 120
        const rowPx = narrow ? ROW_PX.narrow : ROW_PX.wide
        const top = reference ? 56 : 34
        const placed = placeRows(groups, top, rowPx)
        const bottom = top + placed.heightPx
        const x = (unit === 'ratio' ? logScale : linearScale)(range, [left, widthPx - right])
        const ticks =
          unit === 'percent'
            ? [0, 0.25, 0.5, 0.75, 1]
            : (unit === 'ratio' ? ratioTicks : roundTicks)(range[0], range[1], 6)
        const words = (value: number) => (unit === 'percent' ? `${Math.round(value * 100)}%` : String(value))
        return (
          <svg className="chart" viewBox={`0 0 ${widthPx} ${bottom + 30}`} role="img" aria-label={alt}>
            <text className="chart-text chart-strong" x={0} y={14}>
              {valueLabel}
            </text>
            {ticks.map((tick) => (
              <g key={tick}>
                <path className="chart-grid" d={`M${px(x(tick))} ${top} V${bottom}`} />
                <text className="chart-text chart-middle" x={px(x(tick))} y={bottom + 20}>
                  {words(tick)}
                </text>
              </g>
            ))}
            {reference !== undefined && (
              <>
                <path className="chart-threshold" d={`M${px(x(reference.value))} ${top - 8} V${bottom}`} />
                <text
                  className={`chart-text chart-quiet ${x(reference.value) > widthPx / 2 ? 'chart-end' : ''}`}
                  x={px(x(reference.value))}
                  y={top - 14}
                >
                  {reference.label}
                </text>
              </>
            )}
            {placed.heads.map(({ label, y }) => (
              <text key={label} className="chart-text chart-strong" x={0} y={y}>
                {label}
              </text>
            ))}
            {placed.rows.map(({ row, y, group }) => {
              const markY = narrow ? y + 32 : y + rowPx / 2
              return (
                <g key={`${group} ${row.key}`} className={`series-${row.series ?? 1}`}>
                  <text
                    className={`chart-text${narrow ? ' chart-halo' : ' chart-end'}`}
                    x={narrow ? 0 : left - 14}
                    y={narrow ? y + 16 : markY + 4}
                  >
                    {row.label}
                  </text>
                  <text
                    className={`chart-text chart-quiet chart-figure ${narrow ? 'chart-end chart-halo' : ''}`}
                    x={narrow ? widthPx : widthPx - right + 14}
                    y={narrow ? y + 16 : markY + 4}
                  >
                    {row.beside}
                  </text>
                  {row.value === undefined ? (
                    <text className="chart-text chart-quiet chart-halo" x={left} y={markY + 4}>
                      {row.instead ?? 'not known'}
                    </text>
                  ) : (
                    <>
                      <path className="chart-span" d={spanPath(row, range, x, markY)} />
                      <path className="chart-dot" d={markPath(row.series ?? 1, x(row.value), markY)} />
                    </>
                  )}
                </g>
              )
            })}
            <path className="chart-axis" d={`M${left} ${bottom} H${widthPx - right}`} />
          </svg>
        )
      }}
    />
  )
}

function placeRows(groups: readonly IntervalGroup[], top: number, rowPx: number) {
  const heads: { label: string; y: number }[] = []
  const rows: { row: IntervalRow; group: number; y: number }[] = []
  let y = top
  groups.forEach((group, index) => {
    if (group.label !== undefined) {
      heads.push({ label: group.label, y: y + 20 })
      y += HEAD_PX
    }
    for (const row of group.rows) {
      rows.push({ row, group: index, y })
      y += rowPx
    }
  })
  return { heads, rows, heightPx: y - top + 6 }
}

/** From the lower to the upper limit with a short stroke at each end; an arrow where the limit lies beyond the scale. */
function spanPath(
  { lower, upper }: IntervalRow,
  [low, high]: readonly [number, number],
  x: (value: number) => number,
  y: number,
): string {
  if (lower === undefined || upper === undefined) return ''
  const from = px(x(Math.max(low, lower)))
  const to = px(x(Math.min(high, upper)))
  const start =
    lower < low ? `M${from + 5} ${y - 4} L${from} ${y} L${from + 5} ${y + 4}` : `M${from} ${y - 4} v8`
  const end = upper > high ? `M${to - 5} ${y - 4} L${to} ${y} L${to - 5} ${y + 4}` : `M${to} ${y - 4} v8`
  return `M${from} ${y} H${to} ${start} ${end}`
}

/** Told apart by shape besides colour. */
export function markPath(series: 1 | 2 | 3 | 4, atX: number, atY: number): string {
  const [x, y] = [px(atX), px(atY)]
  switch (series) {
    case 1:
      return `M${x - 5} ${y} a5 5 0 1 0 10 0 a5 5 0 1 0 -10 0 Z`
    case 2:
      return `M${x - 4.5} ${y - 4.5} h9 v9 h-9 Z`
    case 3:
      return `M${x} ${y - 6} l6 6 l-6 6 l-6 -6 Z`
    case 4:
      return `M${x} ${y - 6} l6 10 h-12 Z`
  }
}
