import { useActionData, useLoaderData } from 'react-router'
import { type FormAnswer, fieldErrors } from '../../../platform/form.ts'
import { guardedAction, guardedLoader } from '../../../platform/page.server.ts'
import {
  Button,
  ButtonLink,
  DateField,
  EmptyState,
  ErrorSummary,
  FormActions,
  Notice,
  RadioGroup,
  Section,
  TextArea,
  TextField,
  Timeline,
} from '../../../ui/index.ts'
import { PersonPageHead } from '../../pages/person-page-head.tsx'
import { readWorkUp, recordWorkUp } from '../work-up-access.ts'
import { loadWorkUp, type WorkUpView } from '../work-up-page.server.ts'
import { postWorkUp } from '../work-up-post.server.ts'
import workUpCss from './work-up.css?url'
import { WorkUpTable } from './work-up-part.tsx'

export const loader = guardedLoader(readWorkUp, loadWorkUp)

export const action = guardedAction({ record: [recordWorkUp, postWorkUp] })

export const handle = { width: 'wide' as const }

export function links() {
  return [{ rel: 'stylesheet', href: workUpCss }]
}

export function meta({ loaderData }: { loaderData?: { person: { name: string } } }) {
  return [{ title: `Work-up of ${loaderData?.person.name ?? 'a person'}` }]
}

export default function WorkUpPage() {
  const data = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const problem = answer && 'errors' in answer ? answer : undefined
  const { person, assessment, form } = data
  const path = `/work/people/${person.id}/work-up`
  return (
    <>
      <PersonPageHead
        person={person}
        title="Work-up"
        lead={
          assessment
            ? `Counted from the assessment opened ${assessment.opened}. Days until something is due or too old are defaults, to be set by the medical director.`
            : 'It begins when an assessment is opened.'
        }
        actions={<a href={`/work/people/${person.id}/medicines`}>Medicines</a>}
      />
      {data.done && !problem && <Notice state="calm" announce="status" title="Written down." />}
      <ErrorSummary errors={fieldErrors(problem)} />
      {form && <RecordForm form={form} path={path} answer={problem} />}
      <Section title="Checklist">
        {assessment ? (
          <>
            <WorkUpTable
              rows={data.rows}
              recordHref={data.may ? (itemId) => `${path}?item=${itemId}` : undefined}
            />
            <p>
              <a href={`/work/assessments/${assessment.id}`}>Assessment, with its facts</a> ·{' '}
              <a href={`/work/people/${person.id}/tests`}>Biological tests</a> ·{' '}
              <a href={`/work/people/${person.id}/forms`}>Forms</a>
            </p>
          </>
        ) : (
          <EmptyState title="No assessment yet">
            <p>An accepted request opens one.</p>
          </EmptyState>
        )}
      </Section>
      {data.history.length > 0 && (
        <Section title="Written down by hand">
          <Timeline
            label="What was written down, newest first"
            items={data.history.map((row) => ({
              key: row.id,
              when: row.when,
              dateTime: row.dateTime,
              title: row.title,
              by: row.by,
              body: row.words && <p>{row.words}</p>,
            }))}
          />
        </Section>
      )}
    </>
  )
}

function RecordForm({
  form,
  path,
  answer,
}: {
  form: NonNullable<WorkUpView['form']>
  path: string
  answer: FormAnswer | undefined
}) {
  const errors = answer?.errors ?? {}
  const text = (name: string) => {
    const value = answer?.values[name]
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  return (
    <Section title={form.title}>
      <p>{form.how}</p>
      <form method="post" noValidate>
        <input type="hidden" name="intent" value="record" />
        <input type="hidden" name="key" value={text('key') ?? form.key} />
        <input type="hidden" name="item" value={form.itemId} />
        <RadioGroup
          name="outcome"
          label="How it stands"
          choices={form.choices}
          defaultValue={text('outcome')}
          error={errors.outcome}
        />
        <DateField
          name="happenedAt"
          label="When it was done or said"
          withTime
          max={form.now}
          defaultValue={text('happenedAt') ?? form.now}
          error={errors.happenedAt}
        />
        {form.asksState && (
          <TextField
            name="usState"
            label="State whose programme was asked"
            hint="Two letters, for example VA. Only when it was done."
            optional
            width="short"
            maxLength={2}
            defaultValue={text('usState')}
            error={errors.usState}
          />
        )}
        <TextArea
          name="words"
          label="What was found or said"
          hint="Figures and where they come from; a refusal in the person’s own words; why it is not needed."
          optional
          rows={3}
          maxLength={500}
          defaultValue={text('words')}
          error={errors.words}
        />
        <FormActions>
          <Button>Write it down</Button>
          <ButtonLink kind="quiet" href={path}>
            Leave it
          </ButtonLink>
        </FormActions>
      </form>
    </Section>
  )
}
