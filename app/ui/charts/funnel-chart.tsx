import { linearScale, px, roundTicks } from './chart-scale.ts'
import { markPath } from './interval-chart.tsx'
import { TwoSizes } from './two-sizes.tsx'

/** One unit (a site, a clinician) of a `FunnelChart`. */
export interface FunnelUnit {
  readonly label: string
  /** People. */
  readonly n: number
  /** 0 to 1. */
  readonly share: number
  /** Where it lies: within both limits, between them, or beyond the outer ones. */
  readonly place: 'within' | 'between' | 'beyond'
  /** Named although it lies within; what lies outside always is. The others would cover each other. */
  readonly named?: boolean
}

/** Limits at one size, 0 to 1. */
export interface FunnelLine {
  readonly n: number
  readonly lower95: number
  readonly upper95: number
  readonly lower998: number
  readonly upper998: number
}

/**
 * Units by size and share around a common level, with limits between which units lie that only chance sets apart.
 * What lies outside is told by shape and word, not by colour alone.
 *
 * @param alt what the picture says, in a sentence or two; the numbers belong in the `Figure`'s table
 * @param lines limits at growing sizes
 * @param target the common level, 0 to 1
 */
export function FunnelChart({
  units,
  lines,
  target,
  alt,
  shareLabel,
  sizeLabel,
}: {
  units: readonly FunnelUnit[]
  lines: readonly FunnelLine[]
  target: number
  alt: string
  shareLabel: string
  sizeLabel: string
}) {
  return (
    <TwoSizes
      draw={({ widthPx, narrow }) => {
        const left = 48
        const right = narrow ? 14 : 130
        const top = 34
        const bottom = top + (narrow ? 220 : 300)
        const most = Math.max(1, ...lines.map(({ n }) => n), ...units.map(({ n }) => n))
        const x = linearScale([0, most], [left, widthPx - right])
        const y = linearScale([0, 1], [bottom, top])
        const path = (share: (line: FunnelLine) => number) =>
          lines
            .map((line, at) => `${at === 0 ? 'M' : 'L'}${px(x(line.n))} ${px(y(clamp(share(line))))}`)
            .join(' ')
        const end = lines.at(-1)
        return (
          <svg className="chart" viewBox={`0 0 ${widthPx} ${bottom + 48}`} role="img" aria-label={alt}>
            <text className="chart-text chart-strong" x={0} y={14}>
              {shareLabel}
            </text>
            {[0, 0.25, 0.5, 0.75, 1].map((share) => (
              <g key={share}>
                <path
                  className={share === 0 ? 'chart-axis' : 'chart-grid'}
                  d={`M${left} ${px(y(share))} H${widthPx - right}`}
                />
                <text className="chart-text chart-end" x={left - 8} y={px(y(share)) + 4}>
                  {Math.round(share * 100)}%
                </text>
              </g>
            ))}
            {roundTicks(0, most, narrow ? 5 : 8).map((tick) => (
              <g key={tick}>
                <path className="chart-axis" d={`M${px(x(tick))} ${bottom} v5`} />
                <text className="chart-text chart-middle" x={px(x(tick))} y={bottom + 20}>
                  {tick}
                </text>
              </g>
            ))}
            <text className="chart-text chart-quiet" x={left} y={bottom + 40}>
              {sizeLabel}
              {narrow && ' · dashes: 95 % limits, dots: 99.8 %'}
            </text>
            <path className="chart-axis" d={`M${left} ${px(y(target))} H${widthPx - right}`} />
            <g className="series-2">
              <path className="chart-line" d={`${path((l) => l.lower95)} ${path((l) => l.upper95)}`} />
            </g>
            <g className="series-3">
              <path className="chart-line" d={`${path((l) => l.lower998)} ${path((l) => l.upper998)}`} />
            </g>
            {!narrow && end !== undefined && (
              <>
                <text className="chart-text chart-quiet" x={px(x(end.n)) + 8} y={px(y(target)) + 4}>
                  together
                </text>
                <text
                  className="chart-text chart-label series-2"
                  x={px(x(end.n)) + 8}
                  y={px(y(clamp(end.upper95))) + 10}
                >
                  95 % limits
                </text>
                <text
                  className="chart-text chart-label series-3"
                  x={px(x(end.n)) + 8}
                  y={px(y(clamp(end.upper998))) - 6}
                >
                  99.8 % limits
                </text>
              </>
            )}
            {units.map((unit) => (
              <g key={unit.label} className="series-1">
                <path
                  className={unit.place === 'within' ? 'chart-dot' : 'chart-dot chart-dot-outside'}
                  d={markPath(unit.place === 'within' ? 1 : 3, x(unit.n), y(unit.share))}
                />
                {(unit.named || unit.place !== 'within') && (
                  <text
                    className={`chart-text chart-halo${unit.n > most * 0.8 ? ' chart-end' : ''}`}
                    x={px(x(unit.n)) + (unit.n > most * 0.8 ? -9 : 9)}
                    y={px(y(unit.share)) + 4}
                  >
                    {unit.label}
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

/** Limits of small units may lie beyond what a share can be. */
function clamp(share: number): number {
  return Math.min(1, Math.max(0, share))
}
