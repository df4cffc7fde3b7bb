/** A FHIR resource as JSON of unknown make: every member is looked at before it is believed. */
export type FhirObject = { readonly [name: string]: unknown }

/** The largest file that is read, in bytes. */
export const LARGEST_FORM_BYTES = 20 * 1024 * 1024
/** JSON within JSON: real forms need about twenty levels. */
const DEEPEST = 120
/** A kind of name that could change what every object is. */
const FORBIDDEN_NAME = '__proto__'

export type ParsedResource =
  | { readonly ok: true; readonly resource: FhirObject }
  | { readonly ok: false; readonly says: string }

export function objectOf(value: unknown): FhirObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as FhirObject)
    : undefined
}

/** The objects of a list; what is no list or no object is left out. */
export function objectsOf(value: unknown): readonly FhirObject[] {
  return Array.isArray(value) ? value.map(objectOf).filter((part) => part !== undefined) : []
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

export function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}

/** Every extension with this URL on an element. */
export function extensionsOf(
  element: FhirObject | undefined,
  ...urls: readonly string[]
): readonly FhirObject[] {
  return objectsOf(element?.extension).filter((one) => urls.includes(String(one.url)))
}

/** The primitive's companion that holds its extensions: `_text` for `text`. */
export function companionOf(element: FhirObject, name: string): FhirObject | undefined {
  return objectOf(element[`_${name}`])
}

/**
 * Reads the text of a file as one FHIR Questionnaire, or says in words what it is instead and what to do.
 *
 * @param text the file, decoded as UTF-8
 */
export function parseQuestionnaire(text: string): ParsedResource {
  if (text.length > LARGEST_FORM_BYTES)
    return no('The file is larger than 20 MB. Save the form alone, without pictures.')
  if (text.includes('\uFFFD')) {
    return no('The file holds characters that are no UTF-8. Save it again as UTF-8.')
  }
  const plain = text.replace(/^\uFEFF/, '')
  if (plain.trim() === '') return no('The file is empty.')
  if (/^\s*</.test(plain)) {
    return no('This is XML or a web page, not JSON. Ask the publisher for the Questionnaire as FHIR JSON.')
  }
  let json: unknown
  try {
    json = JSON.parse(plain)
  } catch {
    return no('This is not JSON, or the file ends too early. Download it again and do not edit it by hand.')
  }
  const resource = objectOf(json)
  if (!resource) return no('The file holds JSON, but no FHIR resource. It must be one Questionnaire.')
  const unsafe = unsafeShape(resource)
  if (unsafe) return no(unsafe)
  const type = textOf(resource.resourceType)
  if (type === undefined) return no('The file names no resourceType. It must be a FHIR Questionnaire.')
  if (type === 'Bundle') return no(bundleSays(resource))
  if (type === 'QuestionnaireResponse') {
    return no(
      'This is a QuestionnaireResponse: the answers of a person, not a form. Import the Questionnaire.',
    )
  }
  if (type !== 'Questionnaire') return no(`This is a ${shortened(type)}, not a Questionnaire.`)
  for (const name of ['modifierExtension', 'implicitRules']) {
    if (resource[name] !== undefined) {
      return no(
        `The form carries ${name}, which changes the meaning of what it says. We do not know that rule.`,
      )
    }
  }
  return { ok: true, resource }
}

function bundleSays(bundle: FhirObject): string {
  const types = objectsOf(bundle.entry).map(
    ({ resource }) => textOf(objectOf(resource)?.resourceType) ?? 'nothing',
  )
  const forms = types.filter((type) => type === 'Questionnaire').length
  const holds = [...new Set(types)].map(shortened).join(', ') || 'nothing'
  return forms === 0
    ? `This is a Bundle that holds ${holds} and no Questionnaire.`
    : `This is a Bundle that holds ${holds}. Save the one Questionnaire in it as a file and import that.`
}

/** Walks without recursion, so that no file can exhaust the stack. */
function unsafeShape(root: FhirObject): string | undefined {
  let level: unknown[] = [root]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST) return `The file is nested more than ${DEEPEST} levels deep; no real form is.`
    const next: unknown[] = []
    for (const part of level) {
      if (typeof part !== 'object' || part === null) continue
      if (Object.hasOwn(part, FORBIDDEN_NAME)) {
        return `The file holds a member named ${FORBIDDEN_NAME}, which no form needs. It was not read.`
      }
      for (const inner of Object.values(part))
        if (typeof inner === 'object' && inner !== null) next.push(inner)
    }
    level = next
  }
  return undefined
}

function no(says: string): ParsedResource {
  return { ok: false, says }
}

function shortened(text: string): string {
  const plain = text.replaceAll(/[^\w. -]/g, '')
  return plain.length > 40 ? `${plain.slice(0, 40)}…` : plain
}
