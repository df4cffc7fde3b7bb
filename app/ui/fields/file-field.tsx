import { type ComponentProps, useState } from 'react'
import { FieldFrame, type FieldWords, fieldIds } from './field-frame.tsx'

/**
 * One file. Where the browser runs our scripts (`hydrate`), the size of a chosen file stands against the limit, and a form
 * with a larger one is not sent; without them the server refuses it.
 *
 * @param limitBytes what the page takes
 * @param instead what to do with a larger file
 */
export function FileField({
  label,
  hint,
  error,
  optional,
  name,
  id = name,
  limitBytes,
  instead,
  ...rest
}: FieldWords &
  Omit<ComponentProps<'input'>, 'type' | 'onChange'> & {
    name: string
    limitBytes: number
    instead: string
  }) {
  const [bytes, setBytes] = useState<number>()
  const { describedBy } = fieldIds(id, { hint, error }, bytes === undefined ? undefined : `${id}-size`)
  const tooLarge = bytes !== undefined && bytes > limitBytes
  const size = bytes === undefined ? '' : `${megabytes(bytes)} of ${megabytes(limitBytes)} at most.`
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error} optional={optional}>
      <input
        id={id}
        name={name}
        type="file"
        className="input input-full"
        aria-describedby={describedBy}
        aria-invalid={error !== undefined || tooLarge ? true : undefined}
        onChange={({ currentTarget }) => {
          const chosen = currentTarget.files?.[0]
          setBytes(chosen?.size)
          currentTarget.setCustomValidity(chosen && chosen.size > limitBytes ? `Too large. ${instead}` : '')
        }}
        {...rest}
      />
      <p id={`${id}-size`} className={tooLarge ? 'field-error' : 'field-hint'} aria-live="polite">
        {tooLarge ? `Too large: ${size} ${instead}` : size}
      </p>
    </FieldFrame>
  )
}

function megabytes(bytes: number): string {
  return bytes < 100_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}
