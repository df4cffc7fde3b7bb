import { RENDERINGS } from './fhir-codes.ts'
import { companionOf, extensionsOf, type FhirObject, objectsOf, textOf } from './fhir-json.ts'
import { type FormItem, isQuestion } from './form-item.ts'
import type { Reporter } from './import-report.ts'
import { LONGEST, plainText, quoted } from './plain-text.ts'
import { RECALL } from './questionnaire.ts'

/** What a form says before its first question, and what a group says before each of its questions. */
export type Surroundings = {
  readonly introduction: string | undefined
  /** Only our own exports tell the time asked about apart from the introduction. */
  readonly recall: string | undefined
  /** By linkId of a question: the words of the group it stands in, where the group is not the whole form. */
  readonly stems: ReadonlyMap<string, string>
}

/**
 * The words around the questions. What stands before the first of our questions is the introduction. The sentence of a
 * group that holds only some of our questions is put before each of them, since "…felt down?" alone is no question.
 * Texts in between belong to nothing we show; they are named, so that a person can look.
 */
export function surroundings(
  items: readonly FormItem[],
  ours: ReadonlySet<FormItem>,
  report: Reporter,
  ownExport: boolean,
): Surroundings {
  const found = items.findIndex((item) => ours.has(item))
  const first = found < 0 ? items.length : found
  const introduction: string[] = []
  const stems = new Map<string, string>()
  let recall: string | undefined
  for (const [place, item] of items.entries()) {
    if (isQuestion(item)) continue
    const inside = items.filter((one) => ours.has(one) && one.above.includes(item))
    if (item.type === 'group') groupText(item, inside, ours, introduction, stems, report)
    else if (ownExport && item.linkId === RECALL) {
      const text = plainText(item.element.text, LONGEST.introduction)
      if (text.ok) recall = text.text
    } else if (place < first) openingText(item, introduction, report)
    else displayText(item, ours, report)
  }
  const text = introduction.join(' ')
  if (text.length > LONGEST.introduction) {
    report.say('ignored', 'form', 'The opening texts together are too long to be shown; none of them is.')
  }
  const fits = text !== '' && text.length <= LONGEST.introduction
  return { introduction: fits ? text : undefined, recall, stems }
}

function groupText(
  item: FormItem,
  inside: readonly FormItem[],
  ours: ReadonlySet<FormItem>,
  introduction: string[],
  stems: Map<string, string>,
  report: Reporter,
): void {
  const raw = textOf(item.element.text)
  if (raw === undefined || inside.length === 0) return
  const text = plainText(raw, LONGEST.prompt)
  if (!text.ok || item.hidden || !isSentence(text.text)) {
    report.say('ignored', item.linkId, `The heading of a group is not shown: ${quoted(raw)}.`)
  } else if (inside.length === ours.size) {
    introduction.push(text.text)
    report.say('taken', item.linkId, `Introduction, from the group around the questions: ${quoted(raw)}.`)
  } else {
    for (const { linkId } of inside)
      stems.set(linkId, [stems.get(linkId), text.text].filter(Boolean).join(' '))
    report.say(
      'taken',
      item.linkId,
      `The group's words stand before each of its ${inside.length} questions: ${quoted(raw)}.`,
    )
  }
}

function openingText(item: FormItem, introduction: string[], report: Reporter): void {
  const text = plainText(item.element.text, LONGEST.introduction)
  const against = item.hidden
    ? 'the file hides it'
    : isRendered(item.element)
      ? 'its words stand in a formatted version (XHTML or markdown), which is not read'
      : objectsOf(item.element.enableWhen).length > 0
        ? 'it depends on answers'
        : item.controls.includes('help')
          ? 'it is a help text'
          : text.ok
            ? undefined
            : text.says
  if (against !== undefined) report.say('ignored', item.linkId, `An opening text is not shown: ${against}.`)
  else if (text.ok) {
    introduction.push(text.text)
    report.say('taken', item.linkId, `Introduction: ${quoted(text.text)}.`)
  }
}

function displayText(item: FormItem, ours: ReadonlySet<FormItem>, report: Reporter): void {
  const parent = item.above.at(-1)
  if (parent && ours.has(parent) && (item.controls.includes('lower') || item.controls.includes('upper')))
    return
  const raw = textOf(item.element.text)
  if (raw === undefined) return
  if (item.hidden) report.say('ignored', item.linkId, 'A text that the file hides is not shown.')
  else if (item.controls.includes('help'))
    report.say('ignored', item.linkId, `A help text is not shown: ${quoted(raw)}.`)
  else
    report.say(
      'check',
      item.linkId,
      `A text after the first question is not shown; see that no question needs it: ${quoted(raw)}.`,
    )
}

function isRendered(element: FhirObject): boolean {
  return extensionsOf(companionOf(element, 'text'), ...RENDERINGS).length > 0
}

/** A heading names ("GAD-7 items"); a sentence asks or leads on. */
function isSentence(text: string): boolean {
  return /[?.:…]$/.test(text) || text.split(' ').length >= 6
}
