import type { ComponentProps } from 'react'
import { FieldFrame, type FieldWords, fieldIds } from './field-frame.tsx'

/**
 * A figure with its unit. It is a text input with a number keyboard: a turning wheel or a stray arrow key never
 * changes a dose, and what was typed comes back as typed. The page parses it.
 *
 * @param unit shown after the field and spoken with it
 * @param whole true asks for the keyboard without a decimal point
 * @param size `bedside` makes the field 64 px tall
 */
export function NumberField({
  label,
  hint,
  error,
  optional,
  name,
  id = name,
  unit,
  whole = false,
  size = 'normal',
  ...rest
}: FieldWords &
  Omit<ComponentProps<'input'>, 'type' | 'size'> & {
    name: string
    unit?: string
    whole?: boolean
    size?: 'normal' | 'bedside'
  }) {
  const unitId = unit === undefined ? undefined : `${id}-unit`
  const { describedBy } = fieldIds(id, { hint, error }, unitId)
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error} optional={optional}>
      <div className={size === 'bedside' ? 'input-row input-bedside' : 'input-row'}>
        <input
          id={id}
          name={name}
          type="text"
          inputMode={whole ? 'numeric' : 'decimal'}
          autoComplete="off"
          className="input input-figure"
          aria-describedby={describedBy}
          aria-invalid={error === undefined ? undefined : true}
          {...rest}
        />
        {unit !== undefined && (
          <span className="input-unit" id={unitId}>
            {unit}
          </span>
        )}
      </div>
    </FieldFrame>
  )
}
