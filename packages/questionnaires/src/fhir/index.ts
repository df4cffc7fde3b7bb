/** The entry `@evenkeel/questionnaires/fhir`: forms in and out. */
export { LARGEST_FORM_BYTES } from './fhir-json.ts'
export type { ReportKind, ReportLine } from './import-report.ts'
export { readMapping } from './mapping-text.ts'
export { toObservations } from './observation.ts'
export { isForm, toQuestionnaire } from './questionnaire.ts'
export { type ResponseFacts, toQuestionnaireResponse } from './questionnaire-response.ts'
export {
  type FormOrigin,
  type ImportAnswers,
  type RefusedForm,
  readQuestionnaire,
  type TakenForm,
} from './read-questionnaire.ts'
export { toSafetyResources } from './safety-resources.ts'
export type { ScoredFacts } from './scored-facts.ts'
