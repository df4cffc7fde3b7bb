export {
  assessmentById,
  assessmentsOfPerson,
  responsesOfPeople,
  responsesOfPerson,
} from './assess-queries.server.ts'
export { completeIntake } from './complete-intake.server.ts'
export { decideEligibility } from './eligibility/decide-eligibility.server.ts'
export {
  type DecisionOnPerson,
  decisionOf,
  decisionsOfPeople,
  evaluateAt,
  latestFact,
  newestDecisionOf,
  type ObservedFact,
  peopleToLookAtAgain,
} from './eligibility/decision-of.server.ts'
export { rulesOfClinic } from './eligibility/rule-setting-queries.server.ts'
export { rulesShownNow } from './eligibility/shown-rules.server.ts'
export { chooseEdition, importEdition } from './forms/import-edition.server.ts'
export { finishForm, layForms, saveFormAnswers } from './forms/lay-forms.server.ts'
export { formsWaiting } from './forms/own-form-page.server.ts'
export { intakeOfAssessment } from './forms/plan-intake.server.ts'
export type { IntakeQuestion } from './intake-question.ts'
export { noteExposure } from './lab-tests/note-exposure.server.ts'
export { presessionWarningOf } from './lab-tests/presession-warning.server.ts'
export { recordTest } from './lab-tests/record-test.server.ts'
export { confirmMedicines } from './medicines/confirm-medicines.server.ts'
export { medicinesBeforeDose } from './medicines/interactions-of.server.ts'
export { recordMedicine } from './medicines/record-medicine.server.ts'
export { openAssessment } from './open-assessment.server.ts'
export { openConcerns } from './open-concerns.server.ts'
export { raiseConcern } from './raise-concern.server.ts'
export { recordFact, recordFacts } from './record-fact.server.ts'
export { recordResponse } from './record-response.server.ts'
export { closeConcern, respondToConcern } from './respond-to-concern.server.ts'
export { waitingResponseIds } from './results/result-queries.server.ts'
export { reviewResult } from './results/review-result.server.ts'
export { saveIntakeAnswers } from './save-intake-answers.server.ts'
export { noteAnchor, tellDays } from './use-calendar/tell-days.server.ts'
export {
  calendarDaysOfClinic,
  calendarDaysToldBefore,
  daysOfPerson,
} from './use-calendar/use-calendar-queries.server.ts'
export { recordWorkUp } from './work-up/record-work-up.server.ts'
