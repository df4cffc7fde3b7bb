import { useActionData, useLoaderData } from 'react-router'
import type { FormAnswer } from '../../../../platform/form.ts'
import { guardedAction, guardedLoader } from '../../../../platform/page.server.ts'
import {
  Breadcrumb,
  Button,
  DataTable,
  EmptyState,
  ErrorSummary,
  FormActions,
  PageHead,
  RadioGroup,
  Section,
  StateChip,
  StepUpField,
  TextField,
} from '../../../../ui/index.ts'
import { readInventory, signInventory } from '../../../treat-access.ts'
import countsCss from '../../counts/counts.css?url'
import { loadInventories, postInventory } from '../inventory-page.server.ts'
import { InventoryParts } from '../inventory-table.tsx'

export function links() {
  return [{ rel: 'stylesheet', href: countsCss }]
}

export const loader = guardedLoader(readInventory, loadInventories)

export const action = guardedAction({ sign: [signInventory, postInventory] })

export function meta() {
  return [{ title: 'Inventories' }]
}

export default function Inventories() {
  const page = useLoaderData<typeof loader>()
  const answered = useActionData<typeof action>()
  const answer = answered && 'errors' in answered ? (answered as FormAnswer) : undefined
  const field = (name: string, otherwise?: string) => ({
    name,
    defaultValue: (answer?.values[name] as string | undefined) ?? otherwise,
    error: answer?.errors[name],
  })
  return (
    <>
      <PageHead
        breadcrumb={<Breadcrumb items={[{ href: '/work/stock', label: 'Stock' }]} />}
        title="Inventories"
        lead="An inventory at the start and then at least every two years (21 CFR 1304.11) [S]. A count is best taken on the same day: begin it under Counts."
        state={<StateChip {...page.due} />}
        actions={<a href="/work/stock/counts">Counts</a>}
      />
      {page.due.on && <p>The next biennial inventory is due by {page.due.on}.</p>}
      {answer && (
        <ErrorSummary
          errors={Object.entries(answer.errors).map(([name, message]) => ({
            fieldId: name === 'form' ? 'kind' : name,
            message,
          }))}
          title="Not signed yet"
        />
      )}
      <DataTable
        caption="Signed, newest first"
        rows={page.signed}
        rowKey={(each) => each.id}
        phone="stack"
        empty={<EmptyState title="None is signed yet">The first one is the initial inventory.</EmptyState>}
        columns={[
          {
            key: 'what',
            head: 'What',
            names: true,
            cell: (each) => <a href={`/work/stock/inventory/${each.id}`}>{each.title}</a>,
          },
          { key: 'when', head: 'Taken', cell: (each) => each.when },
          { key: 'by', head: 'Signed by', cell: (each) => each.by },
          {
            key: 'counted',
            head: 'Rests on',
            cell: (each) => (each.counted ? 'a count of the same day' : 'the ledger, not all of it counted'),
          },
        ]}
      />
      <Section title="What an inventory would say now">
        <InventoryParts draft={page.draft} />
      </Section>
      {page.maySign && (
        <Section title="Sign it, two of you">
          <form method="post" noValidate className="stack">
            <input type="hidden" name="intent" value="sign" />
            <input type="hidden" name="key" value={page.key} />
            <input type="hidden" name="shown" value={page.shown} />
            <RadioGroup
              {...field('kind', page.first ? 'initial' : 'biennial')}
              label="What it is"
              layout="inline"
              choices={
                page.first
                  ? [{ value: 'initial', label: 'The initial inventory' }]
                  : [
                      { value: 'biennial', label: 'A biennial inventory' },
                      { value: 'on-demand', label: 'An inventory on demand' },
                    ]
              }
            />
            <RadioGroup
              {...field('dayPart')}
              label="Taken at"
              layout="inline"
              choices={[
                { value: 'opening', label: 'Opening of business' },
                { value: 'close', label: 'Close of business' },
              ]}
            />
            <TextField
              {...field('secondEmail')}
              label="Second person: their e-mail address"
              width="medium"
              autoComplete="off"
            />
            <StepUpField second label="Second person: their password" error={answer?.errors.secondPassword} />
            <StepUpField label="Your password, as your signature" error={answer?.errors.password} />
            <FormActions>
              <Button>Sign the inventory</Button>
            </FormActions>
          </form>
        </Section>
      )}
    </>
  )
}
