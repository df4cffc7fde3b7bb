import { type Column, DataTable, EmptyState } from '../../ui/index.ts'
import type { StudyRow } from '../study-rows.ts'

const columns: readonly Column<StudyRow>[] = [
  {
    key: 'study',
    head: 'Study',
    names: true,
    cell: (row) => (
      <>
        <a href={`/studies/${row.id}`}>{row.citation}</a>
        {row.unverified && (
          <>
            {' '}
            <span className="unverified">Unverified</span>
          </>
        )}
        <span className="study-title">{row.title}</span>
      </>
    ),
  },
  { key: 'people', head: 'People', align: 'figure', cell: (row) => row.people ?? 'not reported' },
  { key: 'measured', head: 'What was measured', cell: (row) => row.measured ?? 'not reported' },
  { key: 'found', head: 'What was found', cell: (row) => row.found },
  { key: 'direction', head: 'In short', cell: (row) => <strong>{row.direction}</strong> },
]

const listColumns: readonly Column<StudyRow>[] = [
  columns[0]!,
  { key: 'year', head: 'Year', align: 'figure', cell: (row) => row.year ?? 'not known' },
  columns[1]!,
  { key: 'kind', head: 'Kind of study', cell: (row) => row.kind },
  columns[4]!,
]

/**
 * Studies as a table.
 *
 * @param shape `findings` tells what was measured and found; `list` tells year and kind
 */
export function StudyTable({
  rows,
  caption,
  shape,
}: {
  rows: readonly StudyRow[]
  caption: string
  shape: 'findings' | 'list'
}) {
  return (
    <div className="study-table">
      <DataTable
        caption={caption}
        columns={shape === 'findings' ? columns : listColumns}
        rows={rows}
        rowKey={(row) => row.id}
        phone="stack"
        empty={
          <EmptyState title="No study fits these choices">
            <p>Choose fewer, or look at all of them. That no study exists is worth knowing too.</p>
          </EmptyState>
        }
      />
    </div>
  )
}
