const WIDTH = 160
const HEIGHT = 44
const INSET = 5

/**
 * Results of one line over time, small. A result without a value leaves a gap with a dashed upright: it has no height.
 *
 * @param range lowest and highest possible value: the small line is drawn on the whole of it
 * @param points by their share of the time from the first to the last
 */
export function SmallLine({
  name,
  range,
  points,
}: {
  name: string
  range: readonly [number, number]
  points: readonly {
    readonly share: number
    readonly value: number | undefined
    /** The result that the row is about. */
    readonly shown: boolean
  }[]
}) {
  const x = (share: number) => Math.round(10 * (INSET + share * (WIDTH - 2 * INSET))) / 10
  const y = (value: number) =>
    Math.round(
      10 * (HEIGHT - INSET - ((value - range[0]) / (range[1] - range[0] || 1)) * (HEIGHT - 2 * INSET)),
    ) / 10
  const runs: string[][] = [[]]
  for (const { share, value } of points) {
    if (value === undefined) runs.push([])
    else runs.at(-1)!.push(`${x(share)} ${y(value)}`)
  }
  const known = points.filter((point) => point.value !== undefined)
  const here = known.find((point) => point.shown)
  const open = points.length - known.length
  return (
    <svg
      className="small-line"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={`${name}: ${known.map(({ value }) => value).join(', ')}${open > 0 ? `; ${open} not known` : ''}`}
    >
      <path className="small-line-frame" d={`M0 ${HEIGHT - 1} H${WIDTH} M0 1 H${WIDTH}`} />
      {points.map(({ share, value }, index) =>
        value === undefined ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: points stand in a fixed order
          <path key={index} className="small-line-gap" d={`M${x(share)} 3 V${HEIGHT - 3}`} />
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: points stand in a fixed order
          <circle key={index} className="small-line-point" cx={x(share)} cy={y(value)} r={1.8} />
        ),
      )}
      <path
        className="small-line-path"
        d={runs
          .filter((run) => run.length > 0)
          .map((run) => `M${run.join(' L')}`)
          .join(' ')}
      />
      {here && <circle className="small-line-here" cx={x(here.share)} cy={y(here.value!)} r={3.5} />}
    </svg>
  )
}
