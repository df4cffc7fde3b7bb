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
  fixed = false,
  today,
  answer,
}: {
  choices: readonly { readonly value: string; readonly label: string }[]
  chosen: Chosen | undefined
  /** There is nothing else to choose. */
  fixed?: boolean
  today: LocalDate
  answer: FormAnswer | undefined
}) {
  const field = fieldOf(answer)
  const from = field('from')
  // Somebody who chose another thing in the form is not told of the one it was opened for.
  const still = from.defaultValue === undefined || from.defaultValue === chosen?.code ? chosen : undefined
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
      {fixed && still ? (
        <>
          <input type="hidden" name="from" value={still.code} />
          <p className="act-item">{still.words}</p>
        </>
      ) : (
        <SelectField
          {...from}
          defaultValue={from.defaultValue ?? chosen?.code}
          label="What it is about"
          prompt="Choose lot and place"
          options={choices}
        />
      )}
      <NumberField
        {...field('amount')}
        label={still ? HOW_MUCH[still.unit] : 'How much'}
        unit={still?.unit === 'mL' ? 'mL' : undefined}
        whole={still !== undefined && still.unit !== 'mL'}
        hint={
          still
            ? `${still.left} (${still.mg}) are there.`
            : 'Sealed vials, devices and tablets as a whole number; what is in an opened vial in mL, such as 1.20.'
        }
      />
    </>
  )
}
