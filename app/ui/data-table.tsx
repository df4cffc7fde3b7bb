import { type ReactNode, useId } from 'react'
import { classNames } from './class-names.ts'

/** One column of a `DataTable`. */
export interface Column<Row> {
  readonly key: string
  readonly head: ReactNode
  /** Written once in the head, never in the cells. */
  readonly unit?: string
  /** `figure` aligns right with tabular figures. */
  readonly align?: 'text' | 'figure'
  readonly cell: (row: Row) => ReactNode
  /** Rows this column says nothing of: left out where each row is a short list. */
  readonly blank?: (row: Row) => boolean
  /** Marks the column that names the row; it becomes the row's header. One a table. */
  readonly names?: boolean
  /** Makes the head a link that sorts. */
  readonly sortHref?: string
  readonly sorted?: 'ascending' | 'descending'
}

/**
 * A table of records.
 *
 * @param caption what the table holds; `captionHidden` keeps it for screen readers only
 * @param rowKey a stable key of a row
 * @param rowTone colours the edge of a row by state, when given
 * @param empty an `EmptyState`, shown instead of the table when there are no rows
 * @param phone `scroll` (default) slides sideways on a narrow screen, `stack` turns each row into a short list
 */
export function DataTable<Row>({
  caption,
  captionHidden = false,
  columns,
  rows,
  rowKey,
  rowTone,
  empty,
  phone = 'scroll',
}: {
  caption: ReactNode
  captionHidden?: boolean
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  rowTone?: (row: Row) => 'calm' | 'due' | 'amber' | 'red' | 'unknown' | undefined
  empty: ReactNode
  phone?: 'scroll' | 'stack'
}) {
  const captionId = useId()
  if (rows.length === 0) return <>{empty}</>
  const table = (
    <table
      className={classNames(
        'table',
        phone === 'stack' && 'table-stack',
        rowTone !== undefined && 'table-toned',
      )}
    >
      <caption id={captionId} className={captionHidden ? 'hidden' : undefined}>
        {caption}
      </caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th
              key={column.key}
              scope="col"
              className={column.align === 'figure' ? 'figure' : undefined}
              aria-sort={column.sorted}
            >
              {column.sortHref === undefined ? column.head : <a href={column.sortHref}>{column.head}</a>}
              {column.unit !== undefined && <span className="table-unit">{column.unit}</span>}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={rowKey(row)} className={toneClass(rowTone?.(row))}>
            {columns.map((column) => (
              <Cell key={column.key} column={column} row={row} stack={phone === 'stack'} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
  if (phone === 'stack') return <div className="table-frame">{table}</div>
  return (
    // A region that slides sideways must be reachable by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the frame scrolls
    <section className="table-frame table-scroll" aria-labelledby={captionId} tabIndex={0}>
      {table}
    </section>
  )
}

function Cell<Row>({ column, row, stack }: { column: Column<Row>; row: Row; stack: boolean }) {
  const blank = stack && column.blank?.(row)
  const className = classNames(column.align === 'figure' && 'figure', blank && 'table-blank') || undefined
  if (column.names) {
    return (
      <th scope="row" className={className}>
        {column.cell(row)}
      </th>
    )
  }
  return (
    <td className={className}>
      {stack && (
        <span className="table-label" aria-hidden="true">
          {column.head}
          {column.unit !== undefined && <span className="table-unit">{column.unit}</span>}
        </span>
      )}
      <span className="table-value">{column.cell(row)}</span>
    </td>
  )
}

function toneClass(tone: string | undefined): string | undefined {
  return tone === undefined ? undefined : `row-${tone}`
}
