import type { ScoringItem } from './instrument.ts'
import type { Answers } from './response.ts'

/** Raw values by item place (NaN = missing), series as they came, and what did not fit. */
export type ReadAnswers = {
  readonly values: number[]
  readonly series: ReadonlyMap<string, unknown>
  readonly errors: readonly string[]
}

/** On a step exactly: the decimal number that the step gives, not merely something close to it. */
function fitsRange(value: number, { min, max, step }: { min: number; max: number; step: number }): boolean {
  if (value < min || value > max) return false
  const onStep = min + Math.round((value - min) / step) * step
  return Number(onStep.toFixed(10)) === value
}

/**
 * Whether a value may stand as the answer to an item: a number of its list, or in its range and on its step.
 * Text that looks like a number is refused: a form that sends text has a defect that must show.
 */
export function fitsItem(item: ScoringItem, value: unknown): value is number {
  if (typeof value !== 'number' || !Number.isFinite(value)) return false
  if (item.values !== undefined) return item.values.some((allowed) => allowed.value === value)
  return item.range !== undefined && fitsRange(value, item.range)
}

/**
 * Reads a response against the items of an instrument, field by field.
 *
 * A value that does not fit is named and read as missing, so that the rest can still be searched for safety answers.
 * An id that the instrument does not have is named even when its value is null: it means another form was filled in.
 */
export function readAnswers(
  items: readonly ScoringItem[],
  places: ReadonlyMap<string, number>,
  answers: Answers,
): ReadAnswers {
  const values = new Array<number>(items.length).fill(Number.NaN)
  const series = new Map<string, unknown>()
  const errors: string[] = []
  for (const id of Object.keys(answers)) {
    const place = places.get(id)
    if (place === undefined) {
      errors.push(`unknown-item:${id}`)
      continue
    }
    const answer = answers[id]
    if (answer === null || answer === undefined) continue
    const item = items[place] as ScoringItem
    if (item.type !== undefined) series.set(id, answer)
    else if (fitsItem(item, answer)) values[place] = answer + 0
    else errors.push(`invalid-value:${id}`)
  }
  if (errors.length > 1) errors.sort()
  return { values, series, errors }
}
