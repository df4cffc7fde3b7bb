import { describe, expect, it } from 'vitest'
import type { Instrument } from '../instrument.ts'
import { instrumentById, listInstruments } from '../registry.ts'
import { wordingOf } from '../wording.ts'
import type { FhirObject } from './fhir-json.ts'
import { isForm, toQuestionnaire } from './questionnaire.ts'
import { readQuestionnaire } from './read-questionnaire.ts'

const forms = listInstruments().filter(isForm)
type Option = { extension: { valueDecimal: number }[]; valueCoding: { code: string } }
const itemsOf = (questionnaire: FhirObject) =>
  questionnaire.item as readonly (FhirObject & { readonly linkId: string })[]
const itemOf = (questionnaire: FhirObject, linkId: string) =>
  itemsOf(questionnaire).find((item) => item.linkId === linkId)!

it('everything is a form but a calendar, a laboratory series and what has no questions here', () => {
  const others = listInstruments().filter((instrument) => !isForm(instrument))
  expect(others.map(({ id }) => id).sort()).toEqual(['kset', 'tlfb', 'uds'])
  for (const instrument of others) expect(() => toQuestionnaire(instrument)).toThrow(RangeError)
})

describe.each(forms.map((one): [string, Instrument] => [one.id, one]))('%s', (_id, instrument) => {
  it('comes back as itself, word for word', () => {
    const form = readQuestionnaire(JSON.stringify(toQuestionnaire(instrument)), instrument)
    expect(form.ok ? [] : form.problems).toEqual([])
    if (form.ok) expect(form.wording).toEqual(wordingOf(instrument))
  })

  it('has one question for each of ours, in order, under our ids', () => {
    const questions = itemsOf(toQuestionnaire(instrument)).filter(({ type }) => type !== 'display')
    expect(questions.map(({ linkId }) => linkId)).toEqual(instrument.items.map(({ id }) => id))
  })
})

it('tells the points that an answer adds: a reversed question is reversed', () => {
  const options = itemOf(toQuestionnaire(instrumentById('dast-10')!), 'q3').answerOption as Option[]
  expect(options.map(({ valueCoding, extension }) => [valueCoding.code, extension[0]!.valueDecimal])).toEqual(
    [
      ['0', 1],
      ['1', 0],
    ],
  )
})

it('says when a question is asked where FHIR can say it, and nothing where it cannot', () => {
  const audit = toQuestionnaire(instrumentById('audit')!)
  expect(itemOf(audit, 'q2').enableWhen).toEqual([
    { question: 'q1', operator: '!=', answerCoding: { system: 'urn:evenkeel:answer:audit:q1', code: '0' } },
  ])
  expect(itemOf(audit, 'q4').enableWhen).toBeUndefined()
})

it('carries LOINC codes, a range with its ends, and no expression', () => {
  const phq9 = toQuestionnaire(instrumentById('phq-9')!)
  expect(itemOf(phq9, 'q9').code).toEqual([{ system: 'http://loinc.org', code: '44260-8' }])
  const craving = itemOf(toQuestionnaire(instrumentById('craving-nrs')!), 'q1')
  expect(craving.type).toBe('integer')
  expect((craving.item as FhirObject[]).map(({ text }) => text)).toEqual(
    [instrumentById('craving-nrs')!.items[0]!.range].flatMap((range) => [range!.minLabel, range!.maxLabel]),
  )
  for (const instrument of forms) {
    expect(JSON.stringify(toQuestionnaire(instrument))).not.toMatch(/Expression/)
  }
})
