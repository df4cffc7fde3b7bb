import type { Condition, Instrument, Item } from '../instrument.ts'
import { OUR_ANSWERS } from './fhir-codes.ts'
import { type FhirObject, objectOf, objectsOf, textOf } from './fhir-json.ts'

/** When an item is asked, in FHIR's words. */
export type EnableWhen = {
  readonly enableWhen: readonly FhirObject[]
  readonly enableBehavior?: 'all'
}

/**
 * Our skip rule turned round into FHIR's enableWhen. FHIR knows one level of "all" or "any" over single comparisons;
 * a rule that needs more (AUDIT's second gate, counts) is left out, so that other programs ask too much rather than
 * too little. R4 reads "!=" as true while the other question is open, which is our rule too.
 *
 * @returns undefined when the item has no rule or the rule cannot be said
 */
export function enableWhenOf(instrument: Instrument, { skipIf }: Item): EnableWhen | undefined {
  if (!skipIf) return undefined
  const parts = 'any' in skipIf ? skipIf.any : [skipIf]
  const said = parts.map((part) => notEqual(instrument, part))
  const enableWhen = said.filter((one) => one !== undefined)
  if (enableWhen.length < said.length) return undefined
  return enableWhen.length > 1 ? { enableWhen, enableBehavior: 'all' } : { enableWhen }
}

function notEqual(instrument: Instrument, condition: Condition): FhirObject | undefined {
  if (!('item' in condition)) return undefined
  const { item: question, eq, ...more } = condition
  if (typeof eq !== 'number' || Object.values(more).some((part) => part !== undefined)) return undefined
  const other = instrument.items.find(({ id }) => id === question)
  if (!other) return undefined
  if (other.values) {
    const answerCoding = { system: answerSystem(instrument, other), code: String(eq) }
    return { question, operator: '!=', answerCoding }
  }
  return Number.isInteger(other.range?.step)
    ? { question, operator: '!=', answerInteger: eq }
    : { question, operator: '!=', answerDecimal: eq }
}

/** The code system of an item's answers in our exports: the codes are our values. */
export function answerSystem(instrument: Instrument, item: Item): string {
  return `${OUR_ANSWERS}${instrument.id}:${item.id}`
}

/** Whether a foreign item is asked by exactly the rule that we would write for ours. */
export function sameEnableWhen(ours: EnableWhen | undefined, element: FhirObject): boolean {
  const theirs = objectsOf(element.enableWhen)
  if (!ours) return theirs.length === 0
  const key = (one: FhirObject) =>
    JSON.stringify([
      textOf(one.question),
      one.operator,
      objectOf(one.answerCoding)?.system ?? null,
      objectOf(one.answerCoding)?.code ?? one.answerInteger ?? one.answerDecimal ?? null,
    ])
  const behaviour = textOf(element.enableBehavior)
  return (
    theirs.length === ours.enableWhen.length &&
    (theirs.length < 2 || behaviour === ours.enableBehavior) &&
    theirs.every((one, place) => key(one) === key(ours.enableWhen[place]!))
  )
}
