import { DataTable, EmptyState, Section, StateChip } from '../../../ui/index.ts'
import { WORK_UP_STATE_WORDS, type WorkUpRow } from '../work-up-words.ts'

/** The whole checklist, worst first. */
export function WorkUpTable({
  rows,
  recordHref,
}: {
  rows: readonly WorkUpRow[]
  /** Where an item is written down by hand; left out where nobody may. */
  recordHref?: ((itemId: string) => string) | undefined
}) {
  return (
    <DataTable
      caption={countsInWords(rows)}
      rows={rows}
      rowKey={(row) => row.id}
      phone="stack"
      empty={<EmptyState title="Nothing" />}
      columns={[
        {
          key: 'title',
          head: 'Item',
          names: true,
          cell: (row) => (
            <>
              {row.title}
              <span className="work-up-note">{row.basis}</span>
            </>
          ),
        },
        { key: 'state', head: 'State', cell: (row) => <StateChip {...WORK_UP_STATE_WORDS[row.state]} /> },
        {
          key: 'words',
          head: 'When and why',
          cell: (row) => (
            <>
              {row.words}
              {row.how && <span className="work-up-note">{row.how}</span>}
            </>
          ),
        },
        ...(recordHref
          ? [
              {
                key: 'record',
                head: 'Write down',
                cell: (row: WorkUpRow) =>
                  row.byHand ? (
                    <a href={recordHref(row.id)} aria-label={`Write down: ${row.title}`}>
                      Write down
                    </a>
                  ) : (
                    'by fact or form'
                  ),
              },
            ]
          : []),
      ]}
    />
  )
}

function countsInWords(rows: readonly WorkUpRow[]): string {
  const count = (state: WorkUpRow['state']) => rows.filter((row) => row.state === state).length
  return `${count('overdue')} overdue, ${count('due')} due, ${count('refused')} refused, ${count('done')} done`
}

/** The work-up on the assessment and on the page of the decision: what is open, and what would settle it. */
export function WorkUpPart({ personId, rows }: { personId: string; rows: readonly WorkUpRow[] }) {
  const open = rows.filter(({ how }) => how !== undefined)
  return (
    <Section title="Work-up">
      <p>{countsInWords(rows)}.</p>
      {open.length > 0 && (
        <ul className="work-up-open">
          {open.map((row) => (
            <li key={row.id}>
              <StateChip {...WORK_UP_STATE_WORDS[row.state]} /> <strong>{row.title}</strong> {row.words}.{' '}
              {row.state === 'overdue' && `Would settle it: ${row.how}`}
            </li>
          ))}
        </ul>
      )}
      <p>
        <a href={`/work/people/${personId}/work-up`}>The whole work-up</a>
      </p>
    </Section>
  )
}
