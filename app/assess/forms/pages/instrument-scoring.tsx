import type { Instrument, ItemScore } from '@evenkeel/questionnaires'
import { DataTable, EmptyState, Facts, Section } from '../../../ui/index.ts'
import { conditionInWords, cutoffInWords, LICENCE_WORDS, scoreInWords } from '../instrument-words.ts'

/** What decides a score: how it is made, its bands, cut-offs, signs and triggers, each with its source. */
export function Scoring({ instrument }: { instrument: Instrument }) {
  const { subscales, total, cutoffs, flags, categories, safetyTriggers, change } = instrument
  const scores = [...subscales, total].flatMap((score): ItemScore[] =>
    score === null || score.method === 'algorithm' ? [] : [score],
  )
  return (
    <Section title="How it is scored">
      <DataTable
        caption="Scores"
        rows={scores}
        rowKey={(score) => score.id}
        phone="stack"
        empty={
          <EmptyState title="No score">
            {total?.method === 'algorithm'
              ? 'Figures are made from the whole series of records.'
              : 'The answers stand for themselves.'}
          </EmptyState>
        }
        columns={[
          { key: 'label', head: 'Score', names: true, cell: (score) => score.label },
          {
            key: 'how',
            head: 'Made of',
            cell: (score) => {
              const { how, missing } = scoreInWords(score)
              return (
                <>
                  {how}
                  <span className="instrument-note">
                    {missing}. {score.missing.source}
                  </span>
                </>
              )
            },
          },
          {
            key: 'range',
            head: 'Range',
            align: 'figure',
            cell: (score) =>
              score.min === undefined ? '–' : <span className="bands">{`${score.min} to ${score.max}`}</span>,
          },
          { key: 'bands', head: 'Bands', cell: (score) => <Bands score={score} /> },
        ]}
      />
      {cutoffs.length > 0 && <Cutoffs instrument={instrument} />}
      {flags.length + categories.length > 0 && (
        <DataTable
          caption="Signs"
          rows={[
            ...flags.map(({ id, label, when }) => ({ id, label, when: conditionInWords(when) })),
            ...categories.flatMap(({ id, label, firstMatch }) =>
              firstMatch.map((level) => ({
                id: `${id} ${level.id}`,
                label: `${label}: ${level.label}`,
                when: conditionInWords(level.when),
              })),
            ),
          ]}
          rowKey={(row) => row.id}
          phone="stack"
          empty={null}
          columns={[
            { key: 'label', head: 'Sign', names: true, cell: (row) => row.label },
            { key: 'when', head: 'When', cell: (row) => row.when },
          ]}
        />
      )}
      <DataTable
        caption="What an answer can set off"
        rows={safetyTriggers}
        rowKey={(trigger) => trigger.id}
        phone="stack"
        empty={<p className="instrument-note">No answer and no score sets off a task by itself.</p>}
        columns={[
          { key: 'when', head: 'When', names: true, cell: ({ when }) => conditionInWords(when) },
          { key: 'action', head: 'What is done', cell: ({ action }) => action },
          { key: 'severity', head: 'Weight', cell: ({ severity }) => SEVERITY_WORDS[severity] },
        ]}
      />
      <p className="instrument-note">{change.note}</p>
    </Section>
  )
}

const SEVERITY_WORDS = { critical: 'at once, to a named person', warning: 'soon', info: 'to know' } as const

function Bands({ score }: { score: ItemScore }) {
  if (!score.bands) return <>none</>
  return (
    <ul className="bands">
      {score.bands.map(({ min, max, label, when }) => (
        <li key={`${min} ${label} ${when ? conditionInWords(when) : ''}`}>
          {min === max ? min : `${min} to ${max}`}: {label}
          {when && <span className="instrument-note">when {conditionInWords(when)}</span>}
        </li>
      ))}
    </ul>
  )
}

function Cutoffs({ instrument: { cutoffs } }: { instrument: Instrument }) {
  const share = (value: number | null) => (value === null ? 'not known' : value.toFixed(2))
  return (
    <DataTable
      caption="Cut-offs"
      rows={cutoffs}
      rowKey={(cutoff) => `${cutoffInWords(cutoff)} ${cutoff.meaning} ${cutoff.source}`}
      phone="stack"
      empty={null}
      columns={[
        { key: 'limit', head: 'At', names: true, cell: cutoffInWords },
        {
          key: 'meaning',
          head: 'Speaks for',
          cell: ({ meaning, note }) => (
            <>
              {meaning}
              {note && <span className="instrument-note">{note}</span>}
            </>
          ),
        },
        { key: 'sens', head: 'Sensitivity', align: 'figure', cell: ({ sensitivity }) => share(sensitivity) },
        { key: 'spec', head: 'Specificity', align: 'figure', cell: ({ specificity }) => share(specificity) },
        { key: 'source', head: 'Source', cell: ({ source }) => source },
      ]}
    />
  )
}

/** Whose it is, and where its facts come from. */
export function Sources({ instrument }: { instrument: Instrument }) {
  const { licence, source, citations, notes, loinc } = instrument
  return (
    <Section title="Licence and sources">
      <Facts
        facts={[
          { term: 'Licence', value: LICENCE_WORDS[licence.status] },
          { term: 'Holder', value: licence.holder },
          { term: 'Terms', value: licence.terms, source: `How sure we are: ${licence.confidence}` },
          { term: 'Scoring facts', value: source },
          { term: 'LOINC', value: loinc.panel ?? 'no code known', source: loinc.status },
        ]}
      />
      <ul className="instrument-sources">
        {[...citations, ...notes].map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
    </Section>
  )
}
