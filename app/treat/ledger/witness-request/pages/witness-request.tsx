import { useActionData, useLoaderData } from 'react-router'
import { type FormAnswer, fieldErrors } from '../../../../platform/form.ts'
import { guardedAction, guardedLoader } from '../../../../platform/page.server.ts'
import {
  Age,
  Breadcrumb,
  Button,
  ButtonLink,
  ErrorSummary,
  FormActions,
  Notice,
  PageHead,
  Section,
  StepUpField,
  TextArea,
  TextField,
} from '../../../../ui/index.ts'
import { askWitness, witnessStock } from '../../../treat-access.ts'
import stockCss from '../../stock.css?url'
import { useWitnessLine } from '../use-witness-line.ts'
import witnessCss from '../witness.css?url'
import { loadWitnessRequest, type WitnessRequestView } from '../witness-page.server.ts'
import { postAgain, postDecline, postSign, postSignHere, postWithdraw } from '../witness-post.server.ts'
import { LineWords, RequestWords } from './request-parts.tsx'

export const handle = { hydrate: true }

export function links() {
  return [stockCss, witnessCss].map((href) => ({ rel: 'stylesheet', href }))
}

export const loader = guardedLoader(witnessStock, loadWitnessRequest)

export const action = guardedAction<FormAnswer | Response>({
  sign: [witnessStock, postSign],
  decline: [witnessStock, postDecline],
  'sign-here': [askWitness, postSignHere],
  withdraw: [askWitness, postWithdraw],
  again: [askWitness, postAgain],
})

export function meta() {
  return [{ title: 'Signing as a witness' }]
}

const TITLES: Readonly<Record<WitnessRequestView['is'], string>> = {
  waiting: 'Waiting for a witness',
  signed: 'Signed and recorded',
  recorded: 'Signed and recorded',
  declined: 'Not signed',
  refused: 'Not recorded',
  withdrawn: 'Withdrawn',
  'run-out': 'Nobody signed in time',
  'clock-behind': 'The clock differs',
}

export default function WitnessRequestPage() {
  const page = useLoaderData<typeof loader>()
  const answered = useActionData<typeof action>()
  const answer = answered && 'errors' in answered ? (answered as FormAnswer) : undefined
  const waits = page.is === 'waiting'
  const { line, passedMs } = useWitnessLine(page, waits ? page.leftMs : undefined)
  return (
    <>
      <PageHead
        breadcrumb={
          <Breadcrumb
            items={
              page.own
                ? [{ href: '/work/stock', label: 'Stock' }]
                : [{ href: '/work/witness', label: 'Witness' }]
            }
          />
        }
        title={waits && !page.own ? 'See it, read it, then sign' : TITLES[page.is]}
        lead={
          waits
            ? page.own
              ? 'Nothing is recorded yet: the drug stays where it is until somebody has seen it and signed.'
              : 'Sign what you have seen with your own eyes. Nothing is recorded until you do.'
            : undefined
        }
      />
      <ErrorSummary errors={fieldErrors(answer)} title="Not signed" />
      <div aria-live="polite">
        <Standing page={page} />
      </div>
      <RequestWords lines={page.lines} />
      {waits && (
        <p className="witness-age">
          Asked <Age ageMs={page.ageMs + passedMs} />, may be signed until {page.until}.
        </p>
      )}
      {waits &&
        (page.own ? (
          <AskersForms page={page} answer={answer} />
        ) : (
          <WitnessForms page={page} answer={answer} />
        ))}
      {!waits && page.mayAsk && <AfterIt page={page} />}
      {waits && <LineWords line={line} />}
    </>
  )
}

