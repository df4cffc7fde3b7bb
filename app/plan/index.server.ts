export { addChair } from './add-chair.server.ts'
export { bookSeries, moveAppointment, type WantedVisit } from './book-series.server.ts'
export { cancelAppointment } from './cancel-appointment.server.ts'
export { consentHash } from './consent-hash.server.ts'
export { consentDocument, currentDocuments } from './consent-library.ts'
export { createPlan } from './create-plan.server.ts'
export {
  appointmentById,
  appointmentsBetween,
  appointmentsOfPerson,
  appointmentsOfPlan,
  chairs,
} from './diary-queries.server.ts'
export { orderById, planById, planMakers, plansOfPerson } from './plan-queries.server.ts'
export { consentState, signConsent, withdrawConsent } from './sign-consent.server.ts'
export { activeOrder, signOrder, withdrawOrder } from './sign-order.server.ts'
