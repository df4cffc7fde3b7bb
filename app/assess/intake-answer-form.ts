import type { Item } from '@evenkeel/questionnaires'
import { factValueSchemas } from './fact.ts'
import type { IntakeQuestion, TypedHeight, TypedWeight } from './intake-question.ts'

/** Fields as a browser sends them: name → what was typed, a list when given several times. */
export type Fields = Readonly<Record<string, string | readonly string[] | undefined>>

export type ParsedAnswer =
  | { readonly kind: 'given'; readonly value: unknown }
  /** Nothing was typed. */
  | { readonly kind: 'empty' }
  | { readonly kind: 'wrong'; readonly message: string }

const KG_PER_LB = 0.453_592_37
const CM_PER_INCH = 2.54

/**
 * Reads one answer out of a form; the only description of what a browser may send for it. Choices must be among
 * those asked, numbers in their range; a text is cut at 4,000 characters by refusing, not by cutting.
 *
 * @param today the calendar day at the clinic, "2026-11-22": no birth or use lies after it
 */
export function parseAnswer(question: IntakeQuestion, fields: Fields, today: string): ParsedAnswer {
  const text = one(fields[question.id])
  switch (question.kind) {
    case 'yes-no':
      return among(text, ['yes', 'no', 'unknown'])
    case 'choice':
      return among(
        text,
        question.choices.map((choice) => choice.value),
      )
    case 'choices': {
      const known = question.choices.map((choice) => choice.value)
      const given = many(fields[question.id])
      if (given.length === 0) return { kind: 'empty' }
      if (given.some((value) => !known.includes(value))) return wrong('Choose from the list.')
      if (given.includes('none') && given.length > 1) {
        return wrong('Choose either “None of these” or the ones that fit.')
      }
      return { kind: 'given', value: known.filter((value) => given.includes(value)) }
    }
    case 'date':
      if (text === '') return { kind: 'empty' }
      if (!isDay(text) || text < question.earliest || text > today) {
        return wrong('Enter a day that is not in the future, such as 1984-03-27.')
      }
      return { kind: 'given', value: text }
    case 'text':
      if (text === '') return { kind: 'empty' }
      return text.length > 4_000
        ? wrong('Please use at most 4,000 characters.')
        : { kind: 'given', value: text }
    case 'number':
      return plainNumber(text, question.least, question.most)
    case 'weight':
      return weight(text, one(fields[`${question.id}.unit`]))
    case 'height':
      return height(fields, question.id)
    case 'item':
      return itemValue(question.item, text)
  }
}

/** What becomes of an answer as a clinical fact; undefined when it says nothing about the fact. */
export function factValueOf(question: IntakeQuestion, value: unknown): unknown {
  if (!question.fact || value === null) return undefined
  const plain =
    question.kind === 'weight'
      ? (value as TypedWeight).kg
      : question.kind === 'height'
        ? (value as TypedHeight).cm
        : value
  const checked = factValueSchemas[question.fact].safeParse(plain)
  return checked.success ? checked.data : undefined
}

function weight(text: string, unit: string): ParsedAnswer {
  if (text === '') return { kind: 'empty' }
  const amount = toNumber(text)
  if (unit !== 'lb' && unit !== 'kg') return wrong('Choose pounds or kilograms.')
  const kg = Math.round(amount * (unit === 'lb' ? KG_PER_LB : 1) * 10) / 10
  if (!(kg >= 25 && kg <= 350))
    return wrong('Enter your weight in figures, such as 172, and choose its unit.')
  return { kind: 'given', value: { kg, typed: `${text} ${unit}` } satisfies TypedWeight }
}

function height(fields: Fields, id: string): ParsedAnswer {
  const feet = one(fields[`${id}.feet`])
  const inches = one(fields[`${id}.inches`])
  const centimetres = one(fields[`${id}.cm`])
  if (feet === '' && inches === '' && centimetres === '') return { kind: 'empty' }
  const cm =
    centimetres !== ''
      ? toNumber(centimetres)
      : (toNumber(feet || '0') * 12 + toNumber(inches || '0')) * CM_PER_INCH
  const rounded = Math.round(cm)
  if (!(rounded >= 100 && rounded <= 230)) {
    return wrong('Enter feet and inches, such as 5 and 9, or centimetres, such as 175.')
  }
  const typed = centimetres !== '' ? `${centimetres} cm` : `${feet || '0'} ft ${inches || '0'} in`
  return { kind: 'given', value: { cm: rounded, typed } satisfies TypedHeight }
}

function itemValue({ values, range }: Item, text: string): ParsedAnswer {
  if (text === '') return { kind: 'empty' }
  const value = toNumber(text)
  if (values) {
    return values.some((choice) => choice.value === value)
      ? { kind: 'given', value }
      : wrong('Choose one of the answers.')
  }
  if (!range) return wrong('This cannot be answered here.')
  // Scaled, since 0.3 is not three times 0.1 in binary.
  const onStep =
    Math.abs(Math.round((value - range.min) / range.step) * range.step - (value - range.min)) < 1e-9
  if (value >= range.min && value <= range.max && onStep) return { kind: 'given', value }
  return wrong(
    range.step < 1
      ? `Enter a number from ${range.min} to ${range.max}, in steps of ${range.step}.`
      : `Choose a whole number from ${range.min} to ${range.max}.`,
  )
}

function plainNumber(text: string, least: number, most: number): ParsedAnswer {
  if (text === '') return { kind: 'empty' }
  const value = toNumber(text)
  return Number.isInteger(value) && value >= least && value <= most
    ? { kind: 'given', value }
    : wrong(`Enter a whole number from ${least} to ${most}.`)
}

function among(text: string, known: readonly string[]): ParsedAnswer {
  if (text === '') return { kind: 'empty' }
  return known.includes(text) ? { kind: 'given', value: text } : wrong('Choose one of the answers.')
}

function wrong(message: string): ParsedAnswer {
  return { kind: 'wrong', message }
}

function one(field: Fields[string]): string {
  return (typeof field === 'string' ? field : (field?.[0] ?? '')).trim()
}

function many(field: Fields[string]): string[] {
  const all = typeof field === 'string' ? [field] : (field ?? [])
  return [...new Set(all.map((value) => value.trim()).filter((value) => value !== ''))]
}

/** A decimal number with point or comma, negative where a range allows it; NaN for anything else, so that "1e3" is no figure. */
function toNumber(text: string): number {
  return /^-?\d{1,6}([.,]\d{1,3})?$/.test(text) ? Number(text.replace(',', '.')) : Number.NaN
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false
  const ms = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(ms) && new Date(ms).toISOString().slice(0, 10) === text
}
