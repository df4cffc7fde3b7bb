import { action, anyone, role, theSystem } from '../platform/access.ts'

export const listPlans = action('plan.list', role('coordinator', 'prescriber', 'nurse', 'therapist'))
export const readPlan = action('plan.read', role('coordinator', 'prescriber', 'nurse', 'therapist'))
/** Doses and how they were counted: for those who treat. */
export const readOrders = action('plan.read-orders', role('prescriber', 'nurse', 'therapist'))
export const createPlan = action('plan.create', role('prescriber'))
export const signOrder = action('plan.sign-order', role('prescriber'))
/** Called by the wiring once a session was opened, and once it ended without a dose. */
export const noteBegunVisit = action('plan.note-begun-visit', theSystem)
/** Called by the wiring once a dose was given, and once the person has left. */
export const noteGivenDose = action('plan.note-given-dose', theSystem)
export const withdrawOrder = action('plan.withdraw-order', role('prescriber'))
export const readOwnDocuments = action('plan.read-own-documents', role('patient'))
export const signConsent = action('plan.sign-consent', role('patient'))
/** Reads a text out and holds the device for somebody who cannot read or write. */
export const assistConsent = action('plan.assist-consent', role('prescriber', 'nurse'))
/** What somebody signed, as a copy, and whom they allowed what. */
export const readConsents = action(
  'plan.read-consents',
  role('coordinator', 'prescriber', 'nurse', 'therapist'),
)
/** Which version of each document is in force here, since when and why. */
export const readDocuments = action(
  'plan.read-documents',
  role('coordinator', 'prescriber', 'nurse', 'therapist', 'manager'),
)
export const releaseDocument = action('plan.release-document', role('manager'))
/** The person themselves, or staff to whom they said it. */
export const withdrawConsent = action('plan.withdraw-consent', role('patient', 'prescriber', 'nurse'))
export const readOwnAppointments = action('plan.read-own-appointments', role('patient'))
export const readSchedule = action(
  'plan.read-schedule',
  role('coordinator', 'nurse', 'prescriber', 'therapist', 'manager'),
)
export const bookSeries = action('plan.book-series', role('coordinator', 'nurse', 'prescriber'))
/** Visits that are no session of a plan: an assessment, therapy, a call. */
export const bookVisits = action('plan.book-visits', role('coordinator', 'nurse', 'prescriber', 'therapist'))
export const moveAppointment = action('plan.move-appointment', role('coordinator', 'nurse', 'prescriber'))
export const cancelAppointment = action('plan.cancel-appointment', role('coordinator', 'nurse', 'prescriber'))
export const readChairs = action('plan.read-chairs', role('manager'))
export const addChair = action('plan.add-chair', role('manager'), theSystem)
/** Rooms, equipment, kinds of appointments, working weeks, leave and closed days: who opens which page, and changes it. */
export const readDiarySettings = action('plan.read-diary-settings', role('manager'))
export const setDiaryResources = action('plan.set-diary-resources', role('manager'), theSystem)
export const setAppointmentType = action('plan.set-appointment-type', role('manager'), theSystem)
export const setCalendars = action('plan.set-calendars', role('manager'), theSystem)
/** To work out invented people's curves: it reads no record, and nothing here changes an order. */
export const compareRegimens = action('plan.compare-regimens', role('prescriber', 'researcher', 'manager'))
// Protocols
/** What a treatment is by: everybody who takes part in one reads it. */
export const readProtocols = action(
  'protocol.read',
  role('coordinator', 'prescriber', 'nurse', 'therapist', 'manager'),
)
/** The library in words for patients, on the public site. */
export const readPublicProtocols = action('protocol.read-public', anyone)
export const draftProtocol = action('protocol.draft', role('manager', 'prescriber'))
export const submitProtocol = action('protocol.submit', role('manager', 'prescriber'))
/** Where a running treatment left its protocol: whoever takes part in it says so. */
export const noteDeviation = action('protocol.note-deviation', role('prescriber', 'nurse', 'therapist'))
/** A prescriber who did not write on it. */
export const reviewProtocol = action('protocol.review', role('prescriber'))
export const publishProtocol = action('protocol.publish', role('manager', 'prescriber'))
export const retireProtocol = action('protocol.retire', role('manager', 'prescriber'))
