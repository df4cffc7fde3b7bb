import { useLoaderData } from 'react-router'
import { guardedLoader } from '../../../platform/page.server.ts'
import { Breadcrumb, DataTable, EmptyState, PageHead } from '../../../ui/index.ts'
import { readStock } from '../../treat-access.ts'
import { loadBeforeLedger } from '../movements-page.server.ts'

export const loader = guardedLoader(readStock, loadBeforeLedger)

export function meta() {
  return [{ title: 'Before the ledger' }]
}

export default function BeforeLedger() {
  const page = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead
        breadcrumb={
          <Breadcrumb
            items={[
              { href: '/work/stock', label: 'Stock' },
              { href: '/work/stock/ledger', label: 'Movements' },
            ]}
          />
        }
        title="Before the ledger"
        lead="What was recorded of the stock before there was a ledger, as it was written. Nothing is added to it. What was left then is the first line of each lot in the ledger."
      />
      <DataTable
        caption={page.more ? 'The newest 500, newest first' : 'Newest first'}
        rows={page.rows}
        rowKey={({ id }) => id}
        phone="stack"
        empty={
          <EmptyState title="Nothing">This clinic has kept the ledger from its first delivery on.</EmptyState>
        }
        columns={[
          { key: 'when', head: 'When', names: true, cell: ({ when }) => when },
          { key: 'lot', head: 'Lot', cell: ({ lot }) => lot },
          { key: 'kind', head: 'What', cell: ({ kind }) => kind },
          { key: 'amount', head: 'Amount', align: 'figure', cell: ({ amount }) => amount },
          { key: 'by', head: 'By', cell: ({ by }) => by },
          { key: 'reason', head: 'Note', cell: ({ reason }) => reason },
        ]}
      />
    </>
  )
}
