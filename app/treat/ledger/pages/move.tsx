import { useActionData, useLoaderData } from 'react-router'
import { type FormAnswer, fieldErrors } from '../../../platform/form.ts'
import { guardedAction, guardedLoader } from '../../../platform/page.server.ts'
import {
  Breadcrumb,
  Button,
  ButtonLink,
  EmptyState,
  ErrorSummary,
  FormActions,
  Notice,
  PageHead,
  RadioGroup,
  Section,
  TextField,
} from '../../../ui/index.ts'
import { addCabinet, moveStock } from '../../treat-access.ts'
import scanCss from '../barcode/scan-field.css?url'
import { loadMove, type MovePage, move, newCabinet } from '../move-page.server.ts'
import stockCss from '../stock.css?url'
import { ChooseStock, fieldOf } from './stock-fields.tsx'

export function links() {
  return [
    { rel: 'stylesheet', href: scanCss },
    { rel: 'stylesheet', href: stockCss },
  ]
}

export const loader = guardedLoader(moveStock, loadMove)

export const action = guardedAction({ move: [moveStock, move], cabinet: [addCabinet, newCabinet] })

export function meta() {
  return [{ title: 'Move stock' }]
}

export default function Move() {
  const page = useLoaderData<typeof loader>()
  const answered = useActionData<typeof action>()
  const answer = answered && 'errors' in answered ? (answered as FormAnswer) : undefined
  const own = (intent: string) => (answer?.values.intent === intent ? answer : undefined)
  return (
    <>
      <PageHead
        breadcrumb={<Breadcrumb items={[{ href: '/work/stock', label: 'Stock' }]} />}
        title="Move stock"
        lead="Between the safe and the cabinets. An opened vial goes with all that is in it."
      />
      {page.done === 'cabinet' && !answer && (
        <Notice state="calm" announce="status" title="The cabinet is there." />
      )}
      <ErrorSummary errors={fieldErrors(answer)} title="Not recorded yet" />
      {page.choices.length === 0 ? (
        <EmptyState title="Nothing to move">Nothing stands in the safe or a cabinet.</EmptyState>
      ) : page.places.length === 1 ? (
        <EmptyState title="There is only the safe">
          {page.mayAdd
            ? 'Add a cabinet below to move stock into it.'
            : 'A manager adds cabinets; until then everything stands in the safe.'}
        </EmptyState>
      ) : (
        <MoveForm page={page} answer={own('move')} />
      )}
      {page.mayAdd && <CabinetForm page={page} answer={own('cabinet')} />}
    </>
  )
}

function MoveForm({ page, answer }: { page: MovePage; answer: FormAnswer | undefined }) {
  const field = fieldOf(answer)
  return (
    <form method="post" noValidate className="act">
      <input type="hidden" name="intent" value="move" />
      <input type="hidden" name="key" value={String(answer?.values.key ?? page.keys.move)} />
      <ChooseStock
        choices={page.choices}
        chosen={page.chosen}
        otherHref={page.choices.length > 1 ? '/work/stock/move' : undefined}
        today={page.today}
        answer={answer}
      />
      <RadioGroup {...field('to')} label="Where it goes" layout="list" choices={page.places} />
      <TextField {...field('reason')} label="Note" autoComplete="off" optional />
      <FormActions>
        <Button size="bedside">Move</Button>
        <Button size="bedside" kind="quiet" name="all" value="yes">
          Move all of it
        </Button>
        <ButtonLink href="/work/stock" kind="plain" size="bedside">
          Leave
        </ButtonLink>
      </FormActions>
    </form>
  )
}

function CabinetForm({ page, answer }: { page: MovePage; answer: FormAnswer | undefined }) {
  const field = fieldOf(answer)
  return (
    <Section title="A further cabinet">
      <form method="post" noValidate className="act">
        <input type="hidden" name="intent" value="cabinet" />
        <input type="hidden" name="key" value={String(answer?.values.key ?? page.keys.cabinet)} />
        <TextField
          {...field('name')}
          label="Its name, such as the room’s"
          width="medium"
          autoComplete="off"
          hint="Locked and substantially built, with a list of who may open it [M]. Its name stays."
        />
        <FormActions>
          <Button kind="quiet">Add the cabinet</Button>
        </FormActions>
      </form>
    </Section>
  )
}
