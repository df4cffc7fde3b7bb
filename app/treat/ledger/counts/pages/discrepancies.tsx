import { useLoaderData } from 'react-router'
import { guardedLoader } from '../../../../platform/page.server.ts'
import {
  Breadcrumb,
  DataTable,
  EmptyState,
  LinkList,
  PageHead,
  Section,
  StateChip,
} from '../../../../ui/index.ts'
import { readCounts } from '../../../treat-access.ts'
import countsCss from '../counts.css?url'
import { loadDiscrepancies } from '../discrepancy-page.server.ts'
import { Duties } from '../duties.tsx'

export function links() {
  return [{ rel: 'stylesheet', href: countsCss }]
}

export const loader = guardedLoader(readCounts, loadDiscrepancies)

export function meta() {
  return [{ title: 'Discrepancies' }]
}

export default function Discrepancies() {
  const page = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead
        breadcrumb={<Breadcrumb items={[{ href: '/work/stock', label: 'Stock' }]} />}
        title="Discrepancies"
        lead="Where a count and the ledger tell different amounts. Each stays here until the manager has closed it with a finding."
        actions={<a href="/work/stock/counts">Counts</a>}
      />
      <DataTable
        caption="Open, the oldest first"
        rows={page.open}
        rowKey={(each) => each.id}
        rowTone={(each) => (each.clock === 'overdue' ? 'red' : each.clock === 'due-today' ? 'amber' : 'due')}
        phone="stack"
        empty={<EmptyState title="Nothing is open">What a count finds differing appears here.</EmptyState>}
        columns={[
          {
            key: 'what',
            head: 'What',
            names: true,
            cell: (each) => <a href={`/work/stock/discrepancies/${each.id}`}>{each.title}</a>,
          },
          { key: 'place', head: 'Where', cell: (each) => each.place },
          { key: 'expected', head: 'Ledger', align: 'figure', cell: (each) => each.expected },
          {
            key: 'counted',
            head: 'Counted',
            align: 'figure',
            cell: (each) => each.counted ?? 'counters differ',
          },
          {
            key: 'difference',
            head: 'Difference',
            align: 'figure',
            cell: (each) => each.difference ?? 'not known',
          },
          { key: 'age', head: 'Found', cell: (each) => each.age },
          {
            key: 'due',
            head: 'Due by the end of',
            cell: (each) => (
              <>
                {each.due} <StateChip {...each.chip} />
              </>
            ),
          },
        ]}
      />
      <Duties />
      {page.lost.length > 0 && (
        <Section title="Lost on record">
          <LinkList items={page.lost} />
        </Section>
      )}
      <Section title="Closed">
        <DataTable
          caption="Newest first"
          rows={page.closed}
          rowKey={(each) => each.id}
          phone="stack"
          empty={
            <EmptyState title="None was closed yet">A closed one keeps its finding and its notes.</EmptyState>
          }
          columns={[
            {
              key: 'what',
              head: 'What',
              names: true,
              cell: (each) => <a href={`/work/stock/discrepancies/${each.id}`}>{each.title}</a>,
            },
            { key: 'place', head: 'Where', cell: (each) => each.place },
            {
              key: 'difference',
              head: 'Difference',
              align: 'figure',
              cell: (each) => each.difference ?? 'not known',
            },
            { key: 'finding', head: 'Finding', cell: (each) => each.finding },
            { key: 'closed', head: 'Closed', cell: (each) => each.closedAt },
          ]}
        />
      </Section>
    </>
  )
}
