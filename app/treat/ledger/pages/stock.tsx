import { useActionData, useLoaderData } from 'react-router'
import type { FormAnswer } from '../../../platform/form.ts'
import { guardedAction, guardedLoader } from '../../../platform/page.server.ts'
import {
  Button,
  DataTable,
  DateField,
  EmptyState,
  ErrorSummary,
  FormActions,
  Notice,
  NumberField,
  PageHead,
  RadioGroup,
  Section,
  SelectField,
  StateChip,
  TextField,
} from '../../../ui/index.ts'
import { fieldId, returnedTo } from '../../bedside/bedside-form.tsx'
import treatCss from '../../treat.css?url'
import { readStock, receiveStock, wasteStock } from '../../treat-access.ts'
import { loadStock, receive, waste } from '../stock-page.server.ts'

export function links() {
  return [{ rel: 'stylesheet', href: treatCss }]
}

export const loader = guardedLoader(readStock, loadStock)

export const action = guardedAction({ receive: [receiveStock, receive], waste: [wasteStock, waste] })

export function meta() {
  return [{ title: 'Stock' }]
}

const DONE: Readonly<Record<string, string>> = {
  received: 'Delivery taken into the stock.',
  wasted: 'Waste recorded.',
}

const EXPIRY = {
  expired: { state: 'unknown', word: 'expired, not used' },
  soon: { state: 'due', word: 'expires soon, use first' },
  'in-date': { state: 'calm', word: 'in date' },
} as const

type StockPage = Awaited<ReturnType<typeof loadStock>>

export default function Stock() {
  const page = useLoaderData<typeof loader>()
  const answered = useActionData<typeof action>()
  const answer = answered && 'errors' in answered ? (answered as FormAnswer) : undefined
  return (
    <>
      <PageHead
        title="Stock"
        lead="Controlled drugs by lot. A balance is the sum of its movements; no movement is ever changed or removed."
      />
      {page.done && DONE[page.done] && !answer && (
        <Notice state="calm" announce="status" title={DONE[page.done]} />
      )}
      {answer && (
        <ErrorSummary
          errors={Object.entries(answer.errors).map(([field, message]) => ({
            fieldId: fieldId(String(answer.values.intent), field === 'form' ? 'reason' : field),
            message,
          }))}
          title="Not recorded yet"
        />
      )}
      {page.syringe && page.mayMove && <WasteForm page={page} answer={answer} syringe={page.syringe} />}
      <DataTable
        caption="Lots, first to expire first"
        rows={page.lots}
        rowKey={(lot) => lot.id}
        rowTone={(lot) => (lot.state === 'soon' ? 'due' : undefined)}
        phone="stack"
        empty={
          <EmptyState title="Nothing in the stock">
            A lot appears here when a delivery is taken in below.
          </EmptyState>
        }
        columns={[
          { key: 'lot', head: 'Lot', names: true, cell: (lot) => lot.lotNumber },
          { key: 'drug', head: 'Drug', cell: (lot) => lot.drug },
          { key: 'strength', head: 'Strength', align: 'figure', cell: (lot) => lot.strength },
          { key: 'container', head: 'Container', align: 'figure', cell: (lot) => lot.container },
          { key: 'balance', head: 'Left', align: 'figure', cell: (lot) => lot.left },
          { key: 'mg', head: 'Left', unit: 'mg', align: 'figure', cell: (lot) => lot.leftMg },
          { key: 'expires', head: 'Usable through', cell: (lot) => lot.expires },
          { key: 'state', head: 'Expiry', cell: (lot) => <StateChip {...EXPIRY[lot.state]} /> },
        ]}
      />
      {page.mayMove && (
        <>
          <ReceiveForm page={page} answer={answer} />
          {!page.syringe && page.lots.length > 0 && <WasteForm page={page} answer={answer} />}
        </>
      )}
      <Section title="Movements">
        <DataTable
          caption="The last 100, newest first"
          rows={page.movements}
          rowKey={(movement) => movement.id}
          phone="stack"
          empty={
            <EmptyState title="No movements yet">Each delivery, dose and waste is a line here.</EmptyState>
          }
          columns={[
            { key: 'when', head: 'When', names: true, cell: (movement) => movement.when },
            { key: 'lot', head: 'Lot', cell: (movement) => movement.lot },
            {
              key: 'kind',
              head: 'What',
              cell: (movement) =>
                movement.sessionId ? (
                  <a href={`/work/sessions/${movement.sessionId}`}>{movement.kind}</a>
                ) : (
                  movement.kind
                ),
            },
            { key: 'amount', head: 'Amount', align: 'figure', cell: (movement) => movement.amount },
            {
              key: 'change',
              head: 'Change of balance',
              align: 'figure',
              cell: (movement) => movement.change,
            },
            { key: 'by', head: 'By', cell: (movement) => movement.by },
            { key: 'reason', head: 'Note', cell: (movement) => movement.reason },
          ]}
        />
      </Section>
    </>
  )
}

