import type { FormAnswer } from '../../../platform/form.ts'
import {
  Button,
  Checkbox,
  Fieldset,
  FormActions,
  RadioGroup,
  Section,
  TextArea,
  TextField,
} from '../../../ui/index.ts'
import type { DocumentView } from '../document-view.server.ts'
import { DisclosureFields } from './disclosure-fields.tsx'
import { SignatureField } from './signature-field.tsx'

/** What signing needs to know beside the document. */
export type SignFormData = {
  readonly document: DocumentView
  readonly key: string
  readonly clinicName: string
  /** Who signs, by name. */
  readonly name: string
}

/**
 * Questions, statements, fields and the signature. With `assisted` it is staff who hold the device, and a witness signs.
 */
export function SignForm({
  data,
  problem,
  assisted = false,
}: {
  data: SignFormData
  problem: FormAnswer | undefined
  assisted?: boolean
}) {
  const { document } = data
  const typed = (name: string) => problem?.values[name]
  const one = (name: string) => {
    const value = typed(name)
    return typeof value === 'string' ? value : undefined
  }
  const wrong = (name: string) => (problem?.errors[name] === undefined ? {} : { error: problem.errors[name] })
  const helper = (who: 'witness' | 'interpreter') => (
    <>
      <TextField name={`${who}Name`} label="Name" defaultValue={one(`${who}Name`)} {...wrong(`${who}Name`)} />
      <TextField
        name={`${who}Role`}
        label="Who they are"
        hint={who === 'witness' ? 'Nurse, sister, friend.' : 'For whom they work.'}
        defaultValue={one(`${who}Role`)}
        {...wrong(`${who}Role`)}
      />
      {who === 'interpreter' && (
        <TextField
          name="interpreterLanguage"
          label="Into which language"
          defaultValue={one('interpreterLanguage')}
          {...wrong('interpreterLanguage')}
        />
      )}
      <TextField
        name={`${who}Signature`}
        label="Their name, typed by themselves as their signature"
        defaultValue={one(`${who}Signature`)}
        {...wrong(`${who}Signature`)}
      />
    </>
  )
  // A paper with fields is filled in first: the questions are about what was filled in.
  const filledIn = document.form === 'disclosure'
  const questions = (
    <p>
      {assisted
        ? 'Read the text and each question out. The questions test our text, not the person.'
        : 'These questions test our text, not you. If an answer surprises you, ask us before signing.'}
    </p>
  )
  const helped = HELPER_FIELDS.some((name) => one(name) || problem?.errors[name])
  return (
    <Section title={filledIn ? 'Fill in and sign' : 'Was it clear?'}>
      {!filledIn && questions}
      <form method="post" noValidate className="consent-form">
        <input type="hidden" name="key" value={one('key') ?? data.key} />
        <input type="hidden" name="version" value={document.version} />
        <input type="hidden" name="textHash" value={document.textHash} />
        {assisted && <input type="hidden" name="documentId" value={document.id} />}
        {filledIn && (
          <>
            <DisclosureFields typed={typed} errors={problem?.errors ?? {}} clinicName={data.clinicName} />
            {questions}
          </>
        )}
        {document.questions.map((q) => {
          const answer = one(`answer-${q.id}`)
          return (
            <RadioGroup
              key={q.id}
              name={`answer-${q.id}`}
              label={q.question}
              choices={q.answers}
              {...(answer === undefined ? {} : { defaultValue: answer })}
              {...wrong(`answer-${q.id}`)}
            />
          )
        })}
        {document.acknowledgements.length > 0 && (
          <Fieldset legend="Tick each of these when it is so">
            {document.acknowledgements.map((a) => (
              <Checkbox
                key={a.id}
                name={`ack-${a.id}`}
                label={a.text}
                defaultChecked={one(`ack-${a.id}`) === 'yes'}
                {...wrong(`ack-${a.id}`)}
              />
            ))}
          </Fieldset>
        )}
        <Fieldset legend={assisted ? `Signature of ${data.name}` : 'Your signature'}>
          <TextField
            name="typedName"
            label={assisted ? 'Their name' : 'Your name, as your signature'}
            hint={
              assisted
                ? 'Typed by them, or by you as they ask; they may draw a mark beneath.'
                : `You are signed in as ${data.name}. You may say no, and you may take this back later.`
            }
            autoComplete={assisted ? 'off' : 'name'}
            maxLength={200}
            defaultValue={one('typedName')}
            {...wrong('typedName')}
          />
          <SignatureField defaultValue={one('drawing')} error={problem?.errors.drawing} />
        </Fieldset>
        {assisted ? (
          <>
            <TextArea
              name="assistance"
              label="Why you hold the device"
              hint="For example: cannot read; hand is in plaster."
              rows={2}
              maxLength={300}
              defaultValue={one('assistance')}
              {...wrong('assistance')}
            />
            <Fieldset legend="Witness" hint="Somebody else than you, who was there the whole time.">
              {helper('witness')}
            </Fieldset>
          </>
        ) : (
          <details className="disclosure" open={helped}>
            <summary>Somebody was with me, or read it to me in another language</summary>
            <Fieldset legend="Witness">{helper('witness')}</Fieldset>
            <Fieldset legend="Interpreter">{helper('interpreter')}</Fieldset>
          </details>
        )}
        {assisted && (
          <details className="disclosure" open={helped}>
            <summary>An interpreter read it out</summary>
            <Fieldset legend="Interpreter">{helper('interpreter')}</Fieldset>
          </details>
        )}
        <FormActions>
          <Button name="intent" value="sign">
            {assisted ? 'They have understood and agree' : 'I have read this and I agree'}
          </Button>
        </FormActions>
      </form>
    </Section>
  )
}

const HELPER_FIELDS = ['witness', 'interpreter'].flatMap((who) =>
  ['Name', 'Role', 'Language', 'Signature'].map((part) => `${who}${part}`),
)
