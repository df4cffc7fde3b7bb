import { COMPUTED_ENABLING, COMPUTED_VALUES, RENDERINGS, TRANSLATION, VARIABLE } from './fhir-codes.ts'
import { companionOf, extensionsOf, type FhirObject, objectOf, objectsOf, textOf } from './fhir-json.ts'
import type { FormItem } from './form-item.ts'
import type { Reporter } from './import-report.ts'
import type { ItemMatch } from './item-match.ts'
import { notedText, quoted } from './plain-text.ts'

const EXTRA_SHOWN = 40

/** Names what stands in the file and is not used, so that nobody believes that it was. */
export function reportUnused(
  resource: FhirObject,
  items: readonly FormItem[],
  { scoreItems, extra }: ItemMatch,
  report: Reporter,
): void {
  for (const { linkId, element } of scoreItems) {
    report.say(
      'ignored',
      linkId,
      `A score of the file is not used; the stored score is ours: ${quoted(element.text)}.`,
    )
  }
  for (const { linkId, element, type } of extra.slice(0, EXTRA_SHOWN)) {
    report.say(
      'ignored',
      linkId,
      `This is no question of ours and is not asked (${type}): ${quoted(element.text)}.`,
    )
  }
  if (extra.length > EXTRA_SHOWN) {
    report.say(
      'ignored',
      'form',
      `${extra.length - EXTRA_SHOWN} more items are no questions of ours and are not asked.`,
    )
  }
  for (const item of items) reportExpressions(item, report)
  const elements = [resource, ...items.map(({ element }) => element)]
  const texts = elements.flatMap((one) => ['text', 'title', 'prefix'].map((name) => companionOf(one, name)))
  const carry =
    (...urls: readonly string[]) =>
    (one: FhirObject | undefined) =>
      extensionsOf(one, ...urls).length > 0
  const unused: readonly (readonly [number, string])[] = [
    [elements.filter(carry(VARIABLE)).length, 'Variables of expressions are not computed'],
    [
      texts.filter(carry(TRANSLATION)).length,
      'Translations are not read; import a file in that language instead',
    ],
    [texts.filter(carry(...RENDERINGS)).length, 'Formatted versions (XHTML or markdown) are not read'],
    [
      elements.filter(({ prefix }) => prefix !== undefined).length,
      'Numbers and letters before a text are not shown',
    ],
    [
      elements.filter(({ initial }) => initial !== undefined).length,
      'Answers filled in beforehand are not used',
    ],
    [items.filter(takesOwnWords).length, 'Answers in own words are not offered'],
  ]
  for (const [times, says] of unused) if (times > 0) report.say('ignored', 'form', `${says} (${times}).`)
}

function takesOwnWords({ type, element }: FormItem): boolean {
  return type === 'open-choice' || element.answerConstraint === 'optionsOrString'
}

function reportExpressions({ linkId, element }: FormItem, report: Reporter): void {
  for (const one of extensionsOf(element, ...COMPUTED_VALUES)) {
    const expression = objectOf(one.valueExpression)
    const language = notedText(expression?.language, 60) ?? 'an unnamed language'
    const words = notedText(expression?.expression, 300) ?? notedText(expression?.reference, 300) ?? 'nothing'
    report.say(
      'preview',
      linkId,
      `The file would compute, in ${language}: ${words}. Shown only; the stored score is ours.`,
    )
  }
  for (const one of extensionsOf(element, ...COMPUTED_ENABLING)) {
    const name = textOf(one.url)?.split('-').at(-1) ?? 'an expression'
    report.say('ignored', linkId, `${name} is not run; our own rules hold.`)
  }
}

/** Whether the file says of itself that it is not for use. */
export function reportStanding(resource: FhirObject, report: Reporter): void {
  if (resource.status === 'retired') report.say('check', 'form', 'The publisher has retired this form.')
  else if (resource.status === 'draft' || resource.experimental === true) {
    report.say('check', 'form', 'The publisher calls this form a draft or an experiment.')
  }
  const others = objectsOf(resource.derivedFrom).length
  if (others > 0) report.say('check', 'form', 'The form is derived from another, which was not looked at.')
}
