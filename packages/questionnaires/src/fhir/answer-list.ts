import { ITEM_WEIGHT, WEIGHT_URLS } from './fhir-codes.ts'
import { extensionsOf, type FhirObject, numberOf, objectOf, objectsOf, textOf } from './fhir-json.ts'

/** One answer that a foreign form offers, with every number of points that the file gives it. */
export type OfferedAnswer = {
  /** The words of the answer as the file has them, not yet cleaned. */
  readonly label: unknown
  readonly system: string | undefined
  readonly code: string | undefined
  /** The different weights found; one is right, none or several cannot be scored. */
  readonly weights: readonly number[]
}

export type AnswerList =
  | { readonly kind: 'list'; readonly answers: readonly OfferedAnswer[] }
  /** The item offers no closed list of answers. */
  | { readonly kind: 'none' }
  /** The list lies somewhere else. */
  | { readonly kind: 'external'; readonly address: string }
  /** The list cannot be made out from the file. */
  | { readonly kind: 'unreadable'; readonly says: string }

const MOST_ANSWERS = 500
const MOST_SETS_DEEP = 10
/** Sets looked at for one item; sets that name others many times over would else never end. */
const MOST_SETS_SEEN = 200

/** The contained value sets and code systems of a form, by `#id` and by address. */
export type Contained = {
  readonly valueSets: ReadonlyMap<string, FhirObject>
  readonly codeSystems: ReadonlyMap<string, FhirObject>
}

export function containedIn(questionnaire: FhirObject): Contained {
  const valueSets = new Map<string, FhirObject>()
  const codeSystems = new Map<string, FhirObject>()
  for (const resource of objectsOf(questionnaire.contained)) {
    const into =
      resource.resourceType === 'ValueSet'
        ? valueSets
        : resource.resourceType === 'CodeSystem'
          ? codeSystems
          : undefined
    if (!into) continue
    const id = textOf(resource.id)
    const url = textOf(resource.url)
    if (id !== undefined) into.set(`#${id.replace(/^#/, '')}`, resource)
    if (url !== undefined) into.set(url, resource)
  }
  return { valueSets, codeSystems }
}

/** Finds by `#id`, by address, or by address with a version behind a bar. */
function find(among: ReadonlyMap<string, FhirObject>, reference: string): FhirObject | undefined {
  return among.get(reference) ?? among.get(reference.split('|')[0] ?? '')
}

/** The answers that an item offers, wherever in the file they stand. */
export function answerListOf(item: FhirObject, contained: Contained): AnswerList {
  const options = objectsOf(item.answerOption ?? item.option)
  if (options.length > MOST_ANSWERS)
    return { kind: 'unreadable', says: `it offers more than ${MOST_ANSWERS} answers` }
  if (options.length > 0) return { kind: 'list', answers: options.map((one) => optionOf(one, contained)) }
  const reference =
    textOf(item.answerValueSet) ?? textOf(item.options) ?? textOf(objectOf(item.options)?.reference)
  if (reference === undefined) return { kind: 'none' }
  const set = find(contained.valueSets, reference)
  if (!set) {
    return reference.startsWith('#')
      ? {
          kind: 'unreadable',
          says: `its answers are said to be in ${reference}, which the file does not hold`,
        }
      : { kind: 'external', address: reference }
  }
  const found = answersOfSet(set, contained, [], { left: MOST_SETS_SEEN })
  return typeof found === 'string' ? { kind: 'unreadable', says: found } : { kind: 'list', answers: found }
}

function optionOf(option: FhirObject, contained: Contained): OfferedAnswer {
  const coding = objectOf(option.valueCoding)
  if (coding) {
    const answer = conceptOf(coding, textOf(coding.system), contained)
    return { ...answer, weights: different([...weightsOf(option), ...answer.weights]) }
  }
  const number = numberOf(option.valueInteger) ?? numberOf(option.valueDecimal)
  const weights = weightsOf(option)
  if (number !== undefined) {
    // The answer is itself a number, so it is its own weight unless the file says otherwise.
    const own = weights.length > 0 ? weights : [number]
    return { label: String(number), system: undefined, code: String(number), weights: own }
  }
  const label = option.valueString ?? option.valueDate ?? option.valueTime
  return { label, system: undefined, code: undefined, weights }
}

/** A coding or a concept of a set, with the weights on it and those of its code system in the file. */
function conceptOf(concept: FhirObject, system: string | undefined, contained: Contained): OfferedAnswer {
  const code = textOf(concept.code)
  const known = system === undefined ? undefined : find(contained.codeSystems, system)
  const defined = known && code !== undefined ? conceptIn(objectsOf(known.concept), code) : undefined
  return {
    label: concept.display ?? defined?.display ?? code,
    system,
    code,
    weights: different([...weightsOf(concept), ...(defined ? weightsOf(defined) : [])]),
  }
}

