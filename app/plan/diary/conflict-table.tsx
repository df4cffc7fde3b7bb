import { DataTable, EmptyState } from '../../ui/index.ts'
import type { ConflictRow } from './diary-conflicts.server.ts'

/** Booked visits that no longer fit, each with the page on which it is moved or cancelled. */
export function ConflictTable({ rows }: { rows: readonly ConflictRow[] }) {
  return (
    <DataTable
      caption="Booked visits that no longer fit. They stay until somebody moves or cancels them."
      rows={rows}
      rowKey={(row) => row.id}
      phone="stack"
      empty={<EmptyState title="Every booked visit fits" />}
      columns={[
        {
          key: 'when',
          head: 'When',
          names: true,
          cell: (row) => <a href={row.href}>{row.when}</a>,
        },
        { key: 'who', head: 'Who', cell: (row) => row.who },
        { key: 'what', head: 'What', cell: (row) => row.what },
        { key: 'why', head: 'Why', cell: (row) => row.why },
        {
          key: 'open',
          head: 'Schedule',
          cell: (row) => (
            <a href={row.dayHref}>
              Open the day<span className="hidden"> of {row.when}</span>
            </a>
          ),
        },
      ]}
    />
  )
}
