import { useActionData, useLoaderData } from 'react-router'
import { type FormAnswer, fieldErrors } from '../../../../platform/form.ts'
import { guardedAction, guardedLoader } from '../../../../platform/page.server.ts'
import {
  Breadcrumb,
  Button,
  ButtonLink,
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
  TextField,
} from '../../../../ui/index.ts'
import { recordFromPaper } from '../../../treat-access.ts'
import { MovementTable } from '../../pages/movement-table.tsx'
import { ReadAndSign } from '../../pages/read-and-sign.tsx'
import { fieldOf } from '../../pages/stock-fields.tsx'
import { changeTyped, type ReadingStep } from '../../signed-act.server.ts'
import stockCss from '../../stock.css?url'
import { askFromPaper, enterFromPaper, type FromPaperPage, loadFromPaper } from '../from-paper-page.server.ts'
import { PAPER_KINDS, type PaperKind } from '../paper-line.ts'

export function links() {
  return [{ rel: 'stylesheet', href: stockCss }]
}

export const loader = guardedLoader(recordFromPaper, loadFromPaper)

export const action = guardedAction<FormAnswer | ReadingStep | Response>({
  ask: [recordFromPaper, askFromPaper],
  record: [recordFromPaper, enterFromPaper],
  change: [recordFromPaper, changeTyped],
})

export function meta() {
  return [{ title: 'Enter from paper' }]
}

const KINDS: Readonly<Record<PaperKind, { label: string; hint?: string }>> = {
  draw: {
    label: 'Drawn for a session',
    hint: 'Only where the session’s own page has not recorded the dose. What was given comes from that page.',
  },
  open: { label: 'A vial was opened', hint: 'Without drawing from it.' },
  waste: { label: 'Thrown away', hint: 'From a vial or what was left in a syringe.' },
  move: { label: 'Carried between safe and cabinets' },
  return: { label: 'Back into the safe', hint: 'A device or tablet nobody opened.' },
  lose: { label: 'Not to be found' },
}

export default function FromPaper() {
  const page = useLoaderData<typeof loader>()
  const answered = useActionData<typeof action>()
  const step = answered && 'read' in answered ? (answered as ReadingStep) : undefined
  const answer = answered && 'errors' in answered ? (answered as FormAnswer) : undefined
  const crumbs = <Breadcrumb items={[{ href: '/work/stock', label: 'Stock' }]} />
  if (step) return <ReadAndSign read={step.read} leaveHref="/work/stock/from-paper" breadcrumb={crumbs} own />
  return (
    <>
      <PageHead
        breadcrumb={crumbs}
        title="Enter from paper"
        lead="What was written on the day sheet while there was no power, line by line. Each stands in the ledger with both times: when it happened, and when it was entered."
        actions={
          <ButtonLink href="/work/stock/day-sheet" kind="quiet">
            Day sheet to print
          </ButtonLink>
        }
      />
      {page.done && !answer && (
        <Notice state="calm" announce="status" title={`Entered as number ${page.done}. The next line?`} />
      )}
      <ErrorSummary errors={fieldErrors(answer)} title="Not recorded yet" />
      {page.choices.length === 0 ? (
        <EmptyState title="Nothing in the stock">
          Nothing stands in the safe, a cabinet or a syringe.
        </EmptyState>
      ) : (
        <LineForm page={page} answer={answer} />
      )}
      <Section title="Entered from paper">
        <MovementTable
          caption="The last lines, newest first"
          rows={page.entered}
          more={[{ key: 'sheet', head: 'Sheet', cell: (row) => row.sheet }]}
          empty={
            <EmptyState title="Nothing yet">
              Lines stand here once they were entered and signed. Everything else goes on as ever.
            </EmptyState>
          }
        />
      </Section>
    </>
  )
}

function LineForm({ page, answer }: { page: FromPaperPage; answer: FormAnswer | undefined }) {
  const field = fieldOf(answer)
  const kept = (name: 'sheet' | 'day') => {
    const typed = field(name)
    return { ...typed, defaultValue: typed.defaultValue ?? page[name] }
  }
  return (
    <form method="post" noValidate className="act">
      <input type="hidden" name="intent" value="ask" />
      <input type="hidden" name="key" value={String(answer?.values.key ?? page.key)} />
      <TextField
        {...kept('sheet')}
        label="Number of the sheet"
        width="medium"
        autoComplete="off"
        hint="At the head of the paper, such as 1042-9f3ab2c1."
        optional
      />
      <div className="act-pair">
        <DateField {...kept('day')} label="Day it happened" max={page.today} />
        <TextField {...field('time')} label="Time on the sheet" type="time" width="short" />
      </div>
      <RadioGroup
        {...field('kind')}
        label="What was done"
        layout="list"
        choices={PAPER_KINDS.map((kind) => ({ value: kind, ...KINDS[kind] }))}
      />
      <SelectField
        {...field('from')}
        label="From what"
        prompt="Choose lot and place"
        options={page.choices}
        hint="What stands there by the ledger now."
      />
      <NumberField
        {...field('amount')}
        label="How much"
        hint="mL to two places, such as 1.20; sealed vials, devices and tablets as a whole number. Not asked for a vial that was only opened."
        optional
      />
      <SelectField
        {...field('sessionId')}
        label="For which session, if drawn"
        prompt="Choose the session"
        options={page.sessions}
        hint="By when it was opened, initials and the last eight characters of the record’s number, by which the page for an inspector finds it too."
        optional
      />
      <div className="act-pair">
        <NumberField
          {...field('vialNumber')}
          label="Number written on a new vial"
          whole
          hint="The next one when left empty."
          optional
        />
        <SelectField
          {...field('to')}
          label="Where to, if carried"
          prompt="Choose the place"
          options={page.places}
          optional
        />
      </div>
      <TextField
        {...field('reason')}
        label="Note"
        autoComplete="off"
        hint="No names of people treated."
        optional
      />
      <FormActions>
        <Button size="bedside">Go on</Button>
        <ButtonLink href="/work/stock" kind="plain" size="bedside">
          Leave
        </ButtonLink>
      </FormActions>
      <p className="act-next">
        The next page shows the line in words. You sign it with your own password
        {page.witnessed ? '; whoever witnessed waste or a loss signs there too' : ''}.
      </p>
    </form>
  )
}
