import {
  Button,
  Fieldset,
  FormActions,
  NumberField,
  RadioGroup,
  SelectField,
  type SelectOption,
  TextField,
} from '../../ui/index.ts'
import {
  type FieldValues,
  MOST_REGIMENS,
  MOST_ROWS,
  regimenField,
  usedRegimens,
  usedRows,
} from '../regimens/regimen-fields.ts'
import { DRUG_WORDS, EFFECT_WORDS } from '../regimens/regimen-words.ts'
import { type DoseFields, DoseRowFields } from './regimens-dose-row.tsx'

/** Rows that wait folded under those in use. */
const SPARE_ROWS = 2

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i)

type FormProps = {
  values: FieldValues
  errors: FieldValues
  /** What a model was not made for, at the field that it is about. */
  notes: FieldValues
  models: readonly SelectOption[]
  ready: readonly SelectOption[]
}

/** The question: for whom, which regimens, what to look at. Sent with GET, so that its address is the question. */
export function RegimenForm({ values, errors, notes, models, ready }: FormProps) {
  const field = (name: string) => ({
    name,
    defaultValue: values[name] ?? '',
    error: errors[name],
    hint: notes[name],
  })
  const used = usedRegimens(values)
  const shown = Math.max(2, ...used)
  return (
    <form
      method="get"
      action="/work/regimens#result"
      className="regimens-form"
      noValidate
      aria-label="What to compare"
    >
      {/* Enter in a field works the figures out; without this it would press the first button, which fills in. */}
      <button type="submit" className="hidden" tabIndex={-1} aria-hidden="true" />
      <Fieldset legend="For whom">
        <RadioGroup
          name="who"
          label="Curves for"
          layout="inline"
          defaultValue={values.who}
          error={errors.who}
          choices={[
            { value: 'person', label: 'One person' },
            { value: 'people', label: 'People of a clinic' },
          ]}
        />
        <div className="field-row regimens-person">
          <NumberField label="Weight" unit="kg" {...field('weight')} />
          <NumberField label="Age" unit="years" optional {...field('age')} />
          <SelectField
            label="Sex"
            prompt="not said"
            options={[
              { value: 'female', label: 'female' },
              { value: 'male', label: 'male' },
            ]}
            {...field('sex')}
            hint="No model here uses it."
          />
        </div>
        <div className="field-row regimens-people">
          <NumberField label="Mean weight" unit="kg" {...field('meanWeight')} />
          <NumberField label="± SD" unit="kg" {...field('sdWeight')} />
          <NumberField label="Lightest" unit="kg" {...field('leastWeight')} />
          <NumberField label="Heaviest" unit="kg" {...field('mostWeight')} />
          <NumberField label="Youngest" unit="years" whole {...field('leastAge')} />
          <NumberField label="Oldest" unit="years" whole {...field('mostAge')} />
          <NumberField label="Women" unit="%" optional {...field('women')} />
        </div>
      </Fieldset>
      <div className="regimens-side-by-side">
        {numbers(1, shown).map((place) => (
          <RegimenFields key={place} place={place} {...{ values, errors, notes, models, ready }} />
        ))}
      </div>
      {shown < MOST_REGIMENS && (
        <details className="disclosure regimens-more">
          <summary>Another regimen</summary>
          <RegimenFields place={shown + 1} {...{ values, errors, notes, models, ready }} />
        </details>
      )}
      <Fieldset legend="What to look at" row>
        <NumberField label="Time above" unit="ng/mL" optional {...field('threshold')} />
        <NumberField label="Show until minute" unit="min" whole {...field('until')} />
        <NumberField label="People to draw" whole {...field('n')} />
        <NumberField label="Seed" whole {...field('seed')} hint="The same seed draws the same people." />
      </Fieldset>
      <RadioGroup
        name="effect"
        label="The effect follows arterial blood with a half-life of"
        defaultValue={values.effect}
        error={errors.effect}
        choices={(['default', 'fast'] as const).map((value) => ({ value, label: EFFECT_WORDS[value] }))}
      />
      <FormActions>
        <Button>Work it out</Button>
      </FormActions>
    </form>
  )
}

function RegimenFields({ place, values, errors, notes, models, ready }: FormProps & { place: number }) {
  const name = (field: 'name' | 'model' | 'drug' | 'ready') => regimenField(place, field)
  const used = usedRows(values, place)
  const shown = Math.max(1, ...used)
  const row: DoseFields = { values, errors, place }
  const spare = numbers(shown + 1, Math.min(MOST_ROWS, shown + SPARE_ROWS))
  return (
    <fieldset className="form-part panel regimens-one">
      <legend>Regimen {place}</legend>
      <div className="field-row regimens-ready">
        <SelectField
          name={name('ready')}
          label="Start from"
          prompt="a regimen of somebody …"
          options={ready}
          defaultValue=""
        />
        <Button
          kind="quiet"
          size="small"
          name="fill"
          value={String(place)}
          formAction={`/work/regimens#${name('name')}`}
        >
          Fill in<span className="hidden"> regimen {place}</span>
        </Button>
      </div>
      <TextField
        name={name('name')}
        label="Name"
        maxLength={60}
        defaultValue={values[name('name')] ?? ''}
        error={errors[name('name')]}
        hint={notes[name('name')]}
      />
      <SelectField
        name={name('model')}
        label="Model"
        options={models}
        defaultValue={values[name('model')] ?? models[0]?.value}
        error={errors[name('model')]}
        hint={notes[name('model')]}
      />
      <SelectField
        name={name('drug')}
        label="Drug"
        options={(['racemate', 'esketamine'] as const).map((value) => ({ value, label: DRUG_WORDS[value] }))}
        defaultValue={values[name('drug')] ?? 'racemate'}
        error={errors[name('drug')]}
        hint={notes[name('drug')]}
      />
      {numbers(1, shown).map((at) => (
        <DoseRowFields key={at} {...row} row={at} />
      ))}
      {spare.length > 0 && (
        <details className="disclosure regimens-more">
          <summary>
            Add a dose<span className="hidden"> to regimen {place}</span>
          </summary>
          {spare.map((at) => (
            <DoseRowFields key={at} {...row} row={at} />
          ))}
        </details>
      )}
    </fieldset>
  )
}
