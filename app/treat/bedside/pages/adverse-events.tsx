import { useLoaderData } from 'react-router'
import { guardedLoader } from '../../../platform/page.server.ts'
import { DataTable, EmptyState, PageHead, StateChip } from '../../../ui/index.ts'
import { ADVERSE_WORDS } from '../../session/care-words.ts'
import { readAdverseEvents } from '../../treat-access.ts'
import { loadAdverseEvents } from '../adverse-list.server.ts'
import { outcomeWords } from '../adverse-panel.tsx'

export const loader = guardedLoader(readAdverseEvents, loadAdverseEvents)

export function meta() {
  return [{ title: 'Adverse events' }]
}

const STATE = {
  overdue: { state: 'amber', word: 'overdue' },
  today: { state: 'due', word: 'today' },
  ahead: { state: 'calm', word: 'ahead' },
} as const

export default function AdverseEventsWaiting() {
  const { rows } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead
        title="Adverse events"
        lead="What happened in a session and waits for a further look, the nearest day first. It leaves this list when somebody records that nothing more is needed."
      />
      <DataTable
        caption={rows.length === 1 ? '1 waits' : `${rows.length} wait`}
        captionHidden
        rows={rows}
        rowKey={({ id }) => id}
        rowTone={({ state }) => STATE[state].state}
        phone="stack"
        empty={
          <EmptyState title="Nothing waits">
            An adverse event recorded at the bedside with a day for a further look appears here until that is
            done.
          </EmptyState>
        }
        columns={[
          {
            key: 'person',
            head: 'Person',
            names: true,
            cell: ({ person, sessionId }) => <a href={`/work/sessions/${sessionId}#adverse`}>{person}</a>,
          },
          {
            key: 'what',
            head: 'What happened',
            cell: ({ term, grade, serious, happened, by }) => (
              <>
                {ADVERSE_WORDS[term]}, grade {grade}
                {serious && (
                  <>
                    {' '}
                    <StateChip state="due" word="serious" />
                  </>
                )}
                <span className="table-unit">
                  {happened}, by {by}
                </span>
              </>
            ),
          },
          {
            key: 'now',
            head: 'How it stood last',
            cell: ({ outcome, followed }) => (
              <>
                {outcomeWords(outcome)}
                <span className="table-unit">
                  {followed === 0
                    ? 'not followed up yet'
                    : `followed up ${followed === 1 ? 'once' : `${followed} times`}`}
                </span>
              </>
            ),
          },
          {
            key: 'by',
            head: 'Look again by',
            cell: ({ lookBy, state }) => (
              <>
                {lookBy} <StateChip {...STATE[state]} />
              </>
            ),
          },
        ]}
      />
    </>
  )
}
