import type { Category, Instrument } from '../instrument.ts'
import type { ScoredResponse, ScoreResult, ScoringOutcome } from '../response.ts'
import { LOINC, OUR_SCORES } from './fhir-codes.ts'
import type { FhirObject } from './fhir-json.ts'
import { resourceId, type ScoredFacts } from './scored-facts.ts'

const ABSENT_REASONS = 'http://terminology.hl7.org/CodeSystem/data-absent-reason'
const CATEGORIES = 'http://terminology.hl7.org/CodeSystem/observation-category'

/**
 * Each score of a response as a FHIR R4 Observation of its own, with LOINC's code where we know it. An incomplete score
 * has no value but a reason and, in words, what is still possible: never 0. Flags, categories and the figures of a series are
 * components of one more Observation; its note says which level is reached for certain where the level itself is not known.
 * A response that did not fit gives nothing.
 *
 * @see https://hl7.org/fhir/R4/observation.html
 */
export function toObservations(
  instrument: Instrument,
  outcome: ScoringOutcome,
  facts: ScoredFacts,
): readonly FhirObject[] {
  if (!outcome.valid) return []
  if (!('scores' in outcome)) {
    const figures = Object.entries(outcome.metrics).map(([name, value]) =>
      component(instrument, name, name, value),
    )
    return figures.length === 0 ? [] : [grouped(instrument, facts, 'figures', figures)]
  }
  const scores = [...instrument.subscales, ...(instrument.total ? [instrument.total] : [])].flatMap(
    (score) => {
      const result = outcome.scores[score.id]
      return result ? [scoreObservation(instrument, score, result, facts)] : []
    },
  )
  const signs = [
    ...instrument.flags.map(({ id, label }) => component(instrument, id, label, outcome.flags?.[id] ?? null)),
    ...instrument.categories.map(({ id, label }) =>
      component(instrument, id, label, outcome.categories?.[id]?.value ?? null),
    ),
  ]
  if (signs.length === 0) return scores
  const certain = instrument.categories.flatMap((category) => atLeastInWords(category, outcome) ?? [])
  return [
    ...scores,
    {
      ...grouped(instrument, facts, 'signs', signs),
      ...(certain.length > 0 && { note: certain.map((text) => ({ text })) }),
    },
  ]
}

function scoreObservation(
  instrument: Instrument,
  { id, label }: { readonly id: string; readonly label: string },
  result: ScoreResult,
  facts: ScoredFacts,
): FhirObject {
  const loinc = instrument.loinc.scores[id]
  const notes = [
    ...(result.status === 'prorated'
      ? [`Estimated from the questions answered; before rounding ${result.exact}.`]
      : []),
    ...(result.status === 'partial' ? ['Made of the questions that were answered.'] : []),
    ...(result.value === null && result.bounds
      ? [`Incomplete. Still possible: ${result.bounds[0]} to ${result.bounds[1]}.`]
      : []),
  ]
  // A score of what was answered only can still rise: its band would be read as a finding, so it stays unsaid.
  const interpretation = result.status === 'partial' ? undefined : (result.band ?? result.label)
  return {
    ...base(instrument, facts, id),
    code: {
      coding: [
        ...(loinc === undefined ? [] : [{ system: LOINC, code: loinc }]),
        { system: `${OUR_SCORES}${instrument.id}`, code: id, display: label },
      ],
      text: `${instrument.shortName} ${label}`,
    },
    ...valueMember(result.value, loinc === undefined),
    ...(result.value !== null && interpretation ? { interpretation: [{ text: interpretation }] } : {}),
    ...(notes.length > 0 && { note: notes.map((text) => ({ text })) }),
  }
}

/** What is certain of a level that is not known; undefined when it is known or nothing is certain. */
function atLeastInWords({ id, label, firstMatch }: Category, outcome: ScoredResponse): string | undefined {
  const found = outcome.categories?.[id]
  if (!found || found.value !== null || !found.lowerBound) return undefined
  const level = firstMatch.find((one) => one.id === found.lowerBound)?.label ?? found.lowerBound
  return `${label}: not known, at least ${level}.`
}

function grouped(
  instrument: Instrument,
  facts: ScoredFacts,
  code: string,
  parts: readonly FhirObject[],
): FhirObject {
  return {
    ...base(instrument, facts, code),
    code: {
      coding: [{ system: `${OUR_SCORES}${instrument.id}`, code }],
      text: `${instrument.shortName} ${code}`,
    },
    component: parts,
  }
}

function base({ id: instrumentId }: Instrument, facts: ScoredFacts, part: string): FhirObject {
  return {
    resourceType: 'Observation',
    id: resourceId(facts.id, instrumentId, part),
    status: facts.status,
    category: [{ coding: [{ system: CATEGORIES, code: 'survey' }] }],
    subject: { reference: facts.subject },
    effectiveDateTime: facts.effective,
    derivedFrom: [{ reference: facts.derivedFrom }],
  }
}

function component(
  instrument: Instrument,
  code: string,
  label: string,
  value: number | string | boolean | null,
): FhirObject {
  return {
    code: { coding: [{ system: `${OUR_SCORES}${instrument.id}`, code, display: label }], text: label },
    ...valueMember(value, true),
  }
}

/** Unknown is told as unknown. A score of a LOINC code is a quantity of `{score}`, as LOINC's property wants. */
function valueMember(value: number | string | boolean | null, plain: boolean): FhirObject {
  if (value === null) {
    return {
      dataAbsentReason: { coding: [{ system: ABSENT_REASONS, code: 'unknown' }], text: 'not enough answers' },
    }
  }
  if (typeof value === 'boolean') return { valueBoolean: value }
  if (typeof value === 'string') return { valueString: value }
  const unit = { unit: '{score}', system: 'http://unitsofmeasure.org', code: '{score}' }
  return { valueQuantity: plain ? { value } : { value, ...unit } }
}
