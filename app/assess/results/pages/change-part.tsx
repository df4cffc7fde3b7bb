import { DataTable, Section } from '../../../ui/index.ts'
import type { ResultPage } from '../result-page.server.ts'
import { ChangeMark } from './change-mark.tsx'

/** Change since the last and since baseline, and what published definitions make of it. */
export function ChangePart({ data }: { data: ResultPage }) {
  const { changes } = data
  if (changes.length === 0) return null
  const first = changes.every(({ last }) => last.verdict === 'first')
  const readings = changes.flatMap((change) => change.readings)
  return (
    <Section title="Change">
      {first ? (
        <p>
          The first finished result of its line: later ones are compared with it. Nothing earlier was asked
          and scored alike.
        </p>
      ) : (
        <DataTable
          caption="Compared with results that were asked and scored alike"
          rows={changes}
          rowKey={(change) => change.scoreId ?? 'level'}
          phone="stack"
          empty={null}
          columns={[
            { key: 'score', head: 'Score', names: true, cell: (change) => change.label ?? 'Level' },
            ...(['last', 'baseline'] as const).map((which) => ({
              key: which,
              head: which === 'last' ? 'Since the last' : 'Since baseline',
              cell: (change: (typeof changes)[number]) => (
                <span className="change-said">
                  <ChangeMark {...change[which]} /> {change[which].words}
                  {change[which].since && <span className="soft">{change[which].since}</span>}
                </span>
              ),
            })),
          ]}
        />
      )}
      {!first && readings.length > 0 && (
        <DataTable
          caption="What published definitions make of it"
          rows={readings}
          rowKey={(reading) => `${reading.title} ${reading.source ?? ''}`}
          phone="stack"
          empty={null}
          columns={[
            {
              key: 'title',
              head: 'Definition',
              names: true,
              cell: (reading) => (
                <>
                  {reading.title}
                  {reading.source && <span className="soft result-source">{reading.source}</span>}
                </>
              ),
            },
            { key: 'last', head: 'Since the last', cell: (reading) => reading.last },
            { key: 'baseline', head: 'Since baseline', cell: (reading) => reading.baseline },
          ]}
        />
      )}
      <p className="soft result-rule">
        {data.changeNote && `${data.changeNote} `}Baseline is the first finished result of a line.
      </p>
    </Section>
  )
}
