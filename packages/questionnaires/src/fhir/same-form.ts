import type { Instrument } from '../instrument.ts'
import { OUR_FORMS } from './fhir-codes.ts'
import { type FhirObject, objectsOf, textOf } from './fhir-json.ts'
import { loincCodesOf } from './form-item.ts'
import { quoted } from './plain-text.ts'

/** What a file says about which form it is. */
export type Identity =
  /** By its code, its name or our own address. */
  | { readonly kind: 'this' }
  | { readonly kind: 'unsaid'; readonly says: string }
  | { readonly kind: 'another'; readonly says: string }

/**
 * Whether a file is the form as which somebody wants to take it. Codes speak before names. A file that names another
 * instrument of ours is refused even where its questions overlap: the same question in another form has another total.
 */
export function identityOf(
  questionnaire: FhirObject,
  instrument: Instrument,
  all: readonly Instrument[],
): Identity {
  const codes = [...loincCodesOf(questionnaire.code), ...loincCodesOf(identifiersAsCodes(questionnaire))]
  const title = quoted(questionnaire.title ?? questionnaire.name ?? questionnaire.id)
  if (instrument.loinc.panel !== null && codes.includes(instrument.loinc.panel)) return { kind: 'this' }
  const byCode = all.find(({ loinc }) => loinc.panel !== null && codes.includes(loinc.panel))
  if (byCode) return another(byCode, instrument, `its code is that of ${byCode.shortName}`)
  if (textOf(questionnaire.url) === `${OUR_FORMS}${instrument.id}`) return { kind: 'this' }

  const names = namesIn(questionnaire)
  const named = instrumentsNamed(names, all)
  if (named.includes(instrument)) return { kind: 'this' }
  if (named.length > 0) return another(named[0]!, instrument, `it calls itself ${title}`)
  const code = codes.length > 0 ? ` and carries the code ${codes[0]}` : ''
  return {
    kind: 'unsaid',
    says: `The file does not say that it is ${instrument.shortName}: it calls itself ${title}${code}.`,
  }
}

function another(found: Instrument, wanted: Instrument, why: string): Identity {
  return {
    kind: 'another',
    says: `This is ${found.shortName}, not ${wanted.shortName}: ${why}. Import it as ${found.id}.`,
  }
}

/** A file may carry its LOINC code as an identifier (system and value). */
function identifiersAsCodes(questionnaire: FhirObject): readonly FhirObject[] {
  return objectsOf(questionnaire.identifier)
    .filter(({ system }) => system !== undefined)
    .map(({ system, value }) => ({ system, code: value }))
}

function namesIn(questionnaire: FhirObject): readonly string[] {
  const displays = objectsOf(questionnaire.code).map(({ display }) => display)
  const { title, name, id } = questionnaire
  const ending = textOf(questionnaire.url)?.split(/[/|:]/).at(-1)
  return [title, name, id, ending, ...displays].flatMap((one) => textOf(one)?.slice(0, 300) ?? [])
}

type Place = { readonly from: number; readonly to: number; readonly words: string }

/**
 * The instruments of ours that these names tell of: a name that is one's short name or id, or in which one stands as
 * words of their own and cannot be everyday language. Where one lies within another ("AUDIT" in "AUDIT-C") only the
 * longer counts.
 */
function instrumentsNamed(names: readonly string[], all: readonly Instrument[]): readonly Instrument[] {
  const found = new Set<Instrument>()
  for (const name of names) {
    const places = all.flatMap((instrument) =>
      placesOf(name, instrument).map((place) => ({ instrument, ...place })),
    )
    for (const one of places) {
      const within = places.some(
        ({ from, to }) => from <= one.from && one.to <= to && to - from > one.to - one.from,
      )
      if (!within && isTelling(name, one.words)) found.add(one.instrument)
    }
  }
  return [...found]
}

function placesOf(name: string, { id, shortName }: Instrument): readonly Place[] {
  return [...new Set([shortName, id])].flatMap((one) => {
    const letters = one.split(/[\s_-]+/).map((part) => part.replaceAll(/[^\w/]/g, ''))
    const pattern = new RegExp(`(?<![A-Za-z0-9])${letters.join('[\\s_-]?')}(?![A-Za-z0-9])`, 'gi')
    return [...name.matchAll(pattern)].map((hit) => ({
      from: hit.index,
      to: hit.index + hit[0].length,
      words: hit[0],
    }))
  })
}

/**
 * "An audit of craving" tells of no form, though both words are names of forms. A figure does ("phq9"), and so do capitals
 * where the rest of the name is not in capitals too.
 */
function isTelling(name: string, words: string): boolean {
  if (onlyLetters(name) === onlyLetters(words)) return true
  if (onlyLetters(words).length < 3) return false
  return /\d/.test(words) || (/[A-Z]{2}/.test(words) && /[a-z]/.test(name))
}

function onlyLetters(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
}
