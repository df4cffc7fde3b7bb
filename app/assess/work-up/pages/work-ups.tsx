import { useLoaderData } from 'react-router'
import { guardedLoader } from '../../../platform/page.server.ts'
import {
  Button,
  DataTable,
  EmptyState,
  FormActions,
  PageHead,
  Section,
  SelectField,
} from '../../../ui/index.ts'
import { listWorkUps } from '../work-up-access.ts'
import { loadWorkUps } from '../work-up-page.server.ts'
import workUpCss from './work-up.css?url'

export const loader = guardedLoader(listWorkUps, loadWorkUps)

export const handle = { width: 'wide' as const }

export function links() {
  return [{ rel: 'stylesheet', href: workUpCss }]
}

export function meta() {
  return [{ title: 'Work-up' }]
}

type Open = readonly { readonly title: string; readonly words: string }[]

export default function WorkUpsPage() {
  const data = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead
        title="Work-up"
        lead={
          data.showLeftOpen
            ? `Assessments of more than ${data.overDays} days ago of which no dose came, and nothing since.`
            : `${data.withOverdue} of ${data.people} people in assessment or treatment have something overdue.`
        }
      />
      <form method="get" className="row">
        <SelectField
          name="item"
          label="Item"
          options={[{ value: '', label: 'Every item' }, ...data.items]}
          defaultValue={data.item ?? ''}
        />
        <SelectField
          name="show"
          label="Show"
          options={[
            { value: 'open', label: 'Overdue and due' },
            { value: 'overdue', label: 'Overdue only' },
            { value: 'left-open', label: 'Left open long ago' },
          ]}
          defaultValue={data.showLeftOpen ? 'left-open' : data.overdueOnly ? 'overdue' : 'open'}
        />
        <FormActions>
          <Button kind="quiet">Show</Button>
        </FormActions>
      </form>
      {data.leftOpen > 0 && !data.showLeftOpen && (
        <p>
          {data.leftOpen === 1 ? '1 person is' : `${data.leftOpen} people are`} left out: assessed more than{' '}
          {data.overDays} days ago, no dose, and nothing decided since.{' '}
          <a href="?show=left-open">Show who was left out</a>
        </p>
      )}
      <Section title={data.showLeftOpen ? 'Left open' : 'Open, overdue first'}>
        <DataTable
          caption={data.rows.length === 1 ? '1 person' : `${data.rows.length} people`}
          rows={data.rows}
          rowKey={(row) => row.personId}
          phone="stack"
          empty={
            <EmptyState title="Nothing open">
              <p>What is due or too old for somebody in assessment or treatment stands here.</p>
            </EmptyState>
          }
          columns={[
            {
              key: 'name',
              head: 'Name',
              names: true,
              cell: (row) => <a href={`/work/people/${row.personId}/work-up`}>{row.name}</a>,
            },
            { key: 'overdue', head: 'Overdue', cell: (row) => <Items of={row.overdue} /> },
            { key: 'due', head: 'Due', cell: (row) => <Items of={row.due} /> },
          ]}
        />
      </Section>
    </>
  )
}

/** The first few by name; the rest is on the person's page. */
const SHOWN = 4

function Items({ of }: { of: Open }) {
  if (of.length === 0) return <>none</>
  return (
    <>
      {of.slice(0, SHOWN).map(({ title, words }) => (
        <div key={title}>
          {title}
          <span className="work-up-note">{words}</span>
        </div>
      ))}
      {of.length > SHOWN && <span className="work-up-note">and {of.length - SHOWN} more</span>}
    </>
  )
}
