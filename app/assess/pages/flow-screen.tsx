import type { MouseEvent } from 'react'
import { type FormAnswer, fieldErrors } from '../../platform/form.ts'
import { Button, ErrorSummary, FormActions, ProgressSteps } from '../../ui/index.ts'
import type { FlowPage } from '../intake-page.server.ts'
import { HelpNotice, HelpReminder } from './help-notice.tsx'
import { IntakeField } from './intake-field.tsx'
import { useAnswerKeeper } from './use-answer-keeper.ts'
import { useNumberKeys } from './use-number-keys.ts'
import { useOneAtATime } from './use-one-at-a-time.ts'

/** What is said about keeping. A word that something is kept never stands after something was not. */
const KEPT_WORDS = {
  idle: '',
  kept: 'Kept.',
  waiting: 'No connection at the moment. Your answers stand here and are sent as soon as there is one.',
  refused:
    'The last answer was not kept: these questions were finished or changed elsewhere. Please reload the page.',
  unread: 'Not kept yet. ',
  newer: 'A later answer to this was kept already, so this one was left out. Reload the page to see it.',
} as const

type ScreenPage = Extract<FlowPage, { kind: 'screen' }>

/** One screen of questions. Its form works without script; with script every answer is kept as it is given. */
export function FlowScreen({ view, problem }: { view: ScreenPage; problem: FormAnswer | undefined }) {
  const { answered, skipped, open, minutesLeft } = view.progress
  const all = answered + skipped + open
  const single = view.questions.length === 1
  const keeper = useAnswerKeeper(`${view.base}/answer`, view.keepAs)
  const step = useOneAtATime(keeper.form, view.questions.length, problem !== undefined)
  useNumberKeys(keeper.form, single)
  /** Not the last question of this screen on a phone: the button leads to the next one and sends nothing. */
  const stay = (go: () => void) => (event: MouseEvent) => {
    if (step.last) return
    event.preventDefault()
    go()
  }
  const heading = view.title ?? view.questions[0]?.label ?? ''
  return (
    <>
      <title>{`${problem ? 'Please look again: ' : ''}${heading}`}</title>
      {view.sections.length > 1 && (
        <ProgressSteps label="Parts of the questions" steps={view.sections} current={view.section} />
      )}
      <div className="intake-progress">
        <progress value={answered + skipped} max={all} aria-label="Questions done" />
        <p>
          {answered + skipped} of {all} questions done
          {open > 0 && `, about ${minutesLeft} ${minutesLeft === 1 ? 'minute' : 'minutes'} left`}
        </p>
      </div>
      {keeper.help ? <HelpNotice phone={view.phone} /> : view.help && <HelpReminder />}
      <ErrorSummary errors={fieldErrors(problem)} />
      {view.introduction && <p className="intake-introduction">{view.introduction}</p>}
      {view.recall && <p className="intake-recall">{view.recall}</p>}
      {!single && <h1 className="question">{view.title}</h1>}
      {!single && view.lead && <p className="intake-introduction">{view.lead}</p>}
      <form
        method="post"
        noValidate
        ref={keeper.form}
        onChange={keeper.onChange}
        onBlur={keeper.onBlur}
        onSubmit={keeper.onSubmit}
      >
        <input type="hidden" name="zone" value={keeper.zone} readOnly />
        {view.questions.map(({ id }) => (
          <input key={id} type="hidden" name={`asked:${id}`} value="yes" />
        ))}
        {view.questions.map((question, index) => (
          <div key={question.id} data-question hidden={!step.shows(index)}>
            <IntakeField question={question} alone={single} problem={problem} />
          </div>
        ))}
        <p className="intake-kept" role="status">
          {KEPT_WORDS[keeper.state]}
          {keeper.state === 'unread' && keeper.kept?.message}
        </p>
        <div className="flow-actions">
          <FormActions>
            {/* The first button of a form is the one that Enter presses: it never skips. */}
            <Button
              name="intent"
              value={step.one && step.last && step.skipped ? 'skip' : 'save'}
              onClick={stay(step.next)}
            >
              {step.last ? 'Keep and go on' : 'Next question'}
            </Button>
            <Button name="intent" value="skip" kind="quiet" onClick={stay(step.skip)}>
              {single || step.one ? 'Skip for now' : 'Skip what is open'}
            </Button>
            {view.questions.some(({ given }) => Object.keys(given).length > 0) && (
              <Button name="intent" value="take-back" kind="plain" size="small">
                {single ? 'Take my answer back' : 'Take these answers back'}
              </Button>
            )}
          </FormActions>
        </div>
        {single && view.questions[0]?.control === 'choice' && (
          <p className="intake-keys">With a keyboard: the keys 1, 2, 3 … choose, Enter goes on.</p>
        )}
        {single && view.questions[0]?.control === 'scale' && (
          <p className="intake-keys">With a keyboard: a figure key chooses that figure, Enter goes on.</p>
        )}
      </form>
      <p className="intake-back">
        {step.one && step.place > 0 ? (
          <button type="button" className="link-button" onClick={step.back}>
            Back
          </button>
        ) : (
          <a href={view.back}>Back</a>
        )}
      </p>
      {view.edition !== undefined && (
        <p className="intake-edition">
          {view.edition === 'plain-language-edition'
            ? 'These questions are in our own plain words. They follow a published questionnaire and have not been tested as a form of their own.'
            : 'These questions are in the wording that the clinic brought in from its publisher.'}
        </p>
      )}
    </>
  )
}
