import type { FormAnswer } from '../../../platform/form.ts'
import type { LocalDate } from '../../../platform/time.ts'
import { NumberField, SelectField } from '../../../ui/index.ts'
import { ScanField } from '../barcode/scan-field.tsx'

/** What the form is about when it was opened for one thing. */
type Chosen = {
  readonly code: string
  readonly words: string
  readonly unit: string
  readonly left: string
  readonly mg: string
}

/** What a field of a form that came back holds and says. */
export function fieldOf(answer: FormAnswer | undefined) {
  return (name: string) => {
    const value = answer?.values[name]
    return {
      name,
      defaultValue: typeof value === 'string' ? value : value?.[0],
      error: answer?.errors[name],
    }
  }
}

const HOW_MUCH: Readonly<Record<string, string>> = {
  vials: 'How many sealed vials',
  devices: 'How many devices',
  tablets: 'How many tablets',
  mL: 'How much',
}

/** Which thing of the stock: by scanning its code or from the list, and how much of it. */
export function ChooseStock({
  choices,
  chosen,
  otherHref,
  today,
  answer,
}: {
  choices: readonly { readonly value: string; readonly label: string }[]
  /** Then nothing else is asked for: its unit and what is left of it stand beside the amount. */
  chosen: Chosen | undefined
  /** Where something else is chosen; left out where there is nothing else. */
  otherHref?: string | undefined
  today: LocalDate
  answer: FormAnswer | undefined
}) {
  const field = fieldOf(answer)
  const returned = answer !== undefined
  return (
    <>
      <ScanField
        {...field('scanned')}
        today={today}
        autoFocus={!returned}
        label="Scan the package or vial"
        hint="Put the cursor here and scan its square code. Without one, choose from the list."
        optional
      />
      {chosen ? (
        <p className="act-item">
          <input type="hidden" name="from" value={chosen.code} />
          {chosen.words}
          {otherHref && (
            <a className="act-other" href={otherHref}>
              something else
            </a>
          )}
        </p>
      ) : (
        <SelectField
          {...field('from')}
          label="What it is about"
          prompt="Choose lot and place"
          options={choices}
        />
      )}
      <NumberField
        {...field('amount')}
        label={chosen ? HOW_MUCH[chosen.unit] : 'How much'}
        unit={chosen?.unit === 'mL' ? 'mL' : undefined}
        whole={chosen !== undefined && chosen.unit !== 'mL'}
        hint={
          chosen
            ? `${chosen.left} (${chosen.mg}) are there.`
            : 'Sealed vials, devices and tablets as a whole number; what is in an opened vial in mL, such as 1.20.'
        }
      />
    </>
  )
}
