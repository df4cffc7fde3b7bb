import { type ReactNode, useId } from 'react'

/**
 * The frame of a chart: what it shows, how it is defined, and the same numbers as a table.
 *
 * @param title a sentence that says what is drawn
 * @param definition how each term is counted, in words; printed under the chart
 * @param table a `DataTable` or `<table>` with the same numbers
 * @param tableLabel the words that open it
 * @param note one more line, for example the source or `demonstration data`
 */
export function Figure({
  title,
  definition,
  table,
  tableLabel = 'Show the numbers',
  note,
  children,
}: {
  title: ReactNode
  definition?: ReactNode
  table?: ReactNode
  tableLabel?: string
  note?: ReactNode
  children: ReactNode
}) {
  const titleId = useId()
  return (
    <figure className="chart-figure" aria-labelledby={titleId}>
      <figcaption>
        <p className="chart-figure-title" id={titleId}>
          {title}
        </p>
      </figcaption>
      {children}
      {definition !== undefined && <div className="chart-figure-definition">{definition}</div>}
      {note !== undefined && <p className="chart-figure-note">{note}</p>}
      {table !== undefined && (
        <details className="disclosure">
          <summary>{tableLabel}</summary>
          {table}
        </details>
      )}
    </figure>
  )
}
