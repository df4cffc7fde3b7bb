import type { ReactNode } from 'react'
import { type Column, DataTable } from '../../../ui/index.ts'
import type { MovementLine } from '../movement-row.ts'

/** Movements as lines: where from and where to, how much, who, and when it was recorded if that was later. */
export function MovementTable<Row extends MovementLine>({
  caption,
  rows,
  empty,
  ofOneLot = false,
  more = [],
}: {
  caption: string
  rows: readonly Row[]
  empty: ReactNode
  /** Leaves out the lot, which the page is about. */
  ofOneLot?: boolean
  /** Columns after the amounts. */
  more?: readonly Column<Row>[]
}) {
  const lot: Column<Row> = {
    key: 'lot',
    head: 'Lot',
    cell: (row) => (
      <a className="movement-lot" href={`/work/stock/lots/${row.lotId}`}>
        {row.lot}
      </a>
    ),
  }
  return (
    <DataTable
      caption={caption}
      rows={rows}
      rowKey={(row) => String(row.seq)}
      phone="stack"
      empty={empty}
      columns={[
        {
          key: 'when',
          head: 'When',
          names: true,
          cell: (row) => (
            <>
              {row.when}
              {row.recorded && <span className="movement-later">recorded {row.recorded}</span>}
            </>
          ),
        },
        { key: 'seq', head: 'Number', align: 'figure', cell: (row) => row.seq },
        ...(ofOneLot ? [] : [lot]),
        {
          key: 'kind',
          head: 'What',
          cell: (row) => (row.session ? <a href={`/work/sessions/${row.session}`}>{row.kind}</a> : row.kind),
        },
        {
          key: 'way',
          head: 'From → to',
          cell: (row) => (
            <span>
              {row.from} <span aria-hidden="true">→</span>
              <span className="hidden">to</span> {row.to}
              {row.serial && <span className="movement-later">scanned: serial {row.serial}</span>}
            </span>
          ),
        },
        {
          key: 'amount',
          head: 'Amount',
          align: 'figure',
          cell: (row) => <span className="movement-amount">{row.amount}</span>,
        },
        { key: 'mg', head: 'Drug', unit: 'mg', align: 'figure', cell: (row) => row.mg },
        ...more,
        { key: 'by', head: 'By', cell: (row) => row.by },
        {
          key: 'witness',
          head: 'Witness',
          blank: (row) => row.witness === undefined,
          cell: (row) => row.witness ?? '–',
        },
        {
          key: 'reason',
          head: 'Note',
          blank: (row) => !row.reason && row.confirmed.length === 0,
          cell: (row) => (
            <span className="movement-note">
              {row.reason}
              {row.confirmed.map((words) => (
                <span className="movement-later" key={words}>
                  Entered all the same: {words}
                </span>
              ))}
            </span>
          ),
        },
      ]}
    />
  )
}
