export type { ConsentState, DocumentRef, MissingDocument } from './consent-document.ts'
export {
  type ArithmeticLine,
  CONCENTRATIONS_MG_PER_ML,
  type ConcentrationMgPerMl,
  doseArithmetic,
  syringeStepMl,
  type WeightBasis,
} from './orders/dose-arithmetic.ts'
export type {
  Appointment,
  AppointmentId,
  Chair,
  ChairId,
  DoseOrder,
  OrderId,
  Plan,
  PlanId,
  SeriesId,
  SignatureId,
} from './plan.ts'
export { plannedSessions, spacingBefore } from './protocols/course.ts'
export { type Protocol, visitMin } from './protocols/protocol.ts'
