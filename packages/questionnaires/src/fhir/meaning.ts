import type { Instrument, Item } from '../instrument.ts'
import type { ItemWording } from '../wording.ts'
import { COMPUTED_TEXT } from './fhir-codes.ts'
import { companionOf, extensionsOf } from './fhir-json.ts'
import type { FormItem } from './form-item.ts'
import { quoted, WHOLE_QUESTION } from './plain-text.ts'

/**
 * Items that are printed in two wordings of opposite meaning, with the words that tell the wrong one. English alone:
 * elsewhere the person who confirms is the only guard.
 *
 * DAST-10 item 3 is scored for "no" where it asks whether somebody is able to stop; prints that ask whether somebody is
 * unable to stop score it for "yes". Source: Skinner 1982; the two prints lie among the test forms.
 */
const OTHER_PRINTS: Readonly<Record<string, Readonly<Record<string, { words: RegExp; says: string }>>>> = {
  'dast-10': {
    q3: {
      words: /\b(unable|not able|cannot|can not|can't|can’t)\b/i,
      says: 'it asks whether somebody is unable to stop, and ours counts the answer to whether somebody is able to. Take the print that asks for being able, or correct the file with its publisher',
    },
  },
}

/** The other print of a question, whose answers mean the opposite; undefined when nothing tells so. */
export function otherPrint(instrument: Instrument, item: Item, prompt: string): string | undefined {
  const known = OTHER_PRINTS[instrument.id]?.[item.id]
  return known?.words.test(prompt) ? known.says : undefined
}

/**
 * What must be confirmed by name before the words of an item are taken, as a sentence: that a reversed question is still worded the
 * reversed way, and that a text is right which the file wants computed. Our own words need no confirming.
 */
export function openMeaning(
  item: Item,
  formItem: FormItem,
  words: ItemWording,
  ours: ItemWording,
): string | undefined {
  const computed = extensionsOf(companionOf(formItem.element, 'text'), ...COMPUTED_TEXT).length > 0
  if (computed) {
    return `The file wants the words of ${item.id} (${item.concept}) computed by an expression, which we do not run; a person would read ${quoted(words.prompt, WHOLE_QUESTION)}. Only a person can tell whether that is right.`
  }
  if (!countsBackwards(item) || JSON.stringify(words) === JSON.stringify(ours)) return undefined
  const points = (item.values ?? []).map(({ value }) => {
    const all = (item.values ?? []).map((one) => one.value)
    const adds = item.reverse === true ? Math.min(...all) + Math.max(...all) - value : value
    return `${quoted(words.labels?.[String(value)])} counts ${adds}`
  })
  return `${item.id} (${item.concept}) is scored the other way round than its neighbours: to ${quoted(words.prompt, WHOLE_QUESTION)} the answer ${points.join(' and ')}. Only a person can tell whether that is right.`
}

/** Reversed, or listed from the most points down. */
function countsBackwards({ reverse, values = [] }: Item): boolean {
  if (reverse === true) return true
  return (
    values.length > 1 && values.every(({ value }, place) => place === 0 || value < values[place - 1]!.value)
  )
}
