import type { Item } from '@evenkeel/questionnaires'
import {
  type IntakeChoice,
  type IntakeQuestion,
  type TypedHeight,
  type TypedWeight,
  YES_NO_CHOICES,
} from './intake-question.ts'

/** A question as plain data for the page, with what was answered in the form's own terms. */
export type QuestionView = {
  readonly id: string
  readonly label: string
  readonly hint: string | undefined
  /** Answered before: field name → what the field shows. */
  readonly given: Readonly<Record<string, string | readonly string[]>>
} & (
  | { readonly control: 'choice' | 'choices'; readonly choices: readonly IntakeChoice[] }
  | {
      readonly control: 'scale'
      readonly from: number
      readonly to: number
      readonly lowLabel: string
      readonly highLabel: string
    }
  | {
      readonly control: 'figure'
      readonly from: number
      readonly to: number
      readonly unit: string | undefined
      readonly lowLabel: string
      readonly highLabel: string
    }
  | { readonly control: 'date'; readonly earliest: string }
  | { readonly control: 'text'; readonly long: boolean }
  | { readonly control: 'number'; readonly unit: string }
  | { readonly control: 'weight' | 'height' }
)

export function questionView(question: IntakeQuestion, value: unknown): QuestionView {
  const words = { id: question.id, label: question.label, hint: question.hint }
  const known = value !== null && value !== undefined
  const given = known ? givenFields(question, value) : {}
  switch (question.kind) {
    case 'yes-no':
      return { ...words, given, control: 'choice', choices: YES_NO_CHOICES }
    case 'choice':
    case 'choices':
      return { ...words, given, control: question.kind, choices: question.choices }
    case 'date':
      return { ...words, given, control: 'date', earliest: question.earliest }
    case 'text':
      return { ...words, given, control: 'text', long: question.long }
    case 'number':
      return { ...words, given, control: 'number', unit: question.unit }
    case 'weight':
    case 'height':
      return { ...words, given, control: question.kind }
    case 'item':
      return { ...words, given, ...itemControl(question.item) }
  }
}

/** More steps than this are typed as a number: nobody finds 63 among a hundred buttons. */
const MOST_STEPS_SHOWN = 10

function itemControl({ range, values = [] }: Item) {
  if (range === undefined) {
    const choices = values.map((one) => ({ value: String(one.value), label: one.label }))
    return { control: 'choice' as const, choices }
  }
  const ends = { lowLabel: range.minLabel ?? '', highLabel: range.maxLabel ?? '' }
  if (range.step === 1 && range.max - range.min <= MOST_STEPS_SHOWN) {
    return { control: 'scale' as const, from: range.min, to: range.max, ...ends }
  }
  return { control: 'figure' as const, from: range.min, to: range.max, unit: range.unit, ...ends }
}

function givenFields(question: IntakeQuestion, value: unknown): QuestionView['given'] {
  if (question.kind === 'weight') {
    const [amount = '', unit = 'lb'] = (value as TypedWeight).typed.split(' ')
    return { [question.id]: amount, [`${question.id}.unit`]: unit }
  }
  if (question.kind === 'height') {
    const [first = '', unit, inches = ''] = (value as TypedHeight).typed.split(' ')
    return unit === 'cm'
      ? { [`${question.id}.cm`]: first }
      : { [`${question.id}.feet`]: first, [`${question.id}.inches`]: inches }
  }
  return { [question.id]: Array.isArray(value) ? value.map(String) : String(value) }
}

/**
 * An answer as staff read it.
 *
 * @returns undefined when the question was not reached; "skipped" is said in words
 */
export function answerInWords(question: IntakeQuestion, value: unknown): string | undefined {
  if (value === undefined) return undefined
  if (value === null) return 'skipped'
  switch (question.kind) {
    case 'yes-no':
      return labelOf(YES_NO_CHOICES, value).toLowerCase()
    case 'choice':
      return labelOf(question.choices, value)
    case 'choices':
      return (value as readonly unknown[]).map((one) => labelOf(question.choices, one)).join('; ')
    case 'number':
      return `${value} ${question.unit}`
    case 'weight':
      return `${(value as TypedWeight).kg} kg (typed: ${(value as TypedWeight).typed})`
    case 'height':
      return `${(value as TypedHeight).cm} cm (typed: ${(value as TypedHeight).typed})`
    case 'item': {
      const control = itemControl(question.item)
      return control.control === 'choice' ? `${value}: ${labelOf(control.choices, value)}` : String(value)
    }
    case 'date':
    case 'text':
      return String(value)
  }
}

function labelOf(choices: readonly IntakeChoice[], value: unknown): string {
  return choices.find((choice) => choice.value === String(value))?.label ?? String(value)
}
