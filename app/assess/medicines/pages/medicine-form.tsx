import type { FormAnswer } from '../../../platform/form.ts'
import {
  Button,
  ButtonLink,
  DateField,
  FormActions,
  RadioGroup,
  SelectField,
  TextField,
} from '../../../ui/index.ts'
import { MEDICINE_SOURCES } from '../medicine.ts'
import { MEDICINE_GROUPS } from '../medicine-groups.ts'
import { sameNamed } from '../medicine-names.ts'
import type { MedicinesView } from '../medicines-page.server.ts'

const SOURCES = MEDICINE_SOURCES.map(({ id, title }) => ({ value: id, label: title }))
const GROUPS = [
  { value: 'by-name', label: 'By its name' },
  ...MEDICINE_GROUPS.filter(({ id }) => id !== 'not-known').map(({ id, title }) => ({
    value: id,
    label: title,
  })),
]

type Props = { data: MedicinesView; answer?: FormAnswer | undefined }

/** One medicine: a name and Enter are enough; the next one can be typed at once. */
export function MedicineForm({ data, answer, path }: Props & { path: string }) {
  const returned = answer?.values.intent === 'record' ? answer : undefined
  const values = returned?.values ?? data.changing?.values ?? {}
  const errors = returned?.errors ?? {}
  const text = (name: string) => {
    const value = values[name]
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  // Asked only after a refusal that names it, and kept while something else is mended.
  const same =
    errors.same || text('same')
      ? sameNamed(
          text('name') ?? '',
          data.medicines.filter((row) => row.id !== data.changing?.id),
        )
      : []
  return (
    <form method="post" noValidate>
      <input type="hidden" name="intent" value="record" />
      <input type="hidden" name="key" value={text('key') ?? data.keys.form} />
      {data.changing && <input type="hidden" name="replaces" value={data.changing.id} />}
      <datalist id="medicine-names">
        {data.suggestions.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <div className="medicine-entry">
        <TextField
          name="name"
          label="Name, as told"
          hint="Generic or brand name, or the word people use. Alcohol and other drugs too. Enter records it."
          list="medicine-names"
          autoComplete="off"
          maxLength={120}
          defaultValue={text('name')}
          error={errors.name}
        />
        <TextField
          name="dose"
          label="Dose"
          hint="For example “0.5 mg at night”."
          optional
          maxLength={120}
          defaultValue={text('dose')}
          error={errors.dose}
        />
        <DateField
          name="since"
          label="Since, at this dose"
          optional
          defaultValue={text('since')}
          error={errors.since}
        />
        <DateField
          name="lastTakenAt"
          label="Last taken"
          optional
          withTime
          max={data.now}
          defaultValue={text('lastTakenAt')}
          error={errors.lastTakenAt}
        />
        <SelectField
          name="group"
          label="Group"
          hint="Choose only when the name is not known to our table."
          options={GROUPS}
          defaultValue={text('group') ?? 'by-name'}
          error={errors.group}
        />
        <SelectField
          name="source"
          label="Who says so"
          options={SOURCES}
          defaultValue={text('source') ?? 'self-report'}
          error={errors.source}
        />
      </div>
      <RadioGroup
        name="kind"
        label="Taken now?"
        layout="inline"
        choices={[
          { value: 'taken', label: 'Taken' },
          { value: 'to-start', label: 'To be begun' },
        ]}
        defaultValue={text('kind') ?? 'taken'}
        error={errors.kind}
      />
      {same.length > 0 && (
        <RadioGroup
          name="same"
          label={`Is “${text('name')}” the same as what stands on the list?`}
          choices={[
            ...same
              .filter(() => !data.changing)
              .map((row) => ({
                value: row.id,
                label: `The same as ${row.name}${row.dose ? `, ${row.dose}` : ''}`,
                hint: 'What is typed here takes its place; what stood stays readable.',
              })),
            {
              value: 'besides',
              label: 'Another one, taken besides it',
              hint: 'Both stay on the list.',
            },
          ]}
          defaultValue={text('same')}
          error={errors.same}
        />
      )}
      {data.changing && (
        <TextField
          name="reason"
          label="Why this is changed"
          hint="For example “asked again today”. What was recorded before stays readable."
          maxLength={300}
          defaultValue={text('reason')}
          error={errors.reason}
        />
      )}
      <FormActions>
        <Button>{data.changing ? 'Record the change' : 'Add'}</Button>
        {data.changing && (
          <ButtonLink kind="quiet" href={path}>
            Leave it
          </ButtonLink>
        )}
      </FormActions>
    </form>
  )
}

/** That nothing is taken: a statement of its own, never the absence of one. */
export function NoneForm({ data }: Props) {
  return (
    <details className="disclosure">
      <summary>No medicines at all?</summary>
      <form method="post" noValidate>
        <input type="hidden" name="intent" value="none" />
        <input type="hidden" name="key" value={data.keys.none} />
        <SelectField
          name="source"
          id="none-source"
          label="Who says so"
          options={SOURCES}
          defaultValue="self-report"
        />
        <FormActions>
          <Button kind="quiet">Record: no medicines</Button>
        </FormActions>
      </form>
    </details>
  )
}

/** Ends an entry: because it is not taken any more, or because it never should have stood here. */
export function EndForms({ data, answer }: Props) {
  const ends = [
    {
      intent: 'stop',
      key: data.keys.stop,
      title: 'Not taken any more?',
      label: 'Since when, and who said so',
      button: 'Not taken any more',
    },
    {
      intent: 'withdraw',
      key: data.keys.withdraw,
      title: 'Recorded by mistake?',
      label: 'Why it is taken back',
      button: 'Take this entry back',
    },
  ]
  return ends.map((end) => {
    const own = answer?.values.intent === end.intent ? answer : undefined
    return (
      <details key={end.intent} className="disclosure" open={own !== undefined}>
        <summary>{end.title}</summary>
        <form method="post" noValidate>
          <input type="hidden" name="intent" value={end.intent} />
          <input type="hidden" name="key" value={end.key} />
          <input type="hidden" name="replaces" value={data.changing?.id} />
          <TextField
            name="reason"
            id={`${end.intent}-reason`}
            label={end.label}
            maxLength={300}
            defaultValue={own ? String(own.values.reason ?? '') : undefined}
            error={own?.errors.reason}
          />
          <FormActions>
            <Button kind="quiet">{end.button}</Button>
          </FormActions>
        </form>
      </details>
    )
  })
}
