/** Addresses that FHIR files use. Source: HL7 FHIR R4, R5 and STU3, and SDC 3. */

export const LOINC = 'http://loinc.org'
const CORE = 'http://hl7.org/fhir/StructureDefinition/'
const SDC = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-'

export const ITEM_WEIGHT = `${CORE}itemWeight`
export const ORDINAL_VALUE = `${CORE}ordinalValue`
/** Where the points of an answer may stand: today's name, R4's, and two of STU3. */
export const WEIGHT_URLS: readonly string[] = [
  ITEM_WEIGHT,
  ORDINAL_VALUE,
  `${CORE}questionnaire-ordinalValue`,
  `${CORE}valueset-ordinalValue`,
  `${CORE}codesystem-ordinalValue`,
]
export const HIDDEN = `${CORE}questionnaire-hidden`
export const ITEM_CONTROL = `${CORE}questionnaire-itemControl`
export const ITEM_CONTROL_SYSTEM = 'http://hl7.org/fhir/questionnaire-item-control'
export const UNIT = `${CORE}questionnaire-unit`
export const SLIDER_STEP = `${CORE}questionnaire-sliderStepValue`
export const MIN_VALUE = `${CORE}minValue`
export const MAX_VALUE = `${CORE}maxValue`
export const TRANSLATION = `${CORE}translation`
export const RENDERINGS: readonly string[] = [`${CORE}rendering-xhtml`, `${CORE}rendering-markdown`]
export const COMPUTED_TEXT: readonly string[] = [`${CORE}cqf-calculatedValue`, `${CORE}cqf-expression`]
export const VARIABLE = `${CORE}variable`
/** Expressions that compute a value: shown, never run. */
export const COMPUTED_VALUES: readonly string[] = [`${SDC}calculatedExpression`, `${SDC}initialExpression`]
/** Expressions that decide whether something is asked: not run, since our own skip logic holds. */
export const COMPUTED_ENABLING: readonly string[] = [
  `${SDC}enableWhenExpression`,
  `${SDC}answerExpression`,
  `${SDC}candidateExpression`,
  `${SDC}answerOptionsToggleExpression`,
]

/** The addresses of what is ours. A URN, since a clinic without a domain of its own exports too. */
export const OUR_FORMS = 'urn:evenkeel:questionnaire:'
export const OUR_ANSWERS = 'urn:evenkeel:answer:'
export const OUR_SCORES = 'urn:evenkeel:score:'
export const OUR_INSTRUMENTS = 'urn:evenkeel:instrument'
export const OUR_TRIGGERS = 'urn:evenkeel:safety-trigger'
