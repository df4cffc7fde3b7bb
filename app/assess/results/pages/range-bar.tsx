import type { ScoreView } from '../result-view.ts'
import { figureInWords } from '../result-words.ts'

const WIDTH = 240
const INSET = 6

/**
 * Where a score lies on its range. A known one is a dot, an unknown one the span that is still possible, and where
 * nothing is known the line stays empty: an unknown score never stands at the low end.
 */
export function RangeBar({ score }: { score: ScoreView }) {
  const { range, place, span, bandStarts } = score
  if (!range) return null
  const x = (value: number) =>
    Math.round(10 * (INSET + ((value - range[0]) / (range[1] - range[0] || 1)) * (WIDTH - 2 * INSET))) / 10
  return (
    <svg
      className="range-bar"
      viewBox={`0 0 ${WIDTH} 16`}
      role="img"
      aria-label={`${figureInWords(score)} on a range from ${range[0]} to ${range[1]}`}
    >
      <path
        className={place === undefined ? 'range-line range-open' : 'range-line'}
        d={`M${x(range[0])} 8 H${x(range[1])}`}
      />
      {bandStarts.map((value) => (
        <path key={value} className="range-tick" d={`M${x(value)} 4 V12`} />
      ))}
      {span && (
        <path
          className="range-span"
          d={`M${x(span[0])} 3 V13 M${x(span[0])} 8 H${x(span[1])} M${x(span[1])} 3 V13`}
        />
      )}
      {place !== undefined &&
        (score.status === 'prorated' ? (
          <circle className="range-dot range-estimate" cx={x(place)} cy={8} r={4.5} />
        ) : (
          <circle className="range-dot" cx={x(place)} cy={8} r={5} />
        ))}
    </svg>
  )
}
