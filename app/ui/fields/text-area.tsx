import type { ComponentProps } from 'react'
import { FieldFrame, type FieldWords, fieldIds } from './field-frame.tsx'

/** Several lines of text; grows with what is written where the browser can. Takes every attribute of `<textarea>`. */
export function TextArea({
  label,
  hint,
  error,
  optional,
  name,
  id = name,
  rows = 4,
  ...rest
}: FieldWords & ComponentProps<'textarea'> & { name: string }) {
  const { describedBy } = fieldIds(id, { hint, error })
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error} optional={optional}>
      <textarea
        id={id}
        name={name}
        rows={rows}
        className="input input-area"
        aria-describedby={describedBy}
        aria-invalid={error === undefined ? undefined : true}
        {...rest}
      />
    </FieldFrame>
  )
}
