import { visibleItemsBy } from '../form-flow.ts'
import type { Instrument, Item } from '../instrument.ts'
import type { Answers, ScoringContext } from '../response.ts'
import type { FhirObject } from './fhir-json.ts'
import { answerCoding, isForm, questionnaireUrl, questionnaireVersion } from './questionnaire.ts'

/** What a stored response is, besides its answers. */
export type ResponseFacts = {
  /** Its id, which becomes the resource's id. */
  readonly id: string
  readonly answers: Answers
  readonly context?: ScoringContext
  /** `amended` when an answer was changed after the end. */
  readonly status: 'completed' | 'amended'
  /** ISO 8601 with its zone: when it was finished. */
  readonly authored: string
  /** For example `Patient/0190…`. */
  readonly subject: string
  /** Who answered, where it was somebody else: a reference, or a name in words. */
  readonly source?: { readonly reference?: string; readonly display?: string }
}

/**
 * A response as a FHIR R4 QuestionnaireResponse: what was answered, no more. Questions that were skipped by rule or left
 * open are absent, never empty and never 0.
 *
 * @param instrument in the wording that was shown
 * @throws RangeError when the instrument is no form of single questions
 * @see https://hl7.org/fhir/R4/questionnaireresponse.html
 */
export function toQuestionnaireResponse(instrument: Instrument, response: ResponseFacts): FhirObject {
  if (!isForm(instrument)) throw new RangeError(`${instrument.id} is no form of single questions`)
  const { id, answers, context, status, authored, subject, source } = response
  const shown = visibleItemsBy(instrument, answers, context ?? {})
  const item = shown.flatMap((visible) => answeredItem(instrument, visible.item, answers) ?? [])
  return {
    resourceType: 'QuestionnaireResponse',
    id,
    questionnaire: `${questionnaireUrl(instrument)}|${questionnaireVersion(instrument)}`,
    status,
    subject: { reference: subject },
    authored,
    ...(source !== undefined && { source }),
    ...(item.length > 0 && { item }),
  }
}

/** An answer that does not fit is not told: it was never scored. */
function answeredItem(instrument: Instrument, item: Item, answers: Answers): FhirObject | undefined {
  const value = Object.hasOwn(answers, item.id) ? answers[item.id] : undefined
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined
  const answer = item.values ? codedAnswer(instrument, item, value) : measuredAnswer(item, value)
  return answer && { linkId: item.id, text: item.prompt, answer: [answer] }
}

function codedAnswer(instrument: Instrument, item: Item, value: number): FhirObject | undefined {
  const chosen = item.values?.find((one) => one.value === value)
  return chosen && { valueCoding: answerCoding(instrument, item, chosen) }
}

function measuredAnswer({ range }: Item, value: number): FhirObject | undefined {
  if (!range || value < range.min || value > range.max) return undefined
  return Number.isInteger(range.step) ? { valueInteger: value } : { valueDecimal: value }
}