/** What became of it, said to both alike. */
function Standing({ page }: { page: WitnessRequestView }) {
  const { is, answer } = page
  switch (is) {
    case 'waiting':
      return null
    case 'signed':
      return (
        <Notice state="calm" title={`${answer?.by} signed as the witness, ${answer?.when}`}>
          <p>It stands in the ledger, recorded by {page.asker}.</p>
        </Notice>
      )
    case 'recorded':
      return (
        <Notice state="calm" title="It is in the ledger">
          <p>It was signed on the device of {page.asker}. No other signature is needed.</p>
        </Notice>
      )
    case 'declined':
      return (
        <Notice state="due" title={`${answer?.by} did not sign, ${answer?.when}`}>
          <p>“{answer?.reason}”</p>
          <p>Nothing was recorded.</p>
        </Notice>
      )
    case 'refused':
      return (
        <Notice state="due" title={`It could not be recorded when ${answer?.by} signed, ${answer?.when}`}>
          <p>{answer?.reason} Nothing was recorded.</p>
        </Notice>
      )
    case 'withdrawn':
      return (
        <Notice state="due" title={`${answer?.by} withdrew it, ${answer?.when}`}>
          <p>Nothing was recorded.</p>
        </Notice>
      )
    case 'run-out':
      return (
        <Notice state="due" title={`It ran out at ${page.until}`}>
          <p>Nothing was recorded: the drug is by the ledger where it was.</p>
        </Notice>
      )
    case 'clock-behind':
      return (
        <Notice state="due" title="Nobody can sign this now">
          <p>
            The server’s clock stands before the time at which this was asked. Tell whoever keeps the server.
            Nothing was recorded.
          </p>
        </Notice>
      )
  }
}

function WitnessForms({ page, answer }: { page: WitnessRequestView; answer: FormAnswer | undefined }) {
  return (
    <>
      <form method="post" noValidate className="act">
        <input type="hidden" name="intent" value="sign" />
        <input type="hidden" name="key" value={page.key} />
        <input type="hidden" name="shown" value={page.shown} />
        <StepUpField label="Your password, as your signature" error={answer?.errors.password} />
        <FormActions>
          <Button size="bedside">I have seen it: sign</Button>
        </FormActions>
      </form>
      <details className="disclosure" open={answer?.values.intent === 'decline'}>
        <summary>I do not sign this</summary>
        <form method="post" noValidate className="act">
          <input type="hidden" name="intent" value="decline" />
          <input type="hidden" name="key" value={page.key} />
          <TextArea
            name="reason"
            label="Why"
            hint={`${page.asker} reads it, and it is kept. Names of people treated do not belong here.`}
            rows={2}
            defaultValue={String(answer?.values.reason ?? '')}
            error={answer?.errors.reason}
          />
          <FormActions>
            <Button kind="quiet" size="bedside">
              Do not sign
            </Button>
          </FormActions>
        </form>
      </details>
    </>
  )
}

function AskersForms({ page, answer }: { page: WitnessRequestView; answer: FormAnswer | undefined }) {
  return (
    <>
      <p className="measure">
        {page.others.length === 0
          ? 'Nobody else here may witness any more.'
          : `Each of these finds it under “Witness” on their own device: ${page.others.join(', ')}.`}
      </p>
      <form method="post">
        <input type="hidden" name="intent" value="withdraw" />
        <FormActions>
          <Button kind="quiet" size="bedside">
            Withdraw, nothing recorded
          </Button>
        </FormActions>
      </form>
      <details className="disclosure" open={answer?.values.intent === 'sign-here'}>
        <summary>Somebody beside you signs on this device</summary>
        <form method="post" noValidate className="act">
          <input type="hidden" name="intent" value="sign-here" />
          <input type="hidden" name="key" value={page.key} />
          <input type="hidden" name="shown" value={page.shown} />
          <TextField
            name="secondEmail"
            label="Their e-mail address"
            type="email"
            width="medium"
            autoComplete="off"
            hint="A nurse, prescriber or manager who has seen it, with their own account: never yours."
            defaultValue={String(answer?.values.secondEmail ?? '')}
            error={answer?.errors.secondEmail}
          />
          <StepUpField second label="Their password" error={answer?.errors.secondPassword} />
          <FormActions>
            <Button size="bedside">Sign and record</Button>
          </FormActions>
        </form>
      </details>
    </>
  )
}

/** What the asker can do once a request is over. */
function AfterIt({ page }: { page: WitnessRequestView }) {
  if (page.is === 'signed' || page.is === 'recorded') {
    return (
      <FormActions>
        <ButtonLink href={page.onward} size="bedside">
          {page.onwardWords}
        </ButtonLink>
      </FormActions>
    )
  }
  return (
    <Section title="And now">
      <form method="post">
        <FormActions>
          {page.again && (
            <Button name="intent" value="again" size="bedside">
              Ask again
            </Button>
          )}
          <ButtonLink href={page.anew} kind="quiet" size="bedside">
            Begin a new one
          </ButtonLink>
        </FormActions>
      </form>
    </Section>
  )
}
