import { useLoaderData } from 'react-router'
import { guardedLoader } from '../../../platform/page.server.ts'
import { DataTable, EmptyState, PageHead, StateChip } from '../../../ui/index.ts'
import { readSession } from '../../treat-access.ts'
import { loadRemsList } from '../rems-page.server.ts'

export const loader = guardedLoader(readSession, loadRemsList)

export function meta() {
  return [{ title: 'REMS forms' }]
}

export default function RemsForms() {
  const page = useLoaderData<typeof loader>()
  const open = page.rows.filter(({ due }) => !due.isSent).length
  return (
    <>
      <PageHead
        title="REMS forms"
        lead="After every session with esketamine a monitoring form goes to the REMS within seven calendar days."
      />
      <DataTable
        caption={`${open} not sent, the most urgent first; those sent, of the last ${page.days} days`}
        rows={page.rows}
        rowKey={(row) => row.sessionId}
        phone="stack"
        empty={
          <EmptyState title="No session with esketamine">
            Each one appears here with the day by which its form is to be sent.
          </EmptyState>
        }
        columns={[
          {
            key: 'person',
            head: 'Person',
            names: true,
            cell: (row) => <a href={`/work/sessions/${row.sessionId}/rems`}>{row.person}</a>,
          },
          { key: 'when', head: 'First device', cell: (row) => row.when },
          {
            key: 'due',
            head: 'Form',
            cell: (row) => <StateChip state={row.due.state} word={row.due.word} />,
          },
        ]}
      />
    </>
  )
}
