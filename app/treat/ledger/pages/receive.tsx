import { useActionData, useLoaderData } from 'react-router'
import { type FormAnswer, fieldErrors } from '../../../platform/form.ts'
import { guardedAction, guardedLoader } from '../../../platform/page.server.ts'
import {
  Breadcrumb,
  Button,
  ButtonLink,
  DateField,
  ErrorSummary,
  FormActions,
  NumberField,
  PageHead,
  RadioGroup,
  TextField,
} from '../../../ui/index.ts'
import { receiveStock } from '../../treat-access.ts'
import scanCss from '../barcode/scan-field.css?url'
import { ScanField } from '../barcode/scan-field.tsx'
import {
  askForReceive,
  askReceive,
  loadReceive,
  type ReceivePage,
  recordReceive,
} from '../receive-page.server.ts'
import { changeTyped, type ReadingStep } from '../signed-act.server.ts'
import stockCss from '../stock.css?url'
import { AskElsewhereButton } from '../witness-request/ask-button.tsx'
import { ReadAndSign } from './read-and-sign.tsx'
import { fieldOf } from './stock-fields.tsx'

export function links() {
  return [
    { rel: 'stylesheet', href: scanCss },
    { rel: 'stylesheet', href: stockCss },
  ]
}

export const loader = guardedLoader(receiveStock, loadReceive)

export const action = guardedAction<FormAnswer | ReadingStep | Response>({
  ask: [receiveStock, askReceive],
  record: [receiveStock, recordReceive],
  'ask-witness': [receiveStock, askForReceive],
  change: [receiveStock, changeTyped],
})

export function meta() {
  return [{ title: 'Receive a delivery' }]
}

export default function Receive() {
  const page = useLoaderData<typeof loader>()
  const answered = useActionData<typeof action>()
  const step = answered && 'read' in answered ? (answered as ReadingStep) : undefined
  const answer = answered && 'errors' in answered ? (answered as FormAnswer) : undefined
  const crumbs = <Breadcrumb items={[{ href: '/work/stock', label: 'Stock' }]} />
  if (step)
    return (
      <ReadAndSign
        read={step.read}
        leaveHref="/work/stock"
        breadcrumb={crumbs}
        elsewhere={<AskElsewhereButton />}
      />
    )
  return (
    <>
      <PageHead
        breadcrumb={crumbs}
        title="Receive a delivery"
        lead="Each lot of a delivery by itself. It goes into the safe."
      />
      <ErrorSummary errors={fieldErrors(answer)} title="Not recorded yet" />
      <ReceiveForm page={page} answer={answer} />
    </>
  )
}

function ReceiveForm({ page, answer }: { page: ReceivePage; answer: FormAnswer | undefined }) {
  const field = fieldOf(answer)
  const form = field('form')
  return (
    <form method="post" noValidate className="act">
      <input type="hidden" name="intent" value="ask" />
      <input type="hidden" name="key" value={String(answer?.values.key ?? page.key)} />
      <ScanField {...field('scanned')} today={page.today} autoFocus={answer === undefined} optional />
      <RadioGroup
        {...form}
        defaultValue={form.defaultValue ?? 'vial'}
        label="What came"
        layout="inline"
        choices={[
          { value: 'vial', label: 'Vials' },
          { value: 'nasal-device', label: 'Spray devices' },
          { value: 'tablet', label: 'Tablets' },
        ]}
      />
      <div className="act-pair">
        <TextField {...field('lotNumber')} label="Lot number" autoComplete="off" />
        <DateField {...field('expiresOn')} label="Usable through" />
      </div>
      <div className="act-pair act-vials">
        <NumberField {...field('containers')} label="Vials: how many" whole />
        <NumberField {...field('containerMl')} label="Vials: one holds" unit="mL" />
        <NumberField {...field('concentrationMgPerMl')} label="Vials: strength" unit="mg/mL" />
      </div>
      <div className="act-pair act-units">
        <NumberField {...field('units')} label="Devices or tablets: how many" whole />
        <NumberField {...field('unitMg')} label="Devices or tablets: in each" unit="mg" />
      </div>
      <div className="act-pair">
        <TextField {...field('supplier')} label="Supplier" autoComplete="off" />
        <TextField
          {...field('invoice')}
          label="Invoice"
          autoComplete="off"
          hint="Write today’s date on the paper as well and keep it: that is federal for Schedule III [M]."
        />
      </div>
      <div className="act-pair">
        <TextField
          {...field('gtin')}
          label="Product number (GTIN)"
          inputMode="numeric"
          autoComplete="off"
          optional
        />
        <TextField {...field('reason')} label="Note" autoComplete="off" optional />
      </div>
      <FormActions>
        <Button size="bedside">Go on</Button>
        <ButtonLink href="/work/stock" kind="plain" size="bedside">
          Leave
        </ButtonLink>
      </FormActions>
      <p className="act-next">
        The next page shows it in words{page.witnessed ? ', and a second person signs it there' : ''}.
      </p>
    </form>
  )
}
