import { linearScale, px, roundTicks } from './chart-scale.ts'
import { TwoSizes } from './two-sizes.tsx'

/** One answered questionnaire. An undefined score is one that was not finished: shown as such, never as zero. */
export interface ScorePoint {
  /** Days since the first point or the first session; may be negative. */
  readonly day: number
  readonly score: number | undefined
}

/**
 * A person's scores over time, with sessions as marked verticals and the instrument's bands named at the side.
 *
 * @param alt what the picture says, in a sentence or two
 * @param scoreLabel name of the score and its range, for example `PHQ-9, 0 to 27`
 * @param range lowest and highest possible score
 * @param bands named parts of the range, for example 10 to 14 `moderate`; drawn as thin lines with the name
 * @param sessions days of sessions, each with a short label such as `1`
 * @param dayLabel name of the time axis
 * @param ticks places on the time axis with their words; default every few days as figures
 * @param lowerIsBetter adds the direction in words beside the score's name
 */
export function ScoreChart({
  points,
  sessions = [],
  range,
  bands = [],
  scoreLabel,
  dayLabel,
  alt,
  ticks,
  lowerIsBetter,
}: {
  points: readonly ScorePoint[]
  sessions?: readonly { day: number; label: string }[]
  range: readonly [number, number]
  bands?: readonly { from: number; label: string }[]
  scoreLabel: string
  dayLabel: string
  alt: string
  ticks?: readonly { day: number; label: string }[]
  lowerIsBetter?: boolean
}) {
  return (
    <TwoSizes
      draw={({ widthPx, narrow }) => {
        const left = 36
        const right = 20 + 7 * Math.max(0, ...bands.map(({ label }) => label.length))
        const top = 58
        const bottom = top + (narrow ? 170 : 210)
        const days = [...points, ...sessions].map(({ day }) => day)
        const firstDay = Math.min(0, ...days)
        const lastDay = Math.max(firstDay + 1, ...days)
        const x = linearScale([firstDay, lastDay], [left + 8, widthPx - right - 8])
        const y = linearScale(range, [bottom, top])
        const known = points.filter(
          (point): point is { day: number; score: number } => point.score !== undefined,
        )
        const last = known[known.length - 1]
        const tickList =
          ticks ?? roundTicks(firstDay, lastDay, narrow ? 5 : 8).map((day) => ({ day, label: String(day) }))
        return (
          <svg className="chart" viewBox={`0 0 ${widthPx} ${bottom + 48}`} role="img" aria-label={alt}>
            <text className="chart-text chart-strong" x={0} y={14}>
              {scoreLabel}
              {lowerIsBetter && ' · lower is better'}
            </text>
            <path className="chart-axis" d={`M${left} ${bottom} H${widthPx - right}`} />
            {[range[0], range[1]].map((value) => (
              <text key={value} className="chart-text chart-end" x={left - 6} y={px(y(value)) + 4}>
                {value}
              </text>
            ))}
            {bands.map((band) => (
              <g key={band.label}>
                {band.from > range[0] && (
                  <>
                    <path className="chart-grid" d={`M${left} ${px(y(band.from))} H${widthPx - right}`} />
                    <text className="chart-text chart-end chart-quiet" x={left - 6} y={px(y(band.from)) + 4}>
                      {band.from}
                    </text>
                  </>
                )}
                <text className="chart-text chart-quiet" x={widthPx - right + 8} y={px(y(band.from)) - 5}>
                  {band.label}
                </text>
              </g>
            ))}
            {sessions.map((session) => (
              <g key={`${session.day} ${session.label}`} className="chart-session">
                <path className="chart-session-line" d={`M${px(x(session.day))} ${top - 12} V${bottom}`} />
                <circle className="chart-session-mark" cx={px(x(session.day))} cy={top - 20} r={9} />
                <text
                  className="chart-text chart-middle chart-session-text"
                  x={px(x(session.day))}
                  y={top - 16}
                >
                  {session.label}
                </text>
              </g>
            ))}
            {sessions.length > 0 && (
              <text className="chart-text chart-quiet chart-end" x={widthPx} y={14}>
                ○ session
              </text>
            )}
            <path
              className="chart-line series-1"
              d={runs(points)
                .map((run) => `M${run.map(({ day, score }) => `${px(x(day))} ${px(y(score))}`).join(' L')}`)
                .join(' ')}
            />
            {points.map(({ day, score }) =>
              score === undefined ? (
                <path
                  key={day}
                  className="chart-open"
                  d={`M${px(x(day)) - 4} ${bottom - 8} l8 8 m0 -8 l-8 8`}
                />
              ) : (
                <circle key={day} className="chart-dot series-1" cx={px(x(day))} cy={px(y(score))} r={4} />
              ),
            )}
            {last !== undefined && (
              <text
                className="chart-text chart-label chart-halo chart-middle series-1"
                x={px(x(last.day))}
                y={px(y(last.score)) - 10}
              >
                {last.score}
              </text>
            )}
            {tickList.map((tick) => (
              <g key={tick.day}>
                <path className="chart-axis" d={`M${px(x(tick.day))} ${bottom} v5`} />
                <text className="chart-text chart-middle" x={px(x(tick.day))} y={bottom + 20}>
                  {tick.label}
                </text>
              </g>
            ))}
            <text className="chart-text chart-quiet" x={left} y={bottom + 40}>
              {dayLabel}
              {known.length < points.length && ' · × not finished'}
            </text>
          </svg>
        )
      }}
    />
  )
}

/** Splits at unfinished questionnaires, so that no line is drawn across what nobody knows. */
function runs(points: readonly ScorePoint[]): { day: number; score: number }[][] {
  const result: { day: number; score: number }[][] = []
  let run: { day: number; score: number }[] = []
  for (const { day, score } of points) {
    if (score !== undefined) run.push({ day, score })
    else if (run.length > 0) {
      result.push(run)
      run = []
    }
  }
  return run.length > 0 ? [...result, run] : result
}
