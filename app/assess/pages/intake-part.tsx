import { DataTable, Facts, Section } from '../../ui/index.ts'
import type { ClinicalView } from '../assessment-page.server.ts'

type Score = ClinicalView['scores'][number]

/** The instruments' results. An incomplete one shows what is missing and the span still possible, never a low score. */
export function ScoresPart({ personId, scores }: { personId: string; scores: readonly Score[] }) {
  return (
    <Section title="Scores" actions={<a href={`/work/people/${personId}/results`}>All results</a>}>
      <DataTable
        caption="From the intake; our own plain-language wording has not been validated"
        rows={scores}
        rowKey={(score) => score.id}
        phone="stack"
        empty={null}
        columns={[
          {
            key: 'name',
            head: 'Instrument',
            names: true,
            cell: (score) => (
              <>
                {score.href ? <a href={score.href}>{score.name}</a> : score.name}
                <span className="rule-words">{score.construct}</span>
              </>
            ),
          },
          { key: 'score', head: 'Score', align: 'figure', cell: totalInWords },
          {
            key: 'band',
            head: 'Band',
            cell: (score) => score.band ?? (score.parts === undefined ? 'unknown' : 'none is defined'),
          },
          {
            key: 'missing',
            head: 'Missing',
            align: 'figure',
            cell: (score) => (score.missing === 0 ? 'none' : score.missing),
          },
          {
            key: 'edition',
            head: 'Edition',
            cell: (score) => `${score.edition}${score.final ? '' : '; not finished'}`,
          },
        ]}
      />
    </Section>
  )
}

function totalInWords(score: Score): string {
  if (score.parts !== undefined) return score.begun ? score.parts : 'not answered'
  if (score.value !== undefined) {
    return `${score.value}${score.max === undefined ? '' : ` of ${score.max}`}${score.prorated ? ', prorated' : ''}`
  }
  if (!score.begun) return 'not answered'
  return score.bounds ? `unknown, ${score.bounds[0]} to ${score.bounds[1]}` : 'unknown'
}

/** What the person answered, section by section. */
export function AnswersPart({ sections }: { sections: ClinicalView['sections'] }) {
  return (
    <Section title="Answers">
      {sections.map((section) => (
        <details key={section.id} className="disclosure">
          <summary>
            {section.title}, {section.answered} of {section.rows.length} answered
          </summary>
          <Facts
            facts={section.rows.map((row) => ({
              term: row.label,
              value: row.answer,
              source: row.when && `${row.when}${row.changed ? ', changed; earlier answers are kept' : ''}`,
            }))}
          />
        </details>
      ))}
    </Section>
  )
}
