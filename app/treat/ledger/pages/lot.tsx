import { useActionData, useLoaderData } from 'react-router'
import { type FormAnswer, fieldErrors } from '../../../platform/form.ts'
import { guardedAction, guardedLoader } from '../../../platform/page.server.ts'
import {
  Breadcrumb,
  Button,
  ErrorSummary,
  Facts,
  FormActions,
  Notice,
  PageHead,
  Section,
  TextField,
  Timeline,
} from '../../../ui/index.ts'
import { readStock, recallLot } from '../../treat-access.ts'
import { type LotPage, loadLot, postRecall } from '../lot-page.server.ts'
import stockCss from '../stock.css?url'
import { LotStateChip, StandingList } from './lot-facts.tsx'
import { MovementTable } from './movement-table.tsx'
import { fieldOf } from './stock-fields.tsx'

export function links() {
  return [{ rel: 'stylesheet', href: stockCss }]
}

export const handle = { width: 'wide' as const }

export const loader = guardedLoader(readStock, loadLot)

export const action = guardedAction({
  recall: [recallLot, postRecall('recalled')],
  clear: [recallLot, postRecall('cleared')],
})

export function meta({ data }: { data?: LotPage }) {
  return [{ title: data ? `Lot ${data.lot.lotNumber}` : 'Lot' }]
}

const DONE: Readonly<Record<string, string>> = {
  recalled: 'Called back. It is not used any more; put it aside.',
  cleared: 'The recall is over. It may be used again.',
}

export default function Lot() {
  const page = useLoaderData<typeof loader>()
  const answered = useActionData<typeof action>()
  const answer = answered && 'errors' in answered ? (answered as FormAnswer) : undefined
  const { lot } = page
  return (
    <>
      <PageHead
        breadcrumb={<Breadcrumb items={[{ href: '/work/stock', label: 'Stock' }]} />}
        kicker={`${lot.drug} ${lot.strength}`}
        title={`Lot ${lot.lotNumber}`}
        state={<LotStateChip lot={lot} />}
      />
      {page.done && DONE[page.done] && !answer && (
        <Notice state="calm" announce="status" title={DONE[page.done]} />
      )}
      <ErrorSummary errors={fieldErrors(answer)} title="Not recorded yet" />
      <Section title={`${lot.left} on hand (${lot.mg})`}>
        <StandingList lot={lot} mayMove={page.mayMove} mayTakeOut={page.mayTakeOut} />
      </Section>
      <Section title="What it is">
        <Facts
          layout="columns"
          facts={[
            { term: 'Usable through', value: page.expires },
            ...(page.container ? [{ term: 'One vial holds', value: page.container }] : []),
            { term: 'Received', value: page.received },
            { term: 'Supplier', value: page.supplier },
            { term: 'Invoice', value: page.invoice },
            { term: 'Product number', value: page.gtin },
          ]}
        />
      </Section>
      <Section title="Movements">
        <MovementTable
          caption={page.more ? 'The newest 200, newest first' : 'Newest first'}
          rows={page.movements}
          ofOneLot
          empty={null}
          more={[
            {
              key: 'balance',
              head: 'Stands after it',
              align: 'figure',
              cell: (row: LotPage['movements'][number]) => row.balance,
            },
          ]}
        />
        {page.more && (
          <p>
            <a href={`/work/stock/ledger?lot=${lot.id}`}>All movements of this lot</a>
          </p>
        )}
      </Section>
      <Recall page={page} answer={answer} />
    </>
  )
}

function Recall({ page, answer }: { page: LotPage; answer: FormAnswer | undefined }) {
  const { lot, recalls } = page
  const field = fieldOf(answer)
  const over = lot.state === 'recalled'
  return (
    <Section title="Recall">
      {recalls.length > 0 && (
        <Timeline
          label="Recall, newest first"
          items={recalls.map((each, index) => ({
            key: String(index),
            when: each.when,
            dateTime: each.at,
            by: each.by,
            title: each.state === 'recalled' ? 'Called back' : 'The recall is over',
            body: <p>{each.reason}</p>,
          }))}
        />
      )}
      {page.mayRecall && (
        <form method="post" noValidate className="act screen-only">
          <input type="hidden" name="intent" value={over ? 'clear' : 'recall'} />
          <input type="hidden" name="key" value={String(answer?.values.key ?? page.key)} />
          <p>
            {over
              ? 'Once it is ended, every delivery of this lot number may be used again.'
              : 'Every delivery of this lot number is barred from drawing and from cabinets at once. It stays in the balance until it is sent back.'}
          </p>
          <TextField
            {...field('reason')}
            label={over ? 'Why it may be used again' : 'Who called it back, and why'}
            autoComplete="off"
          />
          <FormActions>
            <Button kind={over ? 'quiet' : 'danger'}>{over ? 'End the recall' : 'Call this lot back'}</Button>
          </FormActions>
        </form>
      )}
    </Section>
  )
}
