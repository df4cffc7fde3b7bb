import { formHash } from '../form-hash.ts'
import type { Instrument, Item, ItemRange, ItemValue } from '../instrument.ts'
import { answerSystem, enableWhenOf } from './enable-when.ts'
import {
  ITEM_CONTROL,
  ITEM_CONTROL_SYSTEM,
  ITEM_WEIGHT,
  LOINC,
  MAX_VALUE,
  MIN_VALUE,
  ORDINAL_VALUE,
  OUR_FORMS,
  OUR_INSTRUMENTS,
  SLIDER_STEP,
  UNIT,
} from './fhir-codes.ts'
import type { FhirObject } from './fhir-json.ts'

/** The linkIds of what stands above the questions in our exports. */
export const INTRODUCTION = 'introduction'
export const RECALL = 'recall'

/** Whether an instrument is a form of single questions; a calendar, a laboratory series or an empty one is not. */
export function isForm({ items }: Instrument): boolean {
  return items.length > 0 && items.every(({ type }) => type === undefined)
}

/** The canonical address of an instrument's form, without its version. */
export function questionnaireUrl({ id }: Instrument): string {
  return `${OUR_FORMS}${id}`
}

/** Tells one wording and one scoring from every other. */
export function questionnaireVersion(instrument: Instrument): string {
  return `${instrument.edition}-${instrument.scoringVersion}-${formHash(instrument)}`
}

/**
 * An instrument as a FHIR R4 Questionnaire: linkIds are our item ids, answers carry the points that they add to the
 * score (as itemWeight, and as ordinalValue for older readers), so that a reversed item is reversed here too.
 * No expression that computes a total is exported: half a form would get a number from it.
 *
 * @throws RangeError when the instrument is a series of records or has no questions
 * @see https://hl7.org/fhir/R4/questionnaire.html
 */
export function toQuestionnaire(instrument: Instrument): FhirObject {
  if (!isForm(instrument)) throw new RangeError(`${instrument.id} is no form of single questions`)
  const { id, name, shortName, construct, introduction, recall, licence, loinc, version } = instrument
  return {
    resourceType: 'Questionnaire',
    url: questionnaireUrl(instrument),
    version: questionnaireVersion(instrument),
    name: shortName.replaceAll(/[^A-Za-z0-9]+/g, '_').replace(/^(?=\d)/, 'Form_'),
    title: name,
    status: 'active',
    subjectType: ['Patient'],
    description: `${shortName}: ${construct}. ${version}.`,
    copyright: `${licence.holder}. ${licence.terms}`,
    code: [
      ...(loinc.panel === null ? [] : [{ system: LOINC, code: loinc.panel }]),
      { system: OUR_INSTRUMENTS, code: id, display: shortName },
    ],
    item: [
      ...(introduction === '' ? [] : [{ linkId: INTRODUCTION, type: 'display', text: introduction }]),
      ...(recall.sentence === '' ? [] : [{ linkId: RECALL, type: 'display', text: recall.sentence }]),
      ...instrument.items.map((item) => questionOf(instrument, item)),
    ],
  }
}

function questionOf(instrument: Instrument, item: Item): FhirObject {
  const { id: linkId, prompt: text, loinc, optional, values, range } = item
  const head = {
    linkId,
    ...(loinc !== null && { code: [{ system: LOINC, code: loinc }] }),
    text,
    ...enableWhenOf(instrument, item),
    // Wanted for a full score; here a person may still leave it open.
    required: optional !== true,
  }
  if (values) {
    return { ...head, type: 'choice', answerOption: values.map((one) => optionOf(instrument, item, one)) }
  }
  if (!range) throw new RangeError(`${instrument.id}: ${linkId} has neither values nor a range`)
  const ends = [
    ['lower', range.minLabel],
    ['upper', range.maxLabel],
  ].flatMap(([control, label]) =>
    label === undefined ? [] : [endOf(linkId, control as 'lower' | 'upper', label)],
  )
  return {
    ...head,
    type: Number.isInteger(range.step) ? 'integer' : 'decimal',
    extension: rangeExtensions(range),
    ...(ends.length > 0 && { item: ends }),
  }
}

function endOf(linkId: string, control: 'lower' | 'upper', text: string): FhirObject {
  return {
    linkId: `${linkId}-${control}`,
    type: 'display',
    text,
    extension: [
      {
        url: ITEM_CONTROL,
        valueCodeableConcept: { coding: [{ system: ITEM_CONTROL_SYSTEM, code: control }] },
      },
    ],
  }
}

function rangeExtensions({ min, max, step, unit }: ItemRange): readonly FhirObject[] {
  const whole = Number.isInteger(step)
  const limit = (url: string, value: number) =>
    whole ? { url, valueInteger: value } : { url, valueDecimal: value }
  return [
    limit(MIN_VALUE, min),
    limit(MAX_VALUE, max),
    ...(whole ? [{ url: SLIDER_STEP, valueInteger: step }] : []),
    ...(unit === undefined ? [] : [{ url: UNIT, valueCoding: { display: unit } }]),
  ]
}

function optionOf(instrument: Instrument, item: Item, answer: ItemValue): FhirObject {
  return {
    extension: [{ url: ORDINAL_VALUE, valueDecimal: pointsOf(item, answer.value) }],
    valueCoding: answerCoding(instrument, item, answer),
  }
}

/** An answer as a coding that carries its points. */
export function answerCoding(instrument: Instrument, item: Item, { value, label }: ItemValue): FhirObject {
  return {
    extension: [{ url: ITEM_WEIGHT, valueDecimal: pointsOf(item, value) }],
    system: answerSystem(instrument, item),
    code: String(value),
    display: label,
  }
}

/** What an answer adds to a score: after reversal. */
function pointsOf({ reverse, values = [] }: Item, value: number): number {
  if (reverse !== true) return value
  const all = values.map((one) => one.value)
  return Math.min(...all) + Math.max(...all) - value
}
