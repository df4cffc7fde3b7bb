import type { ComponentProps } from 'react'
import { FieldFrame, type FieldWords, fieldIds } from './field-frame.tsx'

/**
 * A day, by the browser's own date input; values are `YYYY-MM-DD`. With `withTime` it asks for a local date and time
 * (`YYYY-MM-DDTHH:MM`, in the clinic's zone: say so in the hint).
 */
export function DateField({
  label,
  hint,
  error,
  optional,
  name,
  id = name,
  withTime = false,
  ...rest
}: FieldWords & Omit<ComponentProps<'input'>, 'type'> & { name: string; withTime?: boolean }) {
  const { describedBy } = fieldIds(id, { hint, error })
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error} optional={optional}>
      <input
        id={id}
        name={name}
        type={withTime ? 'datetime-local' : 'date'}
        className="input input-short"
        aria-describedby={describedBy}
        aria-invalid={error === undefined ? undefined : true}
        {...rest}
      />
    </FieldFrame>
  )
}
