import { type FormAnswer, fieldErrors } from '../../platform/form.ts'
import {
  Button,
  ButtonLink,
  Checkbox,
  DateField,
  ErrorSummary,
  Fieldset,
  FormActions,
  Notice,
  NumberField,
  RadioGroup,
  SelectField,
  TextField,
} from '../../ui/index.ts'
import { ANALYTES } from './analytes.ts'
import { ANALYTE_RESULTS, BREATH_FACTOR_WORDS, BREATH_UNITS } from './lab-test.ts'
import { CHECK_FIELDS } from './lab-test-form.ts'
import { RESULT_WORDS } from './lab-test-words.ts'
import type { TestsView } from './tests-page.server.ts'
import { VALIDITY_SOURCE } from './urine-validity.ts'

type Form = NonNullable<TestsView['form']>
type Words = {
  readonly text: (name: string) => string | undefined
  readonly errors: Readonly<Record<string, string>>
}

/** One test, new or corrected. Each kind has its own fields; a refused form keeps everything typed. */
export function TestForm({
  form,
  backTo,
  answer,
}: {
  form: Form
  backTo: string
  answer: FormAnswer | undefined
}) {
  const problem = answer?.values.intent === 'record' ? answer : undefined
  const withdrawal = answer?.values.intent === 'withdraw' ? answer : undefined
  const values = problem?.values ?? form.values
  const errors = problem?.errors ?? {}
  const text = (name: string) => {
    const value = values[name]
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  return (
    <>
      <ErrorSummary errors={fieldErrors(problem)} />
      <form method="post" noValidate>
        <input type="hidden" name="intent" value="record" />
        <input type="hidden" name="key" value={form.key} />
        <input type="hidden" name="kind" value={form.kind} />
        {form.corrects && <input type="hidden" name="corrects" value={form.corrects} />}
        <DateField
          name="collectedAt"
          label={form.kind === 'missed' ? 'When it was planned' : 'When the specimen was given'}
          hint="In the clinic’s zone."
          withTime
          max={form.now}
          defaultValue={text('collectedAt')}
          error={errors.collectedAt}
        />
        {form.kind === 'urine' && <UrineFields form={form} text={text} errors={errors} />}
        {form.kind === 'missed' && (
          <TextField
            name="why"
            label="What is known of why"
            optional
            maxLength={200}
            defaultValue={text('why')}
            error={errors.why}
          />
        )}
        {form.kind === 'breath' && <BreathFields text={text} errors={errors} />}
        {(form.kind === 'peth' || form.kind === 'urine-etg') && (
          <ConcentrationFields kind={form.kind} text={text} errors={errors} />
        )}
        {form.kind === 'cdt' && (
          <NumberField
            name="percent"
            label="CDT"
            unit="%"
            defaultValue={text('percent')}
            error={errors.percent}
          />
        )}
        {form.corrects && (
          <TextField
            name="reason"
            label="Why this is corrected"
            hint="What was recorded before stays readable."
            maxLength={300}
            defaultValue={text('reason')}
            error={errors.reason}
          />
        )}
        <FormActions>
          <Button>{form.corrects ? 'Record the correction' : 'Record this test'}</Button>
          <ButtonLink kind="quiet" href={backTo}>
            Leave it
          </ButtonLink>
        </FormActions>
      </form>
      {form.corrects && (
        <details className="disclosure" open={withdrawal !== undefined}>
          <summary>Recorded by mistake?</summary>
          <form method="post" noValidate>
            <input type="hidden" name="intent" value="withdraw" />
            <input type="hidden" name="key" value={form.key} />
            <input type="hidden" name="corrects" value={form.corrects} />
            <input type="hidden" name="collectedAt" value={form.values.collectedAt} />
            <TextField
              name="reason"
              id="withdraw-reason"
              label="Why it is taken back"
              maxLength={300}
              error={withdrawal?.errors.reason ?? withdrawal?.errors.form}
            />
            <FormActions>
              <Button kind="quiet">Take this test back</Button>
            </FormActions>
          </form>
        </details>
      )}
    </>
  )
}

function UrineFields({ form, text, errors }: Words & { form: Form }) {
  return (
    <>
      <RadioGroup
        name="observed"
        label="Was somebody present when it was given?"
        layout="inline"
        choices={[
          { value: 'yes', label: 'Yes, observed' },
          { value: 'no', label: 'No' },
        ]}
        defaultValue={text('observed')}
        error={errors.observed}
      />
      <Fieldset
        legend="Can the specimen be trusted?"
        hint={`Leave empty what was not measured. Rules: ${VALIDITY_SOURCE}.`}
        row
      >
        {CHECK_FIELDS.map(({ name, label, unit }) => (
          <NumberField
            key={name}
            name={name}
            label={label}
            unit={unit || undefined}
            defaultValue={text(name)}
            error={errors[name]}
          />
        ))}
      </Fieldset>
      <Checkbox
        name="temperatureInTime"
        label="The temperature was read within 4 minutes"
        defaultChecked={text('temperatureInTime') === 'yes'}
      />
      <fieldset className="form-part lab-findings">
        <legend>Results</legend>
        {form.dose && (
          <Notice state="due" title="Ketamine is to be expected">
            <p>
              {form.dose.reason}, {form.dose.days} days ago
              {form.dose.usual ? '' : '; by now rather its metabolite'}. Record a positive as “expected
              positive” with this reason.
            </p>
          </Notice>
        )}
        {ANALYTES.map(({ id, label, screenNgMl, window, note }) => (
          <div className="lab-finding" key={id}>
            <SelectField
              name={`a-${id}`}
              label={label}
              hint={`${screenNgMl === null ? 'Cut-off by assay' : `Cut-off ${screenNgMl} ng/mL`}; found ${window}${note ? `; ${note}` : ''}`}
              prompt="not tested"
              options={ANALYTE_RESULTS.map((value) => ({ value, label: RESULT_WORDS[value] }))}
              defaultValue={text(`a-${id}`) ?? ''}
              error={errors[`a-${id}`]}
            />
            <SelectField
              name={`a-${id}-basis`}
              label="How it was found"
              options={[
                { value: 'presumptive', label: 'first test, presumptive' },
                { value: 'confirmed', label: 'confirmed by a laboratory' },
              ]}
              defaultValue={text(`a-${id}-basis`)}
            />
            <TextField
              name={`a-${id}-reason`}
              label="What explains it"
              optional
              maxLength={200}
              defaultValue={
                text(`a-${id}-reason`) ?? (id === 'ketamine' && form.dose ? form.dose.reason : undefined)
              }
              error={errors[`a-${id}-reason`]}
            />
          </div>
        ))}
        {form.dose && (
          <Checkbox
            name="ketamineUnexplained"
            label="Ketamine was found and the session here does not explain it"
            defaultChecked={text('ketamineUnexplained') === 'yes'}
          />
        )}
      </fieldset>
    </>
  )
}

function BreathFields({ text, errors }: Words) {
  return (
    <>
      <NumberField name="value" label="Reading" defaultValue={text('value')} error={errors.value} />
      <RadioGroup
        name="unit"
        label="Unit the device shows"
        hint={BREATH_FACTOR_WORDS}
        choices={BREATH_UNITS.map(({ unit, label }) => ({ value: unit, label }))}
        defaultValue={text('unit') ?? 'g/dL'}
        error={errors.unit}
      />
    </>
  )
}

function ConcentrationFields({ kind, text, errors }: Words & { kind: 'peth' | 'urine-etg' }) {
  return (
    <>
      <NumberField
        name="ngMl"
        label={kind === 'peth' ? 'PEth 16:0/18:1' : 'Ethyl glucuronide'}
        hint={
          kind === 'urine-etg'
            ? 'Hand gel and some foods raise it: never the only ground for anything.'
            : 'Shows drinking of about the last 2 to 4 weeks.'
        }
        unit="ng/mL"
        whole
        defaultValue={text('ngMl')}
        error={errors.ngMl}
      />
      <Checkbox
        name="belowLod"
        label="Below the limit of detection"
        defaultChecked={text('belowLod') === 'yes'}
        error={errors.belowLod}
      />
      <NumberField
        name="lodNgMl"
        label="Limit of detection"
        unit="ng/mL"
        whole
        optional
        defaultValue={text('lodNgMl')}
        error={errors.lodNgMl}
      />
    </>
  )
}
