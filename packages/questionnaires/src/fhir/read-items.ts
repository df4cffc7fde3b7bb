import type { Instrument, Item } from '../instrument.ts'
import { type ItemWording, itemWordingOf } from '../wording.ts'
import { answerListOf, type Contained } from './answer-list.ts'
import { endWords, matchAnswers } from './answer-match.ts'
import { enableWhenOf, sameEnableWhen } from './enable-when.ts'
import { objectsOf } from './fhir-json.ts'
import type { FormItem } from './form-item.ts'
import type { Reporter } from './import-report.ts'
import type { ItemMatch, MatchedBy } from './item-match.ts'
import { openMeaning, otherPrint, safetyItems, turnedPoints } from './meaning.ts'
import { LONGEST, plainText, quoted, WHOLE_QUESTION } from './plain-text.ts'

/** A foreign form as far as the questions need it. */
export type FormAround = {
  readonly items: readonly FormItem[]
  readonly contained: Contained
  /** Words of a group that belong before a question, by linkId. */
  readonly stems: ReadonlyMap<string, string>
  readonly english: boolean
}

export type ReadItems = {
  readonly items: Readonly<Record<string, ItemWording>>
  /** Our items that could be taken once somebody confirms what they mean. */
  readonly toConfirm: readonly string[]
}

type ReadWords =
  | { readonly ok: true; readonly words: ItemWording; readonly notes: readonly string[] }
  | { readonly ok: false; readonly problems: readonly string[] }

/**
 * The words of every question of ours that the form has. What does not fit is a problem in the report; an optional
 * question that is missing or does not fit stays in our own words, so that the edition is whole.
 *
 * @param confirmed our items whose meaning a person has looked at
 */
export function readItems(
  instrument: Instrument,
  { matched }: ItemMatch,
  form: FormAround,
  confirmed: readonly string[],
  report: Reporter,
): ReadItems {
  const items: Record<string, ItemWording> = {}
  const toConfirm: string[] = []
  const otherRules: string[] = []
  const hidden: string[] = []
  for (const item of instrument.items) {
    const found = matched.get(item.id)
    if (!found) {
      if (item.optional !== true) continue
      items[item.id] = itemWordingOf(item)
      keepOurs(item, 'the file does not ask it', form, report)
      continue
    }
    const { item: formItem, by } = found
    const at = formItem.linkId
    const read = wordsOf(item, formItem, form)
    if (!read.ok) {
      if (item.optional === true) {
        items[item.id] = itemWordingOf(item)
        keepOurs(item, `${at}: ${read.problems.join('; ')}`, form, report)
      } else for (const says of read.problems) report.say('problem', at, `${nameOf(item, at)}: ${says}.`)
      continue
    }
    const { words } = read
    items[item.id] = words
    report.say('taken', at, takenSays(item, words, by))
    for (const note of read.notes) report.say('check', at, `${item.id}: ${note}.`)
    if (formItem.hidden || formItem.above.some((one) => one.hidden)) hidden.push(item.id)
    if (!asksByOurRule(instrument, item, formItem)) otherRules.push(item.id)
    if (!meaningIsClear(instrument, item, formItem, words, confirmed, report)) toConfirm.push(item.id)
  }
  if (hidden.length > 0) {
    report.say(
      'ours',
      'form',
      `The file hides these questions, or the group around them; they are asked: ${hidden.join(', ')}.`,
    )
  }
  if (otherRules.length > 0) {
    report.say(
      'ours',
      'form',
      `When these are asked follows our rule, not the file's: ${otherRules.join(', ')}.`,
    )
  }
  return { items, toConfirm }
}

function nameOf({ id, concept }: Item, linkId: string): string {
  return `${id} (${concept}), ${linkId} in the file`
}

function keepOurs({ id, concept }: Item, why: string, { english }: FormAround, report: Reporter): void {
  const tongue = english ? '' : ', in English'
  report.say('ours', id, `${id} (${concept}) may stay open and is asked in our own words${tongue}: ${why}.`)
}

function wordsOf(item: Item, formItem: FormItem, { items, contained, stems }: FormAround): ReadWords {
  const { element, type, linkId } = formItem
  const prompt = plainText(element.text, LONGEST.prompt)
  const answers = matchAnswers(item, type, element, answerListOf(element, contained))
  if (!prompt.ok || !answers.ok) {
    const problems = prompt.ok ? [] : [`its question: ${prompt.says}`]
    return { ok: false, problems: [...problems, ...(answers.ok ? [] : answers.problems)] }
  }
  const stem = stems.get(linkId)
  const children = items.filter(({ above }) => above.at(-1) === formItem)
  const ends = item.range && !answers.words.labels ? endWords(children) : {}
  const changed = prompt.changed ? ['markup or unseen characters were left out of its text'] : []
  return {
    ok: true,
    words: { prompt: stem === undefined ? prompt.text : `${stem} ${prompt.text}`, ...answers.words, ...ends },
    notes: [...answers.notes, ...changed],
  }
}

const HOW_MATCHED: Readonly<Record<MatchedBy, string>> = {
  hand: 'by hand',
  loinc: 'by its LOINC code',
  linkId: 'by its linkId',
}
const LABELS_SHOWN = 12

function takenSays(item: Item, { prompt, labels }: ItemWording, by: MatchedBy): string {
  const answers = Object.entries(labels ?? {})
    .map(([value, label]): [number, string] => [Number(value), label])
    .sort(([a], [b]) => a - b)
    .map(([value, label]) => `${value} = ${label}`)
  const more = answers.length > LABELS_SHOWN ? '; …' : ''
  const list = answers.length === 0 ? '' : ` Answers: ${answers.slice(0, LABELS_SHOWN).join('; ')}${more}.`
  return `${item.id} (${item.concept}), found ${HOW_MATCHED[by]}: ${quoted(prompt, WHOLE_QUESTION)}.${list}`
}

function asksByOurRule(instrument: Instrument, item: Item, { element, above }: FormItem): boolean {
  const conditional = above.some((one) => objectsOf(one.element.enableWhen).length > 0)
  return !conditional && sameEnableWhen(enableWhenOf(instrument, item), element)
}

/** Says what a person has to look at. @returns false when confirming it would let the item in */
function meaningIsClear(
  instrument: Instrument,
  item: Item,
  formItem: FormItem,
  words: ItemWording,
  confirmed: readonly string[],
  report: Reporter,
): boolean {
  const at = formItem.linkId
  const other = otherPrint(instrument, item, words.prompt)
  if (other !== undefined) {
    report.say('problem', at, `${nameOf(item, at)}: ${other}.`)
    return true
  }
  const turned = turnedPoints(words, itemWordingOf(item))
  if (turned !== undefined) {
    report.say('problem', at, `${nameOf(item, at)}: ${turned}.`)
    return true
  }
  const open = openMeaning(item, formItem, words, itemWordingOf(item), safetyItems(instrument))
  if (open === undefined) return true
  if (confirmed.includes(item.id)) {
    report.say('check', at, `Confirmed by name: ${open}`)
    return true
  }
  report.say('problem', at, `${open} Confirm ${item.id} by name if it is.`)
  return false
}
