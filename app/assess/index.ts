export type { Assessment, AssessmentId, AssessmentState, EligibilityDecision } from './assessment.ts'
export type { Concern, ConcernId, ConcernSeverity, ConcernState } from './concern.ts'
export {
  type EligibilityRule,
  evaluateEligibility,
  type RuleResult,
  type Truth,
} from './eligibility/eligibility.ts'
export { ELIGIBILITY_RULES } from './eligibility/eligibility-rules.ts'
export { type RuleAgainst, rulesAgainst } from './eligibility/rules-against.ts'
export { overridesThatHold } from './eligibility/what-changed.ts'
export type { Fact, FactId, FactKind, FactSource, FactValues } from './fact.ts'
export { type PhaseId, TRACKS } from './forms/condition-track.ts'
export { titleForPerson } from './forms/form-titles.ts'
export type { InstrumentResponse, ResponseId } from './instrument-response.ts'
export type { MedicineHold, MedicineNotice } from './medicines/interaction-words.ts'
export { ASSESS_PAGES_OF_PERSON, type PersonPage } from './person-pages.ts'
export { calendarMonths, monthInWords } from './use-calendar/calendar-months.ts'
export { drinksOfGrams, standardDrinkSource } from './use-calendar/standard-drink.ts'
export { alcoholGrams, currentDays, type DayRecord, dayInWords } from './use-calendar/use-day.ts'
