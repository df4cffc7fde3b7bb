import type { ComponentProps } from 'react'
import { FieldFrame, type FieldWords, fieldIds } from './field-frame.tsx'

/** One answer out of a longer list. */
export interface SelectOption {
  readonly value: string
  readonly label: string
  readonly disabled?: boolean
  /** The heading it stands under; options of one heading follow one another. */
  readonly group?: string
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
        {grouped(options).map(({ group, members }) =>
          group === undefined ? (
            members.map(asOption)
          ) : (
            <optgroup key={group} label={group}>
              {members.map(asOption)}
            </optgroup>
          ),
        )}
      </select>
    </FieldFrame>
  )
}

function asOption({ value, label, disabled }: SelectOption) {
  return (
    <option key={value} value={value} disabled={disabled}>
      {label}
    </option>
  )
}

function grouped(options: readonly SelectOption[]) {
  const groups: { readonly group: string | undefined; readonly members: SelectOption[] }[] = []
  for (const option of options) {
    const last = groups.at(-1)
    if (last && last.group === option.group) last.members.push(option)
    else groups.push({ group: option.group, members: [option] })
  }
  return groups
}
