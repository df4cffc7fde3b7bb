import { useActionData, useLoaderData } from 'react-router'
import { fieldErrors } from '../../../platform/form.ts'
import { guardedAction, guardedLoader } from '../../../platform/page.server.ts'
import {
  Breadcrumb,
  Button,
  ErrorSummary,
  FormActions,
  Notice,
  PageHead,
  Section,
  SelectField,
  TextArea,
  TextField,
} from '../../../ui/index.ts'
import planCss from '../../plan.css?url'
import { draftProtocol } from '../../plan-access.ts'
import type { ShownField } from '../edit-fields.ts'
import { editPage, saveEdits } from '../edit-page.server.ts'
import protocolsCss from './protocols.css?url'

export const loader = guardedLoader(draftProtocol, editPage)

export const action = guardedAction({ save: [draftProtocol, saveEdits] })

export function links() {
  return [
    { rel: 'stylesheet', href: planCss },
    { rel: 'stylesheet', href: protocolsCss },
  ]
}

export function meta() {
  return [{ title: 'Change a protocol' }]
}

/** A draft, field by field. */
export default function EditProtocol() {
  const data = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const problem = answer && 'errors' in answer ? answer : undefined
  return (
    <>
      <PageHead
        breadcrumb={
          <Breadcrumb
            items={[
              { href: '/work/protocols', label: 'Protocols' },
              {
                href: `/work/protocols/${data.id}${data.version ? `?version=${data.version}` : ''}`,
                label: data.title,
              },
            ]}
          />
        }
        kicker={data.version ? `Own version ${data.number}, revision ${data.revision}` : 'No own version yet'}
        title="Change the draft"
        lead="Route and shape stay as they are. A figure that is changed is from then on marked as set by this clinic."
      />
      <ErrorSummary errors={fieldErrors(problem)} />
      {data.editable ? (
        <form method="post" noValidate>
          <input type="hidden" name="version" value={data.version} />
          {/* After a refusal the revision that was seen first stays, so that nothing is written over unseen. */}
          <input type="hidden" name="revision" value={String(problem?.values.revision ?? data.revision)} />
          {data.sections.map((section) => (
            <Section key={section.title} title={section.title}>
              <div className="protocol-fields">
                {section.fields.map((field) => (
                  <Field
                    key={field.name}
                    field={field}
                    typed={problem?.values[field.name]}
                    error={problem?.errors[field.name]}
                  />
                ))}
              </div>
            </Section>
          ))}
          <FormActions>
            <Button name="intent" value="save">
              Store this draft
            </Button>
          </FormActions>
        </form>
      ) : (
        <Notice
          state="unknown"
          title={data.version ? 'This version is no longer a draft' : 'There is no draft yet'}
        >
          <p>Begin one on the page of the protocol.</p>
        </Notice>
      )}
    </>
  )
}

function Field({
  field,
  typed,
  error,
}: {
  field: ShownField
  typed: string | readonly string[] | undefined
  error: string | undefined
}) {
  const { name, kind, value, hint, unit, choices } = field
  const label = unit ? `${field.label} (${unit})` : field.label
  const shown = {
    name,
    label,
    hint,
    error,
    defaultValue: typeof typed === 'string' ? typed : value,
  }
  if (kind === 'choice') return <SelectField {...shown} options={choices ?? []} />
  if (kind === 'text') return <TextField {...shown} width={value.length > 30 ? 'full' : 'medium'} />
  return <TextArea {...shown} rows={kind === 'lines' ? Math.max(3, value.split('\n').length + 1) : 3} />
}
