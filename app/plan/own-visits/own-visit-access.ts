import { action, role } from '../../platform/access.ts'

export const readOwnVisit = action('own-visit.read', role('patient'))
export const changeOwnVisit = action('own-visit.change', role('patient'))
export const readVisitRequests = action('own-visit.read-requests', role('coordinator', 'nurse'))
export const answerVisitRequest = action('own-visit.answer-request', role('coordinator', 'nurse'))
