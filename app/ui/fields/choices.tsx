import { type ChangeEventHandler, type ReactNode, useId } from 'react'
import { classNames } from '../class-names.ts'
import { type FieldWords, GroupFrame } from './field-frame.tsx'

/** One answer of a `RadioGroup` or `CheckboxGroup`. */
export interface Choice {
  readonly value: string
  readonly label: ReactNode
  readonly hint?: ReactNode
}

interface GroupProps extends FieldWords {
  name: string
  id?: string
  choices: readonly Choice[]
  /** `big` gives each answer its own wide target, for one question a screen; `inline` sets short answers in a row. */
  layout?: 'list' | 'big' | 'inline'
  /** Makes the question the page's `h1`, for one question a screen. */
  labelIsHeading?: boolean
  required?: boolean
  onChange?: ChangeEventHandler<HTMLInputElement>
}

/** One answer out of a few. An error's link goes to the first answer, whose id is the group's. */
export function RadioGroup({ defaultValue, ...props }: GroupProps & { defaultValue?: string }) {
  return <ChoiceGroup type="radio" chosen={defaultValue === undefined ? [] : [defaultValue]} {...props} />
}

/** Any number of answers. Sent as repeated values of one name. */
export function CheckboxGroup({
  defaultValues = [],
  ...props
}: GroupProps & { defaultValues?: readonly string[] }) {
  return <ChoiceGroup type="checkbox" chosen={defaultValues} {...props} />
}

/** A single statement to agree with. Sent as `value` (default `yes`) when ticked. */
export function Checkbox({
  label,
  hint,
  error,
  name,
  id = name,
  value = 'yes',
  defaultChecked,
  required,
  onChange,
}: Omit<FieldWords, 'optional'> & {
  name: string
  id?: string
  value?: string
  defaultChecked?: boolean
  required?: boolean
  onChange?: ChangeEventHandler<HTMLInputElement>
}) {
  return (
    <div className={classNames('field', error !== undefined && 'field-wrong')}>
      {error !== undefined && (
        <p className="field-error" id={`${id}-error`}>
          <span className="hidden">Error: </span>
          {error}
        </p>
      )}
      <OneChoice
        type="checkbox"
        id={id}
        name={name}
        choice={{ value, label, hint }}
        checked={defaultChecked ?? false}
        required={required}
        wrong={error !== undefined}
        describedBy={error === undefined ? undefined : `${id}-error`}
        onChange={onChange}
      />
    </div>
  )
}

function ChoiceGroup({
  type,
  chosen,
  name,
  id = name,
  choices,
  layout = 'list',
  required,
  onChange,
  ...words
}: GroupProps & { type: 'radio' | 'checkbox'; chosen: readonly string[] }) {
  return (
    <GroupFrame id={id} {...words}>
      <div className={`choices choices-${layout}`}>
        {choices.map((choice, index) => (
          <OneChoice
            key={choice.value}
            type={type}
            id={index === 0 ? id : `${id}-${index + 1}`}
            name={name}
            choice={choice}
            checked={chosen.includes(choice.value)}
            required={type === 'radio' ? required : undefined}
            wrong={words.error !== undefined}
            onChange={onChange}
          />
        ))}
      </div>
    </GroupFrame>
  )
}

function OneChoice({
  type,
  id,
  name,
  choice,
  checked,
  required,
  wrong,
  describedBy,
  onChange,
}: {
  type: 'radio' | 'checkbox'
  id: string
  name: string
  choice: Choice
  checked: boolean
  required?: boolean
  wrong: boolean
  describedBy?: string
  onChange?: ChangeEventHandler<HTMLInputElement>
}) {
  const hintId = useId()
  const described = [choice.hint === undefined ? undefined : hintId, describedBy].filter(Boolean).join(' ')
  return (
    <div className="choice">
      <input
        className="choice-input"
        type={type}
        id={id}
        name={name}
        value={choice.value}
        defaultChecked={checked}
        required={required}
        aria-invalid={wrong || undefined}
        aria-describedby={described || undefined}
        onChange={onChange}
      />
      <label className="choice-label" htmlFor={id}>
        {choice.label}
        {choice.hint !== undefined && (
          <span className="choice-hint" id={hintId}>
            {choice.hint}
          </span>
        )}
      </label>
    </div>
  )
}
