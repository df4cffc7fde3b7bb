import type { Item, ItemRange } from '../instrument.ts'
import type { ItemWording } from '../wording.ts'
import type { AnswerList, OfferedAnswer } from './answer-list.ts'
import { MAX_VALUE, MIN_VALUE } from './fhir-codes.ts'
import { extensionsOf, type FhirObject, numberOf, textOf } from './fhir-json.ts'
import { LONGEST, plainText, quoted } from './plain-text.ts'

export type AnswerMatch =
  | { readonly ok: true; readonly words: Omit<ItemWording, 'prompt'>; readonly notes: readonly string[] }
  | { readonly ok: false; readonly problems: readonly string[] }

const NUMBER_TYPES = ['integer', 'decimal', 'quantity']
/** More steps than this are a ruler, not a list of answers with a label each. */
const MOST_LABELLED_STEPS = 101

/**
 * Puts the answers that a foreign form offers onto our values, by their points and by nothing else. The points of a
 * reversed item are those it adds to the score, since that is what every form program sums.
 *
 * @returns labels by our values, or everything that does not fit
 */
export function matchAnswers(item: Item, type: string, element: FhirObject, list: AnswerList): AnswerMatch {
  if (element.repeats === true) return refusal('it takes several answers at once; ours takes one')
  if (type === 'boolean') return refusal('it is a yes-or-no box, whose answers cannot carry points')
  if (list.kind === 'external') {
    return refusal(
      `its answers are not in the file but in ${quoted(list.address)}, so their points are not known. Ask the publisher for the form with its answer sets contained`,
    )
  }
  if (list.kind === 'unreadable') return refusal(list.says)
  if (item.range) return matchRange(item.range, type, element, list)
  if (!item.values) return refusal('ours is a series of records, which no form can hold')
  if (list.kind === 'none') {
    return refusal(
      NUMBER_TYPES.includes(type)
        ? `it asks for a number (${type}); ours offers ${item.values.length} answers with points`
        : `it offers no answers (${type}); ours offers ${item.values.length} with points`,
    )
  }
  const values = item.values.map(({ value }) => value)
  return labelled(item, values, list.answers)
}

/** The steps of a range, without the drift of adding tenths. */
export function stepsOf({ min, max, step }: ItemRange): readonly number[] {
  const count = Math.round((max - min) / step) + 1
  return Array.from({ length: count }, (_, place) => Number((min + place * step).toFixed(6)))
}

function matchRange(range: ItemRange, type: string, element: FhirObject, list: AnswerList): AnswerMatch {
  if (list.kind === 'list') {
    const steps = stepsOf(range)
    if (steps.length > MOST_LABELLED_STEPS) {
      return refusal(
        `it offers ${list.answers.length} answers; ours takes a number from ${range.min} to ${range.max}`,
      )
    }
    const found = labelled({ values: steps.map((value) => ({ value, label: '' })) }, steps, list.answers)
    if (!found.ok) return found
    const onlyNumbers = steps.every((step) => found.words.labels?.[String(step)] === String(step))
    return onlyNumbers ? { ok: true, words: {}, notes: found.notes } : found
  }
  if (!NUMBER_TYPES.includes(type)) {
    return refusal(`it takes ${type}; ours takes a number from ${range.min} to ${range.max}`)
  }
  const problems: string[] = []
  const notes: string[] = []
  for (const [url, ours, word] of [
    [MIN_VALUE, range.min, 'lowest'],
    [MAX_VALUE, range.max, 'highest'],
  ] as const) {
    const [limit] = extensionsOf(element, url)
    const given = numberOf(limit?.valueInteger) ?? numberOf(limit?.valueDecimal)
    if (given !== undefined && given !== ours)
      problems.push(`its ${word} number is ${given}; ours is ${ours}`)
    if (given === undefined) notes.push(`the file names no ${word} number; ours is ${ours}`)
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, words: {}, notes }
}

function labelled(
  { values = [], reverse }: Pick<Item, 'values' | 'reverse'>,
  ours: readonly number[],
  answers: readonly OfferedAnswer[],
): AnswerMatch {
  const problems: string[] = []
  if (answers.every(({ weights }) => weights.length === 0)) {
    return refusal(`none of its ${answers.length} answers carries points (itemWeight or ordinalValue)`)
  }
  if (answers.length !== ours.length) {
    problems.push(`it offers ${answers.length} answers; ours has ${ours.length}`)
  }
  const [least, most] = [Math.min(...ours), Math.max(...ours)]
  const labels: Record<string, string> = {}
  const words = new Map<string, number>()
  for (const answer of answers) {
    const name = quoted(answer.label)
    if (answer.weights.length === 0) problems.push(`${name} carries no points`)
    if (answer.weights.length > 1)
      problems.push(`${name} carries several points: ${answer.weights.join(' and ')}`)
    if (answer.weights.length !== 1) continue
    const points = answer.weights[0]!
    const value = reverse === true ? least + most - points : points
    const key = String(value)
    if (!ours.includes(value)) {
      problems.push(
        `${name} counts ${points}; ours knows ${ours.map((one) => (reverse ? least + most - one : one)).join(', ')}`,
      )
      continue
    }
    if (Object.hasOwn(labels, key)) {
      problems.push(`${quoted(labels[key])} and ${name} both count ${points}`)
      continue
    }
    const text = plainText(answer.label, LONGEST.label)
    if (!text.ok) {
      problems.push(`the answer that counts ${points}: ${text.says}`)
      continue
    }
    labels[key] = text.text
    const sounds = soundOf(text.text)
    if (words.has(sounds)) problems.push(`two answers read ${name}`)
    words.set(sounds, value)
    const same = values.find(({ label }) => label !== '' && soundOf(label) === sounds)
    if (same && same.value !== value) {
      const usual = reverse === true ? least + most - same.value : same.value
      problems.push(
        `${name} counts ${points} in the file and ${usual} in ours: the question is worded the other way round, or its points are wrong`,
      )
    }
  }
  for (const value of ours) {
    if (!Object.hasOwn(labels, String(value))) {
      problems.push(`no answer counts ${reverse === true ? least + most - value : value}`)
    }
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, words: { labels }, notes: [] }
}

/** Letters and figures alone, so that "Yes." and "yes" are one answer. */
function soundOf(label: string): string {
  const letters = label.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
  return letters === '' ? label : letters
}

function refusal(...problems: readonly string[]): AnswerMatch {
  return { ok: false, problems }
}

/** The words at the ends of a ruler: display items of the controls `lower` and `upper` beneath the question. */
export function endWords(
  children: readonly { readonly controls: readonly string[]; readonly element: FhirObject }[],
): Pick<ItemWording, 'minLabel' | 'maxLabel'> {
  const at = (control: string) => {
    const found = children.find(({ controls }) => controls.includes(control))
    const text = found && plainText(textOf(found.element.text), LONGEST.label)
    return text?.ok ? text.text : undefined
  }
  const [minLabel, maxLabel] = [at('lower'), at('upper')]
  return { ...(minLabel !== undefined && { minLabel }), ...(maxLabel !== undefined && { maxLabel }) }
}
