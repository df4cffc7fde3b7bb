import { CheckboxGroup, Fieldset, RadioGroup, SelectField, TextField } from '../../ui/index.ts'
import type { CohortKind } from './cohort-mapping.ts'
import type { LookedColumn, LookedFile } from './look-at-file.ts'

/** Chosen and typed so far, with what must be changed. */
export type MappingForm = {
  readonly looked: LookedFile
  readonly values: Readonly<Record<string, string | readonly string[]>>
  readonly errors: Readonly<Record<string, string>>
}

/** The questions of one kind of data, each answered with a column of the file or a few words. */
export function MappingFields({ kind, form }: { kind: CohortKind; form: MappingForm }) {
  switch (kind) {
    case 'time-to-event':
      return (
        <>
          <Fieldset legend="Time and event">
            <ColumnField form={form} name="time" label="Time until it happened, or until last seen" />
            <Choice
              form={form}
              name="unit"
              label="The time is counted in"
              choices={[
                ['days', 'Days'],
                ['weeks', 'Weeks'],
                ['months', 'Months'],
              ]}
            />
            <ColumnField form={form} name="event" label="Whether the event happened" />
            <Typed
              form={form}
              name="yes"
              label="Values that mean: it happened"
              hint={`Several with | between them.${valuesHint(form, 'event')}`}
            />
            <Typed form={form} name="no" label="Values that mean: not seen to happen" />
          </Fieldset>
          <GroupFields form={form} />
          <Fieldset legend="More, where you want it">
            <ColumnField
              form={form}
              name="stratum"
              label="Compare the groups only within"
              hint="For instance the site: a stratified log-rank test."
              optional
            />
            <CheckboxGroup
              name="covariates"
              label="Show these by group"
              hint="Up to six columns, to see whether the groups are alike."
              layout="inline"
              choices={form.looked.columns.map(({ name }) => ({ value: name, label: name }))}
              defaultValues={listOf(form.values.covariates)}
              optional
              error={form.errors.covariates}
            />
          </Fieldset>
        </>
      )
    case 'weekly-urine':
      return (
        <>
          <Fieldset legend="Weeks">
            <ColumnField form={form} name="pattern" label="One letter a week, from the first week on" />
          </Fieldset>
          <Fieldset legend="What the letters mean" row>
            <Typed form={form} name="positive" label="Positive" width="short" />
            <Typed form={form} name="negative" label="Negative" width="short" />
            <Typed form={form} name="mixed" label="Both in one week" width="short" optional />
            <Typed form={form} name="none" label="No sample" width="short" optional />
          </Fieldset>
          <GroupFields form={form} />
        </>
      )
    case 'repeated-scores':
      return (
        <>
          <Fieldset legend="Scores">
            <ColumnField form={form} name="person" label="Who it is" />
            <ColumnField form={form} name="visit" label="Time or number of the visit" />
            <Choice
              form={form}
              name="visitUnit"
              label="It is counted in"
              choices={[
                ['days', 'Days'],
                ['weeks', 'Weeks'],
                ['months', 'Months'],
                ['visits', 'Visits'],
              ]}
            />
            <ColumnField form={form} name="score" label="The score" />
            <Choice
              form={form}
              name="better"
              label="Better for a person is"
              choices={[
                ['lower', 'A lower score'],
                ['higher', 'A higher score'],
              ]}
            />
            <ColumnField
              form={form}
              name="baseline"
              label="The score before, if it has its own column"
              hint="Otherwise the first visit is the one before."
              optional
            />
          </Fieldset>
          <GroupFields form={form} />
        </>
      )
    case 'counts-by-arm':
      return (
        <Fieldset legend="Counts">
          <ColumnField form={form} name="study" label="The study" />
          <ColumnField form={form} name="arm" label="The arm" />
          <ColumnField form={form} name="events" label="How many had the event" />
          <ColumnField form={form} name="people" label="Of how many people" />
          <Typed
            form={form}
            name="reference"
            label="The arm that the others are compared with"
            hint={`As it is written in the file.${valuesHint(form, 'arm')}`}
          />
        </Fieldset>
      )
  }
}

