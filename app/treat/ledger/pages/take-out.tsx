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
import { wasteStock } from '../../treat-access.ts'
import scanCss from '../barcode/scan-field.css?url'
import { changeTyped, type ReadingStep } from '../signed-act.server.ts'
import stockCss from '../stock.css?url'
import {
  askForTakeOut,
  askTakeOut,
  loadTakeOut,
  recordTakeOut,
  type TakeOutPage,
} from '../take-out-page.server.ts'
import { AskElsewhereButton } from '../witness-request/ask-button.tsx'
import { ReadAndSign } from './read-and-sign.tsx'
import { ChooseStock, fieldOf } from './stock-fields.tsx'

export function links() {
  return [
    { rel: 'stylesheet', href: scanCss },
    { rel: 'stylesheet', href: stockCss },
  ]
}

export const loader = guardedLoader(wasteStock, loadTakeOut)

export const action = guardedAction<FormAnswer | ReadingStep | Response>({
  ask: [wasteStock, askTakeOut],
  record: [wasteStock, recordTakeOut],
  'ask-witness': [wasteStock, askForTakeOut],
  change: [wasteStock, changeTyped],
})

export function meta() {
  return [{ title: 'Take out of the stock' }]
}

const WAYS: Readonly<Record<TakeOutPage['ways'][number], { label: string; hint: string }>> = {
  waste: {
    label: 'Thrown away',
    hint: 'What is left over, broken or too long open. Federal rule: recorded, and made unusable [S]. A witness is good practice, often a rule of the state [M].',
  },
  lose: {
    label: 'Not to be found',
    hint: 'Theft or a significant loss: written notice to the DEA field office within one business day [S], Form 106 within 45 days [M]. A witness is good practice: otherwise one person alone could empty a syringe so.',
  },
  'send-back': { label: 'Sent back', hint: 'To the supplier or a reverse distributor.' },
  destroy: {
    label: 'Destroyed as stock',
    hint: 'Form 41; two authorised employees witness it, always (21 CFR 1317.95) [M].',
  },
  return: { label: 'Back into the safe', hint: 'A device or tablet nobody opened.' },
}

export default function TakeOut() {
  const page = useLoaderData<typeof loader>()
  const answered = useActionData<typeof action>()
  const step = answered && 'read' in answered ? (answered as ReadingStep) : undefined
  const answer = answered && 'errors' in answered ? (answered as FormAnswer) : undefined
  const crumbs = <Breadcrumb items={[{ href: '/work/stock', label: 'Stock' }]} />
  const leaveHref = page.syringe?.maySee ? `/work/sessions/${page.syringe.sessionId}` : '/work/stock'
  if (step)
    return (
      <ReadAndSign
        read={step.read}
        leaveHref={leaveHref}
        breadcrumb={crumbs}
        elsewhere={<AskElsewhereButton />}
      />
    )
  const { syringe } = page
  return (
    <>
      <PageHead
        breadcrumb={crumbs}
        title={syringe ? 'What was left in the syringe' : 'Take out of the stock'}
        lead={
          syringe
            ? `The session opened ${syringe.opened}. Everything drawn is given, wasted or returned on record before its note can be signed.`
            : 'Waste, loss, sending back, destruction. What is recorded stands for good; a slip is set right by a count.'
        }
      />
      <ErrorSummary errors={fieldErrors(answer)} title="Not recorded yet" />
      {syringe && !syringe.ended && (
        <Notice state="due" title="The dose has not ended">
          <p>What is left is known once it has. Record the end or the stop at the bedside first.</p>
        </Notice>
      )}
      {syringe?.ended && syringe.follows && (
        <Notice state="due" title="What was given is not in the ledger yet">
          <p>
            The log of the session says another amount than the ledger has yet. What stands below is what is
            left by the log; the ledger follows with this entry, or with the next one of the session.
          </p>
        </Notice>
      )}
      {page.syringe?.wrong[0] ? (
        <SetRight wrong={page.syringe.wrong[0]} page={page} answer={answer} leaveHref={leaveHref} />
      ) : page.choices.length === 0 ? (
        <EmptyState
          title={syringe ? 'Nothing is left to account for' : 'Nothing in the stock'}
          action={
            <ButtonLink href={leaveHref} kind="quiet">
              Back
            </ButtonLink>
          }
        >
          {syringe
            ? 'By the ledger all that was drawn for this session was given, wasted or returned.'
            : 'Nothing stands in the safe or a cabinet.'}
        </EmptyState>
      ) : (
        <TakeOutForm page={page} answer={answer} leaveHref={leaveHref} />
      )}
    </>
  )
}

/** Before anything else of a session: waste that its log calls given, one lot after the other. */
function SetRight({
  wrong,
  page,
  answer,
  leaveHref,
}: {
  wrong: NonNullable<TakeOutPage['syringe']>['wrong'][number]
  page: TakeOutPage
  answer: FormAnswer | undefined
  leaveHref: string
}) {
  const reason = fieldOf(answer)('reason')
  return (
    <Section title="Waste that was given">
      <p>
        {wrong.words} is on record as waste, and the log says it was given. If the log is right, set the waste
        right: a second person signs, always. If not, correct the mg given in the log.
      </p>
      <form method="post" noValidate className="act">
        <input type="hidden" name="intent" value="ask" />
        <input type="hidden" name="kind" value={wrong.kind} />
        <input type="hidden" name="key" value={String(answer?.values.key ?? page.key)} />
        <input type="hidden" name="sessionId" value={page.syringe?.sessionId} />
        <input type="hidden" name="lotId" value={wrong.lotId} />
        <TextField
          {...reason}
          label="Why"
          autoComplete="off"
          hint="A few words; names of people treated do not belong here."
        />
        <FormActions>
          <Button size="bedside">Set the waste right</Button>
          <ButtonLink href={leaveHref} kind="plain" size="bedside">
            Leave
          </ButtonLink>
        </FormActions>
      </form>
    </Section>
  )
}

function TakeOutForm({
  page,
  answer,
  leaveHref,
}: {
  page: TakeOutPage
  answer: FormAnswer | undefined
  leaveHref: string
}) {
  const field = fieldOf(answer)
  const kind = field('kind')
  const left = page.chosen ? `All that is left: ${page.chosen.left}` : 'All that is left there'
  return (
    <form method="post" noValidate className="act" id="main-form">
      <input type="hidden" name="intent" value="ask" />
      <input type="hidden" name="key" value={String(answer?.values.key ?? page.key)} />
      {page.syringe && <input type="hidden" name="sessionId" value={page.syringe.sessionId} />}
      <ChooseStock
        choices={page.choices}
        chosen={page.chosen}
        otherHref={page.choices.length > 1 && !page.syringe ? '/work/stock/take-out' : undefined}
        today={page.today}
        answer={answer}
      />
      <RadioGroup
        {...kind}
        defaultValue={kind.defaultValue ?? page.kind}
        label="What becomes of it"
        layout="list"
        choices={page.ways.map((way) => ({ value: way, ...WAYS[way] }))}
      />
      <TextField
        {...field('reason')}
        label="Why"
        autoComplete="off"
        hint="A few words; names of people treated do not belong here."
      />
      <FormActions>
        <Button size="bedside">Go on</Button>
        <Button size="bedside" kind="quiet" name="all" value="yes">
          {left}
        </Button>
        <ButtonLink href={leaveHref} kind="plain" size="bedside">
          Leave
        </ButtonLink>
      </FormActions>
      <p className="act-next">
        The next page shows it in words
        {page.witnessed ? ', and a second person signs waste or a loss there' : ''}.
      </p>
    </form>
  )
}
