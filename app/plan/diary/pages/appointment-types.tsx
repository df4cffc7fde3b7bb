import { useLoaderData } from 'react-router'
import { runQuery } from '../../../platform/command.server.ts'
import { guardedLoader } from '../../../platform/page.server.ts'
import { ButtonLink, DataTable, EmptyState, Notice, PageHead, StateChip } from '../../../ui/index.ts'
import { readDiarySettings } from '../../plan-access.ts'
import { appointmentTypes } from '../resource-queries.server.ts'
import { MODE_WORDS, needsWords } from '../type-words.ts'

export const loader = guardedLoader(readDiarySettings, async ({ services, actor, clinic, url }) =>
  runQuery(services, actor, async ({ db }) => ({
    types: (await appointmentTypes(db, clinic.id)).map((type) => ({
      code: type.code,
      name: type.name,
      neutralName: type.neutralName,
      mode: MODE_WORDS[type.mode],
      length: type.lengthMin === undefined ? 'as the protocol says' : `${type.lengthMin} min`,
      turnaround: `${type.beforeMin} / ${type.afterMin}`,
      needs: needsWords(type.needs),
      asProposed: type.revision === 0,
      retired: type.retired,
    })),
    saved: url.searchParams.get('done') === 'saved',
  })),
)

export function meta() {
  return [{ title: 'Kinds of appointments' }]
}

export default function AppointmentTypes() {
  const data = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead
        title="Kinds of appointments"
        lead="How long each is, what it needs, and how people come to it. What is marked as a default is proposed by the program and to be set by the medical director."
        actions={
          <ButtonLink kind="quiet" href="/work/appointment-types/new">
            Add a kind
          </ButtonLink>
        }
      />
      {data.saved && <Notice state="calm" announce="status" title="The kind of appointment is saved." />}
      <DataTable
        caption="Kinds of appointments"
        captionHidden
        rows={data.types}
        rowKey={(row) => row.code}
        phone="stack"
        empty={<EmptyState title="No kind yet">Add the first one.</EmptyState>}
        columns={[
          {
            key: 'name',
            head: 'Kind',
            names: true,
            cell: (row) => <a href={`/work/appointment-types/${row.code}`}>{row.name}</a>,
          },
          { key: 'neutral', head: 'Patients read', cell: (row) => row.neutralName },
          { key: 'mode', head: 'Booked by patients', cell: (row) => row.mode },
          { key: 'length', head: 'Length', cell: (row) => row.length },
          {
            key: 'around',
            head: 'Before / after',
            unit: 'min',
            align: 'figure',
            cell: (row) => row.turnaround,
          },
          { key: 'needs', head: 'Needs', cell: (row) => row.needs },
          {
            key: 'state',
            head: 'State',
            cell: (row) => (
              <StateChip
                state={row.retired || row.asProposed ? 'unknown' : 'calm'}
                word={row.retired ? 'no longer booked' : row.asProposed ? 'default' : 'set here'}
              />
            ),
          },
        ]}
      />
    </>
  )
}
