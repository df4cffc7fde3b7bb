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
import { changeRows, editPage, saveEdits } from '../edit-page.server.ts'
import protocolsCss from './protocols.css?url'

export const loader = guardedLoader(draftProtocol, editPage)

export const action = guardedAction<Awaited<ReturnType<typeof saveEdits>>>({
  save: [draftProtocol, saveEdits],
  rows: [draftProtocol, changeRows],
})

const FORM_ID = 'protocol-form'

export const handle = { width: 'wide' as const }

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
  // With rows that are not stored yet, as they were answered.
  const form = problem?.form ?? data.form
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
        lead="Route and kind of dose stay as they are. A figure that is changed is from then on marked as set by this clinic."
      />
      <ErrorSummary errors={fieldErrors(problem)} />
      {data.editable && form ? (
        <div className="protocol-edit">
          <Contents sections={form.sections} errors={problem?.errors ?? {}} />
          <form id={FORM_ID} method="post" noValidate>
            {/* The first button of a form is the one that Enter presses: it stores, and never takes a row out. */}
            <button type="submit" name="intent" value="save" hidden tabIndex={-1}>
              Store this draft
            </button>
            <input type="hidden" name="version" value={data.version} />
            <input type="hidden" name="shape" value={form.shape} />
            {/* After a refusal the revision that was seen first stays, so that nothing is written over unseen. */}
            <input type="hidden" name="revision" value={String(problem?.values.revision ?? data.revision)} />
            {form.sections.map((section) => (
              <div key={section.title} id={section.anchor} className="protocol-part">
                <Section title={section.title}>
                  {section.blocks.map((block) => (
                    <div
                      key={block.row ?? block.fields[0]!.name}
                      id={block.row && `row-${block.row}`}
                      className={block.row ? 'protocol-fields protocol-fields-row' : 'protocol-fields'}
                    >
                      {block.fields.map((field) => (
                        <Field
                          key={field.name}
                          field={field}
                          typed={problem?.values[field.name]}
                          error={problem?.errors[field.name]}
                        />
                      ))}
                      {block.row && (
                        <p>
                          <Button
                            name="intent"
                            value="rows"
                            kind="quiet"
                            size="small"
                            formAction={`?version=${data.version}&take=${block.row}`}
                          >
                            Take out <span className="hidden">{block.fields[0]!.label}</span>
                          </Button>
                        </p>
                      )}
                    </div>
                  ))}
                  {section.adds.length > 0 && (
                    <FormActions>
                      {section.adds.map((add) => (
                        <Button
                          key={add.list}
                          name="intent"
                          value="rows"
                          kind="quiet"
                          formAction={`?version=${data.version}&add=${add.list}#row-${add.row}`}
                        >
                          {add.words}
                        </Button>
                      ))}
                    </FormActions>
                  )}
                </Section>
              </div>
            ))}
            <FormActions>
              <Button name="intent" value="save">
                Store this draft
              </Button>
            </FormActions>
          </form>
        </div>
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

/**
 * Where each part of the draft is, how many of its fields are to be mended, and the button that stores everything. Plain
 * links within the page, so that nothing typed is lost on the way; beside the form where there is room.
 */
function Contents({
  sections,
  errors,
}: {
  sections: readonly { title: string; anchor: string; blocks: readonly { fields: readonly ShownField[] }[] }[]
  errors: Readonly<Record<string, string>>
}) {
  return (
    <nav className="protocol-contents" aria-label="Parts of the draft">
      <ul>
        {sections.map(({ title, anchor, blocks }) => {
          const wrong = blocks.flatMap(({ fields }) => fields).filter(({ name }) => errors[name]).length
          return (
            <li key={anchor}>
              <a href={`#${anchor}`}>{title}</a>{' '}
              {wrong > 0 && <span className="protocol-wrong">{wrong} to mend</span>}
            </li>
          )
        })}
      </ul>
      <Button form={FORM_ID} name="intent" value="save" kind="quiet" size="small">
        Store
      </Button>
    </nav>
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