function GroupFields({ form }: { form: MappingForm }) {
  return (
    <Fieldset legend="Groups" hint="Without a column everybody is in one group.">
      <ColumnField form={form} name="group" label="Column that tells groups apart" optional />
      <ColumnField form={form} name="group2" label="A second one, joined to it" optional />
      <Choice
        form={form}
        name="groupMissing"
        label="A row without a group"
        choices={[
          ['refuse', 'Is an error'],
          ['leave-out', 'Is left out and counted'],
          ['own-group', 'Goes into a group “not known”'],
        ]}
      />
    </Fieldset>
  )
}

/** How cells are read, whatever they hold. */
export function HowReadFields({ form }: { form: MappingForm }) {
  return (
    <>
      <Fieldset legend="How it is written">
        <Choice
          form={form}
          name="decimal"
          label="Decimals are written with"
          hint={
            form.looked.decimalUnsure
              ? 'Cells such as 1,5 were seen. Say what the comma means.'
              : 'No cell such as 1,5 was seen.'
          }
          choices={[
            ['point', 'A point: 1.5'],
            ['comma', 'A comma: 1,5'],
          ]}
        />
        <Typed
          form={form}
          name="missing"
          label="“Not known” is written as"
          hint="Several with | between them. An empty cell always means it."
          optional
        />
        <Choice
          form={form}
          name="whenMissing"
          label="A row without a cell that is needed"
          choices={[
            ['refuse', 'Is an error'],
            ['leave-out', 'Is left out and counted'],
          ]}
        />
      </Fieldset>
      <Fieldset legend="Only some rows" hint="For instance one project of several.">
        <ColumnField form={form} name="onlyColumn" label="Only rows where" optional />
        <Typed
          form={form}
          name="onlyValues"
          label="is one of"
          hint={`Several with | between them.${valuesHint(form, 'onlyColumn')}`}
          optional
        />
      </Fieldset>
    </>
  )
}

/** A choice of the file's own columns; each is told with its first cells. */
function ColumnField({
  form,
  name,
  label,
  hint,
  optional = false,
}: {
  form: MappingForm
  name: string
  label: string
  hint?: string
  optional?: boolean
}) {
  return (
    <SelectField
      name={name}
      label={label}
      hint={hint}
      optional={optional}
      prompt={optional ? 'None' : 'Choose a column'}
      options={form.looked.columns.map((column) => ({
        value: column.name,
        label: `${column.name}: ${firstWords(column)}`,
      }))}
      defaultValue={textOf(form.values[name])}
      error={form.errors[name]}
    />
  )
}

function Choice({
  form,
  name,
  label,
  hint,
  choices,
}: {
  form: MappingForm
  name: string
  label: string
  hint?: string
  choices: readonly (readonly [value: string, label: string])[]
}) {
  const chosen = textOf(form.values[name])
  return (
    <RadioGroup
      name={name}
      label={label}
      hint={hint}
      layout="inline"
      choices={choices.map(([value, words]) => ({ value, label: words }))}
      {...(chosen === '' ? {} : { defaultValue: chosen })}
      error={form.errors[name]}
    />
  )
}

function Typed({
  form,
  name,
  label,
  hint,
  optional = false,
  width = 'medium',
}: {
  form: MappingForm
  name: string
  label: string
  hint?: string
  optional?: boolean
  width?: 'medium' | 'short'
}) {
  return (
    <TextField
      name={name}
      label={label}
      hint={hint}
      optional={optional}
      width={width}
      autoComplete="off"
      defaultValue={textOf(form.values[name])}
      error={form.errors[name]}
    />
  )
}

function textOf(value: string | readonly string[] | undefined): string {
  return typeof value === 'string' ? value : (value?.[0] ?? '')
}

function listOf(value: string | readonly string[] | undefined): readonly string[] {
  return typeof value === 'string' ? [value] : (value ?? [])
}

/** "428, 275, 262, …" */
export function firstWords({ first }: LookedColumn): string {
  return first.map((cell) => (cell === '' ? '(empty)' : cell)).join(', ')
}

/** What stands in the column that is chosen so far. */
function valuesHint({ looked, values }: MappingForm, field: string): string {
  const column = looked.columns.find(({ name }) => name === textOf(values[field]))
  return column?.values ? ` In ${column.name}: ${column.values.join(', ')}.` : ''
}
