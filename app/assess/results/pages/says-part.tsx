import { DataTable, Facts, Notice, Section, StateChip } from '../../../ui/index.ts'
import type { ResultPage } from '../result-page.server.ts'
import type { ScoreView } from '../result-view.ts'
import { figureInWords, flagInWords } from '../result-words.ts'
import { ChangeMark } from './change-mark.tsx'
import { RangeBar } from './range-bar.tsx'
import { OneScore } from './result-row.tsx'

const STATUS_WORDS = {
  ok: 'complete',
  prorated: 'prorated, an estimate',
  partial: 'partial: from the answers given',
  incomplete: 'incomplete',
} as const

/** What the result says: figure, level or figures, how sure, every score, flags, and what is missing. */
export function SaysPart({ data }: { data: ResultPage }) {
  const { result } = data
  const leading = result.scores.filter(({ id }) => result.leading.includes(id))
  const [only, ...more] = leading
  return (
    <Section title="What it says">
      {result.rejected && (
        <Notice state="unknown" title="Not scored: answers do not fit">
          <p>The answers are kept below as they were given.</p>
          <ul className="result-notes">
            {result.rejected.map((error) => (
              <li key={error}>{error}</li>
            ))}
          </ul>
        </Notice>
      )}
      {result.setAside && (
        <Notice state="unknown" title="The form was set aside, not finished">
          {data.whySetAside && <p>Why: {data.whySetAside}</p>}
          <p>
            What it says is what the answers given until then say. It is no baseline, and nothing is compared
            with it.
          </p>
        </Notice>
      )}
      <div className="result-head">
        <div className="result-says">
          {result.categories.map((level) => (
            <p key={level.id} className="result-figure">
              {level.value === undefined ? (
                <span className="result-unknown">
                  unknown{level.atLeast === undefined ? '' : `, at least ${level.atLeast}`}
                </span>
              ) : (
                <strong>{level.value}</strong>
              )}{' '}
              <span className="soft">{level.label}</span>
            </p>
          ))}
          {only && more.length === 0 && <OneScore score={only} />}
          <p
            className={
              !result.setAside && (result.state === 'complete' || result.state === 'series')
                ? 'soft'
                : 'result-status'
            }
          >
            {data.stateWords}
            {only?.exact !== undefined && more.length === 0 && ` (${only.exact} before rounding)`}
          </p>
        </div>
        {data.changes.length === 1 && data.changes[0]!.last.verdict !== 'first' && (
          <dl className="result-changes">
            {(['last', 'baseline'] as const).map((which) => {
              const change = data.changes[0]![which]
              return (
                <div key={which}>
                  <dt>
                    Since {which === 'last' ? 'the last' : 'baseline'}
                    {change.since && `, ${change.since}`}
                  </dt>
                  <dd>
                    <ChangeMark {...change} /> {change.words}
                  </dd>
                </div>
              )
            })}
          </dl>
        )}
      </div>
      {result.scores.length > 0 && (
        <DataTable
          caption="Every score"
          captionHidden={result.scores.length === 1}
          rows={result.scores}
          rowKey={(score) => score.id}
          phone="stack"
          empty={null}
          columns={[
            { key: 'label', head: 'Score', names: true, cell: (score) => score.label },
            {
              key: 'value',
              head: 'Value',
              align: 'figure',
              cell: (score) => <Figure score={score} />,
            },
            {
              key: 'range',
              head: 'Range',
              cell: (score) => (score.range ? `${score.range[0]} to ${score.range[1]}` : 'not stated'),
            },
            {
              key: 'band',
              head: 'Band',
              cell: (score) => (score.hasBands ? (score.band ?? 'unknown') : 'none by any source'),
            },
            {
              key: 'status',
              head: 'Status',
              cell: (score) =>
                `${STATUS_WORDS[score.status]}${score.exact === undefined ? '' : `, ${score.exact} before rounding`}`,
            },
            { key: 'place', head: 'On its range', cell: (score) => <RangeBar score={score} /> },
          ]}
        />
      )}
      {result.metrics.length > 0 && (
        <Facts
          facts={result.metrics.map((metric) => ({
            term: metric.title,
            value: metric.value ?? <span className="result-unknown">unknown</span>,
          }))}
        />
      )}
      {result.flags.length > 0 && (
        <Facts
          facts={result.flags.map((flag) => ({
            term: flag.label,
            value: <StateChip {...flagInWords(flag.value)} />,
          }))}
        />
      )}
      <Missing data={data} />
    </Section>
  )
}

function Figure({ score }: { score: ScoreView }) {
  return score.value === undefined ? (
    <span className="result-unknown">{figureInWords(score)}</span>
  ) : (
    <strong>{score.value}</strong>
  )
}

function Missing({ data }: { data: ResultPage }) {
  const { missing } = data.result
  if (missing.length === 0) return null
  return (
    <div className="result-missing">
      <h3>
        Missing: {missing.length} of {data.result.asked} answers
      </h3>
      <ul>
        {missing.map((id) => (
          <li key={id}>{data.items.find((item) => item.id === id)?.concept ?? id}</li>
        ))}
      </ul>
    </div>
  )
}
