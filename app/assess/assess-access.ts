import { action, anyone, anyStaff, linkFor, role, theSystem } from '../platform/access.ts'

/** The address with the secret link is open to all; the link itself is checked inside. */
export const openIntakeLink = action('assess.open-intake-link', anyone)
export const answerIntake = action('assess.answer-intake', linkFor('intake'), role('patient'))
export const readOwnIntake = action('assess.read-own-intake', linkFor('intake'), role('patient'))
export const openAssessment = action('assess.open', role('coordinator', 'prescriber'), theSystem)
export const makeIntakeLink = action('assess.make-intake-link', role('coordinator', 'prescriber'))
/** Which forms an intake asks: a clinical choice that follows the request. */
export const planIntake = action('assess.plan-intake', role('coordinator', 'prescriber'))
export const listAssessments = action('assess.list', role('coordinator', 'prescriber', 'nurse', 'therapist'))
export const readAssessment = action('assess.read', role('coordinator', 'prescriber', 'nurse', 'therapist'))
/** Answers, scores, facts and rules: what those who treat need, and nobody else. */
export const readClinicalPart = action('assess.read-clinical', role('prescriber', 'nurse', 'therapist'))
export const recordFact = action('assess.record-fact', role('prescriber', 'nurse'))
export const recordResponse = action(
  'assess.record-response',
  role('prescriber', 'nurse', 'therapist', 'patient'),
)
export const decideEligibility = action('assess.decide-eligibility', role('prescriber'))
/** The rules themselves, without anybody's record; a manager and a prescriber set them together. */
export const readRules = action('assess.read-rules', role('manager', 'prescriber', 'nurse', 'therapist'))
export const setRule = action('assess.set-rule', role('manager', 'prescriber'))
export const listConcerns = action('assess.list-concerns', anyStaff)
export const readConcern = action('assess.read-concern', anyStaff)
export const respondToConcern = action('assess.respond-to-concern', anyStaff)
export const setSafetyDuty = action('assess.set-safety-duty', role('prescriber', 'manager'))

/** Forms laid before a person or a rater: who treats lays them; a person answers their own. */
export const readForms = action('assess.read-forms', role('prescriber', 'nurse', 'therapist'))
export const layForms = action('assess.lay-forms', role('prescriber', 'nurse', 'therapist'))
export const setFormAside = action('assess.set-form-aside', role('prescriber', 'nurse', 'therapist'))
export const readOwnForms = action('assess.read-own-forms', role('patient'))
export const answerForm = action('assess.answer-form', role('prescriber', 'nurse', 'therapist', 'patient'))
/** Which forms are asked when. */
export const readSets = action('assess.read-sets', role('manager', 'prescriber', 'nurse', 'therapist'))
export const changeSet = action('assess.change-set', role('manager'))
