import { addDays, type LocalDate } from '../../../platform/time.ts'
import { nextBusinessDay } from '../counts/business-day.ts'

export const LOSS_TYPES = [
  { value: 'break-in', label: 'Break-in' },
  { value: 'robbery', label: 'Robbery' },
  { value: 'staff', label: 'Theft by somebody who works here' },
  { value: 'visitor', label: 'Theft by somebody from outside' },
  { value: 'transit', label: 'Lost or stolen on the way' },
  { value: 'other', label: 'Another loss' },
  { value: 'unknown', label: 'Not known yet' },
] as const

/** What only people know; each may stay blank until it is known. Lengths in characters. */
export const LOSS_FIELDS = [
  { name: 'registration', label: 'DEA registration number', most: 40 },
  { name: 'contact', label: 'Who answers questions, with telephone', most: 200 },
  { name: 'type', label: 'Type of loss', most: 20 },
  { name: 'circumstances', label: 'What happened, and how it was noticed', most: 4000 },
  { name: 'ndc', label: 'NDC of each product, where the package says it', most: 400 },
  { name: 'notice', label: 'When and how the DEA field office was told in writing', most: 400 },
  { name: 'police', label: 'What the police were told: department, date, report number', most: 1000 },
  { name: 'earlier', label: 'Other thefts or losses of the last 24 months', most: 1000 },
  { name: 'security', label: 'Security measures there were', most: 2000 },
  { name: 'measures', label: 'Measures taken against another loss', most: 2000 },
] as const

export type LossField = (typeof LOSS_FIELDS)[number]['name']
export type LossAnswers = Readonly<Partial<Record<LossField, string>>>

/** By when what is to be done, counted from the day on which the loss was discovered. */
export function lossDeadlines(discovered: LocalDate): {
  readonly notice: LocalDate
  readonly form: LocalDate
} {
  return { notice: nextBusinessDay(discovered), form: addDays(discovered, 45) }
}

/**
 * What was typed into the draft: blanks are left out, whatever is not known stays so.
 *
 * @returns the answers, and a message for each field that does not hold
 */
export function readLossAnswers(typed: (field: LossField) => string | undefined): {
  readonly answers: LossAnswers
  readonly errors: Readonly<Record<string, string>>
} {
  const answers: Partial<Record<LossField, string>> = {}
  const errors: Record<string, string> = {}
  for (const { name, most } of LOSS_FIELDS) {
    const text = typed(name)?.trim() ?? ''
    if (text === '') continue
    if (text.length > most) errors[name] = `Keep this under ${most} characters.`
    else if (name === 'type' && !LOSS_TYPES.some(({ value }) => value === text))
      errors[name] = 'Choose one of these.'
    else answers[name] = text
  }
  return { answers, errors }
}

/** An answer as it is printed: a blank says that it is not recorded. */
export function answerInWords(name: LossField, answers: LossAnswers): string {
  const text = answers[name]
  if (text === undefined) return 'not recorded'
  return name === 'type' ? (LOSS_TYPES.find(({ value }) => value === text)?.label ?? 'not recorded') : text
}
