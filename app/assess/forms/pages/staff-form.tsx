import { useActionData, useLoaderData } from 'react-router'
import { fieldErrors } from '../../../platform/form.ts'
import { guardedAction, guardedLoader } from '../../../platform/page.server.ts'
import {
  Breadcrumb,
  Button,
  ButtonLink,
  Checkbox,
  ErrorSummary,
  FormActions,
  Notice,
  PageHead,
  Section,
  TextField,
} from '../../../ui/index.ts'
import { layForms, readForms, setFormAside } from '../../assess-access.ts'
import { IntakeField } from '../../pages/intake-field.tsx'
import { useAnswerKeeper } from '../../pages/use-answer-keeper.ts'
import {
  loadStaffForm,
  postAside,
  postStaffFinish,
  postStaffKeep,
  postTakeBack,
} from '../staff-form-page.server.ts'
import formsCss from './forms.css?url'

export const loader = guardedLoader(readForms, loadStaffForm)

export const action = guardedAction({
  keep: [layForms, postStaffKeep],
  finish: [layForms, postStaffFinish],
  aside: [setFormAside, postAside],
  'take-back': [layForms, postTakeBack],
})

export const handle = { hydrate: true }

export function links() {
  return [{ rel: 'stylesheet', href: formsCss }]
}

export function meta() {
  return [{ title: 'Form' }]
}

export default function StaffForm() {
  const view = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const problem = answer && 'errors' in answer ? answer : undefined
  const base = `/work/people/${view.person.id}/forms`
  const keeper = useAnswerKeeper(`${base}/${view.id}/answer`, `form ${view.id}`)
  const hidden = new Set(keeper.kept?.hidden ?? view.standing.hidden)
  const standing =
    keeper.kept?.standing ??
    `${view.standing.answered} of ${view.standing.asked} answered. ${view.standing.words}`
  const head = (
    <PageHead
      breadcrumb={<Breadcrumb items={[{ href: base, label: `Forms of ${view.person.name}` }]} />}
      kicker={`${view.phase}; ${view.answeredBy}`}
      title={view.name}
      lead={view.title}
    />
  )
  if (view.ended) {
    return (
      <>
        {head}
        <Notice
          state="calm"
          title={
            view.ended.kind === 'finished' ? `Finished ${view.ended.when}` : `Set aside ${view.ended.when}`
          }
        >
          <p>{view.ended.reason ?? 'Its result is kept with the others.'}</p>
        </Notice>
        <FormActions>
          <ButtonLink href={`/work/people/${view.person.id}/results`} kind="quiet">
            Results
          </ButtonLink>
        </FormActions>
      </>
    )
  }
  return (
    <>
      {head}
      {(keeper.help || view.help) && (
        <Notice state="red" announce="alert" title="An answer here needs somebody at once">
          <p>
            Stay with the person. Somebody is named for it under <a href="/work/concerns">Safety concerns</a>,
            where what was done is recorded.
          </p>
        </Notice>
      )}
      <ErrorSummary errors={fieldErrors(problem)} />
      {view.introduction && <p>{view.introduction}</p>}
      {view.recall && <p className="form-recall">{view.recall}</p>}
      <form
        method="post"
        noValidate
        ref={keeper.form}
        onChange={keeper.onChange}
        onBlur={keeper.onBlur}
        onSubmit={keeper.onSubmit}
        className="staff-form"
      >
        {/* The first button is the one that Enter presses: it keeps what stands here and does nothing else. */}
        <button type="submit" name="intent" value="keep" className="hidden" tabIndex={-1} aria-hidden="true">
          Keep
        </button>
        {view.questions.map((question, index) => {
          const item = question.id.slice(view.prefix.length)
          return (
            <div key={question.id} className="staff-form-item">
              <input type="hidden" name={`asked:${question.id}`} value="yes" />
              <input
                type="hidden"
                name={`seen:${question.id}`}
                defaultValue={String(question.given[question.id] ?? '')}
              />
              <span className="staff-form-number" aria-hidden="true">
                {index + 1}
              </span>
              <IntakeField question={question} alone={false} problem={problem} />
              <button
                type="submit"
                name="intent"
                value="take-back"
                formAction={`?item=${item}`}
                className="form-take-back"
                onClick={(event) => {
                  event.preventDefault()
                  keeper.takeBack(question.id)
                }}
              >
                Take back<span className="hidden">: question {index + 1}</span>
              </button>
              {hidden.has(item) && (
                <p className="form-needless">Not asked, by the answers before. It counts only if answered.</p>
              )}
            </div>
          )
        })}
        <div className="form-standing" role="status">
          <p>{standing}</p>
          <p className="form-kept">
            {keeper.state === 'kept' && 'Kept.'}
            {keeper.state === 'waiting' &&
              'No connection. What you chose stands here and is sent when there is one.'}
            {keeper.state === 'refused' &&
              'The last answer was not kept: the form was ended elsewhere. Reload the page.'}
            {keeper.state === 'unread' && `Not kept yet. ${keeper.kept?.message ?? ''}`}
            {keeper.state === 'newer' && 'A later answer was kept already. Reload the page to see it.'}
          </p>
        </div>
        <Checkbox
          name="gaps"
          label="What is open stays open: it was not asked or not answered"
          error={problem?.errors.gaps}
        />
        <FormActions>
          <Button name="intent" value="finish">
            Finish
          </Button>
        </FormActions>
      </form>
      <p className="form-edition">
        {view.plain
          ? 'Our plain-language edition, not the official form.'
          : 'In the wording that the clinic imported.'}{' '}
        {view.licence.holder && `Rights: ${view.licence.holder}. `}
        {view.licence.terms}.
      </p>
      <Section title="Not needed after all?">
        <form method="post" noValidate>
          <input type="hidden" name="intent" value="aside" />
          <TextField
            name="reason"
            label="Why it is set aside"
            hint="Answers given so far, and any concern they raised, are kept."
            defaultValue={String(problem?.values.reason ?? '')}
            error={problem?.errors.reason}
          />
          <FormActions>
            <Button kind="quiet">Set aside</Button>
          </FormActions>
        </form>
      </Section>
    </>
  )
}
