import type { Instrument, Item, ItemRange } from './instrument.ts'

/** The words of one question: its prompt, a label for each value, or the words at the two ends of a range. */
export type ItemWording = {
  readonly prompt: string
  /** By value, as text: `{ "0": "Not at all" }`. A value without a label keeps ours. */
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

function inOtherWords(instrumentId: string, item: Item, { items }: FormWording): Item {
  const words = Object.hasOwn(items, item.id) ? items[item.id] : undefined
  if (words === undefined) throw new RangeError(`the wording of ${instrumentId} lacks ${item.id}`)
  const { prompt, labels = {} } = words
  for (const value of Object.keys(labels)) {
    if (!item.values?.some((known) => String(known.value) === value)) {
      throw new RangeError(`${item.id} of ${instrumentId} has no value ${value}`)
    }
  }
  return {
    ...item,
    prompt,
    ...(item.values && {
      values: item.values.map(({ value, label }) => ({ value, label: labels[String(value)] ?? label })),
    }),
    ...(item.range && { range: endsInOtherWords(item.range, words) }),
  }
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
