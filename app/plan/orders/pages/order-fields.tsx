import { Checkbox, Fieldset, NumberField, RadioGroup, StateChip, TextArea } from '../../../ui/index.ts'
import { stepField } from '../dose-fields.ts'
import type { OrderPageData } from '../order-page.server.ts'
import { BASIS_WORDS, RAISE_WORDS, TOLD_WORDS } from '../order-words.ts'
import { UNIT_WORDS } from '../units-arithmetic.ts'

type FieldProps = {
  data: OrderPageData
  typed: (name: string, otherwise?: string) => string
  /** Whether the form was posted: a choice made then is shown, before nothing is chosen. */
  posted: boolean
  wrong: Readonly<Record<string, string>>
}

/** What an order asks for, by the kind of dose its protocol gives. */
export function OrderFields(props: FieldProps & { raised: boolean; needsReason: boolean }) {
  const { data, typed, wrong, needsReason } = props
  return (
    <>
      <DoseFields {...props} />
      {data.weighs && <BasisField {...props} />}
      {data.form && data.form.kind !== 'units' && <VialField {...props} />}
      {data.form?.kind === 'infusion' && (
        <NumberField
          name="totalVolumeMl"
          label="Whole volume in the pump"
          hint="Drug and diluent together."
          unit="mL"
          defaultValue={typed('totalVolumeMl')}
          error={wrong.totalVolumeMl}
        />
      )}
      {data.lastDose && <RaiseFields {...props} />}
      <TextArea
        name="reason"
        label="Reason"
        optional={!needsReason}
        hint="Needed for anything but the protocol’s dose and time, above the soft ceiling, for a dose counted from a weight above the actual one, and for a higher dose while something about the last one is not known."
        rows={2}
        defaultValue={typed('reason')}
        error={wrong.reason}
      />
      {data.weightChange && (
        <Checkbox
          name="weightChangeAcknowledged"
          label={`I have checked the weight: ${data.weightChange}.`}
          defaultChecked={typed('weightChangeAcknowledged') === 'yes'}
          error={wrong.weightChangeAcknowledged}
        />
      )}
    </>
  )
}

function DoseFields({ data, typed, posted, wrong }: FieldProps) {
  const { form, fixed } = data
  if (!form) return null
  if (form.kind === 'infusion') {
    return form.steps.map((title, at) => (
      <Fieldset legend={form.steps.length === 1 ? 'Dose' : `Step ${at + 1}: ${title}`} row key={title}>
        <NumberField
          name={stepField('mgPerKg', at)}
          label="Dose"
          unit="mg/kg"
          defaultValue={typed(stepField('mgPerKg', at))}
          error={wrong[stepField('mgPerKg', at)]}
        />
        <NumberField
          name={stepField('durationMin', at)}
          label="Over"
          unit="min"
          defaultValue={typed(stepField('durationMin', at))}
          error={wrong[stepField('durationMin', at)]}
        />
      </Fieldset>
    ))
  }
  if (form.kind === 'at-once-per-kg') {
    return (
      <NumberField
        name="mgPerKg"
        label={`Dose, ${data.protocol.way}, at once`}
        unit="mg/kg"
        defaultValue={typed('mgPerKg')}
        error={wrong.mgPerKg}
      />
    )
  }
  const unit = UNIT_WORDS[data.basis.protocol.route]
  return (
    <>
      <RadioGroup
        name="mg"
        label={`Dose, ${data.protocol.way}`}
        hint={
          fixed?.firstDay
            ? `No dose is on record in this plan: its first one is ${fixed.mg.join(' or ')} mg.`
            : 'Exactly one of the doses of the protocol; nothing between.'
        }
        layout="inline"
        defaultValue={posted ? typed('mg') : undefined}
        error={wrong.mg}
        choices={(fixed?.mg ?? []).map((mg) => ({ value: String(mg), label: `${mg} mg` }))}
      />
      {form.kind === 'units' && !form.esketamine && unit && (
        <NumberField
          name="unitMg"
          label={`One ${unit.one} holds`}
          unit="mg"
          defaultValue={typed('unitMg')}
          error={wrong.unitMg}
        />
      )}
    </>
  )
}

function BasisField({ data, typed, posted, wrong }: FieldProps) {
  return (
    <RadioGroup
      name="weightBasis"
      label="Counted from which weight?"
      hint="No trial settles this for a high body weight. Nothing is chosen for you."
      defaultValue={posted ? typed('weightBasis') : undefined}
      error={wrong.weightBasis}
      choices={data.bases.map(({ basis, words }) => ({
        value: basis,
        label: `The ${BASIS_WORDS[basis]}`,
        hint: words,
      }))}
    />
  )
}

function VialField({ data, typed, posted, wrong }: FieldProps) {
  const infusion = data.form?.kind === 'infusion'
  return (
    <RadioGroup
      name="concentrationMgPerMl"
      label="Which vial?"
      layout="inline"
      defaultValue={posted ? typed('concentrationMgPerMl') : undefined}
      error={wrong.concentrationMgPerMl}
      choices={[
        { value: '10', label: '10 mg/mL' },
        { value: '50', label: '50 mg/mL' },
        { value: '100', label: infusion ? '100 mg/mL, diluted' : '100 mg/mL' },
      ]}
    />
  )
}

/** What is asked before a dose above the last one; folded away until it lies above it. */
function RaiseFields({ data, typed, posted, wrong, raised }: FieldProps & { raised: boolean }) {
  const known = (name: string) => (posted ? typed(name) || undefined : undefined)
  const asked = Object.keys(wrong).some((name) => name.startsWith('raise-'))
  return (
    <details className="disclosure" open={raised || asked || undefined}>
      <summary>For a dose above the last one ({data.lastDose?.words})</summary>
      <div className="panel stack">
        <p className="fact-source">
          After any of these a dose is never raised, nor when the person is better by half. These are
          defaults, to be set by the medical director; the rule of one step up only below half an improvement
          is that of one trial (injections under the skin). What the session recorded counts.
        </p>
        {data.lastDose?.recorded.map(({ fact, told }) => (
          <RadioGroup
            key={fact}
            name={`raise-${fact}`}
            label={`Last dose: ${RAISE_WORDS[fact]}?`}
            hint={
              told === 'unknown' ? 'The session recorded nothing about it.' : `The session recorded: ${told}.`
            }
            layout="inline"
            defaultValue={known(`raise-${fact}`)}
            error={wrong[`raise-${fact}`]}
            choices={(['yes', 'no', 'unknown'] as const).map((value) => ({
              value,
              label: TOLD_WORDS[value],
            }))}
          />
        ))}
        <RadioGroup
          name="raise-improvement"
          label="Better since the start, by the treatment’s own measure"
          layout="inline"
          defaultValue={known('raise-improvement')}
          error={wrong['raise-improvement']}
          choices={[
            { value: 'less-than-half', label: 'by less than half' },
            { value: 'half-or-more', label: 'by half or more' },
            { value: 'unknown', label: 'not known' },
          ]}
        />
        {raised && <StateChip state="due" word="This order lies above the last dose" />}
      </div>
    </details>
  )
}
