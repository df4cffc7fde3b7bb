import { type FormAnswer, fieldErrors } from '../../platform/form.ts'
import {
  Button,
  ButtonLink,
  ErrorSummary,
  FormActions,
  Notice,
  PageHead,
  ProgressSteps,
} from '../../ui/index.ts'
import type { IntakeView } from '../intake-page.server.ts'
import intakeCss from './intake.css?url'
import { IntakeField } from './intake-field.tsx'
import { useAnswerKeeper } from './use-answer-keeper.ts'

/** The person's own intake, whichever door they came by: start, one screen, help, overview, or the end. */
export function IntakePage({ view, problem }: { view: IntakeView; problem: FormAnswer | undefined }) {
  return (
    <>
      <link rel="stylesheet" href={intakeCss} precedence="page" />
      <PageOf view={view} problem={problem} />
    </>
  )
}

function PageOf({ view, problem }: { view: IntakeView; problem: FormAnswer | undefined }) {
  switch (view.kind) {
    case 'start':
      return <Start view={view} />
    case 'screen':
      // Another screen is another form: nothing typed may carry over.
      return <Screen key={view.screenId} view={view} problem={problem} />
    case 'help':
      return <Help view={view} />
    case 'review':
      return <Review view={view} />
    case 'done':
      return <Done view={view} />
  }
}

type ViewOf<Kind extends IntakeView['kind']> = Extract<IntakeView, { kind: Kind }>

function Start({ view }: { view: ViewOf<'start'> }) {
  const { answered, minutesLeft } = view.progress
  return (
    <>
      <title>Your questions</title>
      <PageHead
        title={view.begun ? 'Go on where you stopped' : 'Some questions before we meet'}
        lead={
          view.begun
            ? `${answered} answers are kept. About ${minutesLeft} minutes are left.`
            : `They take about ${minutesLeft} minutes, and you can stop at any time.`
        }
      />
      <div className="prose">
        <ul>
          <li>Every answer is kept as soon as you give it. Open this link again, on any device, to go on.</li>
          <li>You can skip what you do not know or do not want to write down; we can talk about it.</li>
          <li>
            The people who treat you read your answers. What you say about use is not passed on without you.
          </li>
          <li>Nobody watches this form live. If you need help now, use the numbers on this page.</li>
        </ul>
      </div>
      <FormActions>
        <ButtonLink href={view.go}>{view.begun ? 'Go on' : 'Begin'}</ButtonLink>
      </FormActions>
    </>
  )
}

function Screen({ view, problem }: { view: ViewOf<'screen'>; problem: FormAnswer | undefined }) {
  const { answered, skipped, open, minutesLeft } = view.progress
  const all = answered + skipped + open
  const single = view.questions.length === 1
  const keeper = useAnswerKeeper(`${view.base}/answer`)
  const heading = view.title ?? view.questions[0]?.label ?? ''
  return (
    <>
      <title>{`${problem ? 'Please look again: ' : ''}${heading}`}</title>
      <ProgressSteps label="Parts of the questions" steps={view.sections} current={view.section} />
      <div className="intake-progress">
        <progress value={answered + skipped} max={all} aria-label="Questions done" />
        <p>
          {answered + skipped} of {all} questions done
          {open > 0 && `, about ${minutesLeft} ${minutesLeft === 1 ? 'minute' : 'minutes'} left`}
        </p>
      </div>
      {keeper.help ? <HelpNotice view={view} /> : view.help && <HelpReminder />}
      <ErrorSummary errors={fieldErrors(problem)} />
      {view.introduction && <p className="intake-introduction">{view.introduction}</p>}
      {view.recall && <p className="intake-recall">{view.recall}</p>}
      {!single && <h1 className="question">{view.title}</h1>}
      {!single && view.lead && <p className="intake-introduction">{view.lead}</p>}
      <form method="post" noValidate ref={keeper.form} onChange={keeper.onChange} onBlur={keeper.onBlur}>
        <input type="hidden" name="zone" value={keeper.zone} readOnly />
        {view.questions.map(({ id }) => (
          <input key={id} type="hidden" name={`asked:${id}`} value="yes" />
        ))}
        {view.questions.map((question) => (
          <IntakeField key={question.id} question={question} alone={single} problem={problem} />
        ))}
        <p className="intake-kept" role="status">
          {keeper.state === 'kept' && 'Kept.'}
          {keeper.state === 'waiting' &&
            'No connection at the moment. Your answer stands here and is sent as soon as there is one.'}
        </p>
        <FormActions>
          <Button name="intent" value="save">
            Keep and go on
          </Button>
          <Button name="intent" value="skip" kind="quiet">
            {single ? 'Skip for now' : 'Skip what is open'}
          </Button>
        </FormActions>
      </form>
      <p className="intake-back">
        <a href={view.back}>Back</a>
      </p>
    </>
  )
}

function HelpNotice({ view }: { view: IntakeView }) {
  return (
    <Notice state="amber" announce="alert" title="You do not have to be alone with this">
      <p>
        <a href="tel:988">Call</a> or <a href="sms:988">text 988</a> now, day or night: someone listens. If
        you are in danger, <a href="tel:911">call 911</a>.
      </p>
      <p>
        Your answer has reached a named person here, who is asked to contact you. Nobody watches this form
        live, so please do not wait for us
        {view.phone.href && (
          <>
            ; you can also call us on <a href={view.phone.href}>{view.phone.display}</a>
          </>
        )}
        .
      </p>
    </Notice>
  )
}

/** On the screens that follow, shorter, so that the question stays in sight. */
function HelpReminder() {
  return (
    <Notice state="calm" title="Help is there at any time">
      <p>
        <a href="tel:988">Call</a> or <a href="sms:988">text 988</a>; in danger <a href="tel:911">call 911</a>
        . Nobody watches this form live.
      </p>
    </Notice>
  )
}

function Help({ view }: { view: ViewOf<'help'> }) {
  return (
    <>
      <title>Help is there now</title>
      <PageHead title="Thank you for telling us" />
      <HelpNotice view={view} />
      <div className="prose intake-after-help">
        <p>
          Your answers so far are kept. You can go on with the questions, or stop here and come back to them
          by the same link.
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

function Done({ view }: { view: ViewOf<'done'> }) {
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
