import { useLoaderData } from 'react-router'
import { runQuery } from '../../platform/command.server.ts'
import { guardedLoader } from '../../platform/page.server.ts'
import { dayInWords, localDateOf } from '../../platform/time.ts'
import { DataTable, EmptyState, PageHead } from '../../ui/index.ts'
import { readPeople } from '../identity-access.ts'
import { people } from '../index.server.ts'
import { ageYears } from '../person.ts'

export const loader = guardedLoader(readPeople, async ({ services, actor, clinic }) =>
  runQuery(services, actor, async ({ db, at, audit }) => {
    const found = await people(db, clinic.id)
    audit.read(readPeople.id, { object: 'person-list', detail: { people: found.length } })
    const today = localDateOf(at, clinic.timeZone)
    return {
      people: found.map((person) => ({
        id: person.id,
        name: person.displayName,
        age: ageYears(person.birthDate, today),
        since: dayInWords(person.createdAt, clinic.timeZone),
        synthetic: person.synthetic,
      })),
    }
  }),
)

export function meta() {
  return [{ title: 'People' }]
}

export default function People() {
  const { people: rows } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead title="People" lead="Everybody who is or was assessed or treated here." />
      <DataTable
        caption={`${rows.length} people by name`}
        rows={rows}
        rowKey={(row) => row.id}
        empty={<EmptyState title="Nobody yet">A person appears here when a request is accepted.</EmptyState>}
        columns={[
          {
            key: 'name',
            head: 'Name',
            names: true,
            cell: (row) => <a href={`/work/people/${row.id}`}>{row.name}</a>,
          },
          { key: 'age', head: 'Age', unit: 'years', align: 'figure', cell: (row) => row.age ?? 'unknown' },
          { key: 'since', head: 'Known since', cell: (row) => row.since },
          { key: 'note', head: 'Note', cell: (row) => (row.synthetic ? 'invented person' : '') },
        ]}
      />
    </>
  )
}
