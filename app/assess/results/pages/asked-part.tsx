import { DataTable, Facts, Notice, Section } from '../../../ui/index.ts'
import type { ResultPage } from '../result-page.server.ts'

const LICENCE_WORDS = {
  'public-domain': 'Public domain',
  'free-with-conditions': 'Free with conditions',
  'permission-needed': 'Needs permission',
  registration: 'Needs registration',
  own: 'Our own',
  'not-applicable': 'Not applicable',
} as const

const COMPARISON_WORDS = { gte: 'or more', gt: 'above', lte: 'or less', lt: 'below' } as const

/** How it was asked and scored, then and by today's engine. */
export function AskedPart({ data }: { data: ResultPage }) {
  const { asked, today } = data
  return (
    <Section title="How it was asked and scored">
      <Facts
        facts={[
          {
            term: 'Edition',
            value: asked.edition,
            source: [asked.editionName, `form ${asked.formHash}`].filter(Boolean).join(', '),
          },
          { term: 'Version', value: asked.version },
          { term: 'Asks about', value: asked.recall, source: asked.recallSentence },
          { term: 'Answered in', value: asked.source },
          { term: 'Answered by', value: asked.by },
          { term: 'Stored by', value: asked.recordedBy },
          { term: 'Begun', value: asked.started },
          { term: data.result.setAside ? 'Set aside' : 'Finished', value: asked.finished },
          { term: 'Scoring version', value: asked.scoringVersion },
        ]}
      />
      {today === undefined ? (
        <p className="soft">This questionnaire is not in use any more; what is stored stands as it is.</p>
      ) : today.length === 0 ? (
        <p className="soft">
          Today’s engine{data.todayScoring === asked.scoringVersion ? '' : ` (scoring ${data.todayScoring})`}{' '}
          gives the same for these answers.
        </p>
      ) : (
        <>
          <Notice state="unknown" title="Today’s engine gives something else for the same answers">
            <p>
              What is shown above is what was stored with scoring {asked.scoringVersion}, and it stays. The
              difference comes from the scoring of today ({data.todayScoring}), or from something that was
              known otherwise then, such as the person’s sex or the size of a drink.
            </p>
          </Notice>
          <DataTable
            caption="Where they differ"
            rows={today}
            rowKey={(row) => row.what}
            phone="stack"
            empty={null}
            columns={[
              { key: 'what', head: 'What', names: true, cell: (row) => row.what },
              { key: 'stored', head: 'Stored', cell: (row) => row.stored },
              { key: 'today', head: 'Today', cell: (row) => row.today },
            ]}
          />
        </>
      )}
    </Section>
  )
}

/** Cut-offs, citations, licence: where the reading of it comes from. */
export function SourcesPart({ data }: { data: ResultPage }) {
  const { sources } = data
  if (!sources) return null
  return (
    <Section title="Where the reading comes from">
      {sources.cutoffs.length > 0 && (
        <DataTable
          caption="Cut-offs"
          rows={sources.cutoffs}
          rowKey={(cutoff) =>
            `${cutoff.score} ${cutoff.op} ${cutoff.value} ${cutoff.meaning} ${cutoff.source}`
          }
          phone="stack"
          empty={null}
          columns={[
            {
              key: 'at',
              head: 'At',
              names: true,
              cell: (cutoff) =>
                cutoff.op === 'gte' || cutoff.op === 'lte'
                  ? `${cutoff.score} ${cutoff.value} ${COMPARISON_WORDS[cutoff.op]}`
                  : `${cutoff.score} ${COMPARISON_WORDS[cutoff.op]} ${cutoff.value}`,
            },
            {
              key: 'meaning',
              head: 'Points to',
              cell: (cutoff) => `${cutoff.meaning}${cutoff.note ? ` (${cutoff.note})` : ''}`,
            },
            {
              key: 'sensitivity',
              head: 'Sensitivity',
              align: 'figure',
              cell: (cutoff) => percent(cutoff.sensitivity),
            },
            {
              key: 'specificity',
              head: 'Specificity',
              align: 'figure',
              cell: (cutoff) => percent(cutoff.specificity),
            },
            { key: 'source', head: 'Source', cell: (cutoff) => cutoff.source },
          ]}
        />
      )}
      <details className="disclosure">
        <summary>Citations, licence and notes</summary>
        <ul className="result-notes">
          {sources.citations.map((citation) => (
            <li key={citation}>{citation}</li>
          ))}
        </ul>
        <Facts
          facts={[
            {
              term: 'Licence',
              value: `${LICENCE_WORDS[sources.licence.status]}${sources.licence.terms ? `: ${sources.licence.terms}` : ''}`,
              source: sources.licence.holder || undefined,
            },
            { term: 'Scoring facts', value: sources.source, source: `confidence ${sources.confidence}` },
          ]}
        />
        <ul className="result-notes">
          {sources.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      </details>
    </Section>
  )
}

function percent(share: number | null): string {
  return share === null ? 'not stated' : `${Math.round(100 * share)} %`
}
