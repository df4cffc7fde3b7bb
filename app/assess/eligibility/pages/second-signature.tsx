import type { FormAnswer } from '../../../platform/form.ts'
import { Fieldset, StepUpField, TextField } from '../../../ui/index.ts'

/** Where somebody else signs on the same form, with their own e-mail address and password or passkey. */
export function SecondSignature({
  legend,
  hint,
  answer,
}: {
  legend: string
  hint: string
  answer: FormAnswer | undefined
}) {
  return (
    <Fieldset legend={legend} hint={hint}>
      <TextField
        name="secondEmail"
        label="Their e-mail address"
        type="email"
        width="medium"
        autoComplete="off"
        defaultValue={String(answer?.values.secondEmail ?? '')}
        error={answer?.errors.secondEmail}
      />
      <StepUpField second label="Their password" />
    </Fieldset>
  )
}
