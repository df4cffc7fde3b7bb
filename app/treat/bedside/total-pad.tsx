import { useRef } from 'react'
import { Button, NumberField } from '../../ui/index.ts'
import { useKeysShown } from './keys-shown.ts'
import { totalAfter } from './pad-steps.ts'

/**
 * The total of a longer scale by big keys, as on the pad for vital signs, for one hand and a glove; by a keyboard at a
 * desk. Without script it is a plain field with the tablet's own number keyboard.
 */
export function TotalPad({
  id,
  title,
  low,
  high,
  defaultValue,
}: {
  id: string
  /** The scale, as its keys are announced. */
  title: string
  low: number
  high: number
  defaultValue: string | undefined
}) {
  const field = useRef<HTMLInputElement>(null)
  const keysShown = useKeysShown()
  const press = (key: string) => {
    const input = field.current
    if (!input) return
    // What is marked is written over, as by a keyboard.
    const marked = input.selectionStart !== input.selectionEnd
    input.value = key === 'Clear' ? '' : totalAfter(marked ? '' : input.value, key, high)
    input.focus({ preventScroll: true })
  }
  const key = (label: string) => (
    <button
      key={label}
      type="button"
      className="pad-key"
      tabIndex={-1}
      // Keeps the cursor in the field that is being written.
      onPointerDown={(event) => event.preventDefault()}
      onClick={() => press(label)}
    >
      {label}
    </button>
  )
  return (
    <div className="scale-typed">
      <NumberField
        ref={field}
        name="score"
        id={id}
        label={`Total, ${low} to ${high}`}
        whole
        size="bedside"
        defaultValue={defaultValue}
        {...(keysShown ? { inputMode: 'none' as const } : {})}
      />
      <fieldset className="total-keys" aria-label={`Keys for ${title}`}>
        {['1', '2', '3', '4', '5', '6', '7', '8', '9', 'Clear', '0'].map(key)}
        <Button size="bedside" kind="quiet">
          Record
        </Button>
      </fieldset>
    </div>
  )
}
