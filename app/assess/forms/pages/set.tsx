import { useActionData, useLoaderData } from 'react-router'
import { fieldErrors } from '../../../platform/form.ts'
import { guardedAction, guardedLoader } from '../../../platform/page.server.ts'
import {
  Breadcrumb,
  Button,
  Checkbox,
  ErrorSummary,
  FormActions,
  Notice,
  PageHead,
  Section,
  SelectField,
} from '../../../ui/index.ts'
import { changeSet } from '../../assess-access.ts'
import { loadSet, postSet, type SetPreview } from '../sets-page.server.ts'
import formsCss from './forms.css?url'

export const loader = guardedLoader(changeSet, loadSet)

export const action = guardedAction({ preview: [changeSet, postSet], save: [changeSet, postSet] })

export function links() {
  return [{ rel: 'stylesheet', href: formsCss }]
}

export function meta() {
  return [{ title: 'Change a set of forms' }]
}

/** One set, place by place, with a look at what it would ask. */
export default function SetPage() {
  const data = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const problem = answer && 'errors' in answer ? answer : undefined
  const preview = answer && 'preview' in answer ? answer.preview : undefined
  const sent = answer?.values.form
  const chosen = sent === undefined ? undefined : typeof sent === 'string' ? [sent] : sent
  const places = chosen ? [...chosen.filter((id) => id !== ''), '', '', '', ''] : data.places
  return (
    <>
      <PageHead
        breadcrumb={
          <Breadcrumb
            items={[{ href: `/work/sets?track=${data.track.id}`, label: 'Which forms are asked when' }]}
          />
        }
        kicker={data.track.title}
        title={data.phase.title}
        lead="The forms in the order they are asked. Leave a place empty to take its form out."
      />
      <ErrorSummary errors={fieldErrors(problem)} />
      <form method="post" noValidate className="measure">
        <input type="hidden" name="key" value={data.key} />
        <input type="hidden" name="seenChange" value={data.seenChange} />
        {places.map((id, place) => (
          <SelectField
            // biome-ignore lint/suspicious/noArrayIndexKey: a place is its number.
            key={place}
            name="form"
            id={place === 0 ? 'form' : `form-${place + 1}`}
            label={`Place ${place + 1}`}
            prompt="Empty"
            options={data.options}
            defaultValue={id}
          />
        ))}
        <p className="form-ours">As Evenkeel comes: {data.ours.join(', ') || 'nothing'}.</p>
        {(problem?.errors.confirmed !== undefined || preview?.missing !== undefined) && (
          <Checkbox
            name="confirmed"
            label="Store it as it is all the same"
            hint={preview?.missing}
            error={problem?.errors.confirmed}
          />
        )}
        <FormActions>
          <Button name="intent" value="preview" kind="quiet">
            Look at it first
          </Button>
          <Button name="intent" value="save">
            Store this set
          </Button>
        </FormActions>
      </form>
      {preview && <Preview preview={preview} />}
    </>
  )
}

function Preview({ preview }: { preview: SetPreview }) {
  return (
    <Section title="What it would ask">
      <Notice
        state="calm"
        announce="status"
        title={`${preview.forms.length} forms, about ${preview.minutes} minutes`}
      >
        <p>Nothing is stored yet.</p>
      </Notice>
      {preview.forms.map((form) => (
        <details key={form.id} className="disclosure">
          <summary>
            {form.title} ({form.name}), {form.prompts.length}{' '}
            {form.prompts.length === 1 ? 'question' : 'questions'}
            {form.rated && ', rated by staff'}
          </summary>
          {form.permission && (
            <Notice state="due" title="Needs a permission">
              <p>{form.permission}</p>
            </Notice>
          )}
          <ol className="form-order">
            {form.prompts.map((prompt) => (
              <li key={prompt}>{prompt}</li>
            ))}
          </ol>
        </details>
      ))}
    </Section>
  )
}
