import { type FormAnswer, fieldErrors } from '../../platform/form.ts'
import { Button, ErrorSummary, FormActions, ProgressSteps } from '../../ui/index.ts'
import type { FlowPage } from '../intake-page.server.ts'
import { HelpNotice, HelpReminder } from './help-notice.tsx'
import { IntakeField } from './intake-field.tsx'
import { useAnswerKeeper } from './use-answer-keeper.ts'
import { useNumberKeys } from './use-number-keys.ts'
import { useOneAtATime } from './use-one-at-a-time.ts'

type ScreenPage = Extract<FlowPage, { kind: 'screen' }>

/** One screen of questions. Its form works without script; with script every answer is kept as it is given. */
export function FlowScreen({ view, problem }: { view: ScreenPage; problem: FormAnswer | undefined }) {
  const { answered, skipped, open, minutesLeft } = view.progress
  const all = answered + skipped + open
  const single = view.questions.length === 1
  const keeper = useAnswerKeeper(`${view.base}/answer`)
  const step = useOneAtATime(view.questions.length, problem !== undefined)
  useNumberKeys(keeper.form, single)
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
          <div key={question.id} hidden={!step.shows(index)}>
            <IntakeField question={question} alone={single} problem={problem} />
          </div>
        ))}
        <p className="intake-kept" role="status">
          {keeper.state === 'kept' && 'Kept.'}
          {keeper.state === 'waiting' &&
            'No connection at the moment. Your answers stand here and are sent as soon as there is one.'}
          {keeper.state === 'refused' &&
            'This page is out of date, so the last answer was not kept. Please reload it and answer once more.'}
        </p>
        <FormActions>
          {/* The first button of a form is the one that Enter presses. */}
          {step.last ? (
            <Button name="intent" value="save">
              Keep and go on
            </Button>
          ) : (
            <Button type="button" onClick={step.next}>
              Next question
            </Button>
          )}
          <Button name="intent" value="skip" kind="quiet">
            {single ? 'Skip for now' : 'Skip what is open'}
          </Button>
        </FormActions>
        {single && view.questions[0]?.control === 'choice' && (
          <p className="intake-keys">With a keyboard: the keys 1, 2, 3 … choose, Enter goes on.</p>
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