function ReceiveForm({ page, answer }: { page: StockPage; answer: FormAnswer | undefined }) {
  const returned = returnedTo('receive', answer)
  const field = (name: string) => ({
    name,
    id: fieldId('receive', name),
    defaultValue: returned.value(name),
    error: returned.error(name),
  })
  return (
    <Section title="Take in a delivery">
      <form method="post" noValidate>
        <input type="hidden" name="intent" value="receive" />
        <input type="hidden" name="key" value={page.keys.receive} />
        <div className="bedside-pair">
          <TextField {...field('lotNumber')} label="Lot number" autoComplete="off" />
          <TextField {...field('reason')} label="Supplier and invoice" autoComplete="off" />
          <DateField {...field('expiresOn')} label="Usable through" />
        </div>
        <RadioGroup
          {...field('form')}
          defaultValue={returned.value('form') ?? 'vial'}
          label="What came"
          layout="inline"
          choices={[
            { value: 'vial', label: 'Vials' },
            { value: 'nasal-device', label: 'Spray devices' },
            { value: 'tablet', label: 'Tablets' },
          ]}
        />
        <div className="bedside-pair">
          <NumberField {...field('concentrationMgPerMl')} label="Vials: strength" unit="mg/mL" />
          <NumberField {...field('containerMl')} label="Vials: one holds" unit="mL" />
          <NumberField {...field('containers')} label="Vials: how many" whole />
          <NumberField {...field('unitMg')} label="Devices or tablets: in each" unit="mg" />
          <NumberField {...field('units')} label="Devices or tablets: how many" whole />
        </div>
        <FormActions>
          <Button type="submit">Take in</Button>
        </FormActions>
      </form>
    </Section>
  )
}

function WasteForm({
  page,
  answer,
  syringe,
}: {
  page: StockPage
  answer: FormAnswer | undefined
  syringe?: NonNullable<StockPage['syringe']>
}) {
  const returned = returnedTo('waste', answer)
  return (
    <Section title={syringe ? 'Waste what was left in the syringe' : 'Record waste'}>
      {syringe && (
        <p>
          {syringe.leftMl.toFixed(2)} mL are not accounted for. They were drawn before, so the lot’s balance
          stays as it is.
        </p>
      )}
      <form method="post" noValidate>
        <input type="hidden" name="intent" value="waste" />
        <input type="hidden" name="key" value={page.keys.waste} />
        {syringe && <input type="hidden" name="sessionId" value={syringe.sessionId} />}
        {syringe && <input type="hidden" name="lotId" value={syringe.lotId} />}
        <div className="bedside-pair">
          {!syringe && (
            <SelectField
              name="lotId"
              id={fieldId('waste', 'lotId')}
              label="Lot"
              prompt="Choose the lot"
              options={page.lots.map((lot) => ({
                value: lot.id,
                label: `${lot.lotNumber}, ${lot.left} left`,
              }))}
              defaultValue={returned.value('lotId')}
              error={returned.error('lotId')}
            />
          )}
          <NumberField
            name="volumeMl"
            id={fieldId('waste', 'volumeMl')}
            label={syringe ? 'Thrown away' : 'Thrown away: mL, or how many devices or tablets'}
            unit={syringe ? 'mL' : undefined}
            defaultValue={returned.value('volumeMl')}
            error={returned.error('volumeMl')}
          />
          <TextField
            name="reason"
            id={fieldId('waste', 'reason')}
            label="Why, and who saw it"
            autoComplete="off"
            defaultValue={returned.value('reason')}
            error={returned.error('reason')}
          />
        </div>
        <FormActions>
          <Button type="submit" kind="quiet">
            Record waste
          </Button>
        </FormActions>
      </form>
    </Section>
  )
}
