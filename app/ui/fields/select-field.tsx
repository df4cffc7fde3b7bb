import type { ComponentProps } from 'react'
import { FieldFrame, type FieldWords, fieldIds } from './field-frame.tsx'

/** One answer out of a longer list. */
export interface SelectOption {
  readonly value: string
  readonly label: string
  readonly disabled?: boolean
}

/**
 * A native select, for more than about seven answers; fewer are better as a `RadioGroup`.
 *
 * @param prompt an empty first entry, for example `Choose a chair`; without it the first option is chosen
 */
export function SelectField({
  label,
  hint,
  error,
  optional,
  name,
  id = name,
  options,
  prompt,
  ...rest
}: FieldWords &
  Omit<ComponentProps<'select'>, 'children'> & {
    name: string
    options: readonly SelectOption[]
    prompt?: string
  }) {
  const { describedBy } = fieldIds(id, { hint, error })
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error} optional={optional}>
      <select
        id={id}
        name={name}
        className="input input-select"
        aria-describedby={describedBy}
        aria-invalid={error === undefined ? undefined : true}
        {...rest}
      >
        {prompt !== undefined && <option value="">{prompt}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
    </FieldFrame>
  )
}