function conceptIn(concepts: readonly FhirObject[], code: string): FhirObject | undefined {
  const open = [...concepts]
  for (let seen = 0; open.length > 0 && seen < MOST_ANSWERS * 10; seen += 1) {
    const one = open.shift()!
    if (one.code === code) return one
    open.push(...objectsOf(one.concept).slice(0, MOST_ANSWERS * 10))
  }
  return undefined
}

/** The points on one element: as an extension under any of its names, or as the property itemWeight of a code system. */
function weightsOf(element: FhirObject): readonly number[] {
  const extended = extensionsOf(element, ...WEIGHT_URLS).flatMap(
    (one) => numberOf(one.valueDecimal) ?? numberOf(one.valueInteger) ?? [],
  )
  const properties = objectsOf(element.property)
    .filter(({ code, uri }) => code === 'itemWeight' || uri === ITEM_WEIGHT)
    .flatMap((one) => numberOf(one.valueDecimal) ?? numberOf(one.valueInteger) ?? numberOf(one.value) ?? [])
  return different([...extended, ...properties])
}

function different(weights: readonly number[]): readonly number[] {
  return [...new Set(weights)]
}

/** @returns the answers, or in words why they cannot be made out */
function answersOfSet(
  set: FhirObject,
  contained: Contained,
  above: readonly FhirObject[],
  budget: { left: number },
): readonly OfferedAnswer[] | string {
  budget.left -= 1
  if (above.includes(set)) return 'its answer sets name each other in a circle'
  if (above.length >= MOST_SETS_DEEP || budget.left < 0)
    return 'its answer sets lie too deep within each other'
  const expanded = flattened(objectsOf(objectOf(set.expansion)?.contains))
  const composed = composedAnswers(set, contained, above, budget)
  if (expanded.length === 0) return composed
  if (expanded.length > MOST_ANSWERS) return `it offers more than ${MOST_ANSWERS} answers`
  // The points may stand on the expansion, on what the set was composed of, or on both.
  const also = typeof composed === 'string' ? [] : composed
  return expanded.map((concept) => {
    const answer = conceptOf(concept, textOf(concept.system), contained)
    if (answer.weights.length > 0) return answer
    const twins = also.filter(
      ({ system, code }) => code !== undefined && code === answer.code && system === answer.system,
    )
    return { ...answer, weights: different(twins.flatMap(({ weights }) => weights)) }
  })
}

function flattened(contains: readonly FhirObject[]): readonly FhirObject[] {
  const found: FhirObject[] = []
  const open = [...contains]
  while (open.length > 0 && found.length <= MOST_ANSWERS) {
    const one = open.shift()!
    if (one.abstract !== true && textOf(one.code) !== undefined) found.push(one)
    open.unshift(...objectsOf(one.contains).slice(0, MOST_ANSWERS + 1))
  }
  return found
}

function composedAnswers(
  set: FhirObject,
  contained: Contained,
  above: readonly FhirObject[],
  budget: { left: number },
): readonly OfferedAnswer[] | string {
  const compose = objectOf(set.compose)
  if (objectsOf(compose?.exclude).length > 0)
    return 'its answer set is made by leaving out, which we do not compute'
  const answers: OfferedAnswer[] = []
  for (const include of objectsOf(compose?.include)) {
    if (objectsOf(include.filter).length > 0)
      return 'its answer set is made by a filter, which we do not compute'
    const system = textOf(include.system)
    const listed = objectsOf(include.concept)
    for (const concept of listed) answers.push(conceptOf(concept, system, contained))
    if (listed.length === 0 && system !== undefined) {
      const known = find(contained.codeSystems, system)
      if (!known) return `its answers are the whole code system ${system}, which the file does not hold`
      for (const concept of flattenedConcepts(known)) answers.push(conceptOf(concept, system, contained))
    }
    for (const reference of listOfTexts(include.valueSet)) {
      const inner = find(contained.valueSets, reference)
      if (!inner) return `its answers are in ${reference}, which the file does not hold`
      const found = answersOfSet(inner, contained, [...above, set], budget)
      if (typeof found === 'string') return found
      answers.push(...found)
    }
    if (answers.length > MOST_ANSWERS) return `it offers more than ${MOST_ANSWERS} answers`
  }
  return answers.length > 0 ? answers : 'its answer set is empty'
}

function flattenedConcepts(system: FhirObject): readonly FhirObject[] {
  const found: FhirObject[] = []
  const open = [...objectsOf(system.concept)]
  while (open.length > 0 && found.length <= MOST_ANSWERS) {
    const one = open.shift()!
    found.push(one)
    open.unshift(...objectsOf(one.concept).slice(0, MOST_ANSWERS + 1))
  }
  return found
}

function listOfTexts(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).flatMap((one) => textOf(one) ?? [])
}
