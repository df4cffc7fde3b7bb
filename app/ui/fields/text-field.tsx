import type { ComponentProps } from 'react'
import { FieldFrame, type FieldWords, fieldIds } from './field-frame.tsx'

/** Width of a short field, in characters it is meant to hold. */
export type FieldWidth = 'full' | 'medium' | 'short' | 'figure'

/**
 * One line of text. `name` is required, `id` follows it unless given; takes every attribute of `<input>`
 * (`type="email"`, `autoComplete`, `defaultValue`, `inputMode` …).
 */
export function TextField({
  label,
  hint,
  error,
  optional,
  name,
  id = name,
  width = 'full',
  type = 'text',
  ...rest
}: FieldWords & Omit<ComponentProps<'input'>, 'width'> & { name: string; width?: FieldWidth }) {
  const { describedBy } = fieldIds(id, { hint, error })
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error} optional={optional}>
      <input
        id={id}
        name={name}
        type={type}
        className={`input input-${width}`}
        aria-describedby={describedBy}
        aria-invalid={error === undefined ? undefined : true}
        {...rest}
      />
    </FieldFrame>
  )
}
