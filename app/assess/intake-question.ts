import type { Item } from '@evenkeel/questionnaires'
import type { FactKind } from './fact.ts'

/** One question of the intake, in our own words. What a browser may answer depends on its kind. */
export type IntakeQuestion = {
  /** "section.name", or "instrument.item" for a question of an instrument. */
  readonly id: string
  readonly label: string
  readonly hint?: string
  /** How long an answer takes, for the minutes left. */
  readonly seconds: number
  /** Asked only when this holds of what has been answered; what is not known yet counts as asked. */
  readonly askedIf?: (answers: IntakeAnswers) => boolean
  /** The answer becomes a fact of this kind, with the person as its source. */
  readonly fact?: FactKind
} & (
  | { readonly kind: 'yes-no' }
  | { readonly kind: 'choice' | 'choices'; readonly choices: readonly IntakeChoice[] }
  | { readonly kind: 'date'; readonly earliest: string }
  | { readonly kind: 'text'; readonly long: boolean }
  | { readonly kind: 'number'; readonly unit: string; readonly least: number; readonly most: number }
  | { readonly kind: 'weight' | 'height' }
  | { readonly kind: 'item'; readonly instrumentId: string; readonly item: Item }
)

export type IntakeScreen = {
  readonly id: string
  readonly section: string
  /** Heading of a screen with several questions; a screen with one question has the question as its heading. */
  readonly title?: string
  readonly lead?: string
  readonly questions: readonly IntakeQuestion[]
}

export type IntakeSection = {
  readonly id: string
  readonly title: string
  readonly screens: readonly IntakeScreen[]
}

export type IntakeChoice = { readonly value: string; readonly label: string }

/** What holds now: question id → value; null for "skipped for now", absent for not reached. */
export type IntakeAnswers = Readonly<Record<string, unknown>>

export const YES_NO_CHOICES: readonly IntakeChoice[] = [
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
  { value: 'unknown', label: 'Not sure' },
]

/** What somebody typed as their weight, kept beside what it is in kilograms. */
export type TypedWeight = { readonly kg: number; readonly typed: string }
export type TypedHeight = { readonly cm: number; readonly typed: string }
