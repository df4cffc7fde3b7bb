import { linearScale, px, roundTicks, type Scale, spreadLabels } from './chart-scale.ts'
import { bandPath, stepPath } from './step-path.ts'
import { TwoSizes } from './two-sizes.tsx'

/** One curve of a `SurvivalChart`; all times in the chart's unit, all probabilities from 0 to 1. */
export interface SurvivalGroup {
  readonly label: string
  /** People at the start. */
  readonly n: number
  /** Ascending by time. The curve starts at 1 at time 0 whether or not that step is listed. Bounds may be unknown. */
  readonly steps: readonly { time: number; survival: number; lower?: number; upper?: number }[]
  /** When people left observation without the event. */
  readonly censorTimes: readonly number[]
  /** How many were still observed just before a time; undefined is a count that may not be shown. */
  readonly atRisk: readonly { time: number; n: number | undefined }[]
  /** Where observation ends; default the last step or censoring. */
  readonly untilTime?: number
}

/**
 * Survival curves by step with bands, censoring marks, direct labels and the numbers at risk beneath the same places.
 *
 * @param alt what the picture says, in a sentence or two; the numbers belong in the `Figure`'s table
 * @param timeLabel name and unit of the time axis, for example `Days since the first session`
 * @param survivalLabel what the curve counts, for example `Not yet used again`
 * @param endTime right end of the axis; default the longest observation
 * @param ticks places on the time axis; default the times of the first group's `atRisk`, else a few round ones.
 *   A phone shows every second one when there are more than six
 * @param bandLabel what the band is, for example `Band: 95% confidence interval`
 */
export function SurvivalChart({
  groups,
  alt,
  timeLabel,
  survivalLabel,
  endTime,
  ticks,
  bandLabel,
}: {
  groups: readonly SurvivalGroup[]
  alt: string
  timeLabel: string
  survivalLabel: string
  endTime?: number
  ticks?: readonly number[]
  bandLabel?: string
}) {
  const end = endTime ?? Math.max(1, ...groups.map(lastTime))
  return (
    <TwoSizes
      draw={({ widthPx, narrow }) => (
        <Drawing
          groups={groups}
          alt={alt}
          timeLabel={timeLabel}
          survivalLabel={survivalLabel}
          bandLabel={bandLabel}
          end={end}
          ticks={shownTicks(ticks ?? riskTimes(groups, end), end, narrow)}
          widthPx={widthPx}
          narrow={narrow}
        />
      )}
    />
  )
}

function Drawing({
  groups,
  alt,
  timeLabel,
  survivalLabel,
  bandLabel,
  end,
  ticks,
  widthPx,
  narrow,
}: {
  groups: readonly SurvivalGroup[]
  alt: string
  timeLabel: string
  survivalLabel: string
  bandLabel: string | undefined
  end: number
  ticks: readonly number[]
  widthPx: number
  narrow: boolean
}) {
  const left = 48
  const right = narrow ? 14 : 150
  const top = 34
  const plotHeight = narrow ? 210 : 300
  const bottom = top + plotHeight
  const axisHeight = 46
  const riskHead = bottom + axisHeight + 22
  const riskRow = 40
  const heightPx = riskHead + groups.length * riskRow + 6
  const x = linearScale([0, end], [left, widthPx - right])
  const y = linearScale([0, 1], [bottom, top])
  const curves = groups.map((group) => drawnCurve(group, end))
  // On a phone the label lies above its line's end, so it must clear the highest level beneath its own words.
  const wantedY = curves.map((curve, index) => {
    const labelPx = 7.5 * (groups[index]?.label.length ?? 0)
    const level = curve.steps.findLast(({ time }) => x(time) <= x(curve.until) - labelPx)?.value ?? 1
    return narrow ? y(level) - 8 : y(curve.lastValue)
  })
  // The names stand beneath with the same dash: on a phone long ones would only cover the lines.
  const named =
    !narrow ||
    groups.every(({ label }, index) => {
      const labelPx = 7.5 * label.length
      return labelPx <= x(curves[index]?.until ?? end) && (groups.length < 3 || labelPx < 120)
    })
  const labelY = spreadLabels(wantedY, 18, [top + 6, bottom - 6])
  // A curve that ends early has its name in the way of those that go on; beneath, all have theirs with their dash.
  const coversAnother = (index: number) => {
    const from = x(curves[index]!.until)
    const to = from + 8 + 7.5 * (groups[index]?.label.length ?? 0)
    return curves.some(
      (other, at) =>
        at !== index &&
        x(other.until) > from + 8 &&
        [
          ...other.steps.filter(({ time }) => x(time) > from && x(time) < to),
          levelAt(other, curves[index]!.until),
        ].some(({ value }) => Math.abs(y(value) - (labelY[index] ?? 0)) < 12),
    )
  }
  return (
    <svg className="chart" viewBox={`0 0 ${widthPx} ${heightPx}`} role="img" aria-label={alt}>
      <text className="chart-text chart-strong" x={0} y={14}>
        {survivalLabel}
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
      {ticks.map((tick) => (
        <g key={tick}>
          <path className="chart-axis" d={`M${px(x(tick))} ${bottom} V${bottom + 5}`} />
          <text className="chart-text chart-middle" x={px(x(tick))} y={bottom + 20}>
            {tick}
          </text>
        </g>
      ))}
      <text className="chart-text chart-quiet" x={left} y={bottom + 40}>
        {timeLabel}
      </text>
      {curves.map((curve, index) => (
        <path
          key={groups[index]?.label}
          className={`chart-band series-${index + 1}`}
          d={bandPath(curve.band, curve.bandUntil, x, y)}
        />
      ))}
      {curves.map((curve, index) => (
        <g key={groups[index]?.label} className={`series-${index + 1}`}>
          <path className="chart-line" d={stepPath(curve.steps, curve.until, x, y)} />
          <path className="chart-censor" d={censorMarks(curve, x, y)} />
        </g>
      ))}
      {(named ? groups : []).map((group, index) =>
        narrow || !coversAnother(index) ? (
          <text
            key={group.label}
            className={`chart-text chart-label chart-halo series-${index + 1}${narrow ? ' chart-end' : ''}`}
            x={narrow ? px(x(curves[index]?.until ?? end)) : px(x(curves[index]?.until ?? end)) + 8}
            y={px((labelY[index] ?? 0) + (narrow ? 0 : 4))}
          >
            {group.label}
          </text>
        ) : null,
      )}
      {bandLabel !== undefined && (
        <text className="chart-text chart-quiet chart-end" x={widthPx - right} y={narrow ? 28 : 14}>
          {bandLabel}
        </text>
      )}
      <text className="chart-text chart-strong" x={0} y={riskHead}>
        Still observed
      </text>
      {groups.map((group, index) => {
        const rowY = riskHead + 18 + index * riskRow
        return (
          <g key={group.label}>
            <g className={`series-${index + 1}`}>
              <path className="chart-line" d={`M0 ${rowY - 4} H22`} />
              <text className="chart-text chart-label" x={28} y={rowY}>
                {group.label} ({group.n} people at the start)
              </text>
            </g>
            {ticks.map((tick) => (
              <text key={tick} className="chart-text chart-middle chart-figure" x={px(x(tick))} y={rowY + 17}>
                {atRiskText(group, tick)}
              </text>
            ))}
          </g>
        )
      })}
    </svg>
  )
}

