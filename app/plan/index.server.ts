export { consentHash } from './consents/consent-hash.server.ts'
export { currentDocuments } from './consents/consent-library.ts'
export { consentChanges, consentState } from './consents/consents-of.server.ts'
export { signConsent } from './consents/sign-consent.server.ts'
export { withdrawConsent } from './consents/withdraw-consent.server.ts'
export { createPlan } from './create-plan.server.ts'
export { dayBeforeTold } from './day-before/load-gate.server.ts'
export { addChair } from './diary/add-chair.server.ts'
export { bookSeries, bookVisits, type WantedEntry, type WantedVisit } from './diary/book-series.server.ts'
export { cancelAppointment } from './diary/cancel-appointment.server.ts'
export {
  appointmentById,
  appointmentsBetween,
  appointmentsOfPerson,
  appointmentsOfPlan,
  entriesBetween as visitsBetween,
} from './diary/entry-queries.server.ts'
export { moveAppointment } from './diary/move-appointment.server.ts'
export { noteBegunVisit, noteEndWithoutDose } from './diary/note-begun-visit.server.ts'
export { chairs } from './diary/resource-queries.server.ts'
export { saveAppointmentType } from './diary/save-appointment-type.server.ts'
export { enterClosures, setWorkingWeek } from './diary/set-calendars.server.ts'
export { addEquipment, addRoom } from './diary/set-resources.server.ts'
export { type BookedDose, bookedDoses } from './orders/booked-doses.server.ts'
export { holdForDose } from './orders/hold-for-dose.server.ts'
export { noteGivenDose } from './orders/note-given-dose.server.ts'
export { weightChangePercent } from './orders/order-decision.ts'
export { orderById } from './orders/order-queries.server.ts'
export {
  activeOrder,
  orderShownNow,
  type SignOrder,
  signOrder,
  withdrawOrder,
} from './orders/sign-order.server.ts'
export { askAboutVisit } from './own-visits/change-own-visit.server.ts'
export { planById, planMakers, plansOfPerson } from './plan-queries.server.ts'
export { draftProtocol } from './protocols/draft-protocol.server.ts'
export { protocolOf, protocolOfPlan } from './protocols/protocol-of.server.ts'
export { protocolDocuments } from './protocols/public/protocol-documents.ts'
export { approveVersion, publishVersion, submitVersion } from './protocols/release-protocol.server.ts'
export { keepSimulation, runSimulation } from './protocols/simulate/run-simulation.server.ts'
export { chooseReminders, sendReminders } from './reminders/send-reminders.server.ts'
export { enterWish, giveFreed } from './waiting/give-freed.server.ts'
