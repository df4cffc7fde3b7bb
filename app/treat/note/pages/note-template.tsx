import { useActionData, useLoaderData } from 'react-router'
import { type FormAnswer, fieldErrors } from '../../../platform/form.ts'
import { guardedAction, guardedLoader } from '../../../platform/page.server.ts'
import {
  Button,
  Checkbox,
  ErrorSummary,
  FormActions,
  Notice,
  NumberField,
  PageHead,
  Section,
  TextArea,
  TextField,
} from '../../../ui/index.ts'
import treatCss from '../../treat.css?url'
import { readNoteTemplate, setNoteTemplate } from '../../treat-access.ts'
import { NOTE_PARTS, type TemplatePart } from '../note-template.ts'
import { keepTemplate, loadTemplate } from '../template-page.server.ts'

export function links() {
  return [{ rel: 'stylesheet', href: treatCss }]
}

export const loader = guardedLoader(readNoteTemplate, loadTemplate)

export const action = guardedAction({ set: [setNoteTemplate, keepTemplate] })

export function meta() {
  return [{ title: 'Layout of session notes' }]
}

export default function NoteTemplatePage() {
  const { template, done, maySet } = useLoaderData<typeof loader>()
  const answered = useActionData<typeof action>()
  const answer = answered && 'errors' in answered ? (answered as FormAnswer) : undefined
  return (
    <>
      <PageHead
        title="Layout of session notes"
        lead="A note is drafted from the log in these parts. Lines of your own stand first in a part and are marked as the clinic’s. Notes that are written stay as they are."
        kicker={
          template.version === 0 ? 'The layout every clinic begins with' : `Version ${template.version}`
        }
      />
      {done === 'set' && !answer && (
        <Notice state="calm" announce="status" title="Set. The next draft is laid out like this." />
      )}
      <ErrorSummary errors={fieldErrors(answer)} title="Not set yet" />
      <form method="post" noValidate>
        <input type="hidden" name="intent" value="set" />
        <input type="hidden" name="basedOn" value={String(answer?.values.basedOn ?? template.version)} />
        <fieldset disabled={!maySet}>
          <legend>Parts in the order of the note</legend>
          {template.parts.map((part, index) => (
            <PartFields key={part.part} part={part} place={index + 1} answer={answer} />
          ))}
        </fieldset>
        {maySet && (
          <FormActions>
            <Button type="submit">Set the layout</Button>
          </FormActions>
        )}
      </form>
    </>
  )
}

function PartFields({
  part,
  place,
  answer,
}: {
  part: TemplatePart
  place: number
  answer: FormAnswer | undefined
}) {
  const field = (name: string, stored: string) => {
    const full = `${part.part}.${name}`
    return {
      name: full,
      id: full,
      defaultValue: String(answer?.values[full] ?? stored),
      error: answer?.errors[full],
    }
  }
  const included = `${part.part}.included`
  return (
    <Section title={NOTE_PARTS[part.part]}>
      <div className="bedside-pair">
        <NumberField {...field('place', String(place))} label="Place" whole />
        <TextField {...field('heading', part.heading)} label="Heading" autoComplete="off" />
      </div>
      <TextArea {...field('ownText', part.ownText)} label="Lines of the clinic" rows={2} />
      <Checkbox
        name={included}
        id={included}
        label="Stands in the note"
        defaultChecked={answer ? answer.values[included] !== undefined : part.included}
      />
    </Section>
  )
}
