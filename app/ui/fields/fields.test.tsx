import { parseHTML } from 'linkedom'
import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { Checkbox, CheckboxGroup, RadioGroup } from './choices.tsx'
import { DateField } from './date-field.tsx'
import { ErrorSummary } from './error-summary.tsx'
import { NumberField } from './number-field.tsx'
import { ScaleField } from './scale-field.tsx'
import { SelectField } from './select-field.tsx'
import { TextArea } from './text-area.tsx'
import { TextField } from './text-field.tsx'

const draw = (node: ReactNode) =>
  parseHTML(`<html><body>${renderToStaticMarkup(node)}</body></html>`).document

const words = { name: 'thing', label: 'A thing', hint: 'Some help', error: 'Write a thing' }
const choices = [
  { value: 'a', label: 'First' },
  { value: 'b', label: 'Second', hint: 'The other one' },
]

describe.each([
  ['TextField', <TextField key="t" {...words} />],
  ['TextArea', <TextArea key="a" {...words} />],
  [
    'SelectField',
    <SelectField key="s" {...words} options={choices.map(({ value, label }) => ({ value, label }))} />,
  ],
  ['NumberField', <NumberField key="n" {...words} unit="mg" />],
  ['DateField', <DateField key="d" {...words} />],
])('%s', (_, field) => {
  test('ties label, hint and error to the control', () => {
    const page = draw(field)
    const control = page.querySelector('[name=thing]')!
    expect(control.id).toBe('thing')
    expect(page.querySelector('label')?.getAttribute('for')).toBe('thing')
    expect(control.getAttribute('aria-invalid')).toBe('true')
    const described = control
      .getAttribute('aria-describedby')!
      .split(' ')
      .map((id) => page.getElementById(id)?.textContent)
    expect(described.slice(0, 2)).toEqual(['Some help', 'Error: Write a thing'])
  })
})

test('options of one heading stand under it, the others before it', () => {
  const options = [
    { value: 'a', label: 'A' },
    { value: 'b', label: 'B', group: 'Over' },
    { value: 'c', label: 'C', group: 'Over' },
  ]
  const select = draw(<SelectField name="s" label="S" options={options} />).querySelector('select')!
  expect([...select.children].map(({ tagName }) => tagName)).toEqual(['OPTION', 'OPTGROUP'])
  const group = select.querySelector('optgroup')!
  expect([group.getAttribute('label'), group.children.length]).toEqual(['Over', 2])
})

test('a field without hint and error points at nothing', () => {
  const control = draw(<TextField name="plain" label="Plain" />).querySelector('input')!
  expect(control.hasAttribute('aria-describedby')).toBe(false)
  expect(control.hasAttribute('aria-invalid')).toBe(false)
})

test('a figure is text with its unit spoken, so that a turning wheel changes nothing', () => {
  const page = draw(<NumberField name="doseMg" label="Dose" unit="mg" defaultValue="40" />)
  const control = page.querySelector('input')!
  expect([control.getAttribute('type'), control.getAttribute('inputMode')]).toEqual(['text', 'decimal'])
  expect(page.getElementById(control.getAttribute('aria-describedby')!)?.textContent).toBe('mg')
})

test('the first answer of a group carries the id that an error links to', () => {
  const page = draw(
    <>
      <ErrorSummary errors={[{ fieldId: 'use', message: 'Choose one' }]} />
      <RadioGroup name="use" label="Did you use?" error="Choose one" choices={choices} defaultValue="b" />
    </>,
  )
  const target = page.querySelector('.error-summary a')!.getAttribute('href')!
  expect(page.querySelector(target)?.getAttribute('value')).toBe('a')
  expect(page.querySelector('fieldset')?.getAttribute('aria-describedby')).toBe('use-error')
  expect([...page.querySelectorAll('input')].map((input) => input.hasAttribute('checked'))).toEqual([
    false,
    true,
  ])
  expect(new Set([...page.querySelectorAll('[id]')].map(({ id }) => id)).size).toBe(
    page.querySelectorAll('[id]').length,
  )
})

test('several answers share one name and keep what was chosen', () => {
  const inputs = draw(<CheckboxGroup name="about" label="About" choices={choices} defaultValues={['b']} />)
  expect(
    [...inputs.querySelectorAll('input:checked, input[checked]')].map((input) => input.getAttribute('value')),
  ).toEqual(['b'])
})

test('a single statement is sent as yes', () => {
  const input = draw(<Checkbox name="ok" label="I agree" error="Needed" />).querySelector('input')!
  expect([input.getAttribute('value'), input.getAttribute('aria-describedby')]).toEqual(['yes', 'ok-error'])
})

describe('ScaleField', () => {
  const scale = (defaultValue?: number) =>
    draw(
      <ScaleField
        name="craving"
        label="Craving"
        lowLabel="none"
        highLabel="strongest"
        defaultValue={defaultValue}
        labelIsHeading
      />,
    )

  test('has eleven radios of one name, from 0 to 10, and chooses none beforehand', () => {
    const inputs = [...scale().querySelectorAll('input[type=radio][name=craving]')]
    expect(inputs.map((input) => input.getAttribute('value'))).toEqual(
      Array.from({ length: 11 }, (_, n) => String(n)),
    )
    expect(inputs.some((input) => input.hasAttribute('checked'))).toBe(false)
  })

  test('zero is an answer like any other', () => {
    expect(scale(0).querySelector('input[checked]')?.getAttribute('value')).toBe('0')
  })

  test('its ends are spoken with their figures, and the question can be the heading', () => {
    const figures = [...scale().querySelectorAll('.scale-figure')].map((figure) => figure.textContent)
    expect([figures[0], figures[10]]).toEqual(['0, none', '10, strongest'])
    expect(scale().querySelector('legend h1')?.textContent).toBe('Craving')
  })
})

test('no errors, no summary', () => {
  expect(renderToStaticMarkup(<ErrorSummary errors={[]} />)).toBe('')
})
