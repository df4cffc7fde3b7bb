import type { Instrument, Item, ItemRange, ItemValue } from './instrument.ts'

/** The words of one question: its prompt, a label for each value, or the words at the two ends of a range. */
export type ItemWording = {
  readonly prompt: string
  /** By value, as text: `{ "0": "Not at all" }`. A value without a label keeps ours. On a range: it becomes a list. */
  readonly labels?: Readonly<Record<string, string>>
  readonly minLabel?: string
  readonly maxLabel?: string
}

/** The words of a whole form, without a rule of scoring. What is absent keeps our own words. */
export type FormWording = {
  readonly title?: string
  readonly introduction?: string
  readonly recall?: string
  readonly items: Readonly<Record<string, ItemWording>>
}

/**
 * The same instrument, scored by the same rules, in other words. The edition and the words are new, and so is the form
 * hash; values, ranges, skip logic, scores, bands and triggers stay ours.
 *
 * @param edition what is stored with every response, for example `imported-0a1b2c3d4e5f`
 * @throws RangeError when the wording lacks one of the instrument's items or names a value that the item does not have
 */
export function withWording(instrument: Instrument, edition: string, wording: FormWording): Instrument {
  return {
    ...instrument,
    name: wording.title ?? instrument.name,
    edition,
    introduction: wording.introduction ?? instrument.introduction,
    recall: { ...instrument.recall, sentence: wording.recall ?? instrument.recall.sentence },
    items: instrument.items.map((item) => inOtherWords(instrument.id, item, wording)),
  }
}

/**
 * A number on a ruler that the other form asks as a list, with a label for each step: the same answers, so the same
 * scoring.
 */
function stepsAsList(
  { min, max, step }: ItemRange,
  labels: Readonly<Record<string, string>>,
): readonly ItemValue[] {
  const count = Math.round((max - min) / step) + 1
  return Array.from({ length: count }, (_, place) => {
    const value = Number((min + place * step).toFixed(6))
    return { value, label: labels[String(value)] ?? String(value) }
  })
}

function inOtherWords(instrumentId: string, item: Item, { items }: FormWording): Item {
  const words = Object.hasOwn(items, item.id) ? items[item.id] : undefined
  if (words === undefined) throw new RangeError(`the wording of ${instrumentId} lacks ${item.id}`)
  const { prompt, labels } = words
  const known = item.values ?? (item.range && labels ? stepsAsList(item.range, labels) : [])
  for (const value of Object.keys(labels ?? {})) {
    if (!known.some((one) => String(one.value) === value)) {
      throw new RangeError(`${item.id} of ${instrumentId} has no value ${value}`)
    }
  }
  if (item.range && !labels) return { ...item, prompt, range: endsInOtherWords(item.range, words) }
  const { range: _range, ...rest } = item
  const values = known.map(({ value, label }) => ({ value, label: labels?.[String(value)] ?? label }))
  return { ...rest, prompt, ...(known.length > 0 && { values }) }
}

function endsInOtherWords(range: ItemRange, { minLabel, maxLabel }: ItemWording): ItemRange {
  return {
    ...range,
    ...(minLabel !== undefined && { minLabel }),
    ...(maxLabel !== undefined && { maxLabel }),
  }
}

/** Every word of an instrument as it stands, such as `withWording` takes. */
export function wordingOf(instrument: Instrument): FormWording {
  return {
    title: instrument.name,
    introduction: instrument.introduction,
    recall: instrument.recall.sentence,
    items: Object.fromEntries(instrument.items.map((item) => [item.id, itemWordingOf(item)])),
  }
}

/** The words of one question as they stand. */
export function itemWordingOf({ prompt, values, range }: Item): ItemWording {
  return {
    prompt,
    ...(values && { labels: Object.fromEntries(values.map(({ value, label }) => [String(value), label])) }),
    ...(range?.minLabel !== undefined && { minLabel: range.minLabel }),
    ...(range?.maxLabel !== undefined && { maxLabel: range.maxLabel }),
  }
}
