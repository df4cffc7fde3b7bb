import type { Answers } from './response.ts'
import type { PreparedItem } from './skip-logic.ts'

/** Raw values by item place (NaN = missing, and for every series), and what did not fit. */
export type ReadAnswers = {
  readonly values: number[]
  readonly errors: readonly string[]
}

/**
 * Whether a value may stand as the answer to an item: a number of its list, or in its range and on its step exactly
 * (the decimal number that the step gives, not merely something close to it).
 * Text that looks like a number is refused: a form that sends text has a defect that must show.
 */
function fits({ min, max, step, allowed }: PreparedItem, value: unknown): value is number {
  if (typeof value !== 'number' || !(value >= min && value <= max)) return false
  if (step === 0) return allowed.includes(value)
  const onStep = min + Math.round((value - min) / step) * step
  return (Number.isInteger(onStep) ? onStep : Number(onStep.toFixed(10))) === value
}

/**
 * Reads a response against the items of an instrument, field by field.
 *
 * A value that does not fit is named and read as missing, so that the rest can still be searched for safety answers.
 * An id that the instrument does not have is named even when its value is null: it means another form was filled in.
 *
 * @param unanswered one NaN for each item, copied for every response
 */
export function readAnswers(
  items: readonly PreparedItem[],
  places: ReadonlyMap<string, number>,
  unanswered: readonly number[],
  answers: Answers,
): ReadAnswers {
  const values = unanswered.slice()
  const errors: string[] = []
  // An id that comes by inheritance is as strange as any other that the instrument does not have.
  for (const id in answers) {
    const place = places.get(id)
    if (place === undefined) {
      errors.push(`unknown-item:${id}`)
      continue
    }
    const answer = answers[id]
    const item = items[place] as PreparedItem
    if (fits(item, answer)) values[place] = answer + 0
    else if (answer !== null && answer !== undefined && item.item.type === undefined) {
      errors.push(`invalid-value:${id}`)
    }
  }
  return { values, errors: errors.sort() }
}
