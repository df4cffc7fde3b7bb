import { expect, it } from 'vitest'
import type { Instrument } from '../instrument.ts'
import { instrumentById, listInstruments } from '../registry.ts'
import { scoreBy } from '../scoring.ts'
import type { FhirObject } from './fhir-json.ts'
import { toObservations } from './observation.ts'
import { isForm, toQuestionnaire } from './questionnaire.ts'
import { toQuestionnaireResponse } from './questionnaire-response.ts'
import { toSafetyResources } from './safety-resources.ts'

const phq9 = instrumentById('phq-9') as Instrument
const audit = instrumentById('audit') as Instrument
const authored = '2026-11-24T17:00:00.000Z'
const subject = 'Patient/p1'
const facts = {
  id: 'r1',
  status: 'final',
  effective: authored,
  subject,
  derivedFrom: 'QuestionnaireResponse/r1',
} as const
const response = (instrument: Instrument, answers: Record<string, unknown>) =>
  toQuestionnaireResponse(instrument, { id: 'r1', answers, status: 'completed', authored, subject })
const linkIds = (resource: FhirObject) =>
  ((resource.item ?? []) as { linkId: string }[]).map(({ linkId }) => linkId)
const codeOf = (resource: FhirObject) =>
  (resource.code as { coding: { code: string }[] }).coding.map(({ code }) => code)

it('a response tells what was answered and nothing else', () => {
  const resource = response(phq9, { q1: 2, q2: 0, q3: null, q4: 7 })
  expect(linkIds(resource)).toEqual(['q1', 'q2'])
  expect(resource).toMatchObject({ status: 'completed', authored, subject: { reference: subject } })
  expect(resource.questionnaire).toBe(
    `urn:evenkeel:questionnaire:phq-9|${(toQuestionnaire(phq9) as { version: string }).version}`,
  )
  expect(response(phq9, {})).not.toHaveProperty('item')
})

it('a question that was skipped by rule is absent, even with an answer left over', () => {
  expect(linkIds(response(audit, { q1: 0, q4: 3, q9: 2, q10: 0 }))).toEqual(['q1', 'q9', 'q10'])
})

it('every answer of a response is an option of the form', () => {
  for (const instrument of listInstruments().filter(isForm)) {
    const answers = Object.fromEntries(
      instrument.items.map(({ id, values, range }) => [id, values ? values.at(-1)!.value : range!.max]),
    )
    const options = new Set(
      [
        ...JSON.stringify(toQuestionnaire(instrument)).matchAll(
          /"valueCoding":(\{.*?"display":"(?:[^"\\]|\\.)*"\})/g,
        ),
      ].map(([, coding]) => coding),
    )
    const given = (response(instrument, answers).item as { answer: { valueCoding?: unknown }[] }[]).flatMap(
      ({ answer }) => answer[0]!.valueCoding ?? [],
    )
    for (const coding of given) expect(options, instrument.id).toContain(JSON.stringify(coding))
  }
})

it('each score is an Observation with its code, its band and where it comes from', () => {
  const answers = Object.fromEntries(phq9.items.slice(0, 9).map(({ id }) => [id, 2]))
  const [phq2, total, signs] = toObservations(phq9, scoreBy(phq9, answers), facts)
  expect(codeOf(total!)).toEqual(['44261-6', 'total'])
  expect(total).toMatchObject({
    status: 'final',
    valueQuantity: { value: 18 },
    interpretation: [{ text: 'moderately severe' }],
    derivedFrom: [{ reference: 'QuestionnaireResponse/r1' }],
  })
  expect(codeOf(phq2!)).toEqual(['55758-7', 'phq2'])
  expect((signs!.component as FhirObject[])[0]).toMatchObject({ valueBoolean: true })
})

it('an incomplete score says why it is not there, and what is possible; never 0', () => {
  const observations = toObservations(phq9, scoreBy(phq9, { q1: 1 }), facts)
  const total = observations.find((one) => codeOf(one).includes('total'))!
  expect(total).toMatchObject({ dataAbsentReason: { coding: [{ code: 'unknown' }] } })
  expect(total).not.toHaveProperty('valueQuantity')
  expect(total).not.toHaveProperty('interpretation')
  expect(JSON.stringify(total.note)).toMatch(/1 to 25/)
})

it('a level that is not known says which one is reached for certain, and stays without a value', () => {
  const screener = instrumentById('c-ssrs-screener') as Instrument
  const signsOf = (answers: Record<string, number>) =>
    toObservations(screener, scoreBy(screener, answers), facts).find((one) => codeOf(one).includes('signs'))!
  const open = signsOf({ q1: 1, q2: 1, q3: 1 })
  expect(JSON.stringify(open.note)).toContain('triage level: not known, at least moderate.')
  const level = (open.component as FhirObject[]).find((one) => codeOf(one).includes('risk'))!
  expect(level).toMatchObject({ dataAbsentReason: { coding: [{ code: 'unknown' }] } })
  expect(level).not.toHaveProperty('valueString')
  expect(signsOf({ q1: 0, q2: 0, q6: 0 })).not.toHaveProperty('note')
  expect(signsOf({})).not.toHaveProperty('note')
})

it('nothing is told of a response that did not fit', () => {
  expect(toObservations(phq9, scoreBy(phq9, { q1: 9 }), facts)).toEqual([])
})

it('an Observation holds a value, components, or a reason for neither', () => {
  for (const instrument of listInstruments().filter(isForm)) {
    for (const answers of [
      {},
      {
        [instrument.items[0]!.id]: instrument.items[0]!.values?.[0]?.value ?? instrument.items[0]!.range!.min,
      },
    ]) {
      for (const one of toObservations(instrument, scoreBy(instrument, answers), facts)) {
        const parts = [one, ...((one.component ?? []) as FhirObject[])].filter(
          (part) => part.component === undefined,
        )
        for (const part of parts) {
          const values = Object.keys(part).filter((name) => /^value[A-Z]/.test(name))
          expect(values.length + (part.dataAbsentReason ? 1 : 0), `${instrument.id} ${one.id}`).toBe(1)
        }
        expect(one.id).toMatch(/^[A-Za-z0-9.-]{1,64}$/)
      }
    }
  }
})

it('a critical trigger becomes a flag, a task and a word to somebody', () => {
  const fired = scoreBy(phq9, { q9: 1 }).valid ? ['phq9-item9'] : []
  const resources = toSafetyResources(phq9, fired, facts)
  expect(resources.map(({ resourceType }) => resourceType)).toEqual(['Flag', 'Task', 'CommunicationRequest'])
  expect(resources[1]).toMatchObject({ priority: 'stat', focus: { reference: `Flag/${resources[0]!.id}` } })
  expect(toSafetyResources(phq9, ['phq9-severe'], facts).map(({ resourceType }) => resourceType)).toEqual([
    'Flag',
    'Task',
  ])
  expect(toSafetyResources(phq9, [], facts)).toEqual([])
})

it('a sign that is not in use any more is not lost on the way out', () => {
  const [flag, task, ...more] = toSafetyResources(phq9, ['phq9-retired'], facts)
  expect(flag).toMatchObject({ resourceType: 'Flag', code: { coding: [{ code: 'phq9-retired' }] } })
  expect(task).toMatchObject({ resourceType: 'Task', priority: 'urgent' })
  expect(more).toEqual([])
})
