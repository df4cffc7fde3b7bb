import { action, role } from '../../platform/access.ts'

export const readOwnVisit = action('own-visit.read', role('patient'))
export const changeOwnVisit = action('own-visit.change', role('patient'))
export const answerVisitRequest = action('own-visit.answer-request', role('coordinator', 'nurse'))
