import type { ReactNode } from 'react'
import { type FormAnswer, fieldErrors } from '../../platform/form.ts'
import {
  Button,
  ButtonLink,
  ErrorSummary,
  FormActions,
  PageHead,
  RadioGroup,
  TextField,
} from '../../ui/index.ts'
import type { FlowPage } from '../intake-page.server.ts'
import { FlowScreen } from './flow-screen.tsx'
import { HelpNotice } from './help-notice.tsx'
import intakeCss from './intake.css?url'

/** A person's own questions, whichever door they came by: start, one screen, help, overview, or the end. */
export function QuestionFlow({ view, problem }: { view: FlowPage; problem: FormAnswer | undefined }) {
  return (
    <>
      <link rel="stylesheet" href={intakeCss} precedence="page" />
      <PageOf view={view} problem={problem} />
    </>
  )
}

function PageOf({ view, problem }: { view: FlowPage; problem: FormAnswer | undefined }) {
  switch (view.kind) {
    case 'start':
      return view.about.kind === 'intake' ? (
        <IntakeStart view={view} problem={problem} />
      ) : (
        <FormStart view={view} title={view.about.title} back={view.about.back} />
      )
    case 'screen':
      // Another screen is another form: nothing typed may carry over.
      return <FlowScreen key={view.screenId} view={view} problem={problem} />
    case 'help':
      return <Help view={view} />
    case 'review':
      return <Review view={view} />
    case 'done':
      return view.about.kind === 'intake' ? (
        <IntakeDone view={view} />
      ) : (
        <FormDone title={view.about.title} back={view.about.back} />
      )
  }
}

type ViewOf<Kind extends FlowPage['kind']> = Extract<FlowPage, { kind: Kind }>

function minutesInWords(minutes: number): string {
  return `${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`
}

function StartWords({ children }: { children?: ReactNode }) {
  return (
    <div className="prose">
      <ul>
        <li>Every answer is kept as soon as you give it. Open this page again, on any device, to go on.</li>
        <li>You can skip what you do not know or do not want to write down; we can talk about it.</li>
        <li>
          The people who treat you read your answers. What you say about use is not passed on without you.
        </li>
        <li>Nobody watches this form live. If you need help now, use the numbers on this page.</li>
      </ul>
      {children}
    </div>
  )
}

function IntakeStart({ view, problem }: { view: ViewOf<'start'>; problem: FormAnswer | undefined }) {
  const { answered, minutesLeft } = view.progress
  const typed = (name: string) => String(problem?.values[name] ?? '')
  return (
    <>
      <title>Your questions</title>
      <PageHead
        title={view.begun ? 'Go on where you stopped' : 'Some questions before we meet'}
        lead={
          view.begun
            ? `${answered} answers are kept. About ${minutesInWords(minutesLeft)} are left.`
            : `They take about ${minutesInWords(minutesLeft)}, and you can stop at any time.`
        }
      />
      <ErrorSummary errors={fieldErrors(problem)} />
      <StartWords />
      {view.begun ? (
        <FormActions>
          <ButtonLink href={view.go}>Go on</ButtonLink>
        </FormActions>
      ) : (
        <form method="post" noValidate className="intake-begin">
          <input type="hidden" name="intent" value="begin" />
          <RadioGroup
            name="respondent"
            label="Who answers?"
            choices={[
              { value: 'self', label: 'I answer for myself' },
              { value: 'proxy', label: 'I answer for somebody else, who knows about it' },
            ]}
            defaultValue={typed('respondent') || 'self'}
            error={problem?.errors.respondent}
          />
          <TextField
            name="proxy"
            label="If for somebody else: your name, and how you know them"
            defaultValue={typed('proxy')}
            error={problem?.errors.proxy}
          />
          <FormActions>
            <Button>Begin</Button>
          </FormActions>
        </form>
      )}
    </>
  )
}

function FormStart({ view, title, back }: { view: ViewOf<'start'>; title: string; back: string }) {
  return (
    <>
      <title>{title}</title>
      <PageHead
        title={title}
        lead={
          view.begun
            ? `${view.progress.answered} answers are kept. About ${minutesInWords(view.progress.minutesLeft)} are left.`
            : `About ${minutesInWords(view.progress.minutesLeft)}. You can stop at any time.`
        }
      />
      <StartWords />
      <FormActions>
        <ButtonLink href={view.go}>{view.begun ? 'Go on' : 'Begin'}</ButtonLink>
        <ButtonLink href={back} kind="quiet">
          Later
        </ButtonLink>
      </FormActions>
    </>
  )
}

function Help({ view }: { view: ViewOf<'help'> }) {
  return (
    <>
      <title>Help is there now</title>
      <PageHead title="Thank you for telling us" />
      <HelpNotice phone={view.phone} />
      <div className="prose intake-after-help">
        <p>
          Your answers so far are kept. You can go on with the questions, or stop here and come back to them
          later.
        </p>
      </div>
      <FormActions>
        <ButtonLink href={view.next}>Go on with the questions</ButtonLink>
      </FormActions>
    </>
  )
}

function Review({ view }: { view: ViewOf<'review'> }) {
  const { skipped, open } = view.progress
  return (
    <>
      <title>Before you finish</title>
      <PageHead
        title="Before you finish"
        lead={
          open > 0
            ? `${open} ${open === 1 ? 'question was' : 'questions were'} not reached yet.`
            : skipped > 0
              ? 'Every question was reached. What you skipped stays open; you can go back to it or talk about it with us.'
              : 'Every question is answered.'
        }
      />
      {view.sections.map((section) => (
        <section key={section.id} className="intake-section">
          <h2>
            <a href={`${view.base}/${section.firstScreen}`}>{section.title}</a>
          </h2>
          <p>
            {section.answered} of {section.asked} answered
            {section.notReached > 0 && `, ${section.notReached} not reached yet`}
            {section.skipped.length > 0 && '; you skipped'}
          </p>
          {section.skipped.length > 0 && (
            <ul>
              {section.skipped.map((gap) => (
                <li key={gap.label}>
                  <a href={`${view.base}/${gap.screenId}`}>{gap.label}</a>
                </li>
              ))}
            </ul>
          )}
        </section>
      ))}
      {view.open ? (
        <FormActions>
          <ButtonLink href={view.open}>Go on</ButtonLink>
        </FormActions>
      ) : (
        <form method="post">
          <input type="hidden" name="intent" value="finish" />
          <p>After this you cannot change your answers here; tell us and we write it down beside them.</p>
          <FormActions>
            <Button>I am finished</Button>
          </FormActions>
        </form>
      )}
    </>
  )
}

function IntakeDone({ view }: { view: ViewOf<'done'> }) {
  const { answered, skipped } = view.progress
  return (
    <>
      <title>Thank you</title>
      <PageHead
        title="Thank you, that was all"
        lead={`${answered} answers are with the people who treat you${skipped > 0 ? `; ${skipped} you left open, which is fine` : ''}.`}
      />
      <div className="prose">
        <p>
          Next, a prescriber reads them and meets you. Nothing is decided by this form.
          {view.phone.href && (
            <>
              {' '}
              Something to add? Call us on <a href={view.phone.href}>{view.phone.display}</a>.
            </>
          )}
        </p>
      </div>
    </>
  )
}

function FormDone({ title, back }: { title: string; back: string }) {
  return (
    <>
      <title>Thank you</title>
      <PageHead title="Thank you" lead={`“${title}” is with the people who treat you.`} />
      <FormActions>
        <ButtonLink href={back}>Back to your forms</ButtonLink>
      </FormActions>
    </>
  )
}
