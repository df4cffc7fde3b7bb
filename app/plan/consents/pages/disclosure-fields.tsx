import { CheckboxGroup, DateField, Fieldset, RadioGroup, TextField } from '../../../ui/index.ts'
import { EXPIRIES, PURPOSES, RECIPIENT_KINDS, RECORD_PARTS, SCOPES } from '../disclosure-elements.ts'

const choices = (list: readonly { readonly id: string; readonly label: string }[]) =>
  list.map(({ id, label }) => ({ value: id, label }))

/** The elements of a consent to disclose as fields. */
export function DisclosureFields({
  typed,
  errors,
  clinicName,
}: {
  typed: (name: string) => string | readonly string[] | undefined
  errors: Readonly<Record<string, string>>
  clinicName: string
}) {
  const one = (name: string) => {
    const value = typed(name)
    return typeof value === 'string' ? value : undefined
  }
  const parts = typed('parts')
  const group = (name: string, label: string, list: Parameters<typeof choices>[0], first?: string) => (
    <RadioGroup
      name={name}
      label={label}
      choices={choices(list)}
      {...definedValue(one(name) ?? first)}
      {...wrong(errors[name])}
    />
  )
  const text = (name: string, label: string, hint: string, optional = false, first?: string) => (
    <TextField
      name={name}
      label={label}
      hint={hint}
      optional={optional}
      maxLength={300}
      defaultValue={one(name) ?? first}
      {...wrong(errors[name])}
    />
  )
  return (
    <Fieldset legend="What you allow">
      {group('scope', 'What this paper is for', SCOPES, 'general')}
      {text('discloser', 'Who may give it', 'A name, or a kind of people.', false, clinicName)}
      {group('recipientKind', 'Who receives it', RECIPIENT_KINDS, 'named')}
      {text('recipient', 'Their name', 'The person or organization, as exactly as you can.', true)}
      {text('intermediary', 'Through an exchange', 'Its name, and who takes part in it.', true)}
      <CheckboxGroup
        name="parts"
        label="What may be given"
        choices={choices(RECORD_PARTS)}
        defaultValues={typeof parts === 'string' ? [parts] : (parts ?? [])}
        {...wrong(errors.parts)}
      />
      {text('partsDetail', 'Only some of it', 'For example from when until when.', true)}
      {group('purpose', 'For what', PURPOSES)}
      {text('purposeDetail', 'In your words', 'Which purpose, or which proceeding.', true)}
      {group('expiry', 'Until when', EXPIRIES, 'on')}
      <DateField
        name="expiresOn"
        label="The last day on which it holds"
        optional
        defaultValue={one('expiresOn')}
        error={errors.expiresOn}
      />
    </Fieldset>
  )
}

const definedValue = (value: string | undefined) => (value === undefined ? {} : { defaultValue: value })
const wrong = (error: string | undefined) => (error === undefined ? {} : { error })
