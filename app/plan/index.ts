export type { ConsentChange } from './consents/consent-changes.ts'
export {
  type ConsentState,
  type DocumentRef,
  type MissingDocument,
  takenBackAt,
} from './consents/consent-document.ts'
export { STANDARD_TYPES } from './diary/appointment-type.ts'
export { usFederalHolidays } from './diary/us-holidays.ts'
export { CONCENTRATIONS_MG_PER_ML, type ConcentrationMgPerMl } from './orders/dose-arithmetic.ts'
export { type DoseOrder, drawnFor, type GivenDose, infusionOf, type OrderId } from './orders/order.ts'
export type { RaiseFact, Told } from './orders/raise-rule.ts'
export { syringeStepMl } from './orders/rounding.ts'
export { PLAN_PAGES_OF_PERSON } from './person-pages.ts'
export type {
  Appointment,
  AppointmentId,
  Chair,
  ChairId,
  Plan,
  PlanId,
  SeriesId,
  SignatureId,
} from './plan.ts'
export { earliestDaysSinceDose, plannedSessions } from './protocols/course.ts'
export { type Protocol, type Route, visitMin } from './protocols/protocol.ts'
export { ROUTE_WORDS } from './protocols/protocol-words.ts'
