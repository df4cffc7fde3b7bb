import { useLoaderData } from 'react-router'
import { runQuery } from '../../platform/command.server.ts'
import { guardedLoader } from '../../platform/page.server.ts'
import { DataTable, EmptyState, PageHead } from '../../ui/index.ts'
import { readStaff } from '../identity-access.ts'
import { members } from '../index.server.ts'

export const loader = guardedLoader(readStaff, async ({ services, actor, clinic }) =>
  runQuery(services, actor, async ({ db }) => {
    const all = await members(db, clinic.id, [
      'coordinator',
      'prescriber',
      'nurse',
      'therapist',
      'manager',
      'researcher',
    ])
    return {
      staff: all.map(({ membershipId, name, email, roles }) => ({
        id: membershipId,
        name,
        email,
        roles: roles.join(', '),
      })),
    }
  }),
)

export function meta() {
  return [{ title: 'Staff' }]
}

export default function Staff() {
  const { staff } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead
        title="Staff"
        lead="Who works here and in which role. New members are added with: npm run clinic -- add-member"
      />
      <DataTable
        caption={`${staff.length} members`}
        rows={staff}
        rowKey={(row) => row.id}
        empty={<EmptyState title="Nobody yet" />}
        columns={[
          { key: 'name', head: 'Name', names: true, cell: (row) => row.name },
          { key: 'roles', head: 'Roles', cell: (row) => row.roles },
          { key: 'email', head: 'E-mail', cell: (row) => row.email },
        ]}
      />
    </>
  )
}
