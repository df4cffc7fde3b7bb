import {
  formHash,
  type Instrument,
  type Item,
  missingItemsBy,
  type ScoringContext,
  visibleItemsBy,
} from '@evenkeel/questionnaires'
import type { InstrumentResponse } from '../instrument-response.ts'
import { entryInWords } from './series-words.ts'

/** Whose words the questions of a stored response are shown in. */
export type Wording =
  | { readonly kind: 'as-asked'; readonly instrument: Instrument }
  /** The edition is at hand, but a few words have changed since. */
  | { readonly kind: 'changed-since'; readonly instrument: Instrument }
  /** The words are not at hand: only what each question is about, and the values. */
  | { readonly kind: 'not-at-hand'; readonly instrument: Instrument | undefined }

/**
 * Finds the words in which a response was asked.
 *
 * @param ours the instrument as we ship it today
 * @param imported the instrument in the response's own imported edition, when the clinic has it
 */
export function wordingFor(
  response: InstrumentResponse,
  ours: Instrument | undefined,
  imported: Instrument | undefined,
): Wording {
  const found = [imported, ours].find(
    (one) => one?.edition === response.edition && one.version === response.version,
  )
  if (!found) return { kind: 'not-at-hand', instrument: ours }
  return {
    kind: formHash(found) === response.formHash ? 'as-asked' : 'changed-since',
    instrument: found,
  }
}

export type ItemAnswer = {
  readonly id: string
  /** What is asked, as a noun for staff. */
  readonly concept: string
  /** The question in the words that were shown; undefined when they are not at hand. */
  readonly prompt: string | undefined
  /**
   * `answered`, `missing` (wanted, not given), `left-open` (needs no answer), `not-asked` (an earlier answer made it
   * needless), `undecided` (an earlier open question decides), `does-not-fit`.
   */
  readonly state: 'answered' | 'missing' | 'left-open' | 'not-asked' | 'undecided' | 'does-not-fit'
  /** The stored value with its label when the words are at hand. */
  readonly answer: string | undefined
  /** Days of a calendar or tests of a series, as given. */
  readonly entries: readonly { readonly date: string; readonly words: string }[]
}

/** Every question of a response with its answer as it was given, in the order of the form. */
export function itemAnswers(
  response: InstrumentResponse,
  wording: Wording,
  context: ScoringContext = {},
): ItemAnswer[] {
  const { answers, scores } = response
  const { instrument } = wording
  if (!instrument) {
    return Object.entries(answers).map(([id, value]) => ({
      id,
      concept: id,
      prompt: undefined,
      state: isGiven(value) ? 'answered' : 'left-open',
      answer: isGiven(value) ? rawInWords(value) : undefined,
      entries: entriesOf(value),
    }))
  }
  const misfits = new Set(
    scores.valid ? [] : scores.errors.map((error) => error.slice(error.indexOf(':') + 1)),
  )
  const missing = new Set(missingItemsBy(instrument, answers, context))
  const visible = new Map(
    visibleItemsBy(instrument, answers, context).map((one) => [one.item.id, one.visibility]),
  )
  const withWords = wording.kind !== 'not-at-hand'
  const rows = instrument.items.map((item): ItemAnswer => {
    const value = answers[item.id]
    return {
      id: item.id,
      concept: item.concept,
      prompt: withWords ? item.prompt : undefined,
      state: misfits.has(item.id)
        ? 'does-not-fit'
        : isGiven(value)
          ? 'answered'
          : !visible.has(item.id)
            ? 'not-asked'
            : visible.get(item.id) === 'undecided'
              ? 'undecided'
              : missing.has(item.id)
                ? 'missing'
                : 'left-open',
      answer: isGiven(value) ? answerInWords(item, value, withWords) : undefined,
      entries: entriesOf(value),
    }
  })
  // Answers to questions that the form does not have are shown too: nothing that was given is hidden.
  const strangers = Object.entries(answers).filter(
    ([id, value]) => isGiven(value) && !instrument.items.some((item) => item.id === id),
  )
  return [
    ...rows,
    ...strangers.map(([id, value]) => ({
      id,
      concept: id,
      prompt: undefined,
      state: 'does-not-fit' as const,
      answer: rawInWords(value),
      entries: [],
    })),
  ]
}

function isGiven(value: unknown): boolean {
  return value !== null && value !== undefined
}

function answerInWords(item: Item, value: unknown, withWords: boolean): string {
  if (Array.isArray(value)) return `${value.length} ${value.length === 1 ? 'entry' : 'entries'}`
  const label = withWords ? item.values?.find((one) => one.value === value)?.label : undefined
  if (label !== undefined) return `${rawInWords(value)}: ${label}`
  if (item.range === undefined) return rawInWords(value)
  const { min, max, unit } = item.range
  return unit ? `${rawInWords(value)} ${unit}` : `${rawInWords(value)} on a scale from ${min} to ${max}`
}

function rawInWords(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function entriesOf(value: unknown): ItemAnswer['entries'] {
  if (!Array.isArray(value)) return []
  return value.flatMap((entry) => entryInWords(entry) ?? [])
}
