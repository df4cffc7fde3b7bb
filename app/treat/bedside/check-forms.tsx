import type { FormAnswer } from '../../platform/form.ts'
import { CheckboxGroup, NumberField, RadioGroup, TextField } from '../../ui/index.ts'
import { BedsideForm, fieldId, returnedTo } from './bedside-form.tsx'

type FormProps = { readonly formKey: string; readonly answer: FormAnswer | undefined }

export function ArriveForm(props: FormProps) {
  return <BedsideForm intent="arrive" submit="Record arrival" {...props} />
}

export function IdentityForm({
  person,
  ...props
}: FormProps & { person: { name: string; birthDate: string | undefined } }) {
  const returned = returnedTo('identity', props.answer)
  return (
    <BedsideForm intent="identity" submit="Record identity" {...props}>
      <CheckboxGroup
        name="identifiers"
        id={fieldId('identity', 'identifiers')}
        label="Ask the person to say it; compare two of these"
        layout="big"
        {...(person.birthDate
          ? {}
          : {
              hint: 'No date of birth is known here, so none can be compared: take the photo identity card.',
            })}
        choices={[
          { value: 'full-name', label: `Full name: ${person.name}` },
          ...(person.birthDate ? [{ value: 'birth-date', label: `Date of birth: ${person.birthDate}` }] : []),
          { value: 'photo-id', label: 'Photo identity card' },
        ]}
        defaultValues={returned.values('identifiers')}
        error={returned.error('identifiers')}
      />
    </BedsideForm>
  )
}

const ANSWERS = [
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
  { value: 'unknown', label: 'Not known' },
]

/** @param escortTold whom the person named the day before; it fills the fields, and the nurse asks again */
export function ChecklistForm({
  escortTold,
  ...props
}: FormProps & { escortTold?: { readonly name: string; readonly phone: string } | undefined }) {
  const returned = returnedTo('checklist', props.answer)
  const text = (name: string) => ({
    name,
    id: fieldId('checklist', name),
    defaultValue: returned.value(name),
    error: returned.error(name),
  })
  return (
    <BedsideForm intent="checklist" submit="Record checklist" {...props}>
      <div className="bedside-pair">
        <TextField
          {...text('escortName')}
          defaultValue={text('escortName').defaultValue ?? escortTold?.name}
          label="Who brings them home"
          {...(escortTold ? { hint: 'As said the day before; ask again.' } : {})}
          autoComplete="off"
        />
        <TextField
          {...text('escortPhone')}
          defaultValue={text('escortPhone').defaultValue ?? escortTold?.phone}
          label="Telephone of this escort"
          type="tel"
          autoComplete="off"
        />
      </div>
      <div className="bedside-pair">
        <RadioGroup {...text('fasted')} label="Fasting as agreed" choices={ANSWERS} layout="big" />
        <RadioGroup
          {...text('noUseSince')}
          label="No alcohol or drugs since the last visit"
          choices={ANSWERS}
          layout="big"
        />
      </div>
      <NumberField
        {...text('breathAlcohol')}
        label="Breath alcohol"
        hint="Empty means not measured, and no dose is given without 0.00."
        unit="g per 210 L"
        size="bedside"
      />
    </BedsideForm>
  )
}

export function ObserveForm(props: FormProps) {
  const returned = returnedTo('observe', props.answer)
  return (
    <BedsideForm intent="observe" submit="Record observation" kind="quiet" {...props}>
      <RadioGroup
        name="topic"
        id={fieldId('observe', 'topic')}
        label="About"
        layout="inline"
        defaultValue={returned.value('topic') ?? 'general'}
        error={returned.error('topic')}
        choices={[
          { value: 'general', label: 'General' },
          { value: 'distress', label: 'Distress' },
          { value: 'nausea', label: 'Nausea' },
          { value: 'comfort', label: 'Comfort' },
          { value: 'call', label: 'Call to prescriber' },
        ]}
      />
      <TextField
        name="text"
        id={fieldId('observe', 'text')}
        label="What you saw or did"
        autoComplete="off"
        defaultValue={returned.value('text')}
        error={returned.error('text')}
      />
    </BedsideForm>
  )
}