interface DrawnCurve {
  steps: { time: number; value: number }[]
  band: { time: number; lower: number; upper: number }[]
  censors: { time: number; value: number }[]
  bandUntil: number
  until: number
  lastValue: number
}

/** Puts the start at 1, cuts at the axis end and finds the level at each censoring. */
function drawnCurve(group: SurvivalGroup, end: number): DrawnCurve {
  const all =
    group.steps[0]?.time === 0 ? group.steps : [{ time: 0, survival: 1, lower: 1, upper: 1 }, ...group.steps]
  const shown = all.filter((step) => step.time <= end)
  const steps = shown.map(({ time, survival }) => ({ time, value: survival }))
  const levelAt = (time: number) => steps.findLast((step) => step.time <= time)?.value ?? 1
  const known = shown.filter(isBounded)
  // A band whose bounds become unknown ends there; it is never drawn on past what was computed.
  const unknownAfter = shown.find((step) => !isBounded(step) && step.time > (known[0]?.time ?? 0))
  const until = Math.min(end, lastTime(group))
  return {
    steps,
    band: known.filter(({ time }) => unknownAfter === undefined || time < unknownAfter.time),
    bandUntil: unknownAfter?.time ?? until,
    censors: group.censorTimes.filter((time) => time <= end).map((time) => ({ time, value: levelAt(time) })),
    until,
    lastValue: steps[steps.length - 1]?.value ?? 1,
  }
}

/** The step of a curve at a time. */
function levelAt({ steps }: DrawnCurve, time: number): { time: number; value: number } {
  return steps.findLast((step) => step.time <= time) ?? { time, value: 1 }
}

function isBounded<S extends { lower?: number; upper?: number }>(
  step: S,
): step is S & { lower: number; upper: number } {
  return step.lower !== undefined && step.upper !== undefined
}

function riskTimes(groups: readonly SurvivalGroup[], end: number): readonly number[] {
  const listed = groups[0]?.atRisk.map(({ time }) => time) ?? []
  return listed.length > 0 ? listed : roundTicks(0, end, 6)
}

function shownTicks(ticks: readonly number[], end: number, narrow: boolean): readonly number[] {
  const inside = ticks.filter((tick) => tick >= 0 && tick <= end)
  return narrow && inside.length > 6 ? inside.filter((_, index) => index % 2 === 0) : inside
}

function lastTime(group: SurvivalGroup): number {
  return group.untilTime ?? Math.max(0, group.steps[group.steps.length - 1]?.time ?? 0, ...group.censorTimes)
}

function censorMarks({ censors }: DrawnCurve, x: Scale, y: Scale): string {
  return censors.map(({ time, value }) => `M${px(x(time))} ${px(y(value) - 4)} v8`).join(' ')
}

/** The count listed for a tick; nothing listed is shown as a dash, a withheld count as `few`. */
function atRiskText(group: SurvivalGroup, tick: number): string {
  const entry = group.atRisk.find(({ time }) => time === tick)
  if (entry === undefined) return '–'
  return entry.n === undefined ? 'few' : String(entry.n)
}
