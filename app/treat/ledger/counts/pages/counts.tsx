import { useActionData, useLoaderData } from 'react-router'
import { type FormAnswer, fieldErrors } from '../../../../platform/form.ts'
import { guardedAction, guardedLoader } from '../../../../platform/page.server.ts'
import {
  Breadcrumb,
  Button,
  DataTable,
  EmptyState,
  ErrorSummary,
  FormActions,
  LinkList,
  PageHead,
  RadioGroup,
  Section,
  SelectField,
  StateChip,
} from '../../../../ui/index.ts'
import { countStock, readCounts } from '../../../treat-access.ts'
import { loadCounts, postBegin } from '../counts-page.server.ts'

export const loader = guardedLoader(readCounts, loadCounts)

export const action = guardedAction({ begin: [countStock, postBegin] })

export function meta() {
  return [{ title: 'Counts' }]
}

export default function Counts() {
  const page = useLoaderData<typeof loader>()
  const answered = useActionData<typeof action>()
  const answer = answered && 'errors' in answered ? (answered as FormAnswer) : undefined
  const typed = (name: string, otherwise: string) => String(answer?.values[name] ?? otherwise)
  return (
    <>
      <PageHead
        breadcrumb={<Breadcrumb items={[{ href: '/work/stock', label: 'Stock' }]} />}
        title="Counts"
        lead={
          page.twoPersonCount
            ? 'Two people count by themselves. Neither sees what the ledger expects nor what the other has entered.'
            : 'Whoever counts does not see what the ledger expects.'
        }
        actions={
          <a href="/work/stock/discrepancies">
            {page.discrepancies === 0
              ? 'No open discrepancies'
              : page.discrepancies === 1
                ? '1 open discrepancy'
                : `${page.discrepancies} open discrepancies`}
          </a>
        }
      />
      <ErrorSummary errors={fieldErrors(answer)} title="Not begun yet" />
      {page.underWay.length > 0 && (
        <Section title="Under way">
          <LinkList
            items={page.underWay.map((count) => ({
              href: `/work/stock/counts/${count.id}`,
              title: count.title,
              text:
                count.owed > 0
                  ? `${count.owed === 1 ? '1 lot waits' : `${count.owed} lots wait`} for you${count.again > 0 ? `, ${count.again} to be counted again` : ''}`
                  : 'You have counted. Somebody else counts now.',
              meta: `${count.settled} of ${count.lots} lots settled. Begun ${count.begun} by ${count.by}`,
            }))}
          />
        </Section>
      )}
      <DataTable
        caption="Places"
        rows={page.places}
        rowKey={(place) => place.code}
        rowTone={(place) => (place.due.state === 'calm' ? undefined : place.due.state)}
        phone="stack"
        empty={null}
        columns={[
          { key: 'place', head: 'Place', names: true, cell: (place) => place.title },
          { key: 'last', head: 'All of it last counted', cell: (place) => place.last ?? 'never' },
          { key: 'due', head: 'Due', cell: (place) => <StateChip {...place.due} /> },
        ]}
      />
      {page.mayCount && (
        <Section title="Begin a count">
          <form method="post" noValidate>
            <input type="hidden" name="intent" value="begin" />
            <input type="hidden" name="key" value={page.key} />
            <RadioGroup
              name="place"
              label="Place"
              layout="inline"
              defaultValue={typed('place', page.asked.place)}
              error={answer?.errors.place}
              choices={page.places.map(({ code, title }) => ({ value: code, label: title }))}
            />
            <SelectField
              name="lotId"
              label="Lot"
              hint="All that stand there, unless you choose one."
              defaultValue={typed('lotId', page.asked.lot)}
              error={answer?.errors.lotId}
              options={[
                { value: '', label: 'All lots' },
                ...page.lots.map(({ id, label }) => ({ value: id, label })),
              ]}
            />
            <FormActions>
              <Button>Begin</Button>
            </FormActions>
          </form>
        </Section>
      )}
      <Section title="Ended">
        <DataTable
          caption="Newest first"
          rows={page.ended}
          rowKey={(count) => count.id}
          phone="stack"
          empty={
            <EmptyState title="No count has ended yet">Each stays here with who counted what.</EmptyState>
          }
          columns={[
            {
              key: 'what',
              head: 'What',
              names: true,
              cell: (count) => <a href={`/work/stock/counts/${count.id}`}>{count.title}</a>,
            },
            { key: 'when', head: 'When', cell: (count) => count.when },
            { key: 'by', head: 'Ended by', cell: (count) => count.by },
            {
              key: 'how',
              head: 'How',
              cell: (count) =>
                count.how === 'finished' ? (
                  <StateChip state="calm" word="finished" />
                ) : (
                  <>
                    <StateChip state="unknown" word="stopped" /> {count.reason}
                  </>
                ),
            },
          ]}
        />
      </Section>
    </>
  )
}
