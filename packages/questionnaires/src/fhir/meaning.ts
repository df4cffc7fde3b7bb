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

/** How an answer begins that says there is none of it, and how one that says there is as much as can be. English alone. */
const NONE = /^(not at all|never|none|nothing|at no time|no days?|no|absent)\b/i
const MOST =
  /^(nearly every day|almost every day|every day|always|all (of )?the time|extremely|extreme|very severe|constantly)\b/i

/**
 * Answers whose points run the other way than ours: "Not at all" with the most points gives a score of 27 to somebody who
 * has nothing, and of 0 to somebody in danger. Compared with where our own words for none and most stand.
 *
 * @returns what is wrong, undefined when nothing tells so
 */
export function turnedPoints(words: ItemWording, ours: ItemWording): string | undefined {
  for (const [pattern, what] of [
    [NONE, 'none of it'],
    [MOST, 'as much as can be'],
  ] as const) {
    const places = (labels: ItemWording['labels']) =>
      Object.entries(labels ?? {})
        .filter(([, label]) => pattern.test(label.trim()))
        .map(([value]) => value)
    const [theirs] = places(words.labels)
    const values = Object.keys(ours.labels ?? {}).map(Number)
    const expected =
      places(ours.labels)[0] ??
      (values.length > 2 ? String(pattern === NONE ? Math.min(...values) : Math.max(...values)) : undefined)
    if (theirs === undefined || expected === undefined || places(words.labels).length > 1) continue
    // One step off may be another way to divide the same range; the far half of it is the other direction.
    const range = Math.max(...values) - Math.min(...values)
    if (Math.abs(Number(theirs) - Number(expected)) * 2 > range) {
      return `${quoted(words.labels?.[theirs])} says ${what} and carries ${theirs} points, where ours counts ${expected}: its points run the other way`
    }
  }
  return undefined
}

/** Items that a critical trigger of the instrument looks at directly: a wrong text there hides somebody in danger. */
export function safetyItems({ safetyTriggers, categories }: Instrument): ReadonlySet<string> {
  const found = new Set<string>()
  const walk = (when: unknown): void => {
    if (typeof when !== 'object' || when === null) return
    const condition = when as Readonly<Record<string, unknown>>
    if (typeof condition.item === 'string') found.add(condition.item)
    if (typeof condition.category === 'string') {
      const category = categories.find(({ id }) => id === condition.category)
      for (const level of category?.firstMatch ?? []) if (level.id === condition.eq) walk(level.when)
    }
    for (const part of [condition.all, condition.any].flat()) walk(part)
    walk(condition.not)
  }
  for (const { severity, when } of safetyTriggers) if (severity === 'critical') walk(when)
  return found
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
  safety: ReadonlySet<string>,
): string | undefined {
  const computed = extensionsOf(companionOf(formItem.element, 'text'), ...COMPUTED_TEXT).length > 0
  if (computed) {
    return `The file wants the words of ${item.id} (${item.concept}) computed by an expression, which we do not run; a person would read ${quoted(words.prompt, WHOLE_QUESTION)}. Only a person can tell whether that is right.`
  }
  if (JSON.stringify(words) === JSON.stringify(ours)) return undefined
  if (safety.has(item.id)) {
    const answers = Object.entries(words.labels ?? {}).map(
      ([value, label]) => `${quoted(label)} counts ${value}`,
    )
    return `${item.id} (${item.concept}) calls somebody at once: to ${quoted(words.prompt, WHOLE_QUESTION)} ${answers.join(', ')}. Only a person can tell whether it asks about ${item.concept}.`
  }
  if (!countsBackwards(item)) return undefined
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
