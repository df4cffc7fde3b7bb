import { useLoaderData } from 'react-router'
import { guardedLoader } from '../../../platform/page.server.ts'
import { Breadcrumb, DataTable, EmptyState, PageHead } from '../../../ui/index.ts'
import { readSchedule } from '../../plan-access.ts'
import sheetCss from '../day-sheet.css?url'
import { daySheet } from '../day-sheet.server.ts'

export const handle = { width: 'wide' }

export function links() {
  return [{ rel: 'stylesheet', href: sheetCss }]
}

export const loader = guardedLoader(readSchedule, daySheet)

export function meta() {
  return [{ title: 'Day sheet' }]
}

/** One day on one landscape page, with room to write. */
export default function DaySheet() {
  const data = useLoaderData<typeof loader>()
  return (
    <article className="day-sheet">
      <PageHead
        breadcrumb={<Breadcrumb items={[{ href: data.back, label: 'Schedule' }]} />}
        kicker={data.clinic}
        title={data.title}
        lead={`${data.rows.length} ${data.rows.length === 1 ? 'visit' : 'visits'}. As of ${data.printed}; print it with the browser. Shred it after the day.`}
      />
      <DataTable
        caption="Visits of the day"
        captionHidden
        rows={data.rows}
        rowKey={(row) => row.id}
        phone="stack"
        empty={<EmptyState title="No visit on this day" />}
        columns={[
          { key: 'time', head: 'Time', names: true, cell: (row) => row.time },
          { key: 'person', head: 'Person', cell: (row) => row.person },
          { key: 'place', head: 'Where', cell: (row) => row.place },
          { key: 'staff', head: 'With', cell: (row) => row.staff },
          { key: 'what', head: 'What', cell: (row) => row.what },
          {
            key: 'order',
            head: 'Order',
            cell: (row) =>
              row.lookAgain ? (
                <>
                  {row.order}
                  <br />
                  <strong>Decision to be looked at again: no dose before</strong>
                </>
              ) : (
                row.order
              ),
          },
          { key: 'consent', head: 'Consent', cell: (row) => row.consent },
          { key: 'gate', head: 'Day before', cell: (row) => row.gate },
          {
            key: 'notes',
            head: <span className="day-sheet-notes">Notes</span>,
            cell: () => <span className="hidden">to be written by hand</span>,
          },
        ]}
      />
    </article>
  )
}
