import { HIDDEN, ITEM_CONTROL, LOINC } from './fhir-codes.ts'
import { extensionsOf, type FhirObject, objectOf, objectsOf, textOf } from './fhir-json.ts'

/** One item of a foreign form, with what stands above it. */
export type FormItem = {
  readonly linkId: string
  /** `group`, `display`, or the kind of answer a question wants. */
  readonly type: string
  readonly element: FhirObject
  readonly above: readonly FormItem[]
  readonly loincCodes: readonly string[]
  /** The codes of `questionnaire-itemControl`, such as `help` or `lower`. */
  readonly controls: readonly string[]
  readonly hidden: boolean
}

export type FormItems =
  | { readonly ok: true; readonly items: readonly FormItem[] }
  | { readonly ok: false; readonly problems: readonly { readonly at: string; readonly says: string }[] }

const MOST_ITEMS = 2000
const DEEPEST_ITEM = 30
const LOINC_SYSTEMS = [LOINC, `${LOINC}/`, 'urn:oid:2.16.840.1.113883.6.1']
const LOINC_SHAPE = /^\d{1,7}-\d$/
const LOINC_AT_END = /(?:^|[^0-9A-Za-z-])(\d{1,7}-\d)$/

export function isQuestion({ type }: FormItem): boolean {
  return type !== 'group' && type !== 'display'
}

/** The LOINC codes among codings; one without a system counts when it has LOINC's shape. */
export function loincCodesOf(codings: unknown): readonly string[] {
  return objectsOf(codings).flatMap(({ system, code }) => {
    const text = textOf(code)
    const fits = system === undefined || LOINC_SYSTEMS.includes(String(system))
    return fits && text !== undefined && LOINC_SHAPE.test(text) ? [text] : []
  })
}

/** Every item of a form in the order in which it is read, or why the items cannot be told apart. */
export function formItemsOf(questionnaire: FhirObject): FormItems {
  const items: FormItem[] = []
  const problems: { at: string; says: string }[] = []
  const open: { element: FhirObject; above: readonly FormItem[] }[] = innerItems(questionnaire, [])
  while (open.length > 0) {
    const { element, above } = open.shift()!
    if (above.length > DEEPEST_ITEM) {
      problems.push({ at: 'form', says: `its items are nested more than ${DEEPEST_ITEM} deep` })
      break
    }
    if (items.length >= MOST_ITEMS) {
      problems.push({ at: 'form', says: `it has more than ${MOST_ITEMS} items` })
      break
    }
    const item = formItem(element, above)
    if (item.linkId === '') problems.push({ at: 'form', says: `item ${items.length + 1} has no linkId` })
    if (element.modifierExtension !== undefined) {
      problems.push({
        at: item.linkId,
        says: 'a modifierExtension changes its meaning by a rule that we do not know',
      })
    }
    items.push(item)
    open.unshift(...innerItems(element, [...above, item]))
  }
  const seen = new Set<string>()
  for (const { linkId } of items) {
    if (linkId !== '' && seen.has(linkId))
      problems.push({ at: linkId, says: 'this linkId stands more than once' })
    seen.add(linkId)
  }
  if (items.length === 0) problems.push({ at: 'form', says: 'it has no items' })
  problems.push(...waitingInCircles(items))
  return problems.length > 0 ? { ok: false, problems } : { ok: true, items }
}

/** One more than is allowed is enough to know that there are too many. */
function innerItems(parent: FhirObject, above: readonly FormItem[]) {
  return objectsOf(parent.item)
    .slice(0, MOST_ITEMS + 1)
    .map((element) => ({ element, above }))
}

function formItem(element: FhirObject, above: readonly FormItem[]): FormItem {
  const linkId = textOf(element.linkId)?.trim() ?? ''
  const atEnd = LOINC_AT_END.exec(linkId)?.[1]
  const coded = loincCodesOf(element.code)
  return {
    linkId,
    type: textOf(element.type) ?? 'unknown',
    element,
    above,
    loincCodes: coded.length > 0 || atEnd === undefined ? coded : [atEnd],
    controls: extensionsOf(element, ITEM_CONTROL).flatMap(({ valueCodeableConcept }) =>
      objectsOf(objectOf(valueCodeableConcept)?.coding).flatMap(({ code }) => textOf(code) ?? []),
    ),
    hidden: extensionsOf(element, HIDDEN).some(({ valueBoolean }) => valueBoolean === true),
  }
}

/** Items of which each is asked only after the other: no program could ever ask them. */
function waitingInCircles(items: readonly FormItem[]): { at: string; says: string }[] {
  const waitsFor = new Map(
    items.map(({ linkId, element }) => [
      linkId,
      objectsOf(element.enableWhen).flatMap(({ question }) => textOf(question) ?? []),
    ]),
  )
  const settled = new Set<string>()
  // Items that wait for nothing open are taken away until none is left to take; what remains waits in a circle.
  for (let taken = true; taken; ) {
    taken = false
    for (const [linkId, others] of waitsFor) {
      if (settled.has(linkId) || !others.every((one) => settled.has(one) || !waitsFor.has(one))) continue
      settled.add(linkId)
      taken = true
    }
  }
  return [...waitsFor.keys()]
    .filter((linkId) => !settled.has(linkId))
    .slice(0, 1)
    .map((at) => ({ at, says: 'its enableWhen waits for items that wait for it: a circle' }))
}
