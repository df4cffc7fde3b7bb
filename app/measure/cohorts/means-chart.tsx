import { linearScale, px, roundTicks, spreadLabels } from '../../ui/charts/chart-scale.ts'
import { TwoSizes } from '../../ui/charts/two-sizes.tsx'
import type { MeanLine } from './cohort-block.ts'

const TOP_PX = 34
const LABEL_GAP_PX = 16

/**
 * Means over visits, one line a group with its own dash and mark, each mean with its interval as a stroke.
 *
 * @param lines up to four; points ascending by visit
 * @param alt what the picture says
 */
export function MeansChart({
  lines,
  alt,
  scoreLabel,
  visitLabel,
}: {
  lines: readonly MeanLine[]
  alt: string
  scoreLabel: string
  visitLabel: string
}) {
  const values = lines.flatMap(({ points }) =>
    points.flatMap(({ mean, lower, upper }) => [mean, lower ?? mean, upper ?? mean]),
  )
  const visits = [...new Set(lines.flatMap(({ points }) => points.map(({ visit }) => visit)))].sort(
    (a, b) => a - b,
  )
  if (values.length === 0 || visits.length === 0) return null
  const low = Math.min(...values)
  const high = Math.max(...values)
  const room = (high - low || 1) * 0.06
  return (
    <TwoSizes
      draw={({ widthPx, narrow }) => {
        const left = 44
        const right = narrow ? 14 : 190
        const bottom = TOP_PX + (narrow ? 200 : 240)
        const spread = (visits.at(-1)! - visits[0]! || 1) * 0.04
        const x = linearScale([visits[0]! - spread, visits.at(-1)! + spread], [left, widthPx - right])
        const y = linearScale([low - room, high + room], [bottom, TOP_PX])
        // Side by side, so that the intervals of two groups at one visit do not cover one another.
        const shift = (at: number) => (at - (lines.length - 1) / 2) * 5
        const ends = spreadLabels(
          lines.map(({ points }) => y(points.at(-1)?.mean ?? high)),
          LABEL_GAP_PX,
          [TOP_PX + 4, bottom],
        )
        const legendPx = narrow ? lines.length * 20 : 0
        const shownVisits = visits.filter((_, at) => at % Math.ceil(visits.length / (narrow ? 6 : 12)) === 0)
        return (
          <svg
            className="chart"
            viewBox={`0 0 ${widthPx} ${bottom + 48 + legendPx}`}
            role="img"
            aria-label={alt}
          >
            <text className="chart-text chart-strong" x={0} y={14}>
              {scoreLabel}
            </text>
            {roundTicks(low - room, high + room, 8).map((tick) => (
              <g key={tick}>
                <path className="chart-grid" d={`M${left} ${px(y(tick))} H${widthPx - right}`} />
                <text className="chart-text chart-end" x={left - 8} y={px(y(tick)) + 4}>
                  {String(tick).replace('-', '−')}
                </text>
              </g>
            ))}
            <path className="chart-axis" d={`M${left} ${bottom} H${widthPx - right}`} />
            {shownVisits.map((visit) => (
              <text key={visit} className="chart-text chart-middle" x={px(x(visit))} y={bottom + 20}>
                {visit}
              </text>
            ))}
            <text className="chart-text chart-quiet" x={left} y={bottom + 40}>
              {visitLabel}
            </text>
            {lines.map(({ label, points }, at) => (
              <g key={label} className={`series-${at + 1}`}>
                <path
                  className="chart-line"
                  d={points
                    .map(
                      ({ visit, mean }, i) =>
                        `${i === 0 ? 'M' : 'L'}${px(x(visit) + shift(at))} ${px(y(mean))}`,
                    )
                    .join(' ')}
                />
                {points.map(({ visit, mean, lower, upper }) => (
                  <g key={visit}>
                    {lower !== undefined && upper !== undefined && (
                      <path
                        className="chart-span"
                        d={`M${px(x(visit) + shift(at))} ${px(y(lower))} V${px(y(upper))}`}
                      />
                    )}
                    <path className="chart-dot" d={mark(at, x(visit) + shift(at), y(mean))} />
                  </g>
                ))}
                {narrow ? (
                  <>
                    <path className="chart-dot" d={mark(at, left + 4, bottom + 58 + at * 20)} />
                    <text className="chart-text chart-label" x={left + 16} y={bottom + 62 + at * 20}>
                      {label}
                    </text>
                  </>
                ) : (
                  <text className="chart-text chart-label" x={widthPx - right + 12} y={px(ends[at]!) + 4}>
                    {label}
                  </text>
                )}
              </g>
            ))}
          </svg>
        )
      }}
    />
  )
}

/** A disc, square, diamond or triangle: groups are told apart without colour too. */
function mark(series: number, xPx: number, yPx: number): string {
  const [x, y] = [px(xPx), px(yPx)]
  if (series === 1) return `M${x - 4} ${y - 4} h8 v8 h-8 Z`
  if (series === 2) return `M${x} ${y - 6} l6 6 l-6 6 l-6 -6 Z`
  if (series === 3) return `M${x} ${y - 5} l5.5 9.5 h-11 Z`
  return `M${x - 4.5} ${y} a4.5 4.5 0 1 0 9 0 a4.5 4.5 0 1 0 -9 0 Z`
}
