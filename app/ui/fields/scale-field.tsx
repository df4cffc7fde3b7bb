import type { ChangeEventHandler } from 'react'
import { classNames } from '../class-names.ts'
import { type FieldWords, GroupFrame } from './field-frame.tsx'

/**
 * A whole number on a scale, as radio buttons in a row: arrow keys move, every step is at least 44 px, and nothing is
 * chosen beforehand. On a phone the row breaks in two.
 *
 * @param from lowest step, default 0
 * @param to highest step, default 10
 * @param lowLabel what the lowest step means, for example `No craving`
 * @param highLabel what the highest step means
 */
export function ScaleField({
  name,
  id = name,
  from = 0,
  to = 10,
  lowLabel,
  highLabel,
  defaultValue,
  required,
  onChange,
  ...words
}: FieldWords & {
  name: string
  id?: string
  from?: number
  to?: number
  lowLabel: string
  highLabel: string
  defaultValue?: number
  required?: boolean
  labelIsHeading?: boolean
  onChange?: ChangeEventHandler<HTMLInputElement>
}) {
  const steps = Array.from({ length: to - from + 1 }, (_, index) => from + index)
  return (
    <GroupFrame id={id} {...words}>
      <div className={classNames('scale', steps.length > 8 && 'scale-long')}>
        {steps.map((step, index) => (
          <label key={step} className="scale-step">
            <input
              className="scale-input"
              type="radio"
              id={index === 0 ? id : `${id}-${index + 1}`}
              name={name}
              value={step}
              defaultChecked={step === defaultValue}
              required={required}
              aria-invalid={words.error !== undefined || undefined}
              onChange={onChange}
            />
            <span className="scale-figure">
              {step}
              {step === from && <span className="hidden">, {lowLabel}</span>}
              {step === to && <span className="hidden">, {highLabel}</span>}
            </span>
          </label>
        ))}
      </div>
      <p className="scale-ends" aria-hidden="true">
        <span>
          {from} · {lowLabel}
        </span>
        <span>
          {to} · {highLabel}
        </span>
      </p>
    </GroupFrame>
  )
}
