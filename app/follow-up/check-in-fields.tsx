import { cravingNrsForm as craving } from '@evenkeel/questionnaires/instruments/craving-nrs'
import { type FormAnswer, fieldErrors } from '../platform/form.ts'
import {
  Button,
  CheckboxGroup,
  ErrorSummary,
  FormActions,
  RadioGroup,
  ScaleField,
  TextArea,
} from '../ui/index.ts'
import { SUBSTANCES } from './check-in.ts'

const cravingItem = craving.items[0]!

/**
 * The check-in as a form: five questions, of which one must be answered. Works with the keyboard alone and without script.
 *
 * @param formKey becomes the entry's id, so that sending the form twice makes one entry
 * @param values what is filled in: what was typed, or today's entry
 * @param submitLabel the words on the button
 */
export function CheckInFields({
  formKey,
  values,
  answer,
  submitLabel,
  clinicName,
  phoneDisplay,
  phoneHref,
}: {
  formKey: string
  values: Readonly<Record<string, string | readonly string[]>>
  answer: FormAnswer | undefined
  submitLabel: string
  clinicName: string
  phoneDisplay: string
  phoneHref: string | undefined
}) {
  const errors = answer?.errors ?? {}
  const one = (name: string) => {
    const value = values[name]
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  const scale = (name: string) => {
    const value = one(name)
    return value !== undefined && /^\d+$/.test(value) ? Number(value) : undefined
  }
  const ticked = values.substances
  return (
    <>
      <ErrorSummary errors={fieldErrors(answer)} />
      <form method="post" noValidate>
        <input type="hidden" name="intent" value="check-in" />
        <input type="hidden" name="key" value={formKey} />
        <ScaleField
          name="craving"
          label={cravingItem.prompt}
          hint={craving.recall.sentence}
          lowLabel={cravingItem.range?.minLabel ?? ''}
          highLabel={cravingItem.range?.maxLabel ?? ''}
          defaultValue={scale('craving')}
          error={errors.craving}
        />
        <RadioGroup
          name="used"
          label="Have you used anything since your last check-in?"
          hint="A yes is an entry like any other. The days you have kept stay kept."
          layout="inline"
          choices={[
            { value: 'no', label: 'No' },
            { value: 'yes', label: 'Yes' },
            { value: 'rather-not-say', label: 'I would rather not say' },
          ]}
          defaultValue={one('used')}
          error={errors.used}
        />
        <CheckboxGroup
          name="substances"
          label="If yes: what was it?"
          hint="Tick all that fit, or leave it open."
          optional
          choices={SUBSTANCES.map(({ code, label }) => ({ value: code, label }))}
          defaultValues={typeof ticked === 'string' ? [ticked] : (ticked ?? [])}
          error={errors.substances}
        />
        <ScaleField
          name="mood"
          label="How has your mood been today?"
          lowLabel="As low as it gets"
          highLabel="As good as it gets"
          defaultValue={scale('mood')}
          error={errors.mood}
        />
        <TextArea
          name="words"
          label="Anything you want to add"
          hint={`Your team at ${clinicName} can read this at the next opportunity. Nobody reads it live.`}
          optional
          rows={3}
          maxLength={2000}
          defaultValue={one('words')}
          error={errors.words}
        />
        <p>
          Do you need somebody now? <a href="tel:988">Call</a> or <a href="sms:988">text 988</a>, day or
          night.
          {phoneHref && (
            <>
              {' '}
              Or call us on <a href={phoneHref}>{phoneDisplay}</a>.
            </>
          )}
        </p>
        <FormActions>
          <Button type="submit" wide>
            {submitLabel}
          </Button>
        </FormActions>
      </form>
    </>
  )
}
