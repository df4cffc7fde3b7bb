import { dateInWords } from '../../platform/time.ts'
import { DataTable, EmptyState, Figure, ScoreChart } from '../../ui/index.ts'
import type { ScoreLine } from './score-lines.ts'

/**
 * A person's scores, one chart a line, with the days of sessions marked.
 *
 * @param from what day 0 is
 */
export function ScoreFigures({
  lines,
  sessions,
  from,
  note,
}: {
  lines: readonly ScoreLine[]
  sessions: readonly { readonly day: number; readonly label: string }[]
  from: 'first-session' | 'first-result'
  note?: string
}) {
  if (lines.length === 0) {
    return (
      <EmptyState title="No scores yet">
        <p>Questionnaires of the intake and the urges of check-ins are drawn here as they come in.</p>
      </EmptyState>
    )
  }
  return lines.map((line) => (
    <Figure
      key={line.key}
      title={line.edition ? `${line.name} (${line.edition})` : line.name}
      definition={<p>{line.change}</p>}
      note={note}
      table={
        <DataTable
          caption={`${line.shortName} by day`}
          rows={line.points}
          rowKey={(point) => `${point.day} ${point.score}`}
          empty={null}
          columns={[
            { key: 'date', head: 'Date', names: true, cell: (point) => dateInWords(point.date) },
            { key: 'day', head: 'Day', align: 'figure', cell: (point) => point.day },
            {
              key: 'score',
              head: line.shortName,
              unit: `${line.range[0]}–${line.range[1]}`,
              align: 'figure',
              cell: (point) => point.score ?? 'not finished',
            },
          ]}
        />
      }
    >
      <ScoreChart
        points={line.points}
        sessions={sessions}
        range={line.range}
        bands={line.bands}
        lowerIsBetter={line.lowerIsBetter}
        scoreLabel={`${line.shortName}, ${line.range[0]} to ${line.range[1]}`}
        dayLabel={from === 'first-session' ? 'Days since the first session' : 'Days since the first result'}
        alt={sayLine(line)}
      />
    </Figure>
  ))
}

function sayLine({ name, points, range }: ScoreLine): string {
  const known = points.filter((point) => point.score !== undefined)
  const first = known[0]
  const last = known.at(-1)
  if (!first || !last) return `${name}: no finished answers yet.`
  const scale = `on a scale from ${range[0]} to ${range[1]}`
  if (known.length === 1) return `${name}: ${first.score} on day ${first.day}, ${scale}.`
  return `${name}: from ${first.score} on day ${first.day} to ${last.score} on day ${last.day}, ${known.length} results, ${scale}.`
}
